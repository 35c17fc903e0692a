"""Half-open offsets in Unicode code points of an article's text."""

from typing import NamedTuple


class Span(NamedTuple):
    """``text[start:end]``; 0-based, end-exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end
