"""Persons' names made whole where the network broke them off, and words that are no person's name let go."""

from functools import cache

import numpy as np

from builder.lexicon import entries, rows
from builder.names import gazetteer
from builder.names.candidates import Grid, Ints, has_capital
from builder.names.found import Found, Names
from builder.names.words import CAPITAL, is_common, role_of, shape

RULES = {
    "numbered-person": "A Roman numeral after a person's name, and what the name goes on with: Otto II Rufus, Otto II of Wels.",
    "hyphened-person": "What a hyphen ties to a person's name: Kim Yo-jong.",
    "particled-person": "Two parts of a name with a particle between, or a particle before one: Ana da Costa, van der Weltz.",
    "peer": "Lord before a single name is part of it, for it is the name of a title: Lord Weltz.",
    "full-person": "A given name before a person's last name, an unknown last name after a person's given names.",
}

MOST_PARTICLES = 3
"""Most particles between two parts of a name ("van der", "de la")."""
MOST_ADDED = 2
"""Most capitalised words added to one end of a name."""

NUMERAL, PARTICLE, OPENING_PARTICLE, HYPHEN, GENERATION = 1, 2, 4, 8, 16

_PLACES = (gazetteer.COUNTRIES, gazetteer.REGIONS, gazetteer.CITIES)
_MONTHS = frozenset(
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
_WEEKDAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_NUMERALS = frozenset("II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII".split())
_OPENING_PARTICLES = frozenset("da de del den der di dos du van von bin ibn al el ten ter".split())
_PARTICLES = _OPENING_PARTICLES | frozenset("della des do das vom zu zum zur bint la le y e i".split())


def name_part(word: str) -> int:
    """Which of the things that persons' names are continued with the word can be."""
    return (
        NUMERAL * (word in _NUMERALS)
        + PARTICLE * (word in _PARTICLES)
        + OPENING_PARTICLE * (word in _OPENING_PARTICLES)
        + HYPHEN * (word == "-")
        + GENERATION * (word in ("Jr", "Sr"))
    )


@cache
def _given_names() -> frozenset[str]:
    return entries("first-names.txt")


@cache
def _peoples() -> frozenset[str]:
    return frozenset(people for row in rows("countries.tsv") for people in row["people"].split("|"))


def is_month(word: str) -> int:
    return word in _MONTHS


def is_word(word: str) -> int:
    return word.isalpha()


def is_peerage(word: str) -> int:
    return word == "Lord"


def is_of(word: str) -> int:
    return word == "of"


def may_be_given_name(word: str) -> int:
    return word in _given_names() and word + "s" not in _peoples() and not role_of(word) and not is_common(word)


def may_be_last_name(word: str) -> int:
    """Capitalised, and neither a common word nor one of titles and organisations."""
    return (
        len(word) > 1 and shape(word) == CAPITAL and not (is_common(word) or role_of(word) or word in _WEEKDAYS or is_month(word))
    )


def complete_persons(grid: Grid, marks: Ints, names: Names) -> None:
    """Makes each person's name as long as what stands beside it allows."""
    _Completer(grid, marks, names).complete()


class _Completer:
    def __init__(self, grid: Grid, marks: Ints, names: Names) -> None:
        self._grid = grid
        self._names = names
        self._part = grid.values(name_part)
        self._capital = (grid.values(has_capital) != 0) & ~grid.opens_sentence
        known = marks[[gazetteer.ORGANISATIONS, *_PLACES, gazetteer.PEOPLES]].max(axis=0) != gazetteer.NONE
        self._given = (grid.values(may_be_given_name) != 0) & ~known
        self._last = (grid.values(may_be_last_name) != 0) & ~known & ~grid.opens_sentence
        self._place = marks[list(_PLACES)].max(axis=0) != gazetteer.NONE

    def complete(self) -> None:
        persons = sorted(name for name in self._names.found() if name.kind == "person")
        if not persons:
            return
        firsts, stops = np.array([(name.first, name.stop) for name in persons]).T
        goes_on = (self._part != 0) | self._capital | np.append(False, self._part[:-1] & NUMERAL != 0)
        begun = (self._part & OPENING_PARTICLE != 0) | self._given | (self._grid.values(is_peerage) != 0)
        beside = (goes_on[stops] & ~self._grid.opens_sentence[stops]) | (begun[firsts - 1] & ~self._grid.opens_sentence[firsts])
        for k in np.flatnonzero(beside).tolist():
            name = self._names.at(persons[k].first)
            if name == persons[k]:
                self._complete(name)

    def _complete(self, name: Found) -> None:
        first, stop, rule = name.first, name.stop, name.rule
        for end_after, of_rule in (
            (self._after_hyphen, "hyphened-person"),
            (self._after_particles, "particled-person"),
            (self._after_words, "full-person"),
            (self._after_numeral, "numbered-person"),
        ):
            end = end_after(first, stop)
            if end > stop:
                stop, rule = end, of_rule
        start = self._before_words(first, stop)
        if start < first:
            first, rule = start, "full-person"
        if stop == first + 1 and self._grid.values(is_peerage)[first - 1] and self._is_free(first - 1):
            first, rule = first - 1, "peer"
        start = self._before_particles(first)
        if start < first:
            first, rule = start, "particled-person"
        if rule != name.rule:
            self._names.replace(first, stop, "person", rule)

    def _after_hyphen(self, first: int, stop: int) -> int:
        spaced = self._grid.spaced
        while self._part[stop] == HYPHEN and not spaced[stop] and not spaced[stop + 1]:
            end = self._end_of_person(stop + 1) or (stop + 2 if self._is_word(stop + 1) else 0)
            if not end:
                break
            stop = end
        return stop

    def _is_free(self, place: int) -> bool:
        return not self._names.is_taken(place)

    def _is_word(self, place: int) -> bool:
        return self._is_free(place) and bool(self._grid.values(is_word)[place])

    def _after_particles(self, first: int, stop: int) -> int:
        """What follows on particles must not be known for something else ("Otto Weltz y Brasil")."""
        place = stop
        while self._part[place] & PARTICLE and place - stop < MOST_PARTICLES:
            place += 1
        if place == stop or not self._capital[place]:
            return stop
        return self._end_of_person(place) or (place + 1 if self._last[place] and self._is_free(place) else stop)

    def _end_of_person(self, place: int) -> int:
        there = self._names.at(place)
        return there.stop if there and there.kind == "person" else 0

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
        return np.array_equal(self._grid.ids[first:stop], self._grid.ids[other:end])

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
        while self._grid.values(is_of)[stop] and self._place[end] and self._capital[end] and self._is_free(end):
            end += 1
        return end if end > stop + 1 else stop

    def _before_words(self, first: int, stop: int) -> int:
        start = first
        while first - start < MOST_ADDED and self._given[start - 1] and self._is_free(start - 1):
            if self._grid.opens_sentence[start]:
                break
            start -= 1
        return start

    def _before_particles(self, first: int) -> int:
        start = first
        while self._part[start - 1] & OPENING_PARTICLE and self._is_free(start - 1) and first - start < MOST_PARTICLES:
            if self._grid.opens_sentence[start]:
                break
            start -= 1
        if start < first and self._given[start - 1] and self._is_free(start - 1):
            return start - 1
        return start
