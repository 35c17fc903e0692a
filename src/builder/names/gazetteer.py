"""Known names of several words, found in a grid of documents by the hashes of their word sequences."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.document import words_of
from builder.learned import word_hash
from builder.lexicon import entries, rows
from builder.names.candidates import Bools, Grid
from builder.names.known import packed

LONGEST = 7
"""Most tokens of a known name that is looked up."""

Hashes = npt.NDArray[np.uint64]
Marks = npt.NDArray[np.uint8]

_SLOT_SHIFT = np.uint64(46)

_BETWEEN = "\0"
"""A token that is in no name, to split many names at once."""


class OfLength(NamedTuple):
    """Known names of one length: their sequence hashes, ascending, and the bits of the lists that each is in.

    The slots are true where a hash of a name, or of the beginning of a longer one, has these first bits: to leave out most
    sequences that are neither.
    """

    hashes: Hashes
    lists: Marks
    slots: Bools
    longer_slots: Bools


def _extend(state: Hashes, words: Hashes) -> Hashes:
    mixed: Hashes = (state ^ words) * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


def packed_names() -> dict[str, npt.NDArray[np.unsignedinteger]]:
    """The names of the lexicons and what longer ones begin with, shorter ones first.

    They are compared in lower case, so that they are found in headlines too.
    """
    found: list[dict[int, int]] = [{} for _ in range(LONGEST)]
    longer: list[set[int]] = [set() for _ in range(LONGEST)]
    for bit, names in enumerate(_lists()):
        words = words_of(_BETWEEN.join(names) + _BETWEEN)
        hashed = np.array([word_hash(word.lower()) for word in words], np.uint64)
        stops = np.flatnonzero(hashed == word_hash(_BETWEEN))
        firsts, state = np.append(0, stops[:-1] + 1), np.zeros(len(stops), np.uint64)
        for length in range(1, LONGEST + 1):
            state = _extend(state, hashed[np.minimum(firsts + length - 1, stops)])
            for name in state[stops - firsts == length].tolist():
                found[length - 1][name] = found[length - 1].get(name, 0) | 1 << bit
            longer[length - 1].update(state[(stops - firsts > length) & (stops - firsts <= LONGEST)].tolist())
    return {
        "name_hashes": np.array([name for of_length in found for name in sorted(of_length)], np.uint64),
        "name_lists": np.array([of_length[name] for of_length in found for name in sorted(of_length)], np.uint8),
        "name_counts": np.array([len(of_length) for of_length in found], np.uint32),
        "longer_hashes": np.array([begun for of_length in longer for begun in sorted(of_length)], np.uint64),
        "longer_counts": np.array([len(of_length) for of_length in longer], np.uint32),
    }


LISTS = ORGANISATIONS, COUNTRIES, REGIONS, CITIES, PEOPLES, PUBLIC_FIGURES = range(6)
NONE, BEGINS, INSIDE, ENDS, ALONE = MARKS = range(5)


def marks(grid: Grid) -> Marks:
    """For each place and list, where in the longest known name around it it stands: one of MARKS (LISTS x places)."""
    places = grid.places
    hashes_of = grid.words.fact("lower_hash")
    words = np.append(hashes_of, np.zeros(LONGEST, hashes_of.dtype))
    state = np.zeros(len(places), np.uint64)
    found = np.zeros((len(LISTS), len(words)), np.uint8)
    for length, known in enumerate(_known_names(), 1):
        state = _extend(state, words[places + length - 1].astype(np.uint64))
        first_bits = state >> _SLOT_SHIFT
        sought = np.flatnonzero(known.slots[first_bits])
        at = np.minimum(np.searchsorted(known.hashes, state[sought]), len(known.hashes) - 1)
        equal = known.hashes[at] == state[sought]
        hits, lists_of = places[sought[equal]], known.lists[at[equal]]
        for number in LISTS:
            firsts = hits[lists_of >> number & 1 != 0]
            for k in range(1, length - 1):
                found[number, firsts + k] = INSIDE
            found[number, firsts] = BEGINS if length > 1 else ALONE
            if length > 1:
                found[number, firsts + length - 1] = ENDS
        goes_on = known.longer_slots[first_bits]
        places, state = places[goes_on], state[goes_on]
    return found[:, : len(grid)]


@cache
def _known_names() -> list[OfLength]:
    arrays = packed()
    names, longer = np.cumsum(arrays["name_counts"])[:-1], np.cumsum(arrays["longer_counts"])[:-1]
    hashes, lists = np.split(arrays["name_hashes"], names), np.split(arrays["name_lists"], names)
    slots, longer_slots = map(_slots, hashes), map(_slots, np.split(arrays["longer_hashes"], longer))
    return list(map(OfLength, hashes, lists, slots, longer_slots))


def _slots(hashes: Hashes) -> Bools:
    found = np.zeros(1 << 64 - int(_SLOT_SHIFT), np.bool_)
    found[hashes >> _SLOT_SHIFT] = True
    return found


def _lists() -> list[Iterable[str]]:
    countries = rows("countries.tsv")
    return [
        [
            *entries("organisation-names.txt"),
            *entries("political-parties.txt"),
            *_forms(rows("agencies.tsv"), "name", "aliases"),
        ],
        _forms(countries, "name", "aliases"),
        _forms(rows("regions.tsv"), "region"),
        entries("cities.txt"),
        _forms(countries, "adjectives", "people"),
        entries("public-figures.txt"),
    ]


def _forms(of: Iterable[dict[str, str]], *columns: str) -> list[str]:
    return [form for row in of for column in columns for form in row[column].split("|") if form]
