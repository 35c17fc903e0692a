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
        mixed: UInts = np.empty((len(self._columns), len(next(iter(values.values())))), np.uint32)
        for number, names in enumerate(self._columns):
            mixed[number] = self._offsets[number]
            for name, multiplier in zip(names, self._multipliers[number], strict=True):
                mixed[number] += values[name] * multiplier
        mixed ^= mixed >> np.uint32(15)
        mixed *= np.uint32(0x85EBCA6B)
        mixed ^= mixed >> np.uint32(13)
        mixed *= np.uint32(0xC2B2AE35)
        mixed ^= mixed >> np.uint32(16)
        return mixed


def _random_word(key: str) -> int:
    return word_hash(key) ^ word_hash(key[::-1] + "/") << 1
