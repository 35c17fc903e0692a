"""Feature templates of the models in this folder: each names the columns whose values it joins."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from builder.knowledge.learned import Integers, LinearModel, UInts, word_hash

Scores = npt.NDArray[np.int16]

ROWS_AT_ONCE = 1 << 12
"""So few that a processor's cache holds the columns that are worked on."""


class Templates:
    """Hashes rows of columns by templates such as ``"side gap"``.

    A template adds up what its columns' values were multiplied to, multiplies the sum by a number of its own and keeps the
    highest bits, so that two rows that meet in one template are apart in the others. Features are below 2 to the power ``bits``.
    """

    def __init__(self, templates: Sequence[str], bits: int = 17) -> None:
        self.bits = bits
        joined = [template.split() for template in templates]
        self.columns = tuple(dict.fromkeys(chain.from_iterable(joined)))
        self._joined = [[self.columns.index(name) for name in names] for names in joined]
        self._added = _random_words(f"{name} added" for name in self.columns)
        self._factors = _random_words(f"{name} multiplied" for name in self.columns) | 1
        self._multipliers = _random_words(templates) | 1

    def scores(self, columns: Mapping[str, Integers], model: LinearModel) -> Scores:
        """Sums of the weights of each row's features, rows x classes of the model."""
        count = len(columns[self.columns[0]])
        scores = np.empty((count, len(model.classes)), np.int16)
        for start in range(0, count, ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            features = self.features({name: columns[name][rows] for name in self.columns})
            np.add.reduce(model.weights.take(features, axis=0), axis=0, dtype=np.int16, out=scores[rows])
        return scores

    def features(self, columns: Mapping[str, Integers]) -> UInts:
        """Features, templates x rows."""
        flat = np.concatenate([columns[name] for name in self.columns], dtype=np.uint32, casting="unsafe")
        values = flat.reshape(len(self.columns), -1)
        values += self._added
        values *= self._factors
        features: UInts = np.empty((len(self._joined), values.shape[1]), np.uint32)
        for feature, (first, *others) in zip(features, self._joined, strict=True):
            total = values[first]
            for other in others:
                total = np.add(total, values[other], out=feature)
            if not others:
                feature[:] = total
        features *= self._multipliers
        features >>= np.uint32(32 - self.bits)
        return features


def _random_words(keys: Iterable[str]) -> UInts:
    """A column of numbers, one for each key."""
    return np.array([[word_hash(key) ^ word_hash(key[::-1] + "/") << 1] for key in keys], np.uint32)
