"""Claimed rows proved in the article's text: a passage stands where the row says, or once, or the row is refused. Never fuzzy."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from builder.coding.forms import Form, Layout, layout, span_form
from builder.coding.runs import wrong_values
from builder.exchange.claimed import Claimed
from builder.tables.schema import Column, table_schemas

_SHOWN = 60


class NotProvedError(Exception):
    """Why a claimed row is none."""


class Proved(NamedTuple):
    """``key`` is the row's own in its file, None where it has none; references are still keys of the file or the package.

    ``placed`` says whether the offsets held.
    """

    claimed: Claimed
    values: Form
    key: str | None
    references: Mapping[str, str]
    placed: Literal["held", "moved", "anchored"]


class Prover:
    """Of one article; ``same`` says that the document is this text, so that its offsets count in it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def prove(self, claimed: Claimed, same: bool) -> Proved:
        """Raises NotProvedError."""
        about = layout(claimed.table)
        (start, end), placed = self._own_span(claimed, same)
        values: Form = {"text": span_form(self._text, start, end)}
        given = {name: value for name, value in claimed.columns.items() if value not in (None, "")}
        references = {}
        for name in about.columns:
            if name in about.spans:
                values[name] = self._other_span(about, name, given, (start, end), same)
            elif name in about.references:
                if name in given:
                    references[name] = _text(name, given[name])
            else:
                values[name] = _value(about.columns[name], given.get(name))
        self._default(claimed.table, values)
        if wrong := wrong_values(claimed.table, values | dict.fromkeys(references, _SOME)):
            raise NotProvedError(wrong)
        key = given.get(about.key)
        return Proved(claimed, values, str(key) if key is not None else None, references, placed)

    def _own_span(self, claimed: Claimed, same: bool) -> tuple[tuple[int, int], Literal["held", "moved", "anchored"]]:
        text = claimed.text
        places = [(claimed.start, claimed.end), claimed.also or (None, None)] if same else []
        for start, end in places:
            if start is not None and end is not None and self._stands(start, end, text):
                return (start, end), "held"
        if not text:
            raise NotProvedError(self._why_nowhere(claimed.start, claimed.end))
        found = self._once(text, claimed.prefix, claimed.suffix)
        if found is None:
            raise NotProvedError(self._why_not(text, claimed.start, claimed.end))
        return (found, found + len(text)), "anchored" if claimed.start is None else "moved"

    def _stands(self, start: int, end: int, text: str | None) -> bool:
        """Without a text of its own, the passage is what stands there."""
        return 0 <= start < end <= len(self._text) and (text is None or self._text[start:end] == text)

    def _once(self, text: str, prefix: str = "", suffix: str = "") -> int | None:
        at = _only(self._text, text)
        if at is None and (prefix or suffix):
            around = _only(self._text, prefix + text + suffix)
            at = None if around is None else around + len(prefix)
        return at

    def _other_span(self, about: Layout, name: str, given: Mapping[str, Any], own: tuple[int, int], same: bool) -> Form | None:
        """Of a column such as ``speaker``: at its offsets, or the only place in the article or in the row's own paragraph."""
        if name not in given:
            return None
        text = _text(name, given[name])
        start, end = (given.get(place) for place in about.spans[name])
        if same and type(start) is int and type(end) is int and self._stands(start, end, text):
            return span_form(self._text, start, end)
        found = self._once(text)
        if found is None:
            first = self._text.rfind("\n", 0, own[0]) + 1
            last = self._text.find("\n", own[1])
            found = _only(self._text, text, first, last if last >= 0 else len(self._text))
        if found is None:
            raise NotProvedError(f"{name}: {self._why_not(text, start, end)}")
        return span_form(self._text, found, found + len(text))

    def _default(self, table: str, values: Form) -> None:
        """What follows where a tool that knows only passages says nothing."""
        if "name" in values and values["name"] is None:
            values["name"] = values["text"]["text"]
        if table == "quotes" and values["attribution"] is None and values["speaker"] is None:
            values["attribution"] = "unattributed"

    def _why_nowhere(self, start: int | None, end: int | None) -> str:
        if start is None or end is None:
            return "neither a text nor a place"
        return f"{start} to {end} is no passage of an article of {len(self._text):,} characters"

    def _why_not(self, text: str, start: Any, end: Any) -> str:
        often = bool(_places(self._text, text))
        stands = "stands there more than once, and nothing says which" if often else "does not stand in the article"
        there = ""
        if type(start) is int and type(end) is int and 0 <= start < end <= len(self._text):
            there = f"; at {start} to {end} stands {_short(self._text[start:end])}"
        return f"{_short(text)} {stands}{there}"


_SOME: Form = {"key": "", "name": "", "start": 0, "prefix": "", "suffix": ""}


def unknown_columns(claimed: Claimed) -> list[str]:
    """Columns with values that the table does not have."""
    known = table_schemas()[claimed.table].column_names
    return [name for name, value in claimed.columns.items() if value not in (None, "") and name not in known]


def _value(column: Column, value: Any) -> Any:
    if value is None:
        return None
    text = _text(column.name, value)
    if column.pattern and not re.fullmatch(column.pattern, text):
        raise NotProvedError(f"{column.name} is {_short(text)}, which does not match {column.pattern}")
    if column.type == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise NotProvedError(f"{column.name} is {_short(text)}, which is no day") from None
    return text


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise NotProvedError(f"{name} is not a text")
    return value


def _only(text: str, passage: str, first: int = 0, last: int | None = None) -> int | None:
    """Where the passage stands, if it does once."""
    places = _places(text, passage, first, last)
    return places[0] if len(places) == 1 else None


def _places(text: str, passage: str, first: int = 0, last: int | None = None) -> list[int]:
    """The first two places of a passage, where it is not a part of a word."""
    last = len(text) if last is None else last
    places: list[int] = []
    at = text.find(passage, first, last)
    while at >= 0 and len(places) < 2:
        if _whole(text, at, at + len(passage)):
            places.append(at)
        at = text.find(passage, at + 1, last)
    return places


def _whole(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    return not before and not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())


def _short(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")
