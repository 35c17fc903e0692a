"""Feature templates of the models in this folder: each names the columns whose values it joins."""

from collections.abc import Mapping, Sequence

import numpy as np

from builder.learned import Integers, UInts, word_hash


class Templates:
    """Hashes rows of columns by templates such as ``"side gap"``.

    A column times its multiplier is added for each column of a template; the sum is then mixed, so that nearby values do
    not end in nearby features.
    """

    def __init__(self, templates: Sequence[str]) -> None:
        self._columns = [template.split() for template in templates]
        self._multipliers = [
            [np.uint32(_random_word(f"{number} {name}") | 1) for name in names] for number, names in enumerate(self._columns)
        ]
        self._offsets = np.array([_random_word(template) for template in templates], np.uint32)

    def hash(self, columns: Mapping[str, Integers]) -> UInts:
        """Features, templates x rows."""
        used = dict.fromkeys(name for names in self._columns for name in names)
        values = {name: columns[name].astype(np.uint32) for name in used}
        features: UInts = np.empty((len(self._columns), len(next(iter(values.values())))), np.uint32)
        spare = np.empty_like(features[0])
        for state, offset, names, multipliers in zip(features, self._offsets, self._columns, self._multipliers, strict=True):
            state[:] = offset
            for name, multiplier in zip(names, multipliers, strict=True):
                np.add(state, np.multiply(values[name], multiplier, out=spare), out=state)
            _mix(state, spare)
        return features


def _mix(state: UInts, spare: UInts) -> None:
    """In place; ``spare`` is overwritten."""
    state ^= np.right_shift(state, np.uint32(15), out=spare)
    state *= np.uint32(0x85EBCA6B)
    state ^= np.right_shift(state, np.uint32(13), out=spare)
    state *= np.uint32(0xC2B2AE35)
    state ^= np.right_shift(state, np.uint32(16), out=spare)


def _random_word(key: str) -> int:
    return word_hash(key) ^ word_hash(key[::-1] + "/") << 1
