"""Feature templates of the models in this folder: each names the columns whose values it joins."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from builder.learned import Integers, UInts, word_hash


class Templates:
    """Hashes rows of columns by templates such as ``"side gap"``, all templates in one matrix product.

    A column times its multiplier is added for each column of a template; the sum is then mixed, so that nearby values do
    not end in nearby features.
    """

    def __init__(self, templates: Sequence[str]) -> None:
        self.columns = tuple(dict.fromkeys(name for template in templates for name in template.split()))
        row = {name: number for number, name in enumerate(self.columns)}
        self._multipliers = np.zeros((len(self.columns), len(templates)), np.uint32)
        self._offsets = np.array([_random_word(template) for template in templates], np.uint32)
        for number, template in enumerate(templates):
            for name in template.split():
                self._multipliers[row[name], number] = _random_word(f"{number} {name}") | 1

    def hash(self, columns: Mapping[str, Integers]) -> UInts:
        """Features, rows x templates."""
        values: npt.NDArray[np.uint32] = np.stack([columns[name].astype(np.uint32) for name in self.columns], axis=1)
        mixed: UInts = values @ self._multipliers
        mixed += self._offsets
        mixed ^= mixed >> np.uint32(15)
        mixed *= np.uint32(0x85EBCA6B)
        mixed ^= mixed >> np.uint32(13)
        mixed *= np.uint32(0xC2B2AE35)
        mixed ^= mixed >> np.uint32(16)
        return mixed


def _random_word(key: str) -> int:
    return word_hash(key) ^ word_hash(key[::-1] + "/") << 1
