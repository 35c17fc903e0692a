"""Which columns or keys of a source hold an article's text and what is known about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from builder.errors import InputError

USUAL_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "full_text", "fulltext", "body", "content", "article_text", "article_body", "article", "story", "td"),
    "article_id": ("article_id", "id", "doc_id", "docid", "document_id", "stories_id", "guid", "identifier", "an"),
    "title": ("title", "headline", "hd"),
    "publisher": ("publisher", "media_name", "source_name", "outlet", "newspaper", "publication", "source", "sn", "domain"),
    "published": (
        "published", "publication_date", "publish_date", "published_at", "publishedat", "pubdate", "date_published", "date",
        "pd", "seendate", "published_parsed",
    ),
    "url": ("url", "link", "web_url", "document_url", "sourceurl", "source_url", "documentidentifier"),
    "language": ("language", "lang"),
    "rights": ("rights", "license", "copyright"),
}  # fmt: skip
"""The names that are looked for, in this order, in small letters and with ``_`` for spaces and hyphens."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The column that holds each field, as the user names it, ``fields.body`` for one inside of an object.

    None where the usual names are looked for.
    """

    text: str | None = None
    article_id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    rights: str | None = None


def arranged(row: Mapping[str, Any], columns: Columns, *, needs_text: bool = True) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of an article, ``text`` among them, by their own names, and what else the row holds.

    Raises InputError for a row without text, where it needs one, with the names that it has.
    """
    usual: dict[str, str] = {}
    for name in row:
        usual.setdefault(_usual(name), name)
    found: dict[str, Any] = {}
    used: set[str] = set()
    for field in USUAL_NAMES:
        column = _column(field, row, usual, columns)
        value = None if column is None else _value(row, column)
        if column is not None and value is not None:
            found[field] = _plain(value)
            used.add(column)
    if needs_text and "text" in found and not isinstance(found["text"], str):
        raise InputError("text is not a string")
    if needs_text and "text" not in found:
        there = ", ".join(row) or "none"
        raise InputError(
            f"text is missing; the keys are {there:.300}; name the one that holds it with --text-column" + _beside(found)
        )
    return found, _rest(row, used)


def _beside(found: Mapping[str, Any]) -> str:
    return "; a table of the addresses of saved pages goes with them as --urls" if "url" in found else ""


def _column(field: str, row: Mapping[str, Any], usual: Mapping[str, str], columns: Columns) -> str | None:
    if (named := getattr(columns, field)) is not None:
        if _value(row, named) is None and named not in row:
            raise InputError(f"no column {named!r}; there are {', '.join(map(str, row)):.300}")
        return str(named)
    return next((usual[name] for name in USUAL_NAMES[field] if name in usual), None)


def _value(row: Mapping[str, Any], column: str) -> Any:
    """What stands there, also under a name inside of an object: ``fields.body``. None where there is nothing."""
    if column in row:
        return row[column]
    outer, dot, inner = column.partition(".")
    inside = row.get(outer)
    return _value(inside, inner) if dot and isinstance(inside, Mapping) else None


def _rest(row: Mapping[str, Any], used: Collection[str], inside: str = "") -> dict[str, Any]:
    """What has a value and is not used."""
    rest = {}
    for name, value in row.items():
        path = f"{inside}{name}"
        if isinstance(value, Mapping) and any(each.startswith(f"{path}.") for each in used):
            value = _rest(value, used, f"{path}.") or None  # noqa: PLW2901 (what is left of it)
        if path not in used and value not in (None, ""):
            rest[name] = value
    return rest


def _usual(name: str) -> str:
    return str(name).strip().lower().replace(" ", "_").replace("-", "_")


def _plain(value: Any) -> Any:
    """What a nested value is called: NewsAPI gives ``{"id": ..., "name": ...}`` for the source."""
    return value.get("name", value) if isinstance(value, Mapping) else value
