"""Persons' names made whole where the network broke them off, and words that are no person's name let go."""

from collections.abc import Mapping

import numpy as np

from builder.extraction.names import gazetteer
from builder.extraction.names.candidates import Bools, Grid
from builder.extraction.names.forms import CAPITAL, CAPITALS, INNER_CAPITAL, LOWER, ONE_CAPITAL, SHAPE
from builder.extraction.names.found import PERSON, Names
from builder.extraction.names.gazetteer import Marks
from builder.extraction.names.words import IS_GIVEN_NAME, MAY_BE_LAST_NAME

RULES = {
    "numbered-person": "A Roman numeral after a person's name, and what the name goes on with: Otto II Rufus, Otto II of Wels.",
    "hyphened-person": "What a hyphen ties to a person's name: Kim Yo-jong.",
    "particled-person": "Two parts of a name with a particle between, or a particle before one: Ana da Costa, van der Weltz.",
    "peer": "Lord before a single name is part of it, for it is the name of a title: Lord Weltz.",
    "full-person": "A given name before a person's last name, an unknown last name after a person's given names.",
}

MOST_PARTICLES = 3
"""Most particles between two parts of a name ("van der", "de la")."""
LONGEST_BEFORE_APOSTROPHE = 3
MOST_ADDED = 2
"""Most capitalised words added to one end of a name."""

NUMERAL, PARTICLE, OPENING_PARTICLE, HYPHEN, GENERATION, MONTH, WEEKDAY, PEERAGE, OF, SON_OF, ELIDED, APOSTROPHE = (
    1 << k for k in range(12)
)

_ALPHABETIC = (LOWER, CAPITAL, CAPITALS, ONE_CAPITAL, INNER_CAPITAL)

_LISTS = {
    NUMERAL: "II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII",
    PARTICLE: "della des do das vom zu zum zur la le y e i",
    PARTICLE | SON_OF: "ben bint",
    PARTICLE | OPENING_PARTICLE: "da de del den der di dos du van von al el ten ter",
    PARTICLE | OPENING_PARTICLE | SON_OF: "bin ibn",
    ELIDED: "d",
    APOSTROPHE: "' ’",
    HYPHEN: "-",
    GENERATION: "Jr Sr",
    MONTH: "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
    WEEKDAY: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    PEERAGE: "Lord",
    OF: "of",
}
_SIGN_OF = {word: sign for sign, words in _LISTS.items() for word in words.split()}


def name_part() -> Mapping[str, int]:
    """Which of the things that persons' names are continued with words can be, and what is never part of one."""
    return _SIGN_OF


def may_be_last_name(grid: Grid) -> Bools:
    """Where a word is capitalised and is neither a common word nor one of titles and organisations."""
    found: Bools = (grid.words.traits & MAY_BE_LAST_NAME != 0) & (grid.words.signs(name_part) & (MONTH | WEEKDAY) == 0)
    return found


def may_be_given_name(grid: Grid) -> Bools:
    """Where a word is a first name and nothing else, and is not written in capitals."""
    traits = grid.words.traits
    found: Bools = (traits & IS_GIVEN_NAME != 0) & (traits & SHAPE != CAPITALS)
    return found


def is_unknown(marks: Marks) -> Bools:
    """Where no known name of an organisation, place or people stands."""
    return ~gazetteer.is_any(marks, [gazetteer.ORGANISATIONS, *gazetteer.PLACES, gazetteer.PEOPLES])


def complete_persons(grid: Grid, marks: Marks, names: Names) -> None:
    """Makes each person's name as long as what stands beside it allows."""
    _Completer(grid, marks, names).complete()


