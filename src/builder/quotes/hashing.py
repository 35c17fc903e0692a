"""Feature templates of the models in this folder: each names the columns whose values it joins."""

from collections.abc import Mapping, Sequence

import numpy as np

from builder.learned import Integers, UInts, word_hash

ROWS_AT_ONCE = 1 << 14
"""So few that a processor's cache holds the columns that are worked on."""


class Templates:
    """Hashes rows of columns by templates such as ``"side gap"``.

    A template adds up what its columns' values were multiplied to, multiplies the sum by a number of its own and keeps the
    highest bits, so that two rows that meet in one template are apart in the others. Features are below 2 to the power ``bits``.
    """

    def __init__(self, templates: Sequence[str], bits: int = 17) -> None:
        self.bits = bits
        self._templates = [template.split() for template in templates]
        self._multipliers = [np.uint32(_random_word(template) | 1) for template in templates]
        self.columns = {
            name: (np.uint32(_random_word(f"{name} added")), np.uint32(_random_word(f"{name} multiplied") | 1))
            for name in dict.fromkeys(name for names in self._templates for name in names)
        }

    def hash(self, columns: Mapping[str, Integers]) -> UInts:
        """Features, templates x rows."""
        features: UInts = np.empty((len(self._templates), len(columns[next(iter(self.columns))])), np.uint32)
        for start in range(0, features.shape[1], ROWS_AT_ONCE):
            rows = slice(start, start + ROWS_AT_ONCE)
            self._hash_into(features[:, rows], {name: columns[name][rows] for name in self.columns})
        return features

    def _hash_into(self, features: UInts, columns: Mapping[str, Integers]) -> None:
        values = {
            name: (columns[name].astype(np.uint32) + added) * multiplier for name, (added, multiplier) in self.columns.items()
        }
        for feature, (first, *others), multiplier in zip(features, self._templates, self._multipliers, strict=True):
            np.multiply(sum((values[name] for name in others), values[first]), multiplier, out=feature)
        features >>= np.uint32(32 - self.bits)


def _random_word(key: str) -> int:
    return word_hash(key) ^ word_hash(key[::-1] + "/") << 1
