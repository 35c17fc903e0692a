"""Where which rules could match, told for a whole text at once: a set of rules is a number of one bit a rule."""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.dates import words
from builder.dates.patterns import FIRST_CHARACTER, Rule, rules
from builder.document import Ints

REACH_BACK = 8
REACH_ON = 16
"""Tokens before and after an anchor within which a match with its context must lie: work is bounded for each anchor."""

_WINDOW_STEPS = (1, 2, 4, 8, 8)
"""Shifts whose sums reach every place of a window from its first."""

_BLOCK = 1 << 14
"""Tokens looked at in one go, so that memory is bounded."""

Bits = npt.NDArray[np.uint64]
Places = npt.NDArray[np.intp]


class Candidates(NamedTuple):
    """Tokens that are anchors within reach of a start, and the rules that could match from each start."""

    anchors: list[int]
    rules_from: dict[int, tuple[Rule, ...]]


class _Tables(NamedTuple):
    """By character, a column for each 64 rules: those whose match can begin with it, can have it second, are anchored by it."""

    starts: Bits
    seconds: Bits
    anchors: Bits


@cache
def _tables() -> _Tables:
    size = 2 * words.number_of_codes() + 2, -(-len(rules()) // 64)
    tables = _Tables(*(np.zeros(size, "<u8") for _ in _Tables._fields))
    for rule in rules():
        column, bit = rule.order // 64, np.uint64(1 << rule.order % 64)
        for table, characters in zip(tables, (rule.shape.starts, rule.shape.seconds, rule.shape.anchor or ()), strict=True):
            table[[ord(character) - FIRST_CHARACTER for character in characters], column] |= bit
        if rule.shape.may_be_single:
            tables.seconds[:, column] |= bit
    return tables


class _RuleSets(dict[bytes, tuple[Rule, ...]]):
    """The rules of a set, filled as such sets are met, of which there are not many."""

    def __missing__(self, key: bytes) -> tuple[Rule, ...]:
        number = int.from_bytes(key, "little")
        found = self[key] = tuple(rule for rule in rules() if number >> rule.order & 1)
        return found


@cache
def _rule_sets() -> _RuleSets:
    return _RuleSets()


def candidates(codes: Ints) -> Candidates:
    """Where to look for matches in a text whose characters, counted from FIRST_CHARACTER, are ``codes``."""
    blocks = [_block(codes, begin) for begin in range(0, len(codes), _BLOCK)]
    if not blocks:
        return Candidates([], {})
    anchors = np.concatenate([block.anchors for block in blocks])
    starts = np.concatenate([block.starts for block in blocks])
    in_reach = np.searchsorted(starts, anchors, "right") > np.searchsorted(starts, anchors - REACH_BACK)
    rules_at = (rule_set for block in blocks for rule_set in block.rules)
    return Candidates(anchors[in_reach].tolist(), dict(zip(starts.tolist(), rules_at, strict=True)))


class _Block(NamedTuple):
    anchors: Places
    starts: Places
    rules: list[tuple[Rule, ...]]


def _block(codes: Ints, begin: int) -> _Block:
    """Anchors and starts among the tokens from ``begin`` on; what follows the block is looked at where a window reaches it."""
    tables = _tables()
    codes = codes[begin : begin + _BLOCK + REACH_BACK + REACH_ON]
    within = np.take(tables.anchors, codes, axis=0)
    anchors = np.flatnonzero(_any(within[:_BLOCK]))
    for step in _WINDOW_STEPS:
        within[:-step] |= within[step:]
    possible = np.take(tables.starts, codes, axis=0)
    possible &= within
    possible[:-1] &= np.take(tables.seconds, codes[1:], axis=0)
    starts = np.flatnonzero(_any(possible[:_BLOCK]))
    keys = possible[starts].view(f"S{possible.itemsize * possible.shape[1]}").ravel().tolist()
    return _Block(anchors + begin, starts + begin, list(map(_rule_sets().__getitem__, keys)))


def _any(bits: Bits) -> Bits:
    """One number a row that is 0 where the row is."""
    found: Bits = np.bitwise_or.reduce(bits, axis=1)
    return found
