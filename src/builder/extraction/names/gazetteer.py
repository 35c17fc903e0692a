"""Known names of several words, found in a grid of documents by the hashes of their word sequences."""

from collections.abc import Iterable, Sequence
from functools import cache, reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.extraction.names.candidates import Bools, Grid, Ints, Longs
from builder.extraction.names.known import packed
from builder.knowledge.learned import word_hash
from builder.knowledge.lexicon import entries, rows
from builder.text.document import words_of

LONGEST = 7
"""Most tokens of a known name that is looked up."""

Hashes = npt.NDArray[np.uint64]
Marks = npt.NDArray[np.uint8]

_START = np.uint64(0)
_SLOT_BITS = 16
_SLOT_SHIFT = np.uint64(64 - _SLOT_BITS)

_BETWEEN = "\0"
"""A token that is in no name, to split many names at once."""


class Sought(NamedTuple):
    """Sequence hashes, ascending; ``slots`` are true where one has these first bits, to leave out most that are not here."""

    hashes: Hashes
    slots: Bools

    def find(self, hashes: Hashes) -> tuple[Longs, Longs]:
        """Which of the hashes are among these, and their indexes here."""
        found = np.flatnonzero(self.slots.take((hashes >> _SLOT_SHIFT).astype(np.intp)))
        at = np.minimum(np.searchsorted(self.hashes, hashes[found]), len(self.hashes) - 1)
        same = self.hashes[at] == hashes[found]
        return found[same], at[same]


class OfLength(NamedTuple):
    """Known names of one length, the bits of the lists that each is in, and what longer names begin with."""

    names: Sought
    lists: Marks
    longer: Sought


def _extend(state: Hashes | np.uint64, words: npt.NDArray[np.unsignedinteger]) -> Hashes:
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
PLACES = [COUNTRIES, REGIONS, CITIES]
NONE, BEGINS, INSIDE, ENDS, ALONE = MARKS = range(5)


def marks(grid: Grid) -> Marks:
    """For each place and list, where in the longest known name around it it stands: one of MARKS (LISTS x places)."""
    words, (of_single, *of_longer) = grid.words, _known_names()
    lists, begins_longer = _of_single_words(grid, of_single)
    found = np.zeros((len(LISTS), len(grid) + LONGEST), np.uint8)
    named = np.flatnonzero(lists)
    _mark(found, grid.places[named], lists[named], 1)
    places = grid.places[begins_longer]
    state = _extend(_START, words.hashes(places))
    for length, known in enumerate(of_longer, 2):
        following = np.minimum(places + (length - 1), len(grid) - 1)
        state = _extend(state, words.hashes(following))
        named, at = known.names.find(state)
        _mark(found, places[named], known.lists[at], length)
        begun, _ = known.longer.find(state)
        places, state = places[begun], state[begun]
    return found[:, : len(grid)]


def _of_single_words(grid: Grid, known: OfLength) -> tuple[Marks, Bools]:
    """Of each candidate, the lists that its word is in by itself, and whether a longer name begins with it."""
    words = grid.words
    distinct = words.distinct(grid.places)
    state = _extend(_START, words.hashes_by_number.take(distinct))
    lists, begins_longer = np.zeros(len(words.vocabulary.words), np.uint8), np.zeros(len(words.vocabulary.words), np.bool_)
    named, at = known.names.find(state)
    lists[distinct[named]] = known.lists[at]
    begins_longer[distinct[known.longer.find(state)[0]]] = True
    ids = words.ids.take(grid.places)
    return lists.take(ids), begins_longer.take(ids)


def _mark(found: Marks, places: Ints, lists_of: Marks, length: int) -> None:
    """Marks the known names of one length that begin at places, over shorter ones."""
    lists, at = np.nonzero(lists_of >> np.array(LISTS, np.uint8)[:, None] & 1 != 0)
    firsts = places[at]
    for k in range(1, length - 1):
        found[lists, firsts + k] = INSIDE
    found[lists, firsts] = BEGINS if length > 1 else ALONE
    if length > 1:
        found[lists, firsts + length - 1] = ENDS


def is_any(marks: Marks, lists: Sequence[int]) -> Bools:
    """Where part of a known name of one of the lists stands."""
    found: Bools = reduce(np.bitwise_or, [marks[number] for number in lists]) != NONE
    return found


@cache
def _known_names() -> list[OfLength]:
    arrays = packed()
    names, longer = np.cumsum(arrays["name_counts"])[:-1], np.cumsum(arrays["longer_counts"])[:-1]
    of_length = map(_sought, np.split(arrays["name_hashes"], names))
    lists = np.split(arrays["name_lists"], names)
    return list(map(OfLength, of_length, lists, map(_sought, np.split(arrays["longer_hashes"], longer))))


def _sought(hashes: Hashes) -> Sought:
    slots = np.zeros(1 << _SLOT_BITS, np.bool_)
    slots[hashes >> _SLOT_SHIFT] = True
    return Sought(hashes, slots)


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
