"""Title and dateline, read from the head of a text where no metadata gives them."""

import re
from typing import NamedTuple

from builder.text.span import Span

RULES: dict[str, str] = {
    "metadata": "title and date of publication come from the article's metadata",
    "headline-and-dateline": "the first line reads as a headline and a dateline opens the report",
    "headline": "the first line reads as a headline; there is no dateline",
    "dateline": "a dateline opens the text; there is no headline",
    "text-only": "neither metadata nor the head of the text gives title or date",
}
"""How a row of articles came by its title and date."""

_HEAD_LINES = 4
_HEAD_CHARACTERS = 400
_MAX_TITLE_WORDS = 30
_SHORTEST_REPORT = 60

_WORD = r"[^\W\d_][\w.'’&-]{0,30}"
_PLACE = rf"{_WORD}(?: {_WORD}){{0,3}}"
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d)"
_SOURCE = r"\((?P<brackets>[^\W\d_][\w .&'’-]{0,40})\)|/(?P<slashes>[^\W\d_][\w .&'’-]{0,40})/"
_DATELINE = re.compile(
    rf"(?P<place>(?!{_DATE}\b){_PLACE}(?:, {_PLACE}){{0,2}})?"
    rf"(?:(?:, )?(?P<date>{_DATE}))?"
    rf"(?P<source>[. ]{{0,2}}(?:{_SOURCE}))?"
    r"(?=\s?[—–]|\s?--|\s-\s|\.\s)"
)
"""PLACE, DATE (SOURCE) and the dash that ends it, as agencies write it: AP Stylebook, "datelines"; TASS ends with a full stop."""

_BEFORE_SOURCE_OR_DATE = re.compile(r"[^\d(/\"“”:;?!—–]*+[\d(/]")
"""Where it does not match there is neither source nor date, and without these a dateline is in capitals."""


class Dateline(NamedTuple):
    span: Span
    publisher: Span | None


class Head(NamedTuple):
    """``title`` is None where the text does not open with a headline."""

    title: Span | None
    dateline: Dateline | None


def read_head(text: str) -> Head:
    """Title and dateline spans from the first lines of ``text``."""
    lines = _first_lines(text)
    title = None
    for number, line in enumerate(lines):
        dateline = _dateline(text, line)
        if dateline:
            return Head(title, dateline)
        if number == 0 and len(lines) > 1 and _reads_as_title(line.of(text)):
            title = line
    return Head(title, None)


def _first_lines(text: str) -> list[Span]:
    """The first lines that are not blank, trimmed; only the head of the text is looked at."""
    lines = []
    start = 0
    for _ in range(_HEAD_LINES * 3):
        end = text.find("\n", start, start + 20_000)
        stop = len(text) if end < 0 else end
        piece = text[start : min(stop, start + _HEAD_CHARACTERS)]
        body = piece.strip()
        if body:
            first = start + len(piece) - len(piece.lstrip())
            lines.append(Span(first, first + len(body) if stop - start <= _HEAD_CHARACTERS else stop))
        if end < 0 or len(lines) == _HEAD_LINES:
            break
        start = end + 1
    return lines


def _reads_as_title(line: str) -> bool:
    words = line.split()
    return (
        2 <= len(words) <= _MAX_TITLE_WORDS and not line.rstrip("”’\"')").endswith((":", ",", ";")) and line[:1] not in "-–—•*("
    )


def _dateline(text: str, line: Span) -> Dateline | None:
    if line.end - line.start < _SHORTEST_REPORT:
        return None
    end = min(line.end, line.start + _HEAD_CHARACTERS)
    opening = text[line.start : line.start + 2]
    if opening != opening.upper() and not _BEFORE_SOURCE_OR_DATE.match(text, line.start, end):
        return None
    found = _DATELINE.match(text, line.start, end)
    if not found or found.end() == line.start:
        return None
    place, day, source = found["place"], found["date"], found["source"]
    if not (source or (day and text[found.end()] != ".") or _is_capital_place(place, text[found.end() : found.end() + 2])):
        return None
    group = "brackets" if found["brackets"] else "slashes"
    publisher = Span(*found.span(group)) if source else None
    return Dateline(Span(line.start, found.end()), publisher)


def _is_capital_place(place: str | None, dash: str) -> bool:
    """ "NEW DELHI — The": a place alone needs capitals and a long dash; "NOTE -- " heads a remark."""
    return place is not None and len(place) > 2 and place.isupper() and dash.strip()[:1] in ("—", "–")
