"""Articles of RSS and Atom feeds, where the content stands in the feed itself; nothing is fetched."""

from xml.etree import ElementTree

from builder.errors import InputError
from builder.reading.documents.markup import html_lines
from builder.reading.rejects import Reject
from builder.reading.units import Found, object_unit

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = ("{http://purl.org/rss/1.0/modules/content/}encoded", f"{_ATOM}content", "description", f"{_ATOM}summary", "summary")
_NAMES = {
    "title": ("title", f"{_ATOM}title"),
    "published": ("pubDate", f"{_ATOM}published", f"{_ATOM}updated", "{http://purl.org/dc/elements/1.1/}date"),
    "url": ("link", "guid", f"{_ATOM}id"),
}


def is_feed(head: bytes) -> bool:
    return any(mark in head for mark in (b"<rss", b"<rdf:RDF", b'<feed xmlns="http://www.w3.org/2005/Atom"', b"<feed"))


def feed_articles(raw: bytes, source: str) -> Found:
    """A unit for each entry that has content; an entry that only links to its article is a Reject. Raises InputError."""
    try:
        root = ElementTree.fromstring(raw)
    except (ElementTree.ParseError, ValueError) as error:
        raise InputError(f"broken markup: {error}") from None
    publisher = next((found.text for path in ("channel/title", f"{_ATOM}title") if (found := root.find(path)) is not None), None)
    entries = [element for element in root.iter() if element.tag.rpartition("}")[2] in ("item", "entry")]
    for number, entry in enumerate(entries, 1):
        place = f"item {number}"
        text = "\n\n".join(html_lines(_first(entry, _CONTENT, markup=True) or ""))
        if not text:
            yield Reject(source, place, "the feed only links to the article; save its page, for nothing is fetched")
            continue
        fields = {name: _first(entry, tags) for name, tags in _NAMES.items()}
        if (link := entry.find(f"{_ATOM}link")) is not None:
            fields["url"] = link.get("href")
        yield object_unit(source, place, {"text": text, "publisher": publisher, **fields})


def _first(entry: ElementTree.Element, tags: tuple[str, ...], *, markup: bool = False) -> str | None:
    """The text of the first of ``tags`` that has any, or with ``markup`` the HTML: it may stand there as text or as elements."""
    for tag in tags:
        if (found := entry.find(tag)) is not None and (text := "".join(found.itertext()).strip()):
            return _html(found) if markup and len(found) else text
    return None


def _html(content: ElementTree.Element) -> str:
    for element in content.iter():
        element.tag = element.tag.rpartition("}")[2]
    return ElementTree.tostring(content, encoding="unicode", method="html")
