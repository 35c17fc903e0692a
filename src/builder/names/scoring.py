"""Scores of a grid's candidates for each part of a name."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from builder.names.candidates import Grid, Ints
from builder.names.gazetteer import Marks
from builder.names.network import INPUT_UNIT, PARTS, WEIGHT_UNIT, Floats, Network
from builder.names.signs import FIRST_SIGNS, SIGNS, opinions, signs, spread, windows

ROWS_AT_ONCE = 512
"""Candidates that are worked on together, so few that a processor's cache holds what the network sees of them."""


class _Weights(NamedTuple):
    """What inputs add to the hidden values: those that both layers have to the values of both, side by side.

    All are exact, for they are whole numbers divided by a power of two. The bias of the hidden values is in the weights of the
    first signs, of which each candidate has one.
    """

    words: Floats
    signs: Floats
    opinions: Floats


@lru_cache(maxsize=1)
def _weights(network: Network) -> _Weights:
    inputs = len(network.first.hidden)
    of_text: Floats = np.hstack([network.first.hidden, network.second.hidden[:inputs]]) * np.float32(1 / WEIGHT_UNIT)
    bias = np.append(network.first.hidden_bias, network.second.hidden_bias) / (WEIGHT_UNIT * INPUT_UNIT)
    of_words, of_signs = of_text[:-SIGNS], of_text[-SIGNS:]
    of_signs[:FIRST_SIGNS] += bias
    return _Weights(of_words, of_signs, network.second.hidden[inputs:] * np.float32(1 / WEIGHT_UNIT))


def score(grid: Grid, marks: Marks, network: Network) -> Ints:
    """Scores of each candidate for each of PARTS, of the layers that know the whole document."""
    scores, values = first_look(grid, marks, network)
    known = opinions(grid, scores)
    for first in range(0, len(values), ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        values[rows] += known[rows].astype(np.float32) @ _weights(network).opinions
        scores[rows] = network.second.scores(values[rows])
    return scores


def first_look(grid: Grid, marks: Marks, network: Network) -> tuple[Ints, Floats]:
    """The scores of the first layers, and what the text adds to the hidden values of the second (candidates x hidden)."""
    weights, width = _weights(network), len(network.first.hidden_bias)
    used, numbers = windows(grid)
    vectors, signs_of = network.vectors(grid.words.features(used)), signs(grid, marks)
    scores, values = np.empty((len(numbers), len(PARTS)), np.int32), np.empty((len(numbers), width), np.float32)
    for first in range(0, len(numbers), ROWS_AT_ONCE):
        rows = slice(first, first + ROWS_AT_ONCE)
        words = vectors.take(numbers[rows], axis=0)
        both = words.reshape(len(words), -1) @ weights.words
        both += spread(signs_of[rows]) @ weights.signs
        scores[rows] = network.first.scores(both[:, :width])
        values[rows] = both[:, width:]
    return scores, values
