"""Paragraphs of word processors' files: .docx (Office Open XML) and .odt (OpenDocument)."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from builder.reading.documents.markup import Marked
from builder.reading.documents.zipped import member, opened

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
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
    """Each paragraph, and whether it stands close to the one before."""
    line: list[str] = []
    skipped = 0
    close = False
    for event, element in ElementTree.iterparse(BytesIO(markup), ("start", "end")):
        if element.tag == _FALLBACK:
            skipped += 1 if event == "start" else -1
        if event == "start" or skipped:
            continue
        if element.tag == f"{_WORD}t":
            line.append(element.text or "")
        elif element.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
            line.append("\t" if element.tag == f"{_WORD}tab" else "\n")
        elif element.tag == f"{_WORD}spacing":
            close = close or element.get(f"{_WORD}before") == _CLOSE
        elif element.tag == f"{_WORD}p":
            yield "".join(line), close
            line, close = [], False
            element.clear()


def _odt_lines(markup: bytes) -> Iterator[str]:
    for _, element in ElementTree.iterparse(BytesIO(markup)):
        if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
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
        elif child.tag != f"{_TEXT}note":
            yield from _odt_text(child)
        yield child.tail or ""
