"""Scores of a grid's candidates for each part of a name."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from builder.extraction.names.candidates import Grid, Ints, Longs
from builder.extraction.names.gazetteer import Marks
from builder.extraction.names.network import PARTS, Floats, Network
from builder.extraction.names.signs import SIZES, Signs, opinions, signs, windows
from builder.extraction.names.weights import FAR, SIGNS_TOGETHER, view_of, weights_of

ROWS_AT_ONCE = 512
"""Candidates that are worked on together, so few that a processor's cache holds what the network sees of them."""


class _Look(NamedTuple):
    """What the first layers make of the candidates, and what the text adds to the hidden values of the second.

    Rows are in the order of the weights that they are worked on with: row i is candidate ``order[i]``.
    """

    order: Longs
    scores: Ints
    values: Floats

    def by_candidate(self) -> Ints:
        row_of = np.empty(len(self.order), np.int32)
        row_of[self.order] = np.arange(len(self.order))
        return self.scores.take(row_of, axis=0)


def score(grid: Grid, marks: Marks, network: Network) -> Ints:
    """Scores of each candidate for each of PARTS, of the layers that know the whole document."""
    look, weights = _look(grid, marks, network), weights_of(network)
    known = opinions(grid, look.by_candidate()).take(look.order, axis=0)
    for first in range(0, len(known), ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        values = known[rows].astype(np.float32) @ weights.opinions
        values += look.values[rows]
        look.scores[rows] = network.second.scores(values)
    return look.by_candidate()


def first_look(grid: Grid, marks: Marks, network: Network) -> Ints:
    """The scores of the first layers for each candidate."""
    return _look(grid, marks, network).by_candidate()


def _look(grid: Grid, marks: Marks, network: Network) -> _Look:
    seen, width = windows(grid), len(network.first.hidden_bias)
    vectors = network.vectors(grid.words.features(seen.used))
    stretches = grid.stretches
    kinds = view_of(stretches.before, stretches.after, seen.is_any_beside().take(stretches.number)).astype(np.uint8)
    order = np.argsort(kinds, kind="stable")
    bounds = np.searchsorted(kinds.take(order), np.arange(FAR + 2)).tolist()
    of_stretch = np.concatenate([seen.beside, seen.ends], axis=1).take(stretches.number.take(order), axis=0)
    shown = np.concatenate([seen.near.take(order, axis=0), of_stretch], axis=1)
    codes = [code.take(order) for code in _codes(signs(grid, marks))]
    scores, values = np.empty((len(order), len(PARTS)), np.int32), np.empty((len(order), width), np.float32)
    for view, (begin, end) in zip(weights_of(network).views, pairwise(bounds), strict=True):
        for first in range(begin, end, ROWS_AT_ONCE):
            rows = slice(first, min(first + ROWS_AT_ONCE, end))
            words = vectors.take(shown[rows, : view.positions], axis=0)
            both = words.reshape(len(words), -1) @ view.words
            for of_signs, code in zip(view.signs, codes, strict=True):
                both += of_signs.take(code[rows], axis=0)
            scores[rows] = network.first.scores(both[:, :width])
            values[rows] = both[:, width:]
    return _Look(order, scores, values)


def _codes(signs_of: Sequence[Signs]) -> list[Ints]:
    """For each candidate the numbers of its combinations of signs."""
    found = []
    for first in range(0, len(SIZES), SIGNS_TOGETHER):
        together = slice(first, first + SIGNS_TOGETHER)
        code = signs_of[first].astype(np.int32)
        for size, of in zip(SIZES[together][1:], signs_of[together][1:], strict=True):
            code *= size
            code += of
        found.append(code)
    return found
