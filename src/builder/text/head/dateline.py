"""Datelines as the world's agencies write them: place, date, source in any order, and the mark that ends them.

    OSLO, March 3 (Nordwire) - The       BERGEN/OSLO, 3 March 2019 – The     OSLO. March 3, 2019 (Nordwire) - The
    OSLO: The                            OSLO – 3 March 2019: The            Oslo /NORD/. The
    March 3, 2019 (OSLO) - The           Fjord News, 3 March - The           Oslo, Norway – The

AP Stylebook, "datelines"; TASS ends with a full stop, papers of South Asia and the Gulf with a colon.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from builder.text.head.forms import DATE, is_capitalised
from builder.text.span import Span
from builder.text.word_list import entries

IsPlace = Callable[[str], bool]
"""Whether words are the name of a town."""

REACH = 160
"""Characters in which a dateline ends."""
_SHORTEST_REPORT = 20
_LONG_LINE = 200
_MOST_PARTS = 6

_WORD = r"[^\W\d_][\w.'’-]{0,30}+"
_PART = re.compile(rf"{_WORD}(?: (?:& )?(?!{DATE}){_WORD}){{0,5}}+")
_DATE = re.compile(DATE)
_SOURCE = re.compile(r"\((?P<brackets>[^()\n]{2,60})\)|/(?P<slashes>[^\W\d_][\w .&'’-]{0,40})/")
_BETWEEN = re.compile(r" (?=/[^/\n]{1,40}/)| ?[,.] ?| ?/ ?| (?:and|&|–|—|--|-) (?=[^\W_])| ")
_END = re.compile(r"\s?(?P<dash>[—–]|--)\s?|\s(?P<hyphen>-)(?:\s|$)|\s?(?P<colon>:)(?:\s|$)|(?P<stop>\.)(?:\s|$|[-–—]+\s?)")
_NAME_OF_SOURCE = re.compile(r"[^\W\d_][\w .&'’/+-]*")
_SMALL_WORDS = frozenset("and of the de del la las los el al da do dos di upon sur & in".split())


class Dateline(NamedTuple):
    """``span`` ends before the mark that closes the dateline, the report begins at ``stop``; ``day`` may lack its year."""

    span: Span
    publisher: Span | None
    day: Span | None
    stop: int


class _Parts(NamedTuple):
    places: list[Span]
    days: list[Span]
    sources: list[Span]


def read_dateline(text: str, line: Span, is_place: IsPlace) -> Dateline | None:
    """The dateline that opens a line, if one does."""
    parts, end = _read_parts(text, line)
    if end is None:
        return None
    publisher = _publisher(text, parts, is_place)
    if not _opens_report(text, line, parts, end) or not _is_dateline(text, parts, end, publisher, is_place):
        return None
    return Dateline(Span(line.start, end.start()), publisher, parts.days[0] if parts.days else None, end.end())


def _read_parts(text: str, line: Span) -> tuple[_Parts, re.Match[str] | None]:
    """Places, dates and sources from the start of the line, and the mark after them."""
    parts = _Parts([], [], [])
    at, stop = line.start, min(line.end, line.start + REACH)
    for _ in range(_MOST_PARTS):
        after = _read_part(text, at, stop, parts)
        if after is None:
            break
        end = _END.match(text, after, stop)
        if end and not (end["stop"] and not parts.sources) and not _DATE.match(text, end.end(), stop):
            return parts, end
        between = _BETWEEN.match(text, after, stop)
        if between is None or (between[0] == " " and text[after - 1].isalpha() and _DATE.match(text, between.end(), stop)):
            break
        at = between.end()
    return parts, None


def _read_part(text: str, at: int, stop: int, parts: _Parts) -> int | None:
    """Where the part that begins here ends, once it is put where it belongs."""
    if day := _DATE.match(text, at, stop):
        parts.days.append(Span(*day.span()))
        return day.end()
    if source := _SOURCE.match(text, at, stop):
        inside = Span(*source.span("brackets" if source["brackets"] else "slashes"))
        (parts.days if _DATE.fullmatch(text, inside.start, inside.end) else parts.sources).append(inside)
        return source.end()
    place = _PART.match(text, at, stop)
    if place is None or not (_all_capitalised(place[0]) or _names_outlet(place[0])):
        return None
    parts.places.append(Span(*place.span()))
    return place.end()


def _all_capitalised(words: str) -> bool:
    return is_capitalised(words) and all(is_capitalised(word) or word in _SMALL_WORDS for word in words.split())


def _is_dateline(text: str, parts: _Parts, end: re.Match[str], publisher: Span | None, is_place: IsPlace) -> bool:
    """Whether the parts are evidence enough: words that are no known town need capitals, or a source or year beside them."""
    names = [place.of(text) for place in parts.places]
    known = any(is_place(town) for name in names for town in _TOGETHER.split(name.rstrip(".")))
    is_clear = known or (bool(names) and names[0].isupper() and len(names[0]) > 2 and names[0].lower() not in _labels())
    has_year = any(_YEAR.search(day.of(text)) for day in parts.days)
    if parts.sources:
        return is_clear or bool(parts.days) or (publisher is not None and not names and not end["stop"])
    if parts.days:
        return is_clear or has_year or publisher is not None
    return (is_clear and names[0].isupper() and end["dash"] in ("—", "–")) or (known and len(names) < 3)


_TOGETHER = re.compile(r" (?:and|&) ")
_YEAR = re.compile(r"\d{4}")


def _opens_report(text: str, line: Span, parts: _Parts, end: re.Match[str]) -> bool:
    """Whether a report follows. Behind a place alone it opens with a capital, and the line ends as sentences do or is long."""
    left = line.end - end.end()
    if parts.sources or parts.days:
        return left >= _SHORTEST_REPORT or left == 0
    rest = text[end.end() : end.end() + 3].lstrip("“\"'‘’")
    return rest[:1].isupper() and (
        left > _LONG_LINE or (left >= _SHORTEST_REPORT and _ends_sentence(text[line.start : line.end]))
    )


def _ends_sentence(line: str) -> bool:
    return line.rstrip("”’\"') ").endswith((".", "!", "?")) or bool(_CREDITED.search(line))


_CREDITED = re.compile(r"[.!?][”’\"']?\s+[—–-]{1,2}\s?(?P<name>[A-Z][\w./& ]{1,30})$")
"""The agency at the end of a paragraph: "... on Tuesday. — AFP"."""


def closing_source(text: str) -> Span | None:
    """The agency that a text ends with behind a dash, in capitals or one word."""
    body = text.rstrip()
    tail = max(len(body) - 60, 0)
    found = _CREDITED.search(body, tail)
    if found is None or not (found["name"].isupper() or " " not in found["name"]):
        return None
    return Span(*found.span("name"))


def _publisher(text: str, parts: _Parts, is_place: IsPlace) -> Span | None:
    """The source in brackets or between slashes, else an outlet that stands where the place would."""
    for source in parts.sources:
        words = source.of(text)
        if _NAME_OF_SOURCE.fullmatch(words) and not is_place(words) and words.lower() not in _labels():
            return source
    return next((place for place in parts.places if _names_outlet(place.of(text)) and not is_place(place.of(text))), None)


def _names_outlet(words: str) -> bool:
    return words.rpartition(" ")[2].lower() in outlet_words() and " " in words


@cache
def outlet_words() -> frozenset[str]:
    """Last words of the names of newspapers, agencies and broadcasters."""
    return entries(Path(__file__).with_name("outlet-words.txt"))


@cache
def _labels() -> frozenset[str]:
    """Words in capitals, or in brackets, that head a report and are neither place nor source."""
    return entries(Path(__file__).with_name("labels.txt"))
