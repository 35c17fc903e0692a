"""The record of what has become no article."""

from typing import NamedTuple


class Reject(NamedTuple):
    """What a source holds that became no article, and why."""

    source: str
    place: str | None
    reason: str

    def __str__(self) -> str:
        return f"{self.source}, {self.place}: {self.reason}" if self.place else f"{self.source}: {self.reason}"
