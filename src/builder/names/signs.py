"""What the name finder sees of a candidate besides the words: how it is written and what the document has elsewhere."""

import numpy as np

from builder.names import gazetteer
from builder.names.candidates import Bools, Grid, Ints, Longs, has_capital
from builder.names.decoding import OUTSIDE
from builder.names.network import INPUT_UNIT, LARGEST_INPUT, SCORE_UNIT, Bytes

OFFSETS = (-2, -1, 0, 1, 2)
POSITIONS = len(OFFSETS) + 6
"""Words seen of each candidate: those at OFFSETS, the first and last of its stretch, the ones before and after it, and the
ends of the neighbouring stretches in its run ("Party", from "Russia" in "Party of Russia")."""


def windows(grid: Grid) -> Ints:
    """Places of the words seen of each candidate (candidates x POSITIONS); 0, which is empty, where there is none."""
    columns = [grid.places + offset for offset in OFFSETS]
    columns += [grid.core_first, grid.core_last, grid.core_first - 1, grid.core_last + 1]
    columns += _stretches_beside(grid)
    return np.stack(columns, axis=1)


def _stretches_beside(grid: Grid) -> tuple[Ints, Ints]:
    """The last capitalised place before the stretch of each candidate and the first one after it, if in the same run; else 0."""
    places = grid.places
    capital = grid.values(has_capital)[places] != 0
    run = np.repeat(np.arange(len(grid.run_starts)), grid.run_lengths)
    rows = np.arange(len(places))
    row_of = np.zeros(len(grid.ids), np.int32)
    row_of[places] = rows
    last_capital = np.append(-1, np.maximum.accumulate(np.where(capital, rows, -1)))
    next_capital = np.append(np.minimum.accumulate(np.where(capital, rows, len(rows))[::-1])[::-1], len(rows))
    before = last_capital[row_of[grid.core_first]]
    after = next_capital[row_of[grid.core_last] + 1]
    found = []
    for beside in (before, after):
        row = np.clip(beside, 0, len(rows) - 1)
        found.append(np.where((beside == row) & (run[row] == run), places[row], 0))
    return found[0].astype(np.int32), found[1].astype(np.int32)


_SIZES = (8, 3, 16, 16, 8, 4, *[len(gazetteer.MARKS)] * len(gazetteer.LISTS))
SIGNS = sum(_SIZES)


def signs(grid: Grid, marks: Ints) -> Ints:
    """How each candidate is written, where it stands and what the gazetteer marks it as: the numbers of its signs."""
    places = grid.places
    capital = grid.values(has_capital)[places] != 0
    opens = grid.opens_sentence[places]
    index = np.arange(len(places)) - np.repeat(grid.run_starts, grid.run_lengths)
    to_end = np.repeat(grid.run_lengths, grid.run_lengths) - 1 - index
    lower_seen, count = _elsewhere(grid)
    columns = (
        opens * 4 + grid.spaced[places] * 2 + grid.spaced[places + 1],
        grid.line_style[places],
        np.minimum(index, 3) * 4 + np.minimum(to_end, 3),
        np.minimum(places - grid.core_first, 3) * 4 + np.minimum(grid.core_last - places, 3),
        (lower_seen * 2 + opens) * 2 + capital,
        count,
        *marks[:, places],
    )
    firsts = np.cumsum((0, *_SIZES[:-1]))
    return np.stack([first + column for first, column in zip(firsts, columns, strict=True)], axis=1).astype(np.int32)


def spread(signs_of: Ints) -> Bytes:
    """The signs as inputs of the network: INPUT_UNIT where a candidate has the sign, else 0 (candidates x SIGNS)."""
    found = np.zeros((len(signs_of), SIGNS), np.int8)
    np.put_along_axis(found, signs_of.astype(np.int64), INPUT_UNIT, axis=1)
    return found


FARTHEST_NEIGHBOUR = 3
OPINIONS = 4 * 7 + 3
"""Columns of :func:`opinions`."""


def opinions(grid: Grid, scores: Ints) -> Bytes:
    """What the first scores say of each candidate, and of its word and its neighbours in the whole document.

    A candidate's margin for a kind is its best score of that kind less its best score of anything else.
    """
    parts = [scores[:, OUTSIDE], scores[:, 1:5].max(axis=1), scores[:, 5:9].max(axis=1)]
    person = _inputs(parts[1] - np.maximum(parts[0], parts[2]))
    organisation = _inputs(parts[2] - np.maximum(parts[0], parts[1]))
    _, number, counts = grid.distinct_words
    by_word = [_largest_and_mean(margin, number, counts) for margin in (person, organisation)]
    of_word = np.concatenate([column for pair in by_word for column in pair], axis=1)[number]
    at = np.full(len(grid.ids), len(grid.places))
    at[grid.places] = np.arange(len(grid.places))
    padded = np.append(of_word, np.zeros((1, of_word.shape[1]), of_word.dtype), axis=0)
    around = [at[places] for places in (grid.core_last, grid.core_first, grid.places - 1, grid.places + 1)]
    around += [_neighbour(grid, at[grid.core_first] - 1), _neighbour(grid, at[grid.core_last] + 1)]
    many = np.minimum(counts[number] - 1, 3) * INPUT_UNIT
    columns = [of_word, *(padded[rows] for rows in around), np.stack([person, organisation, many], axis=1)]
    return np.concatenate(columns, axis=1).astype(np.int8)


def _neighbour(grid: Grid, rows: Ints) -> Ints:
    """Those of the candidates that are no farther away than a name after a comma and "and"; else the row past the last one."""
    places = np.append(grid.places, -2 * FARTHEST_NEIGHBOUR)
    near = np.where((rows < 0) | (rows >= len(grid.places)), len(grid.places), rows)
    gap = np.minimum(np.abs(places[near] - grid.core_first), np.abs(places[near] - grid.core_last))
    return np.where(gap <= FARTHEST_NEIGHBOUR, near, len(grid.places))


def _inputs(margin: Ints) -> Ints:
    """Margins at half their size, in the range and unit of inputs."""
    return np.clip(margin * INPUT_UNIT // (2 * SCORE_UNIT), -LARGEST_INPUT, LARGEST_INPUT)


def _largest_and_mean(margin: Ints, number: Ints, counts: Ints) -> tuple[Longs, Longs]:
    largest = np.full(len(counts), -LARGEST_INPUT, np.int64)
    np.maximum.at(largest, number, margin)
    total = np.bincount(number, margin, len(counts)).astype(np.int64)
    return largest[:, None], (total // np.maximum(counts, 1))[:, None]


def _elsewhere(grid: Grid) -> tuple[Bools, Ints]:
    """Whether the document has each candidate's word in lower case, and how often it has it as a candidate (0 to 3)."""
    distinct, number, counts = grid.distinct_words
    sought = np.zeros(1 << 16, np.bool_)
    sought[_slots(distinct)] = True
    lower_keys = grid.word_keys[(grid.values(has_capital) == 0) & (grid.ids >= 0)]
    lower_keys = lower_keys[sought[_slots(lower_keys)]]
    at = np.minimum(np.searchsorted(distinct, lower_keys), len(distinct) - 1)
    seen = np.zeros(len(distinct), np.bool_)
    seen[at[distinct[at] == lower_keys]] = True
    return seen[number], np.digitize(counts, (2, 3, 6))[number].astype(np.int32)


def _slots(keys: Longs) -> Longs:
    """16 bits of each key, to leave out most of those that cannot be equal."""
    return (keys ^ keys >> 27) & 0xFFFF
