"""What the name finder sees of a candidate besides the words: how it is written and what the document has elsewhere."""

from functools import reduce

import numpy as np

from builder.names import gazetteer
from builder.names.candidates import Bools, Grid, Ints, Longs
from builder.names.decoding import ORGANISATIONS, OUTSIDE, PERSONS
from builder.names.gazetteer import Marks
from builder.names.network import INPUT_UNIT, LARGEST_INPUT, SCORE_UNIT, Bytes, Floats

OFFSETS = (-2, -1, 0, 1, 2)
POSITIONS = len(OFFSETS) + 6
"""Words seen of each candidate: those at OFFSETS, the first and last of its stretch, the ones before and after it, and the
ends of the neighbouring stretches in its run ("Party", from "Russia" in "Party of Russia")."""


def windows(grid: Grid) -> tuple[Longs, Ints]:
    """Numbers of the words seen, and indexes there of those of each candidate (candidates x POSITIONS); -1 for an empty place."""
    seen = np.zeros(len(grid), np.bool_)
    for offset in OFFSETS:
        seen[grid.places + offset] = True
    used, index = grid.words.renumbered(np.flatnonzero(seen))
    columns = [grid.places + offset for offset in OFFSETS]
    columns += [grid.core_first, grid.core_last, grid.core_first - 1, grid.core_last + 1]
    columns += _stretches_beside(grid)
    return used, np.stack([index[places] for places in columns], axis=1)


def _stretches_beside(grid: Grid) -> tuple[Ints, Ints]:
    """The last capitalised place before the stretch of each candidate and the first one after it, if in the same run; else 0."""
    places = grid.places
    capital = grid.capital[places]
    run = np.repeat(np.arange(len(grid.run_starts)), grid.run_lengths)
    rows = np.arange(len(places))
    row_of = np.zeros(len(grid), np.int32)
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
SIGNS, FIRST_SIGNS = sum(_SIZES), _SIZES[0]
"""How many signs there are, and how many of them are the numbers of the first column; each candidate has one of each column."""


def signs(grid: Grid, marks: Marks) -> Ints:
    """How each candidate is written, where it stands and what the gazetteer marks it as: the numbers of its signs."""
    places = grid.places
    capital = grid.capital[places]
    opens = grid.opens_sentence[places]
    index = np.arange(len(places)) - np.repeat(grid.run_starts, grid.run_lengths)
    to_end = np.repeat(grid.run_lengths, grid.run_lengths) - 1 - index
    _, _, number, counts = grid.distinct_words
    columns = (
        opens * 4 + grid.spaced[places] * 2 + grid.spaced[places + 1],
        grid.line_style[places],
        np.minimum(index, 3) * 4 + np.minimum(to_end, 3),
        np.minimum(places - grid.core_first, 3) * 4 + np.minimum(grid.core_last - places, 3),
        (_is_in_lower_case(grid) * 2 + opens) * 2 + capital,
        np.digitize(counts, (2, 3, 6))[number],
        *marks[:, places],
    )
    firsts = np.cumsum((0, *_SIZES[:-1]))
    return np.stack([first + column for first, column in zip(firsts, columns, strict=True)], axis=1).astype(np.int32)


def spread(signs_of: Ints) -> Floats:
    """The signs as inputs of the network: INPUT_UNIT where a candidate has the sign, else 0 (candidates x SIGNS)."""
    found = np.zeros((len(signs_of), SIGNS), np.float32)
    found.reshape(-1)[signs_of + np.arange(0, found.size, SIGNS)[:, None]] = INPUT_UNIT
    return found


def _is_in_lower_case(grid: Grid) -> Bools:
    """Whether the document has each candidate's word in lower case too."""
    words, vocabulary = grid.words, grid.words.vocabulary
    used = words.distinct(grid.places)
    lower = vocabulary.numbers([vocabulary.words[i].lower() for i in used.tolist()])
    known = lower >= 0
    column = np.zeros(len(vocabulary.words), np.int32)
    column[lower[known]] = np.arange(1, known.sum() + 1)
    present = np.zeros((len(grid.firsts), known.sum() + 1), np.bool_)
    present[grid.document, words.look_up(column)] = True
    present[:, 0] = False
    column[used] = np.where(known, column[lower], 0)
    found: Bools = present[grid.document[grid.places], column[words.ids[grid.places]]]
    return found


FARTHEST_NEIGHBOUR = 3
OPINIONS = 4 * 7 + 3
"""Columns of :func:`opinions`."""


def opinions(grid: Grid, scores: Ints) -> Bytes:
    """What the first scores say of each candidate, and of its word and its neighbours in the whole document.

    A candidate's margin for a kind is its best score of that kind less its best score of anything else.
    """
    outside = scores[:, OUTSIDE]
    person, organisation = (reduce(np.maximum, (scores[:, part] for part in parts)) for parts in (PERSONS, ORGANISATIONS))
    margins = _inputs(person - np.maximum(outside, organisation)), _inputs(organisation - np.maximum(outside, person))
    order, starts, number, counts = grid.distinct_words
    of_words = []
    for margin in margins:
        ascending = margin[order]
        of_words += [np.maximum.reduceat(ascending, starts), np.add.reduceat(ascending, starts) // counts]
    four_bytes = np.stack(of_words, axis=1).astype(np.int8).view(np.int32)[:, 0]
    of_word = np.append(four_bytes[number], np.int32(0))
    at = np.full(len(grid), len(grid.places), np.int32)
    at[grid.places] = np.arange(len(grid.places))
    around = [at[places] for places in (grid.places, grid.core_last, grid.core_first, grid.places - 1, grid.places + 1)]
    around += [_neighbour(grid, at[grid.core_first] - 1), _neighbour(grid, at[grid.core_last] + 1)]
    of_words_around = np.stack([of_word[rows] for rows in around], axis=1).view(np.int8)
    many = np.minimum(counts - 1, 3)[number] * INPUT_UNIT
    return np.concatenate([of_words_around, np.stack([*margins, many], axis=1).astype(np.int8)], axis=1)


def _neighbour(grid: Grid, rows: Ints) -> Ints:
    """Those of the candidates that are no farther away than a name after a comma and "and"; else the row past the last one."""
    places = np.append(grid.places, np.int32(-2 * FARTHEST_NEIGHBOUR))
    near = np.where((rows < 0) | (rows >= len(grid.places)), len(grid.places), rows)
    gap = np.minimum(np.abs(places[near] - grid.core_first), np.abs(places[near] - grid.core_last))
    return np.where(gap <= FARTHEST_NEIGHBOUR, near, len(grid.places))


def _inputs(margin: Ints) -> Ints:
    """Margins at half their size, in the range and unit of inputs."""
    return np.clip(margin * INPUT_UNIT // (2 * SCORE_UNIT), -LARGEST_INPUT, LARGEST_INPUT)
