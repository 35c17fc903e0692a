"""An article's metadata as JSON lines, front matter or a caller gives it, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from builder.errors import InputError
from builder.text.article import Article, normalise

FIELDS = ("article_id", "title", "publisher", "published", "url", "rights", "language")
"""What may stand beside an article's text; ``url`` becomes the column ``source``."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for an article where nothing nearer to it says otherwise."""

    rights: str | None = None
    language: str = "en"


def make_article(
    text: str, fields: Mapping[str, Any], defaults: Defaults, *, article_id: str | None, source: str | None
) -> Article:
    """An article from its raw text and metadata; ``article_id`` and ``source`` hold where the metadata has none.

    Raises InputError, without the place: the caller knows it.
    """
    identifier = _string(fields, "article_id") or article_id
    if identifier is None:
        raise InputError("article_id is missing")
    _refuse_unstorable("the text", text)
    return Article(
        article_id=identifier,
        text=normalise(text),
        title=_string(fields, "title"),
        publisher=_string(fields, "publisher"),
        published=_date(fields.get("published")),
        language=_string(fields, "language") or defaults.language,
        source=_string(fields, "url") or source,
        rights=_string(fields, "rights") or defaults.rights,
    )


def _string(fields: Mapping[str, Any], name: str) -> str | None:
    """The field on one line; None where it is missing or blank."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{name}: {value!r:.40} is not a string")
    _refuse_unstorable(name, value)
    return " ".join(value.split()) or None


def _refuse_unstorable(name: str, value: str) -> None:
    """Neither CSV readers nor UTF-8 hold these: NUL, and halves of a surrogate pair that JSON may spell."""
    place = value.find("\0")
    if place >= 0:
        raise InputError(f"{name} holds a NUL character at {place}")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{name} holds half a surrogate pair at {error.start}") from None


def _date(value: Any) -> date | None:
    """An ISO date, or the day of an ISO date and time."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value).date()
    except (ValueError, TypeError):
        raise InputError(f"published: {value!r:.40} is no date of the form YYYY-MM-DD") from None
