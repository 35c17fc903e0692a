"""Paragraphs of word processors' files: .docx (Office Open XML) and .odt (OpenDocument)."""

from collections.abc import Iterator
from io import BytesIO
from types import MappingProxyType
from xml.etree import ElementTree

from builder.reading.documents.markup import Marked
from builder.reading.documents.zipped import member, opened

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DOCX_UNSEEN = frozenset(("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{_WORD}moveFrom"))
_ODT_UNSEEN = frozenset((f"{_TEXT}tracked-changes", "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"))
"""What is there twice, has been deleted, or is somebody's remark."""
_DOCX_SIGNS = MappingProxyType(
    {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
)
_CLOSE = "60"
"""The space before a paragraph, in twentieths of a point, by which Nexis sets a printed line close to the one before."""


def docx_lines(raw: bytes, role_of_close: str) -> Marked:
    """A line for each paragraph, those inside links and tables too. Raises InputError.

    ``role_of_close`` is the role of paragraphs that stand close to the one before, which may go on with its text.
    """
    lines: list[str] = []
    roles: dict[int, str] = {}
    with opened(raw) as archive:
        for paragraph, close in _docx_paragraphs(member(archive, "word/document.xml")):
            if close:
                roles[len(lines)] = role_of_close
            lines += paragraph.split("\n")
    return Marked(lines, roles)


def odt_lines(raw: bytes) -> list[str]:
    """A line for each paragraph and heading. Raises InputError."""
    with opened(raw) as archive:
        return list(_odt_lines(member(archive, "content.xml")))


def _docx_paragraphs(markup: bytes) -> Iterator[tuple[str, bool]]:
    """Each paragraph, that of a text box before the one around it, and whether it stands close to the one before."""
    pieces: list[list[str]] = [[]]
    skipped = 0
    close = False
    for event, element in ElementTree.iterparse(BytesIO(markup), ("start", "end")):
        if element.tag in _DOCX_UNSEEN:
            skipped += 1 if event == "start" else -1
        if skipped:
            continue
        if event == "start":
            if element.tag == f"{_WORD}p":
                pieces.append([])
        elif element.tag == f"{_WORD}t":
            pieces[-1].append(element.text or "")
        elif element.tag in _DOCX_SIGNS:
            pieces[-1].append(_DOCX_SIGNS[element.tag])
        elif element.tag == f"{_WORD}spacing":
            close = close or element.get(f"{_WORD}before") == _CLOSE
        elif element.tag == f"{_WORD}p":
            yield "".join(pieces.pop()), close
            close = False
            element.clear()


def _odt_lines(markup: bytes) -> Iterator[str]:
    skipped = 0
    for event, element in ElementTree.iterparse(BytesIO(markup), ("start", "end")):
        if element.tag in _ODT_UNSEEN:
            skipped += 1 if event == "start" else -1
        if event == "end" and not skipped and element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield from "".join(_odt_text(element)).split("\n")
            element.clear()


def _odt_text(element: ElementTree.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " "
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag != f"{_TEXT}note" and child.tag not in _ODT_UNSEEN:
            yield from _odt_text(child)
        yield child.tail or ""
