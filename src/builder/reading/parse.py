"""An article from a unit: text with front matter, a JSON object, or a saved web page, with or without a row that tells of it."""

import hashlib

from builder.reading.columns import arranged
from builder.reading.fields import FIELDS, Defaults, make_article
from builder.reading.html import read_page
from builder.reading.json_files import json_object
from builder.reading.text import decode, split_front_matter
from builder.reading.units import Unit
from builder.text.article import MAX_ID_CHARACTERS, Article
from builder.text.slug import slug


def parse(unit: Unit, defaults: Defaults) -> Article:
    """Raises InputError, without the place: the unit knows it."""
    if unit.kind == "json":
        return _parse_object(unit, defaults)
    if unit.kind == "page":
        return _parse_listed_page(unit, defaults)
    article_id = identifier_of(unit.source)
    given, text = read_page(unit.raw) if unit.kind == "html" else split_front_matter(decode(unit.raw))
    fields = {name: value for name, value in given.items() if name in FIELDS}
    others = {name: value for name, value in given.items() if name not in FIELDS and value is not None}
    return make_article(text, fields, defaults, article_id=article_id, source=unit.source, others=others)


def identifier_of(source: str) -> str | None:
    """The slug of a file's path without its end, or of an address: "https://example.org/news/1" becomes "example-org-news-1".

    Of one that would be too long, the beginning and a digest of all of it.
    """
    scheme, mark, rest = source.partition("://")
    found = slug(rest.removeprefix("www.") if mark else _without_end(scheme))
    if len(found) > MAX_ID_CHARACTERS:
        digest = hashlib.sha256(source.encode()).hexdigest()[:12]
        found = f"{found[: MAX_ID_CHARACTERS - len(digest) - 1].rstrip('-')}-{digest}"
    return found or None


def _without_end(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return folder + slash + name.rsplit(".", 1)[0]


def _parse_listed_page(unit: Unit, defaults: Defaults) -> Article:
    """What the table says of the page holds; what it leaves open the page says itself."""
    line, _, page = unit.raw.partition(b"\n")
    listed, others = arranged(json_object(line), defaults.columns, needs_text=False)
    own, text = read_page(page)
    if (words := listed.pop("text", None)) is not None:
        others = {"text": words, **others}
    fields = {**own, **{name: value for name, value in listed.items() if value != ""}}
    return make_article(text, fields, defaults, article_id=identifier_of(fields["url"]), source=unit.source, others=others)


def _parse_object(unit: Unit, defaults: Defaults) -> Article:
    row = json_object(unit.raw)
    fields, others = arranged(row, defaults.columns)
    text, url = fields.pop("text"), fields.get("url")
    article_id = identifier_of(url) if isinstance(url, str) and "://" in url else None
    return make_article(text, fields, defaults, article_id=article_id, source=unit.source, others=others)
