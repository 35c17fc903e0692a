"""Which rules could match from where in a run of words, as sets of rules in the bits of a number."""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.dates import words
from builder.dates.patterns import FIRST_CHARACTER, Rule, rules

UNKNOWN = chr(FIRST_CHARACTER)
"""The character of every word that no pattern knows: no match holds one."""


class _Roles(NamedTuple):
    """The rules whose match can begin with a character, can have it second, are anchored by it."""

    starts: int
    seconds: int
    anchors: int


@cache
def _roles() -> dict[str, _Roles]:
    singles = sum(1 << rule.order for rule in rules() if rule.shape.may_be_single)
    found = {chr(FIRST_CHARACTER + n): [0, singles, 0] for n in range(2 * words.number_of_codes() + 2)}
    for rule in rules():
        bit = 1 << rule.order
        for role, characters in enumerate((rule.shape.starts, rule.shape.seconds, rule.shape.anchor or ())):
            for character in characters:
                found[character][role] |= bit
    return {character: _Roles(*sets) for character, sets in found.items()}


@cache
def anchor_flags() -> npt.NDArray[np.bool_]:
    """Whether a character, counted from FIRST_CHARACTER, anchors some rule."""
    return np.array([roles.anchors != 0 for roles in _roles().values()])


class _RuleSets(dict[int, tuple[Rule, ...]]):
    """The rules of a set, filled as such sets are met, of which there are not many."""

    def __missing__(self, key: int) -> tuple[Rule, ...]:
        found = self[key] = tuple(rule for rule in rules() if key >> rule.order & 1)
        return found


_rule_sets = _RuleSets()


def rules_from(run: str) -> list[tuple[Rule, ...]]:
    """The rules that could match from each character of a run, after which no match goes on."""
    found = []
    roles = _roles()
    anchors_on, seconds = 0, roles[UNKNOWN].seconds
    for character in reversed(run):
        role = roles[character]
        anchors_on |= role.anchors
        found.append(_rule_sets[role.starts & anchors_on & seconds])
        seconds = role.seconds
    found.reverse()
    return found


def anchors_of(run: str) -> list[int]:
    """The places of a run that anchor some rule."""
    roles = _roles()
    return [place for place, character in enumerate(run) if roles[character].anchors]
