"""What rules add to the names that the network found: none of them changes or takes away a name that stands."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from builder.lexicon import rows
from builder.names import gazetteer
from builder.names.candidates import Bools, Grid, Ints, has_capital, is_tight_mark
from builder.names.decoding import ALONE, BEGIN, END
from builder.names.words import is_common

RULES = {
    "learned-person": "The trained network takes the words for the name of a person.",
    "learned-organisation": "The trained network takes the words for the name of an organisation.",
    "titled-person": "Capitalised words after an honorific or an abbreviated office or rank.",
    "bracketed-acronym": "An acronym in brackets after an organisation whose initials it holds.",
    "repeated-name": "A word by itself that is a name, or the last part of a person's name, elsewhere in the article.",
    "known-place": "A country, part of a country or large city of the lexicons that is no part of another name.",
}


_MONTHS = frozenset(
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)


class Found(NamedTuple):
    """A name over the places ``[first, stop)`` of a grid."""

    first: int
    stop: int
    kind: str
    rule: str


class Names:
    """Names of a grid, apart from each other."""

    def __init__(self, grid: Grid) -> None:
        self.found: list[Found] = []
        self._taken = bytearray(len(grid.ids))

    def add(self, first: int, stop: int, kind: str, rule: str) -> None:
        """Adds the name unless one of its words is part of another."""
        if 1 not in self._taken[first:stop]:
            self._taken[first:stop] = b"\1" * (stop - first)
            self.found.append(Found(first, stop, kind, rule))

    @property
    def free(self) -> Bools:
        return ~np.frombuffer(bytes(self._taken), np.bool_)


def names_of(grid: Grid, parts: Ints, marks: Ints) -> list[Found]:
    """The names that follow from the parts of the candidates and the marks of the gazetteer, ascending."""
    names = Names(grid)
    for each in _learned(grid, parts):
        names.add(*each)
    _add_titled_persons(grid, names)
    _add_bracketed_acronyms(grid, names)
    _add_repeated(grid, names)
    _add_known_places(grid, marks, names)
    return sorted(names.found)


def _learned(grid: Grid, parts: Ints) -> Iterator[tuple[int, int, str, str]]:
    """Names as the network has them, less what it should not hold: marks at the start, dates, words without a capital."""
    capital = (grid.values(has_capital) != 0).tolist()
    marks = (grid.values(is_tight_mark) != 0).tolist()
    dated = ((grid.values(is_month) != 0) & np.append(grid.values(is_number)[1:] != 0, False)).tolist()
    for kind, shift in (("person", 0), ("organisation", 4)):
        firsts = grid.places[(parts == BEGIN + shift) | (parts == ALONE + shift)]
        lasts = grid.places[(parts == END + shift) | (parts == ALONE + shift)]
        firsts = firsts + ((grid.values(is_the)[firsts] != 0) & (firsts < lasts))
        rule = f"learned-{kind}"
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            begin = first + 1 if marks[first] and first < last else first
            if True in capital[begin : last + 1] and not (begin == last and dated[begin]):
                yield begin, last + 1, kind, rule


def is_the(word: str) -> int:
    return word in ("The", "the", "THE")


@cache
def _short_titles() -> frozenset[str]:
    return frozenset(row["title"] for row in rows("person-titles.tsv") if row["short"])


def is_short_title(word: str) -> int:
    return word in _short_titles()


def is_month(word: str) -> int:
    return word in _MONTHS


def is_number(word: str) -> int:
    return word.isdigit() or word == "."


def is_stop(word: str) -> int:
    return word == "."


def is_open_bracket(word: str) -> int:
    return word == "("


def is_close_bracket(word: str) -> int:
    return word == ")"


LONGEST_TITLED = 6
"""Most tokens taken for a name after a title."""


def _add_titled_persons(grid: Grid, names: Names) -> None:
    """The stretch of capitalised words after a title that stands before names only."""
    stops = grid.values(is_stop) != 0
    titles = grid.values(is_short_title) != 0
    named = (grid.values(has_capital) != 0) & ~titles
    for title in np.flatnonzero(titles).tolist():
        first = stop = title + (2 if stops[title + 1] and not grid.spaced[title + 1] else 1)
        while named[stop] and stop - first < LONGEST_TITLED and (stop == first or not grid.opens_sentence[stop]):
            stop += 2 if stops[stop + 1] and named[stop + 2] and not grid.spaced[stop + 1] else 1
        if stop > first:
            names.add(first, stop, "person", "titled-person")


def _add_bracketed_acronyms(grid: Grid, names: Names) -> None:
    opening, closing = grid.values(is_open_bracket) != 0, grid.values(is_close_bracket) != 0
    words = grid.vocabulary.words
    for name in [*names.found]:
        place = name.stop + 1
        if name.kind == "organisation" and opening[name.stop] and closing[place + 1] and grid.ids[place] >= 0:
            acronym = words[grid.ids[place]]
            initials = "".join(words[i][0] for i in grid.ids[name.first : name.stop].tolist())
            if acronym.isupper() and len(acronym) > 1 and acronym[0] == initials[0].upper():
                names.add(place, place + 1, "organisation", "bracketed-acronym")


LEAST_REPEATED = 2
"""Times that a word must be a name elsewhere in the article, and of one kind only, to be one where the network saw none."""


_NEVER = -(1 << 30)


def _add_repeated(grid: Grid, names: Names) -> None:
    """Gives single words the kind that the same word has as a name, or as the last word of a person's name."""
    documents, ids = grid.document.tolist(), grid.ids.tolist()
    known: dict[tuple[int, int], tuple[int, str]] = {}
    for first, stop, kind, _ in names.found:
        if kind == "person" or stop - first == 1:
            key = documents[first], ids[stop - 1]
            count, other = known.get(key, (0, kind))
            known[key] = (count + 1 if kind == other else _NEVER, other)
    alone = (grid.core_first == grid.core_last) & names.free[grid.places] & (grid.values(has_capital)[grid.places] != 0)
    for place in grid.places[alone].tolist():
        count, kind = known.get((documents[place], ids[place]), (0, ""))
        if count >= LEAST_REPEATED:
            names.add(place, place + 1, kind, "repeated-name")


def _known(here: Ints, at: Bools) -> Iterator[tuple[int, int]]:
    """First and stop of the known names that begin at those places."""
    for first in np.flatnonzero(at & ((here == gazetteer.BEGINS) | (here == gazetteer.ALONE))).tolist():
        stop = first + 1
        while here[stop - 1] in (gazetteer.BEGINS, gazetteer.INSIDE):
            stop += 1
        yield first, stop


def _add_known_places(grid: Grid, marks: Ints, names: Names) -> None:
    common = grid.opens_sentence & (grid.values(is_common) != 0)
    for number in (gazetteer.COUNTRIES, gazetteer.REGIONS, gazetteer.CITIES):
        for first, stop in _known(marks[number], names.free):
            if stop > first + 1 or not common[first]:
                names.add(first, stop, "place", "known-place")
