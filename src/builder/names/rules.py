"""From the network's marks to names, and the names that rules add where the network found none."""

from functools import cache

import numpy as np

from builder.lexicon import rows
from builder.names import completing, gazetteer, surroundings
from builder.names.candidates import Bools, Grid, Ints, has_capital, is_tight_mark
from builder.names.completing import is_month
from builder.names.decoding import ALONE, BEGIN, END, KINDS
from builder.names.found import Found, Names
from builder.names.words import is_common

RULES = {
    "learned-person": "The trained network takes the words for the name of a person.",
    "learned-organisation": "The trained network takes the words for the name of an organisation.",
    "bracketed-acronym": "A name and the acronym of its initials in brackets after it are an organisation's.",
    "titled-person": "Capitalised words after an honorific or an abbreviated office or rank.",
    "repeated-name": "A word by itself that is a name, or the last part of a person's name, elsewhere in the article.",
    **completing.RULES,
    **surroundings.RULES,
    "known-place": "A country, part of a country or large city of the lexicons that is no part of another name.",
}

LONGEST_TITLED = 6
"""Most tokens taken for a name after a title."""
LEAST_REPEATED = 2
"""Times that a word must be a name elsewhere in the article, and of one kind only, to be one where the network saw none."""

_NEVER = -(1 << 30)


def is_the(word: str) -> int:
    return word in ("The", "the", "THE")


def is_number(word: str) -> int:
    return word.isdigit()


def is_stop(word: str) -> int:
    return word == "."


def is_open_bracket(word: str) -> int:
    return word == "("


def is_acronym(word: str) -> int:
    return len(word) > 1 and word.isalpha() and word.isupper()


@cache
def _short_titles() -> frozenset[str]:
    return frozenset(row["title"] for row in rows("person-titles.tsv") if row["short"])


def is_short_title(word: str) -> int:
    return word in _short_titles()


def names_of(grid: Grid, parts: Ints, marks: Ints) -> list[Found]:
    """The names that follow from the parts of the candidates and the marks of the gazetteer, ascending."""
    names = Names(grid)
    _add_learned(grid, parts, marks, names)
    _add_bracketed_acronyms(grid, names)
    _add_titled_persons(grid, names)
    completing.complete_persons(grid, marks, names)
    surroundings.correct_persons(grid, marks, names)
    surroundings.complete_organisations(grid, marks, names)
    surroundings.add_persons(grid, marks, names)
    _add_repeated(grid, names)
    _add_known_places(grid, marks, names)
    return sorted(names.found())


def _add_learned(grid: Grid, parts: Ints, marks: Ints, names: Names) -> None:
    """Names as the network has them, less a leading article or mark; no month of a date and no body made of countries only."""
    leaves = (grid.values(is_the) | grid.values(is_tight_mark)) != 0
    capitals = _sums(grid.values(has_capital) != 0)
    stateless = _sums((grid.values(has_capital) != 0) & (marks[gazetteer.COUNTRIES] == gazetteer.NONE))
    numbers = grid.values(is_number) != 0
    after_stop = np.append(numbers[1:], False) & (grid.values(is_stop) != 0)
    dated = (grid.values(is_month) != 0) & np.append((numbers | after_stop)[1:], False)
    for shift, kind in zip((0, 4), KINDS, strict=True):
        firsts = grid.places[(parts == BEGIN + shift) | (parts == ALONE + shift)]
        stops = grid.places[(parts == END + shift) | (parts == ALONE + shift)] + 1
        firsts = firsts + (leaves[firsts] & (firsts + 1 < stops))
        inside = stateless if kind == "organisation" else capitals
        kept = (inside[stops] > inside[firsts]) & ~(dated[firsts] & (stops == firsts + 1))
        rule = f"learned-{kind}"
        for first, stop in zip(firsts[kept].tolist(), stops[kept].tolist(), strict=True):
            names.add(first, stop, kind, rule)


def _sums(flags: Bools) -> Ints:
    """How many flags are set before each place."""
    return np.append(0, np.cumsum(flags)).astype(np.int32)


def _add_bracketed_acronyms(grid: Grid, names: Names) -> None:
    """An acronym tells what the name before its bracket is, where the network took a foreign party for a person."""
    bracketed = np.append((grid.values(is_acronym) != 0)[1:], False) & (grid.values(is_open_bracket) != 0)
    ids, words = grid.ids, grid.vocabulary.words
    for first, stop, _, _ in names.found():
        if bracketed[stop]:
            before = [words[i][0] for i in ids[first:stop].tolist()]
            if words[ids[stop + 1]] == "".join(filter(str.isupper, before)):
                names.make(first, stop, "organisation", "bracketed-acronym")
                names.make(stop + 1, stop + 2, "organisation", "bracketed-acronym")


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


def _add_repeated(grid: Grid, names: Names) -> None:
    """Gives single words the kind that the same word has as a name, or as the last word of a person's name."""
    known: dict[int, tuple[int, str]] = {}
    words = grid.document.astype(np.int64) << 32 | grid.ids
    found = [name for name in names.found() if name.kind == "person" or name.stop - name.first == 1]
    last_words = words[[name.stop - 1 for name in found]].tolist() if found else []
    for (_, _, kind, _), word in zip(found, last_words, strict=True):
        count, other = known.get(word, (0, kind))
        known[word] = (count + 1 if kind == other else _NEVER, other)
    alone = (grid.core_first == grid.core_last) & names.free()[grid.places] & (grid.values(has_capital)[grid.places] != 0)
    places = grid.places[alone]
    for place, word in zip(places.tolist(), words[places].tolist(), strict=True):
        count, kind = known.get(word, (0, ""))
        if count >= LEAST_REPEATED:
            names.add(place, place + 1, kind, "repeated-name")


def _add_known_places(grid: Grid, marks: Ints, names: Names) -> None:
    """The longest known names; a common word that opens a sentence is not taken for a place ("Reading is ...")."""
    common = grid.opens_sentence & (grid.values(is_common) != 0)
    free, found = names.free(), []
    for number in (gazetteer.COUNTRIES, gazetteer.REGIONS, gazetteer.CITIES):
        here = marks[number]
        for first in np.flatnonzero(free & ((here == gazetteer.BEGINS) | (here == gazetteer.ALONE))).tolist():
            stop = first + 1
            while here[stop - 1] in (gazetteer.BEGINS, gazetteer.INSIDE):
                stop += 1
            if stop > first + 1 or not common[first]:
                found.append((first - stop, first, stop))
    for _, first, stop in sorted(found):
        names.add(first, stop, "place", "known-place")
