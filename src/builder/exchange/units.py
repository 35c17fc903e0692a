"""Offsets in UTF-16 code units, as Java and JavaScript count, and in code points, as the tables do."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

_FIRST_PAIR = "\U00010000"


class Utf16:
    """Converts places of one text; a place that is none, or inside a surrogate pair, is None."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._units = None if text.isascii() else [0, *accumulate(_widths(text))]

    def to_code_points(self, place: int) -> int | None:
        if self._units is None:
            return place if 0 <= place <= self._length else None
        found = bisect_left(self._units, place)
        return found if found < len(self._units) and self._units[found] == place else None

    def from_code_points(self, place: int) -> int:
        return place if self._units is None else self._units[place]


def _widths(text: str) -> Iterator[int]:
    return (2 if character >= _FIRST_PAIR else 1 for character in text)
