"""Names over the places of a grid."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.extraction.names.candidates import Bools, Ints, Longs
from builder.knowledge.learned import Integers

Bytes = npt.NDArray[np.uint8]

PERSON, ORGANISATION, PLACE = range(1, 4)
KIND_NAMES = ("", "person", "organisation", "place")


class Found(NamedTuple):
    """A name over the places ``[first, stop)`` of a grid."""

    first: int
    stop: int
    kind: str
    rule: str


class Names:
    """Names of a grid, apart from each other.

    Kind, end and rule stand at the first place of a name. They are kept as bytes too, which are quicker to ask for one place.
    """

    def __init__(self, places: int) -> None:
        self._kind_at, self._taken_at = bytearray(places), bytearray(places)
        self.kinds: Bytes = np.frombuffer(self._kind_at, np.uint8)
        self.taken: Bools = np.frombuffer(self._taken_at, np.bool_)
        self.stops: Ints = np.zeros(places, np.int32)
        self._rules: Bytes = np.zeros(places, np.uint8)
        self._stop_at, self._rule_at = self.stops.data, self._rules.data
        self._rule_numbers: dict[str, int] = {}

    def add(self, first: int, stop: int, kind: int, rule: str) -> None:
        """Adds the name unless one of its words is part of another."""
        if 1 not in self._taken_at[first:stop]:
            self._put(first, stop, kind, self._number(rule))

    def add_all(self, firsts: Integers, stops: Integers, kind: int, rule: str) -> None:
        """Adds those names, apart from each other, of which no word is part of another."""
        free, rest = ~self.taken[firsts], np.flatnonzero(stops - firsts > 1)
        for k in range(1, int((stops - firsts).max(initial=0))):
            free[rest[self.taken[firsts[rest] + k]]] = False
            rest = rest[firsts[rest] + k + 1 < stops[rest]]
        firsts, stops = firsts[free], stops[free]
        self.kinds[firsts], self.stops[firsts], self._rules[firsts] = kind, stops, self._number(rule)
        while len(firsts):
            self.taken[firsts] = True
            longer = firsts + 1 < stops
            firsts, stops = firsts[longer] + 1, stops[longer]

    def make(self, first: int, stop: int, kind: int, rule: str) -> None:
        """Gives the kind to the name that stands there, or adds one; a name that already has the kind is left alone."""
        there = self._kind_at[first]
        if not there:
            self.add(first, stop, kind, rule)
        elif self._stop_at[first] == stop and there != kind:
            self._put(first, stop, kind, self._number(rule))

    def replace(self, first: int, stop: int, kind: int, rule: str) -> None:
        """Puts the name in the place of all names that begin within it; none may reach beyond it."""
        self._kind_at[first:stop] = bytes(stop - first)
        self._put(first, stop, kind, self._number(rule))

    def narrow(self, first: int, new_first: int, new_stop: int) -> None:
        """Lets words at the ends of the name that begins there go; all of it if none are left."""
        kind, rule = self._kind_at[first], self._rule_at[first]
        self.remove(first)
        if new_first < new_stop:
            self._put(new_first, new_stop, kind, rule)

    def remove(self, first: int) -> None:
        """Lets the words of the name that begins there go."""
        stop = self._stop_at[first]
        self._kind_at[first] = 0
        self._taken_at[first:stop] = bytes(stop - first)

    def _put(self, first: int, stop: int, kind: int, rule: int) -> None:
        self._taken_at[first:stop] = b"\1" * (stop - first)
        self._kind_at[first], self._stop_at[first], self._rule_at[first] = kind, stop, rule

    def _number(self, rule: str) -> int:
        return self._rule_numbers.setdefault(rule, len(self._rule_numbers))

    def end_of(self, kind: int, place: int) -> int:
        """Where the name of this kind that begins at a place ends; 0 if there is none."""
        return self._stop_at[place] if self._kind_at[place] == kind else 0

    def is_taken(self, place: int) -> bool:
        return self._taken_at[place] != 0

    def firsts(self) -> Longs:
        """First places of all names, ascending."""
        return np.flatnonzero(self.kinds != 0)

    def of_kind(self, kind: int) -> tuple[Ints, Ints]:
        """First places of the names of a kind, ascending, and their ends."""
        firsts = np.flatnonzero(self.kinds == kind).astype(np.int32)
        return firsts, self.stops[firsts]

    def columns(self) -> tuple[Longs, Ints, list[str], list[str]]:
        """First places of all names, ascending, and their ends, kinds and rules."""
        firsts = self.firsts()
        kinds: list[str] = np.array(KIND_NAMES, np.object_)[self.kinds[firsts]].tolist()
        rules: list[str] = np.array(list(self._rule_numbers), np.object_)[self._rules[firsts]].tolist()
        return firsts, self.stops[firsts], kinds, rules

    def found(self) -> list[Found]:
        """All names, ascending."""
        firsts, stops, kinds, rules = self.columns()
        return list(map(Found._make, zip(firsts.tolist(), stops.tolist(), kinds, rules, strict=True)))
