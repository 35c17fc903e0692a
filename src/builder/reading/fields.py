"""An article's metadata as JSON lines, front matter or a caller gives it, checked."""

import hashlib
import json
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from builder.errors import InputError
from builder.reading.columns import Columns
from builder.reading.days import DayOrder, written_day
from builder.text.article import ARTICLE_ID, Article, normalise
from builder.text.slug import slug

FIELDS = ("article_id", "title", "publisher", "published", "url", "rights", "language")
"""What may stand beside an article's text; ``url`` becomes the column ``source``."""
LONGEST_IDENTIFIER = 200

_UNNAMED = "article"
"""What the identifier of an article begins with that its source gives none; a checksum of the text follows."""


_USUAL = Columns()

YEARS = (1000, 2999)
"""In which an article may have been published; dates are reckoned from that day on, and years have four digits."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for an article where nothing nearer to it says otherwise."""

    rights: str | None = None
    language: str = "en"
    columns: Columns = _USUAL
    day_order: DayOrder | None = None
    """What stands first where metadata, or a text of which nothing nearer tells, gives a day in numbers alone."""


def make_article(
    text: str,
    fields: Mapping[str, Any],
    defaults: Defaults,
    *,
    article_id: str | None,
    source: str | None,
    others: Mapping[str, Any] = MappingProxyType({}),
) -> Article:
    """An article from its raw text and metadata; ``article_id`` and ``source`` hold where the metadata has none.

    What else the source says of it, ``others``, is kept as it is. Raises InputError, without the place: the caller knows it.
    """
    _refuse_unstorable("the text", text)
    given = fields.get("article_id")
    identifier = _identifier(given) or article_id or f"{_UNNAMED}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    if given is not None and str(given) != identifier:
        others = {"article_id": given, **others}
    return Article(
        article_id=identifier,
        text=normalise(text),
        title=_string(fields, "title"),
        publisher=_string(fields, "publisher"),
        published=_published(fields.get("published"), defaults.day_order),
        language=_string(fields, "language") or defaults.language,
        source=_string(fields, "url") or source,
        rights=_string(fields, "rights") or defaults.rights,
        day_order=defaults.day_order,
        extra=_kept(others),
    )


def _identifier(value: Any) -> str | None:
    """Any number or name as an identifier: "NYT_0012" becomes "nyt-0012". None where there is none."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise InputError(f"article_id: {shown(value)} is neither a string nor a number")
    if isinstance(value, int) and abs(value) >= 10**LONGEST_IDENTIFIER:
        raise InputError(f"article_id: {shown(value)} is longer than {LONGEST_IDENTIFIER} characters")
    name = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    if len(name) > LONGEST_IDENTIFIER:
        raise InputError(f"article_id: {name!r:.40} is longer than {LONGEST_IDENTIFIER} characters")
    if ARTICLE_ID.fullmatch(name):
        return name
    if not (made := slug(name)):
        raise InputError(f"article_id: {name!r:.40} has no letter or digit")
    return made


def _kept(others: Mapping[str, Any]) -> str | None:
    """A JSON object with its names in order; None where there is nothing to keep."""
    kept = json.dumps(others, ensure_ascii=False, sort_keys=True, default=str) if others else None
    if kept is not None:
        _refuse_unstorable("extra", kept)
    return kept


def _string(fields: Mapping[str, Any], name: str) -> str | None:
    """The field on one line; None where it is missing or blank."""
    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{name}: {shown(value)} is not a string")
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


def shown(value: Any) -> str:
    """A value in a message: what it is, and not all of it, which may be without end."""
    try:
        return f"{reprlib.repr(value):.40}"
    except ValueError:
        return f"a value of type {type(value).__name__}"


def _published(value: Any, order: DayOrder | None) -> date | None:
    day = _date(value, order)
    if day is not None and not YEARS[0] <= day.year <= YEARS[1]:
        raise InputError(f"published: the year {day.year} is not from {YEARS[0]} to {YEARS[1]}")
    return day


def _date(value: Any, order: DayOrder | None) -> date | None:
    """An ISO date, the day of an ISO date and time, or a day as it is usually written."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(value).date()
    except (ValueError, TypeError):
        pass
    if not isinstance(value, str):
        raise InputError(f"published: {shown(value)} is no date of the form YYYY-MM-DD")
    if found := written_day(value, order):
        return found
    if written_day(value, "dmy"):
        raise InputError(f"published: {shown(value)} may be a day of two months; --dates dmy or mdy says which number is the day")
    raise InputError(f"published: {shown(value)} is no date of the form YYYY-MM-DD")
