"""Names over the places of a grid."""

from typing import NamedTuple

import numpy as np

from builder.names.candidates import Bools, Grid


class Found(NamedTuple):
    """A name over the places ``[first, stop)`` of a grid."""

    first: int
    stop: int
    kind: str
    rule: str


class Names:
    """Names of a grid, apart from each other."""

    def __init__(self, grid: Grid) -> None:
        self._by_first: dict[int, Found] = {}
        self._taken = bytearray(len(grid.ids))

    def add(self, first: int, stop: int, kind: str, rule: str) -> None:
        """Adds the name unless one of its words is part of another."""
        if 1 not in self._taken[first:stop]:
            self._taken[first:stop] = b"\1" * (stop - first)
            self._by_first[first] = Found(first, stop, kind, rule)

    def make(self, first: int, stop: int, kind: str, rule: str) -> None:
        """Gives the kind to the name that stands there, or adds one; a name that already has the kind is left alone."""
        there = self._by_first.get(first)
        if there is None:
            self.add(first, stop, kind, rule)
        elif there.stop == stop and there.kind != kind:
            self._by_first[first] = Found(first, stop, kind, rule)

    def replace(self, first: int, stop: int, kind: str, rule: str) -> None:
        """Puts the name in the place of all names that begin within it; none may reach beyond it."""
        for inside in range(first, stop):
            self._by_first.pop(inside, None)
        self._taken[first:stop] = b"\1" * (stop - first)
        self._by_first[first] = Found(first, stop, kind, rule)

    def remove(self, name: Found) -> None:
        """Lets the words of a name go."""
        del self._by_first[name.first]
        self._taken[name.first : name.stop] = bytes(name.stop - name.first)

    def at(self, place: int) -> Found | None:
        """The name that begins at a place."""
        return self._by_first.get(place)

    def is_taken(self, place: int) -> bool:
        return self._taken[place] != 0

    def found(self) -> list[Found]:
        """All names so far, in no order."""
        return list(self._by_first.values())

    def free(self) -> Bools:
        """Places that are part of no name."""
        return ~np.frombuffer(bytes(self._taken), np.bool_)
