"""A small network with integer weights that scores each candidate for each part of a name.

Each word is a sum of feature rows; the words of a window and the signs of the candidate feed one hidden layer. All values
are integers held in 32-bit floats and every sum stays below 2**24, so that results are exact and do not depend on the
order of addition, and so on the machine.
"""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from builder.errors import LexiconError
from builder.extraction.names.words import ROWS
from builder.knowledge.learned import stored_arrays

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.int8]
Ints = npt.NDArray[np.int32]

INPUT_UNIT = 32
"""Integers to 1.0 of a word's vector, of a sign and of a hidden value."""
WEIGHT_UNIT = 64
"""Integers to 1.0 of a weight."""
SCORE_UNIT = 64
"""Integers to 1.0 of a score, which is a logarithm of odds."""
LARGEST_INPUT = 127
LARGEST_HIDDEN = 1023

PARTS = ("outside", "person-begin", "person-inside", "person-end", "person-alone",
         "organisation-begin", "organisation-inside", "organisation-end", "organisation-alone")  # fmt: skip


@dataclass(frozen=True)
class Layers:
    """``hidden`` (inputs x hidden), ``output`` (hidden x parts) and the bias of each."""

    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats

    def scores(self, values: Floats) -> Ints:
        """Scores for each of PARTS, in SCORE_UNIT, from the hidden values before they are cut to whole ones (rows x hidden)."""
        hidden = np.floor(values)
        np.clip(hidden, 0, LARGEST_HIDDEN, out=hidden)
        weights, bias = self._in_score_units
        output = hidden @ weights
        output += bias
        scores: Ints = np.floor(output, out=output).astype(np.int32)
        return scores

    @cached_property
    def _in_score_units(self) -> tuple[Floats, Floats]:
        """``output`` and its bias, divided by a power of two and so as exact as they are."""
        unit = np.float32(SCORE_UNIT / (INPUT_UNIT * WEIGHT_UNIT))
        return self.output * unit, self.output_bias * unit


@dataclass(frozen=True, eq=False)
class Network:
    """``rows`` are the vectors of features; ``first`` sees the text, ``second`` also what ``first`` made of the document."""

    rows: Bytes
    empty: Bytes
    first: Layers
    second: Layers

    def vectors(self, features: npt.NDArray[np.uint32]) -> Floats:
        """The vector of each word (words x width) from its features (words x FEATURES), and the one of the empty place."""
        total = np.zeros((len(features), self.rows.shape[1]), np.int16)
        for column in features.T.astype(np.intp):
            total += self.rows.take(column, axis=0)
        np.clip(total, -LARGEST_INPUT, LARGEST_INPUT, out=total)
        return np.append(total, self.empty[None], axis=0).astype(np.float32)


@cache
def load() -> Network:
    """The trained network of ``models/names.npz``. Raises LexiconError if the file is not one."""
    arrays = stored_arrays("names")
    try:
        layers = [
            Layers(*(arrays[f"{which}_{part}"].astype(np.float32) for part in ("hidden", "hidden_bias", "output", "output_bias")))
            for which in ("first", "second")
        ]
        network = Network(arrays["rows"].astype(np.int8, copy=False), arrays["empty"].astype(np.int8, copy=False), *layers)
    except (KeyError, ValueError, TypeError) as error:
        raise LexiconError(f"models/names.npz: not a network: {error}") from None
    if network.rows.shape[0] != ROWS or network.second.output.shape[1] != len(PARTS):
        raise LexiconError(f"models/names.npz: {network.rows.shape[0]} rows and {network.second.output.shape[1]} parts of names")
    return network
