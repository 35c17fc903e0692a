"""Scores of a grid's candidates for each part of a name."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from builder.extraction.names.candidates import Grid, Ints, Longs
from builder.extraction.names.decoding import KINDS
from builder.extraction.names.gazetteer import Marks
from builder.extraction.names.network import PARTS, Bytes, Floats, Network
from builder.extraction.names.signs import (
    OFFSETS,
    POSITIONS,
    SIZES,
    Signs,
    Windows,
    margins_of,
    opinions_by_margins,
    signs,
    windows,
)
from builder.extraction.names.weights import SIGNS_TOGETHER, WINDOW_KINDS, WindowWeights, weights_of, window_kinds

ROWS_AT_ONCE = 512
"""Candidates that are worked on together, so few that a processor's cache holds what the network sees of them."""


class _Inputs(NamedTuple):
    """What the network sees of the candidates, in the order of their kinds of windows, which ``bounds`` part.

    Row i of ``places``, ``stretches`` and each of ``codes`` is of candidate ``order[i]``. Windows are laid out for some rows at a
    time only, since those of all candidates of a long article would fill the memory.
    """

    order: Longs
    bounds: list[int]
    vectors: Floats
    seen: Windows
    places: Ints
    stretches: Ints
    codes: list[Ints]

    def hidden(self, weights: Sequence[WindowWeights]) -> Iterator[tuple[Longs, Floats]]:
        """Some candidates at a time, and their hidden values before they are cut (candidates x hidden)."""
        for of_kind, (begin, end) in zip(weights, pairwise(self.bounds), strict=True):
            for first in range(begin, end, ROWS_AT_ONCE):
                rows = slice(first, min(first + ROWS_AT_ONCE, end))
                words = self.vectors.take(self._shown(rows, of_kind.positions), axis=0)
                values: Floats = words.reshape(len(words), -1) @ of_kind.words
                for of_signs, code in zip(of_kind.signs, self.codes, strict=True):
                    values += of_signs.take(code[rows], axis=0)
                yield self.order[rows], values

    def _shown(self, rows: slice, positions: int) -> Ints:
        """Which of the vectors the candidates see: near them, then beside their stretch, then at its ends."""
        near, stretches = self.seen.near(self.places[rows]), self.stretches[rows]
        beside = [self.seen.beside.take(stretches, axis=0)] if positions > len(OFFSETS) else []
        ends = [self.seen.ends.take(stretches, axis=0)] if positions == POSITIONS else []
        return np.concatenate([near, *beside, *ends], axis=1)


def score(grid: Grid, marks: Marks, network: Network) -> Ints:
    """Scores of each candidate for each of PARTS, of the layers that know the whole document."""
    inputs, weights = _inputs(grid, marks, network), weights_of(network)
    known = opinions_by_margins(grid, _first_margins(inputs, network))
    scores = np.empty((len(inputs.order), len(PARTS)), np.int32)
    for candidates, of_text in inputs.hidden(weights.second):
        of_opinions = known[candidates].astype(np.float32) @ weights.opinions
        scores[candidates] = network.second.scores(of_text + of_opinions)
    return scores


def first_look(grid: Grid, marks: Marks, network: Network) -> Ints:
    """The scores of the first layers for each candidate."""
    inputs = _inputs(grid, marks, network)
    scores = np.empty((len(inputs.order), len(PARTS)), np.int32)
    for candidates, values in inputs.hidden(weights_of(network).first):
        scores[candidates] = network.first.scores(values)
    return scores


def _first_margins(inputs: _Inputs, network: Network) -> Bytes:
    """The margins of the first layers' scores, without the scores of all candidates at once (kinds x candidates)."""
    margins = np.empty((len(KINDS), len(inputs.order)), np.int8)
    for candidates, values in inputs.hidden(weights_of(network).first):
        margins[:, candidates] = margins_of(network.first.scores(values))
    return margins


def _inputs(grid: Grid, marks: Marks, network: Network) -> _Inputs:
    seen, stretches = windows(grid), grid.stretches
    kinds = window_kinds(stretches.before, stretches.after, seen.is_any_beside().take(stretches.number)).astype(np.uint8)
    order = np.argsort(kinds, kind="stable")
    bounds = np.searchsorted(kinds.take(order), np.arange(WINDOW_KINDS + 1)).tolist()
    vectors = network.vectors(grid.words.features(seen.used))
    codes = [code.take(order) for code in _codes(signs(grid, marks))]
    return _Inputs(order, bounds, vectors, seen, grid.places.take(order), stretches.number.take(order), codes)


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