class _Completer:
    """What is asked of single places is kept as the memory of an array, which is quicker to read than the array."""

    def __init__(self, grid: Grid, marks: Marks, names: Names) -> None:
        self._grid, self._names = grid, names
        self._signs = grid.words.signs(name_part)
        self._shapes = grid.words.traits & SHAPE
        self._in_sentence = grid.capital & ~grid.opens_sentence
        unknown = is_unknown(marks)
        self._may_be_given = may_be_given_name(grid) & unknown
        self._part = self._signs.data
        self._capital = self._in_sentence.data
        self._given = self._may_be_given.data
        self._last = (may_be_last_name(grid) & unknown & ~grid.opens_sentence).data
        self._opens, self._spaced = grid.opens_sentence.data, grid.spaced.data
        self._place = gazetteer.is_any(marks, gazetteer.PLACES).data

    def complete(self) -> None:
        firsts, stops = self._names.of_kind(PERSON)
        goes_on = (self._signs & ~(MONTH | WEEKDAY | PEERAGE | OF | APOSTROPHE) != 0) | self._in_sentence
        goes_on[1:] |= self._signs[:-1] & NUMERAL != 0
        begun = (self._signs & (OPENING_PARTICLE | PEERAGE | APOSTROPHE) != 0) | self._may_be_given
        opens = self._grid.opens_sentence
        beside = (goes_on[stops] & ~opens[stops]) | (begun[firsts - 1] & ~opens[firsts])
        for first, stop in zip(firsts[beside].tolist(), stops[beside].tolist(), strict=True):
            if self._names.end_of(PERSON, first) == stop:
                self._complete(first, stop)

    def _complete(self, first: int, stop: int) -> None:
        rule = ""
        for end_after, of_rule in (
            (self._after_hyphen, "hyphened-person"),
            (self._after_particles, "particled-person"),
            (self._after_words, "full-person"),
            (self._after_numeral, "numbered-person"),
        ):
            end = end_after(first, stop)
            if end > stop:
                stop, rule = end, of_rule
        start = self._before_apostrophe(first)
        if start < first:
            first, rule = start, "particled-person"
        start = self._before_words(first)
        if start < first:
            first, rule = start, "full-person"
        if stop == first + 1 and self._part[first - 1] & PEERAGE and self._is_free(first - 1):
            first, rule = first - 1, "peer"
        start = self._before_particles(first)
        if start < first:
            first, rule = start, "particled-person"
        if rule:
            self._names.replace(first, stop, PERSON, rule)

    def _after_hyphen(self, first: int, stop: int) -> int:
        while self._part[stop] & HYPHEN and not self._spaced[stop] and not self._spaced[stop + 1]:
            end = self._end_of_person(stop + 1) or (stop + 2 if self._is_word(stop + 1) else 0)
            if not end:
                break
            stop = end
        return stop

    def _is_free(self, place: int) -> bool:
        return not self._names.is_taken(place)

    def _is_word(self, place: int) -> bool:
        return self._is_free(place) and self._grid.words.ids[place] >= 0 and self._shapes[place] in _ALPHABETIC

    def _after_particles(self, first: int, stop: int) -> int:
        """What follows on particles must not be known for something else ("Otto Weltz y Brasil")."""
        place, part = stop, self._part
        while part[place] & PARTICLE and place - stop < MOST_PARTICLES:
            place += 1
        if part[place] & ELIDED and part[place + 1] & APOSTROPHE and not self._spaced[place + 1] and not self._spaced[place + 2]:
            place += 2
        if place == stop or not self._capital[place]:
            return stop
        return self._end_of_person(place) or (place + 1 if self._last[place] and self._is_free(place) else stop)

    def _end_of_person(self, place: int) -> int:
        return self._names.end_of(PERSON, place)

    def _after_words(self, first: int, stop: int) -> int:
        """Two names side by side are one unless they are the same; so is a name and words that are known for nothing else."""
        place = stop
        while place - stop < MOST_ADDED and self._capital[place]:
            end = self._end_of_person(place)
            if end:
                return stop if self._same(first, stop, place, end) else end
            if not self._last[place] or not self._is_free(place):
                break
            place += 1
        return stop if self._capital[place] else place

    def _same(self, first: int, stop: int, other: int, end: int) -> bool:
        return np.array_equal(self._grid.words.ids[first:stop], self._grid.words.ids[other:end])

    def _after_numeral(self, first: int, stop: int) -> int:
        """A Roman numeral and what goes on after it, or after one that ends the name; or the mark of a generation."""
        part = self._part
        if part[stop] & GENERATION:
            return stop + 1
        if part[stop] & NUMERAL:
            stop += 1
        elif not part[stop - 1] & NUMERAL:
            return stop
        if self._is_free(stop) and self._last[stop]:
            return stop + 1
        end = stop + 1
        while part[stop] & OF and self._place[end] and self._capital[end] and self._is_free(end):
            end += 1
        return end if end > stop + 1 else stop

    def _before_apostrophe(self, first: int) -> int:
        """Where the name begins whose short first part an apostrophe ties to the rest: D'Juan, Ta'Rhonda."""
        begin = first - 2
        tied = self._part[first - 1] & APOSTROPHE and not self._spaced[first - 1] and not self._spaced[first]
        if not tied or not self._is_free(begin) or not self._grid.capital[begin]:
            return first
        return begin if len(self._grid.words.at(begin)) <= LONGEST_BEFORE_APOSTROPHE else first

    def _before_words(self, first: int) -> int:
        start = first
        while first - start < MOST_ADDED and self._given[start - 1] and self._is_free(start - 1):
            if self._opens[start]:
                break
            start -= 1
        return start

    def _before_particles(self, first: int) -> int:
        start = first
        while self._part[start - 1] & OPENING_PARTICLE and self._is_free(start - 1) and first - start < MOST_PARTICLES:
            if self._opens[start]:
                break
            start -= 1
        if start < first and self._given[start - 1] and self._is_free(start - 1):
            return start - 1
        return start
