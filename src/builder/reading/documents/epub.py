"""Lines of electronic books (.epub), chapter by chapter in the order of reading."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

from builder.errors import InputError
from builder.reading.documents.markup import html_lines
from builder.reading.documents.zipped import member, opened

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_PACKAGE = "{http://www.idpf.org/2007/opf}"


def epub_lines(raw: bytes) -> list[str]:
    """A line for each block of each chapter. Raises InputError."""
    with opened(raw) as archive:
        pages = [member(archive, chapter).decode("utf-8", "replace") for chapter in _chapters(archive)]
    return [line for page in pages for line in html_lines(page)]


def _chapters(archive: ZipFile) -> Iterator[str]:
    root = ElementTree.fromstring(member(archive, "META-INF/container.xml")).find(f".//{_CONTAINER}rootfile")
    if root is None:
        raise InputError("the book names no list of its chapters")
    place = root.get("full-path", "")
    package = ElementTree.fromstring(member(archive, place))
    files = {item.get("id"): item.get("href", "") for item in package.iter(f"{_PACKAGE}item")}
    for chapter in package.iter(f"{_PACKAGE}itemref"):
        if href := files.get(chapter.get("idref")):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(href)))
