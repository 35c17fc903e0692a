"""The forms in which articles come: told by what a file opens with, then by the end of its name."""

import zipfile
import zlib
from collections.abc import Mapping
from functools import partial
from itertools import islice
from pathlib import Path

from builder.errors import InputError
from builder.reading.documents.epub import epub_lines
from builder.reading.documents.office import docx_lines, odt_lines
from builder.reading.documents.pdf import pdf_pages
from builder.reading.documents.rtf import rtf_lines
from builder.reading.documents.wrapped import unwrapped
from builder.reading.exports import exported
from builder.reading.exports.lines import CONTINUED, Lines
from builder.reading.feeds import feed_articles, is_feed
from builder.reading.json_files import json_articles
from builder.reading.lines import json_lines
from builder.reading.rows import table_rows
from builder.reading.sheets import csv_rows, excel_rows
from builder.reading.texts import page_file, paragraphs_of, text_file, whole_file
from builder.reading.units import Found, HowToRead, Reader, Unit
from builder.reading.warc import web_pages

_HEAD_BYTES = 4096


def _feed(path: Path, source: str, how: HowToRead) -> Found:
    return feed_articles(whole_file(path), source)


def _pdf(path: Path, source: str, how: HowToRead) -> Found:
    """An article. Raises InputError for a download of several, whose lines do not tell where paragraphs end."""
    pages = pdf_pages(whole_file(path))
    lines = [line for page in pages for line in page.splitlines()]
    if len(list(islice(exported(Lines(lines, whole=False)) or (), 2))) > 1:
        raise InputError("a download of a newspaper database as PDF: take it as .docx, .rtf, .txt or .html")
    return iter([Unit("text", source, None, unwrapped(pages).encode())])


READERS: Mapping[str, Reader] = {
    ".jsonl": json_lines(None),
    ".ndjson": json_lines(None),
    ".jsonl.gz": json_lines("gzip"),
    ".jsonl.zst": json_lines("zstd"),
    ".json": json_articles,
    ".csv": csv_rows(","),
    ".tsv": csv_rows("\t"),
    ".xlsx": excel_rows,
    ".parquet": table_rows("parquet"),
    ".arrow": table_rows("ipc"),
    ".feather": table_rows("ipc"),
    ".arrows": table_rows("stream"),
    ".txt": text_file,
    ".text": text_file,
    ".md": text_file,
    ".html": page_file,
    ".htm": page_file,
    ".xhtml": page_file,
    ".warc": web_pages,
    ".warc.gz": web_pages,
    ".docx": paragraphs_of(partial(docx_lines, role_of_close=CONTINUED)),
    ".odt": paragraphs_of(odt_lines),
    ".rtf": paragraphs_of(rtf_lines),
    ".epub": paragraphs_of(epub_lines),
    ".pdf": _pdf,
    ".rss": _feed,
    ".atom": _feed,
    ".xml": _feed,
}
"""How a file is read, by the end of its name; the longest end that fits holds."""

APART = (".parquet", ".arrow", ".feather", ".arrows")
"""Forms whose readers are native code that a damaged file can make crash; they run in a process of their own."""

_OPENINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"PAR1", ".parquet"),
    (b"ARROW1", ".arrow"),
    (b"\xff\xff\xff\xff", ".arrows"),
    (b"WARC/", ".warc"),
)
_OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
_IN_ZIP = (
    ("word/document.xml", ".docx"),
    ("content.xml", ".odt"),
    ("META-INF/container.xml", ".epub"),
    ("xl/workbook.xml", ".xlsx"),
)
_ADVICE: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an archive, or a program's file in one; unpack it, or save it in a form that is read"),
    (b"\x1f\x8b", "packed; unpack it"),
    (b"From: <Saved by", "a page with all that it shows; save it as HTML alone, or with SingleFile"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a file of Office before 2007; save it as .docx or .xlsx"),
)
"""What to do with files that are often meant as articles, by what they open with."""


def advice(path: Path) -> str | None:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    return next((said for opening, said in _ADVICE if head.startswith(opening)), None)


def form_of(path: Path) -> str | None:
    """The form of a file, as the end of a name; None for one in no form of articles. Raises OSError."""
    by_name = max((end for end in READERS if path.name.lower().endswith(end)), key=len, default=None)
    return _by_content(path, by_name) or by_name


def _by_content(path: Path, by_name: str | None) -> str | None:
    """The end of name that a file of what this one opens with would have; None where that says nothing."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(path)
    opened = next((end for opening, end in _OPENINGS if head.startswith(opening)), None)
    if opened:
        return opened
    if by_name in (".txt", ".text", ".md", ".xml", None) and head.startswith(b"<"):
        if is_feed(head):
            return ".rss"
        return ".html" if b"<html" in head.lower() else None
    if by_name in (".txt", ".text") and head.startswith((b'{"', b'[{"')):
        return ".json" if head.startswith(b"[") else ".jsonl"
    return None


def _in_zip(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = _kind(archive) if "content.xml" in names else _OPEN_TEXT
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError, RuntimeError, EOFError, zlib.error):
        return None
    return next((end for name, end in _IN_ZIP if name in names), None) if kind.startswith(_OPEN_TEXT) else None


def _kind(archive: zipfile.ZipFile) -> bytes:
    """What an OpenDocument file says that it is; a text where it does not say it, and no sheet or slides."""
    if "mimetype" not in archive.namelist():
        return _OPEN_TEXT
    with archive.open("mimetype") as file:
        return file.read(len(_OPEN_TEXT))
