"""Feature templates of the models in this folder: each names the columns whose values it joins."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from builder.learned import Integers, LinearModel, UInts, word_hash

Scores = npt.NDArray[np.int16]

ROWS_AT_ONCE = 1 << 13
"""So few that a processor's cache holds the columns that are worked on."""


class Templates:
    """Hashes rows of columns by templates such as ``"side gap"``.

    A template adds up what its columns' values were multiplied to, multiplies the sum by a number of its own and keeps the
    highest bits, so that two rows that meet in one template are apart in the others. Features are below 2 to the power ``bits``.
    """

    def __init__(self, templates: Sequence[str], bits: int = 17) -> None:
        self.bits = bits
        self._shift = np.array(32 - bits, np.uint32)
        self._templates = [template.split() for template in templates]
        self._multipliers = [np.uint32(_random_word(template) | 1) for template in templates]
        self.columns = {
            name: (np.uint32(_random_word(f"{name} added")), np.uint32(_random_word(f"{name} multiplied") | 1))
            for name in dict.fromkeys(name for names in self._templates for name in names)
        }

    def scores(self, columns: Mapping[str, Integers], model: LinearModel) -> Scores:
        """Sums of the weights of each row's features, rows x classes of the model."""
        count = len(columns[next(iter(self.columns))])
        scores = np.zeros((count, len(model.classes)), np.int16)
        for start in range(0, count, ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            total = scores[rows]
            for feature in self.features({name: columns[name][rows] for name in self.columns}):
                np.add(total, model.weights.take(feature, axis=0), out=total)
        return scores

    def features(self, columns: Mapping[str, Integers]) -> Iterator[UInts]:
        """For each template the features of all rows, in one array that the next template takes over."""
        values = {name: self._value(name, columns[name]) for name in self.columns}
        feature = np.empty(len(columns[next(iter(self.columns))]), np.uint32)
        for (first, *others), multiplier in zip(self._templates, self._multipliers, strict=True):
            joined = values[first]
            for name in others:
                joined = np.add(joined, values[name], out=feature)
            np.multiply(joined, multiplier, out=feature)
            np.right_shift(feature, self._shift, out=feature)
            yield feature

    def _value(self, name: str, column: Integers) -> UInts:
        added, multiplier = self.columns[name]
        value: UInts = column.astype(np.uint32)
        value += added
        value *= multiplier
        return value


def _random_word(key: str) -> int:
    return word_hash(key) ^ word_hash(key[::-1] + "/") << 1
