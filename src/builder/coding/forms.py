"""How a row's values stand in a decision: without offsets and keys that move, so that they can be compared in a changed text.

A value is as in the tables (a date as ``2020-07-28``), but for two kinds: what a span repeats is ``{text, start, end, prefix,
suffix}``, and a reference to another row is ``{key, name}``, where ``name`` is the name of a person or body, or the text of a
quote or date, which then has ``start``, ``prefix`` and ``suffix`` too. Null is null.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from builder.coding.anchors import Anchor, anchor_at
from builder.tables.schema import ARTICLE_TABLES, Column, table_schemas

Row = dict[str, Any]
Form = dict[str, Any]
"""Columns with their values as they stand in decisions."""

_NOT_JUDGED = frozenset(
    {"article_id", "rule", "country_rule", "coding_status", "certainty", "n_characters", "sha256", "source", "rights"}
)
_PLACE_KEYED = frozenset({"quotes", "dates"})
_SPAN_FIELDS = {"text": str, "start": int, "end": int, "prefix": str, "suffix": str}
_REFERENCE_FIELDS = {"key": str, "name": str}


@dataclass(frozen=True)
class Layout:
    """What of a table's rows people judge, and how they are told apart."""

    table: str
    key: str
    columns: Mapping[str, Column]
    """All that can be judged, by name; without the passage itself."""
    spans: Mapping[str, tuple[str, str]]
    references: Mapping[str, str]
    """Tables that columns refer to."""
    required: frozenset[str]
    anchored: bool
    """Whether a row stands at a place of the text; rows of articles do not."""


@cache
def layout(table: str) -> Layout:
    schema = table_schemas()[table]
    spans = {column.name: column.verbatim for column in schema.columns if column.verbatim}
    anchored = spans.get("text") == ("start", "end")
    references = {key.column: key.table for key in schema.foreign_keys if key.column != "article_id"}
    out = _NOT_JUDGED | {schema.primary_key, "text"} | {place for pair in spans.values() for place in pair}
    columns = {column.name: column for column in schema.columns if column.name not in out}
    required = frozenset(name for name, column in columns.items() if column.required)
    spans.pop("text", None)
    return Layout(table, str(schema.primary_key), columns, spans, references, required, anchored)


Named = Callable[[str, str], "tuple[str, int] | None"]
"""The name and place of the row of a table with a key."""


def form_of(table: str, row: Row, text: str, named: Named) -> Form:
    """What is judged of a row of an article with this ``text``."""
    form: Form = {}
    about = layout(table)
    for name in about.columns:
        value = row[name]
        if value is None:
            form[name] = None
        elif name in about.spans:
            start, end = (row[place] for place in about.spans[name])
            form[name] = span_form(text, start, end)
        elif name in about.references:
            form[name] = _reference_form(about.references[name], value, text, named)
        else:
            form[name] = value if isinstance(value, int | float) else str(value)
    return form


def span_form(text: str, start: int, end: int) -> Form:
    anchor = anchor_at(text, start, end)
    return {"text": anchor.text, "start": start, "end": end, "prefix": anchor.prefix, "suffix": anchor.suffix}


def _reference_form(table: str, key: str, text: str, named: Named) -> Form:
    found = named(table, key)
    if found is None:
        return {"key": key, "name": key}
    name, start = found
    form: Form = {"key": key, "name": name}
    if table in _PLACE_KEYED:
        anchor = anchor_at(text, start, start + len(name))
        form |= {"start": start, "prefix": anchor.prefix, "suffix": anchor.suffix}
    return form


def anchor_of(form: Mapping[str, Any]) -> Anchor:
    """Of a span, or of a reference that has a place."""
    return Anchor(form.get("text", form.get("name", "")), form["start"], form["prefix"], form["suffix"])


def wrong_form(table: str, form: Any, of: str) -> str | None:
    """What is wrong with values that came from outside; ``of`` is the field they stand in."""
    if not isinstance(form, dict):
        return f"{of} is not an object"
    about = layout(table)
    for name, value in form.items():
        if name == "text" and about.anchored:
            wrong = _wrong_span(value) if value is not None else "cannot be null"
        elif name not in about.columns:
            return f"{of} has {name!r}, which is no column of {table} that can be judged"
        elif value is None:
            wrong = "cannot be null" if name in about.required and of == "set" else None
        elif name in about.spans:
            wrong = _wrong_span(value)
        elif name in about.references:
            wrong = _wrong_reference(about.references[name], value)
        else:
            wrong = _wrong_value(about.columns[name], value)
        if wrong:
            return f"{of}.{name} {wrong}"
    return None


def _wrong_value(column: Column, value: Any) -> str | None:
    if column.type in ("integer", "number"):
        return None if isinstance(value, int | float) and not isinstance(value, bool) else "is not a number"
    if not isinstance(value, str) or not value:
        return "is not a text"
    if column.enum and value not in column.enum:
        return f"is {value[:40]!r}, not one of {', '.join(column.enum)}"
    return None


def _wrong_span(value: Any) -> str | None:
    if not _has_fields(value, _SPAN_FIELDS):
        return "must be an object with text, start, end, prefix and suffix"
    if value["start"] < 0 or value["end"] - value["start"] != len(value["text"]) or not value["text"]:
        return "has a start and an end that are not those of its text"
    return None


def _wrong_reference(table: str, value: Any) -> str | None:
    if not _has_fields(value, _REFERENCE_FIELDS):
        return "must be an object with key and name"
    if table in _PLACE_KEYED and not _has_fields(value, {"start": int, "prefix": str, "suffix": str}):
        return "must have start, prefix and suffix too"
    return None


def _has_fields(value: Any, fields: Mapping[str, type]) -> bool:
    return isinstance(value, dict) and all(type(value.get(name)) is kind for name, kind in fields.items())


def is_table(name: object) -> bool:
    return name in ARTICLE_TABLES
