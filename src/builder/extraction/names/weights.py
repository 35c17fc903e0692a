"""The weights of a network's inputs, laid out for what a candidate sees.

A candidate sees words in POSITIONS. Where two of them show the same word, as the place before it and the one before its stretch
mostly do, they are worked on as one with the weights of both. All sums are exact, for the weights are whole numbers divided by a
power of two.
"""

from functools import lru_cache, reduce
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.extraction.names.candidates import Bools, Ints
from builder.extraction.names.network import INPUT_UNIT, WEIGHT_UNIT, Floats, Layers, Network
from builder.extraction.names.signs import BESIDE, OFFSETS, POSITIONS, SIGNS, SIZES

SIGNS_TOGETHER = 3
"""Kinds of signs that have one row of weights for each of their combinations."""

_FARTHEST_MERGED = 2
"""A candidate that is no farther from the ends of its stretch sees these and what stands before and after them at OFFSETS."""
_DISTANCES = range(_FARTHEST_MERGED + 1)
WINDOW_KINDS = 2 * len(_DISTANCES) ** 2 + 1
"""By both distances and whether words are BESIDE; the last kind is that of candidates farther from an end."""


class WindowWeights(NamedTuple):
    """For candidates that see words in the same positions: at OFFSETS, BESIDE if any is there, of the ends if far.

    ``signs`` are for whole inputs, by combination, and hold the bias and what the empty places add that are left out.
    """

    positions: int
    words: Floats
    signs: list[Floats]


class Weights(NamedTuple):
    """Of the first layers and of the second ones, by kind of window; and of what the second ones know of the first."""

    first: list[WindowWeights]
    second: list[WindowWeights]
    opinions: Floats


def window_kinds(to_first: Ints, to_last: Ints, sees_beside: Bools) -> Ints:
    """The kind of window of each candidate, from its distances to the ends of its stretch."""
    found = (to_first * len(_DISTANCES) + to_last) * 2 + sees_beside
    found[np.maximum(to_first, to_last) > _FARTHEST_MERGED] = WINDOW_KINDS - 1
    return found


@lru_cache(maxsize=1)
def weights_of(network: Network) -> Weights:
    inputs = len(network.first.hidden)
    first, second = (_by_window(layers, inputs, network.empty) for layers in (network.first, network.second))
    return Weights(first, second, network.second.hidden[inputs:] * np.float32(1 / WEIGHT_UNIT))


def _by_window(layers: Layers, inputs: int, empty: npt.NDArray[np.int8]) -> list[WindowWeights]:
    of_inputs: Floats = layers.hidden[:inputs] * np.float32(1 / WEIGHT_UNIT)
    width = len(empty)
    near, ends, beside = np.split(of_inputs[:-SIGNS], (len(OFFSETS) * width, (POSITIONS - BESIDE) * width))
    first_signs, *signs = _by_combination(of_inputs[-SIGNS:] * INPUT_UNIT)
    first_signs += layers.hidden_bias * np.float32(1 / WEIGHT_UNIT)
    first_signs_alone = first_signs + np.tile(empty.astype(np.float32), BESIDE) @ beside
    found = []
    for to_first in _DISTANCES:
        for to_last in _DISTANCES:
            merged = _merged(near, ends, to_first, to_last)
            found.append(WindowWeights(len(OFFSETS), merged, [first_signs_alone, *signs]))
            found.append(WindowWeights(len(OFFSETS) + BESIDE, np.concatenate([merged, beside]), [first_signs, *signs]))
    found.append(WindowWeights(POSITIONS, np.concatenate([near, beside, ends]), [first_signs, *signs]))
    return found


def _merged(near: Floats, ends: Floats, to_first: int, to_last: int) -> Floats:
    """The weights of the words at OFFSETS with those of the ends of the stretch, which are among them."""
    found = near.reshape(len(OFFSETS), -1).copy()
    offsets = (-to_first, to_last, -to_first - 1, to_last + 1)
    for offset, of_end in zip(offsets, np.split(ends, len(offsets)), strict=True):
        found[OFFSETS.index(offset)] += of_end.reshape(-1)
    return found.reshape(near.shape)


def _by_combination(of_signs: Floats) -> list[Floats]:
    """Sums for each combination of the signs that go together; the last ones change quickest."""
    by_kind = np.split(of_signs, np.cumsum(SIZES)[:-1])
    return [reduce(_each_and_each, by_kind[first : first + SIGNS_TOGETHER]) for first in range(0, len(SIZES), SIGNS_TOGETHER)]


def _each_and_each(some: Floats, others: Floats) -> Floats:
    return np.ascontiguousarray((some[:, None] + others).reshape(-1, some.shape[1]))
