"""Numbers for distinct words, so that a question about a word is answered once for each and looked up for every token."""

from collections.abc import Callable, Collection
from itertools import count, repeat
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from builder.text.tokens import Places, Tokens

Ints = npt.NDArray[np.int32]
Keys = npt.NDArray[np.uint64]
T = TypeVar("T", bound=np.generic)

MAX_DISTINCT_WORDS = 1 << 20

_LONGEST = 16
"""Characters of the longest words that have a key; a key is their code points, 16 bits each, then zeros."""
_KEY_SIZE = _LONGEST // 4
_LAST_POINT = 0xFFFF
_AT_ONCE = 1 << 15
"""Tokens that are looked up together: what is made for them then fits a processor's cache."""

_SLOT_BITS = 18
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)
"""Large odd numbers, so that all of a key counts for where it is kept."""


def _masks() -> Keys:
    """By length of a word, the bits of a key that are its own."""
    sizes = np.arange(_LONGEST + 2)[:, None, None]
    units = np.arange(_LONGEST).reshape(_KEY_SIZE, 4)
    return np.where(units < sizes, 0xFFFF, 0).astype(np.uint16).view(np.uint64).reshape(-1, _KEY_SIZE)


_MASKS = _masks()


class Vocabulary:
    """Numbers for distinct words, and columns of values computed once for each of them.

    The number of a short word is found by its key, for many tokens at once: ``_slots`` has, by a hash of keys, the number
    of the word that came there first, or -1, and ``_keys`` its key. All other words are looked up one by one.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}
        self._slots = np.full(1 << _SLOT_BITS, -1, np.int32)
        self._keys = np.zeros((1 << 14, _KEY_SIZE), np.uint64)
        self._columns: dict[Callable[[str], int], tuple[int, Ints]] = {}
        self._flags: dict[Callable[[str], int], tuple[int, npt.NDArray[np.bool_]]] = {}
        self._tables: dict[Callable[[list[str]], Any], tuple[int, npt.NDArray[Any]]] = {}

    def encode(self, tokens: Tokens) -> Ints:
        """The numbers of tokens; a word that has none gets one."""
        units = np.append(tokens.points.astype(np.uint16), np.zeros(_LONGEST, np.uint16))
        windows = np.ndarray((len(tokens.points), _KEY_SIZE), np.uint64, units, strides=(2, 8))
        sizes = _sizes(tokens)
        ids = np.empty(len(sizes), np.int32)
        for first in range(0, len(sizes), _AT_ONCE):
            block = slice(first, first + _AT_ONCE)
            keys = windows[tokens.starts[block]] & _MASKS.take(sizes[block], axis=0)
            ids[block] = self._encode_block(tokens, first, keys, sizes[block] <= _LONGEST)
        return ids

    def _encode_block(self, tokens: Tokens, first: int, keys: Keys, has_key: npt.NDArray[np.bool_]) -> Ints:
        slots = _slots_of(keys)
        found = self._slots.take(slots)
        unknown = (~self._is_at(found, keys, has_key)).nonzero()[0]
        if len(unknown):
            self._enter_first_of_slots(tokens, first, keys, slots, unknown[(found[unknown] < 0) & has_key[unknown]])
            found[unknown] = self._slots.take(slots[unknown])
            unknown = unknown[~self._is_at(found[unknown], keys[unknown], has_key[unknown])]
            found[unknown] = self._enter(tokens, first + unknown)
        return found

    def _is_at(self, numbers: Ints, keys: Keys, has_key: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        same = self._keys.take(numbers, axis=0, mode="clip") == keys
        is_at = has_key & (numbers >= 0)
        for part in same.T:
            is_at &= part
        return is_at

    def _enter_first_of_slots(self, tokens: Tokens, first: int, keys: Keys, slots: Places, new: Places) -> None:
        """Of new tokens, one for each empty slot gets it for its word."""
        self._slots[slots[new]] = new
        chosen = new[self._slots[slots[new]] == new]
        numbers = self._enter(tokens, first + chosen)
        if len(self.words) > len(self._keys):
            self._keys = np.concatenate([self._keys, np.zeros((len(self.words), _KEY_SIZE), np.uint64)])
        self._keys[numbers] = keys[chosen]
        self._slots[slots[chosen]] = numbers

    def _enter(self, tokens: Tokens, places: Places) -> Ints:
        """The numbers of tokens, each asked for by its word."""
        text, starts, ends = tokens.text, tokens.starts[places].tolist(), tokens.ends[places].tolist()
        words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        new = [word for word in dict.fromkeys(words) if word not in self._numbers]
        self._numbers.update(zip(new, count(len(self.words))))
        self.words += new
        return self.numbers(words)

    def decode(self, ids: Places) -> npt.NDArray[np.object_]:
        return self.table(_strings).take(ids)

    def numbers(self, words: Collection[str]) -> Ints:
        """Their numbers, -1 for a word that has none."""
        return np.fromiter(map(self._numbers.get, words, repeat(-1)), np.int32, len(words))

    def column(self, of: Callable[[str], int]) -> Ints:
        """``of(word)`` by word number, for at least every word known so far; ``of`` must be a pure module-level function."""
        have, values = self._columns.get(of, (0, _NO_VALUES))
        need = len(self.words)
        if have < need:
            if len(values) < need:
                values = np.concatenate([values, np.zeros(max(need, 1024), np.int32)])
            values[have:need] = [of(word) for word in self.words[have:]]
            self._columns[of] = need, values
        return values

    def flags(self, of: Callable[[str], int]) -> npt.NDArray[np.bool_]:
        """Whether ``column(of)`` is not 0: quicker to look tokens up in."""
        have, found = self._flags.get(of, (0, _NO_FLAGS))
        need = len(self.words)
        if have < need:
            column = self.column(of)
            if len(found) < len(column):
                found = np.concatenate([found, np.zeros(len(column) - len(found), np.bool_)])
            found[have:need] = column[have:need] != 0
            self._flags[of] = need, found
        return found

    def table(self, of: Callable[[list[str]], npt.NDArray[T]]) -> npt.NDArray[T]:
        """Rows by word number, one for every word known so far; ``of`` makes those of a list, each from its word alone."""
        have, rows = self._tables.get(of, (0, None))
        need = len(self.words)
        if rows is None or have < need:
            new = of(self.words[have:])
            if rows is None:
                rows = new
            elif len(rows) < need:
                rows = np.concatenate([rows[:have], new, np.zeros((need, *new.shape[1:]), new.dtype)])
            rows[have:need] = new
            self._tables[of] = need, rows
        return rows[:need]


def _slots_of(keys: Keys) -> Places:
    """Where the numbers of keys are kept: their highest bits after all were mixed."""
    mixed = np.bitwise_xor.reduce(keys * _FACTORS, axis=1)
    mixed ^= mixed >> np.uint64(32)
    slots: Places = (mixed * _FACTORS[0] >> np.uint64(64 - _SLOT_BITS)).astype(np.intp)
    return slots


def _sizes(tokens: Tokens) -> Places:
    """The lengths of tokens, ``_LONGEST + 1`` for those that have no key."""
    sizes: Places = np.minimum(tokens.ends - tokens.starts, _LONGEST + 1)
    beyond = (tokens.points > _LAST_POINT).nonzero()[0]
    sizes[tokens.starts.searchsorted(beyond, "right") - 1] = _LONGEST + 1
    return sizes


def _strings(words: list[str]) -> npt.NDArray[np.object_]:
    return np.array(words, np.object_)


_NO_VALUES = np.empty(0, np.int32)
_NO_FLAGS = np.empty(0, np.bool_)
