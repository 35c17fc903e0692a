"""What the name finder sees of a candidate: the words around it, how it is written, what the document has elsewhere."""

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.extraction.names import gazetteer
from builder.extraction.names.candidates import Bools, Grid, Groups, Ints, Longs, Words
from builder.extraction.names.decoding import ORGANISATIONS, OUTSIDE, PERSONS
from builder.extraction.names.forms import IN_LOWER_CASE
from builder.extraction.names.gazetteer import Marks
from builder.extraction.names.network import INPUT_UNIT, LARGEST_INPUT, SCORE_UNIT, Bytes, Floats
from builder.extraction.names.words import HASH_BITS

_SLOT_BITS = 18
"""So many first bits of a word's hash pass over most words whose form in lower case nowhere stands."""

Signs = npt.NDArray[np.uint8]

OFFSETS = range(-4, 5)
_OFFSETS = np.array(OFFSETS, np.int32)
BESIDE = 2
POSITIONS = len(OFFSETS) + 4 + BESIDE
"""Words seen of each candidate: those at OFFSETS, the first and last of its stretch, the ones before and after it, and the
ends of the neighbouring stretches in its run ("Party", from "Russia" in "Party of Russia"), of which most have none."""


class Windows(NamedTuple):
    """``used`` are the numbers of the words seen. The others are indexes there, ``len(used)`` for an empty place: of the word at
    each place of the grid, and of those that all candidates of a stretch see, at its ends and BESIDE.
    """

    used: Longs
    at: Ints
    ends: Ints
    beside: Ints

    def near(self, places: Ints) -> Ints:
        """Of the words at OFFSETS from each of the places (places x OFFSETS)."""
        found: Ints = self.at.take(places[:, None] + _OFFSETS)
        return found

    def is_any_beside(self) -> Bools:
        """Of each stretch."""
        found: Bools = np.logical_or.reduce(self.beside < len(self.used), axis=1)
        return found

    def by_candidate(self, places: Ints, stretches: Groups) -> Ints:
        """Of each candidate, given by its place, in all POSITIONS."""
        return np.concatenate([self.near(places), self.ends[stretches.number], self.beside[stretches.number]], axis=1)


def windows(grid: Grid) -> Windows:
    ids, places = grid.words.ids, grid.places
    seen = np.zeros(len(grid.words.vocabulary.words) + 1, np.bool_)
    for offset in OFFSETS:
        seen[ids.take(places + offset)] = True
    used = np.flatnonzero(seen[:-1])
    index = np.full(len(seen), len(used), np.int32)
    index[used] = np.arange(len(used))
    at = index.take(ids)
    first, last = places.take(grid.stretches.starts), places.take(grid.stretches.stops - 1)
    ends = np.stack([at.take(place) for place in (first, last, first - 1, last + 1)], axis=1)
    here = np.append(at.take(places), np.int32(len(used)))
    return Windows(used, at, ends, np.stack([here.take(rows) for rows in _stretches_beside(grid)], axis=1))


def _stretches_beside(grid: Grid) -> tuple[Ints, Ints]:
    """The last capitalised candidate before each stretch and the first one after it, if in the same run; else one past all."""
    run, count = grid.runs.number, np.int32(len(grid.places))
    first, last = grid.stretches.starts, grid.stretches.stops - 1
    capital = grid.capital.take(grid.places)
    rows = np.arange(count, dtype=np.int32)
    before = np.append(np.int32(-1), np.maximum.accumulate(np.where(capital, rows, np.int32(-1)))).take(first)
    after = np.append(np.minimum.accumulate(np.where(capital, rows, count)[::-1])[::-1], count).take(last + 1)
    run_of = np.append(run, np.int32(-1))
    return (
        np.where(run_of.take(before) == run.take(first), before, count),
        np.where(run_of.take(after) == run.take(last), after, count),
    )


SIZES = (8, 3, 16, 16, 8, 4, *[len(gazetteer.MARKS)] * len(gazetteer.LISTS))
"""How many signs there are of each kind; each candidate has one of each."""
SIGNS = sum(SIZES)


def signs(grid: Grid, marks: Marks) -> list[Signs]:
    """For each of SIZES, which sign a candidate has: how it is written, where it stands, what the gazetteer marks it as."""
    places = grid.places
    spaced, capital, opens = (flags.view(np.uint8) for flags in (grid.spaced, grid.capital, grid.opens_sentence))
    opens, capital = opens.take(places), capital.take(places)
    _, _, number, counts = grid.distinct_words
    return [
        opens * 4 + spaced.take(places) * 2 + spaced.take(places + 1),
        grid.line_style,
        _from_ends(grid.runs),
        _from_ends(grid.stretches),
        (_is_in_lower_case(grid).view(np.uint8) * 2 + opens) * 2 + capital,
        np.digitize(counts, (2, 3, 6)).astype(np.uint8).take(number),
        *marks.take(places, axis=1),
    ]


def _from_ends(groups: Groups) -> Signs:
    """How far, up to three, each candidate is from the first and from the last one of its group."""
    return np.minimum(groups.before, 3).astype(np.uint8) * 4 + np.minimum(groups.after, 3).astype(np.uint8)


