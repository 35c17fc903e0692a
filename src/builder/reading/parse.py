"""An article from a unit: text with front matter, a JSON object, or a saved web page."""

import hashlib
import json

from builder.errors import InputError
from builder.reading.columns import arranged
from builder.reading.fields import Defaults, make_article
from builder.reading.html import read_page
from builder.reading.json_files import unrepeated
from builder.reading.text import decode, split_front_matter
from builder.reading.units import Unit
from builder.text.article import MAX_ID_CHARACTERS, Article
from builder.text.slug import slug


def parse(unit: Unit, defaults: Defaults) -> Article:
    """Raises InputError, without the place: the unit knows it."""
    if unit.kind == "json":
        return _parse_object(unit, defaults)
    article_id = identifier_of(unit.source)
    fields, text = read_page(unit.raw) if unit.kind == "html" else split_front_matter(decode(unit.raw))
    return make_article(text, fields, defaults, article_id=article_id, source=unit.source)


def identifier_of(source: str) -> str | None:
    """The slug of a file's stem, or of all of an address: "https://example.org/news/1" becomes "example-org-news-1".

    Of one that would be too long, the beginning and a digest of all of it.
    """
    scheme, mark, rest = source.partition("://")
    found = slug(rest.removeprefix("www.") if mark else scheme.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    if len(found) > MAX_ID_CHARACTERS:
        digest = hashlib.sha256(source.encode()).hexdigest()[:12]
        found = f"{found[: MAX_ID_CHARACTERS - len(digest) - 1].rstrip('-')}-{digest}"
    return found or None


def _parse_object(unit: Unit, defaults: Defaults) -> Article:
    try:
        row = json.loads(decode(unit.raw), object_pairs_hook=unrepeated)
    except json.JSONDecodeError as error:
        raise InputError(f"broken JSON at character {error.pos}: {error.msg}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"JSON that cannot be read: {error}") from None
    if not isinstance(row, dict):
        raise InputError("not a JSON object")
    fields, others = arranged(row, defaults.columns)
    text, url = fields.pop("text"), fields.get("url")
    article_id = identifier_of(url) if isinstance(url, str) and "://" in url else None
    return make_article(text, fields, defaults, article_id=article_id, source=unit.source, others=others)
