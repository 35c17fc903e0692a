"""Files of one text, of one saved page, or of a whole download of a newspaper database."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from builder.errors import InputError
from builder.reading.documents.markup import Marked, marked_lines
from builder.reading.documents.wrapped import is_hyphenated, unwrapped
from builder.reading.exports import exported
from builder.reading.exports.lines import PAGE_ROLES, Exported, Lines
from builder.reading.rejects import Reject
from builder.reading.text import MAX_BYTES, TOO_LONG
from builder.reading.units import Found, HowToRead, Reader, Unit, object_unit

_ADDRESS = re.compile(r"https?://\S+")
_DOWNLOADED_PAGE = re.compile(
    rb"\d (?:of|von|de) \d+ DOCUMENTS?|End of Document|Dokument \d+ von|Document \d+ de"
    rb"|\"article [a-z]{2,6}Article\"|name=\"DocID_",
    re.IGNORECASE,
)
"""Without one of these no page is a download, and need not be taken apart to see it."""
_PROQUEST_DOCUMENT = re.compile(r'<a name="DocID_')
"""Opens each document of a page, which has no rulers."""


def whole_file(path: Path) -> bytes:
    """Raises InputError for a file longer than any article."""
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise InputError(TOO_LONG)
    return raw


def text_file(path: Path, source: str, how: HowToRead) -> Found:
    """A plain text: an article, or a download. Raises InputError for a list of addresses and for words broken at line ends."""
    text = how.decode(source, whole_file(path))
    lines = text.splitlines()
    if found := exported(Lines(lines, whole=False)):
        return _units(found, source)
    _refuse_addresses(lines)
    if is_hyphenated(text):
        if not how.join_lines:
            raise InputError("words are broken at the ends of lines, as on a printed page; --join-lines puts them together")
        text = unwrapped(text.split("\f"))
    return iter([Unit("text", source, None, text.encode())])


def page_file(path: Path, source: str, how: HowToRead) -> Found:
    """A saved page, or a download as one."""
    raw = whole_file(path)
    if _DOWNLOADED_PAGE.search(raw):
        page = _PROQUEST_DOCUMENT.sub(f"<p>{'_' * 60}</p>\\g<0>", how.decode(source, raw))
        lines, roles = marked_lines(page, PAGE_ROLES)
        if found := exported(Lines(lines, True, roles, blocks=True)):
            return _units(found, source)
    return iter([Unit("html", source, None, raw)])


def paragraphs_of(lines_of: Callable[[bytes], list[str] | Marked]) -> Reader:
    """A reader of files whose paragraphs ``lines_of`` gives: an article, or a download."""

    def read(path: Path, source: str, how: HowToRead) -> Found:
        given = lines_of(whole_file(path))
        lines, roles = given if isinstance(given, Marked) else Marked(given, {})
        if found := exported(Lines(lines, True, roles)):
            return _units(found, source)
        text = "\n\n".join(line.strip() for line in lines if line.strip())
        return iter([Unit("text", source, None, text.encode("utf-8", "surrogatepass"))])

    return read


def _units(articles: Iterator[Exported], source: str) -> Found:
    """An article's identifier is the database's own, or made from its text; it does not change with its neighbours."""
    for number, (fields, text) in enumerate(articles, 1):
        place = f"article {number}"
        if not text:
            yield Reject(source, place, "the download holds no text of it")
            continue
        identifier = fields.pop("identifier", None) or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        yield object_unit(source, place, {"article_id": identifier, "text": text, **fields})


def _refuse_addresses(lines: list[str]) -> None:
    filled = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if filled and all(map(_ADDRESS.fullmatch, filled)):
        raise InputError("a list of addresses; nothing is fetched, so save the pages and give their folder")