def spread(signs_of: list[Signs]) -> Floats:
    """The signs as inputs of the network: INPUT_UNIT where a candidate has the sign, else 0 (candidates x SIGNS)."""
    by_kind = [np.eye(size, dtype=np.float32)[of] for size, of in zip(SIZES, signs_of, strict=True)]
    return np.concatenate(by_kind, axis=1) * INPUT_UNIT


def _is_in_lower_case(grid: Grid) -> Bools:
    """Whether the document has each candidate's word in lower case too, or the word is itself in lower case.

    The words in lower case that others are looked for as have a ``number`` from 1 on.
    """
    words, vocabulary = grid.words, grid.words.vocabulary
    used = _may_be_in_lower_case(words, words.distinct(grid.places))
    lower = vocabulary.numbers([vocabulary.words[i].lower() for i in used.tolist()])
    other = (lower >= 0) & (lower != used)
    count, width = len(vocabulary.words) + 1, int(other.sum()) + 1
    number, number_of_lower = np.zeros((2, count), np.int32)
    number[lower[other]] = np.arange(1, width)
    number_of_lower[used[other]] = number[lower[other]]
    is_lower = np.zeros(count, np.bool_)
    is_lower[used[lower == used]] = True
    present = np.zeros(len(grid.firsts) * width, np.bool_)
    places = np.flatnonzero((number != 0).take(words.ids))
    present[grid.document.take(places) * width + number.take(words.ids.take(places))] = True
    ids = words.ids.take(grid.places)
    return is_lower.take(ids) | present.take(grid.document.take(grid.places) * width + number_of_lower.take(ids))


def _may_be_in_lower_case(words: Words, numbers: Longs) -> Longs:
    """Those of the words that have the hash of a word in lower case, or its first bits."""
    slots = words.hashes_by_number >> (HASH_BITS - _SLOT_BITS)
    taken = np.zeros(1 << _SLOT_BITS, np.bool_)
    taken[slots[words.traits_by_number & IN_LOWER_CASE != 0]] = True
    return numbers[taken.take(slots.take(numbers))]


FARTHEST_NEIGHBOUR = 3
_OPINIONS_OF_WORD, _WORDS_AROUND = 4, 7
OPINIONS = _OPINIONS_OF_WORD * _WORDS_AROUND + 3
"""Columns of :func:`opinions`."""


def margins_of(scores: Ints) -> Bytes:
    """For each kind, each candidate's best score of that kind less its best score of anything else (kinds x candidates)."""
    outside = scores[:, OUTSIDE]
    person, organisation = (reduce(np.maximum, (scores[:, part] for part in parts)) for parts in (PERSONS, ORGANISATIONS))
    return np.stack([_inputs(person - np.maximum(outside, organisation)), _inputs(organisation - np.maximum(outside, person))])


def opinions(grid: Grid, scores: Ints) -> Bytes:
    """What the first scores say of each candidate, and of its word and its neighbours in the whole document."""
    return opinions_by_margins(grid, margins_of(scores))


def opinions_by_margins(grid: Grid, margins: Bytes) -> Bytes:
    order, starts, number, counts = grid.distinct_words
    of_words = []
    for margin in margins:
        ascending = margin[order]
        of_words += [np.maximum.reduceat(ascending, starts), np.add.reduceat(ascending, starts, dtype=np.int32) // counts]
    four_bytes = np.stack(of_words, axis=1).astype(np.int8).view(np.int32)[:, 0]
    of_four_bytes = np.empty((margins.shape[1], -(-OPINIONS // _OPINIONS_OF_WORD)), np.int32)
    for column, around in enumerate(_words_around(grid, four_bytes.take(number))):
        of_four_bytes[:, column] = around
    many = (np.minimum(counts - 1, 3) * INPUT_UNIT).astype(np.int32).take(number)
    found: Bytes = of_four_bytes.view(np.int8)[:, :OPINIONS]
    for column, of in enumerate((*margins, many), _OPINIONS_OF_WORD * _WORDS_AROUND):
        found[:, column] = of
    return found


def _words_around(grid: Grid, of_word: Ints) -> Iterator[Ints]:
    """Of each candidate, itself, the last and first of its stretch, the words before and after it, and the stretches beside."""
    places, stretches = grid.places, grid.stretches
    number = stretches.number
    before, after = np.append(np.int32(0), of_word[:-1]), np.append(of_word[1:], np.int32(0))
    gap_before = np.append(np.int32(FARTHEST_NEIGHBOUR + 1), np.diff(places))
    gap_after = np.append(gap_before[1:], np.int32(FARTHEST_NEIGHBOUR + 1))
    yield of_word
    yield of_word.take(stretches.stops - 1).take(number)
    yield of_word.take(stretches.starts).take(number)
    yield np.where(gap_before == 1, before, 0)
    yield np.where(gap_after == 1, after, 0)
    yield np.where(gap_before <= FARTHEST_NEIGHBOUR, before, 0).take(stretches.starts).take(number)
    yield np.where(gap_after <= FARTHEST_NEIGHBOUR, after, 0).take(stretches.stops - 1).take(number)


def _inputs(margin: Ints) -> Bytes:
    """Margins at half their size, in the range and unit of inputs."""
    return np.clip(margin // (2 * SCORE_UNIT // INPUT_UNIT), -LARGEST_INPUT, LARGEST_INPUT).astype(np.int8)
