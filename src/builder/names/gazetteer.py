"""Known names of several words, found in a grid of documents by the hashes of their word sequences."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.document import words_of
from builder.lexicon import entries, rows
from builder.names.candidates import Bools, Grid, Ints, lower_hash

LONGEST = 7
"""Most tokens of a known name that is looked up."""

Hashes = npt.NDArray[np.uint64]

_SLOT_SHIFT = np.uint64(46)

_BETWEEN = "\0"
"""A token that is in no name, to split many names at once."""


class Gazetteer(NamedTuple):
    """``hashes[n]`` are the sorted sequence hashes of the known names of n + 1 tokens, ``lists[n]`` the bits of their lists.

    ``slots[n]`` is true where a hash has these first bits, to leave out most sequences that are no name.
    """

    hashes: list[Hashes]
    lists: list[npt.NDArray[np.uint8]]
    slots: list[Bools]


def _extend(state: Hashes, words: Hashes) -> Hashes:
    mixed: Hashes = (state ^ words) * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


def _gazetteer(lists: list[Iterable[str]]) -> Gazetteer:
    """Names are compared in lower case, so that they are found in headlines too."""
    found: list[list[tuple[Hashes, int]]] = [[] for _ in range(LONGEST)]
    for bit, names in enumerate(lists):
        words = words_of(_BETWEEN.join(names) + _BETWEEN)
        hash_of = {word: lower_hash(word) for word in set(words)}
        hashed = np.fromiter(map(hash_of.__getitem__, words), np.uint64, len(words))
        stops = np.flatnonzero(hashed == hash_of[_BETWEEN])
        firsts = np.append(0, stops[:-1] + 1)
        lengths = stops - firsts
        for length in range(1, LONGEST + 1):
            found[length - 1].append((_sequence_hashes(hashed, firsts[lengths == length], length), 1 << bit))
    hashes = [_distinct(np.concatenate([names for names, _ in of_length])) for of_length in found]
    bits = [np.zeros(len(names), np.uint8) for names in hashes]
    for of_length, known, lists_of in zip(found, hashes, bits, strict=True):
        for names, bit in of_length:
            lists_of[np.searchsorted(known, names)] |= bit
    return Gazetteer(hashes, bits, [_slots(names) for names in hashes])


def _slots(hashes: Hashes) -> Bools:
    found = np.zeros(1 << 64 - int(_SLOT_SHIFT), np.bool_)
    found[hashes >> _SLOT_SHIFT] = True
    return found


def _distinct(values: Hashes) -> Hashes:
    """The values, ascending and each once; np.unique would load numpy.ma for this."""
    ascending = np.sort(values)
    distinct: Hashes = ascending[np.append(ascending[:-1] != ascending[1:], True)[: len(ascending)]]
    return distinct


def _sequence_hashes(words: Hashes, firsts: npt.NDArray[np.int64], length: int) -> Hashes:
    state = np.zeros(len(firsts), np.uint64)
    for k in range(length):
        state = _extend(state, words[firsts + k])
    return state


LISTS = ORGANISATIONS, COUNTRIES, REGIONS, CITIES, PEOPLES, PUBLIC_FIGURES = range(6)
NONE, BEGINS, INSIDE, ENDS, ALONE = MARKS = range(5)


def marks(grid: Grid) -> Ints:
    """For each place and list, where in the longest known name around it it stands: one of MARKS (LISTS x places)."""
    known = _known_names()
    places = grid.places
    words = np.append(grid.values(lower_hash).astype(np.uint64), np.zeros(LONGEST, np.uint64))
    state = np.zeros(len(places), np.uint64)
    found = np.zeros((len(LISTS), len(words)), np.int32)
    for length, (hashes, lists, slots) in enumerate(zip(*known, strict=True), 1):
        state = _extend(state, words[places + length - 1])
        sought = np.flatnonzero(slots[state >> _SLOT_SHIFT])
        at = np.minimum(np.searchsorted(hashes, state[sought]), len(hashes) - 1)
        equal = hashes[at] == state[sought]
        hits, lists_of = places[sought[equal]], lists[at[equal]]
        for number in LISTS:
            firsts = hits[lists_of >> number & 1 != 0]
            for k in range(1, length - 1):
                found[number, firsts + k] = INSIDE
            found[number, firsts] = BEGINS if length > 1 else ALONE
            if length > 1:
                found[number, firsts + length - 1] = ENDS
    return found[:, : len(grid.ids)]


@cache
def _known_names() -> Gazetteer:
    countries = rows("countries.tsv")
    return _gazetteer(
        [
            [*entries("organisation-names.txt"), *_forms(rows("agencies.tsv"), "name", "aliases")],
            _forms(countries, "name", "aliases"),
            _forms(rows("regions.tsv"), "region"),
            sorted(entries("cities.txt")),
            _forms(countries, "adjectives", "people"),
            entries("public-figures.txt"),
        ]
    )


def _forms(of: Iterable[dict[str, str]], *columns: str) -> list[str]:
    return [form for row in of for column in columns for form in row[column].split("|") if form]
