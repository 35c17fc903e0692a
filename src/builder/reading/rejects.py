"""The record of what has become no article."""

from typing import NamedTuple


class Reject(NamedTuple):
    """What a source holds that became no article, and why."""

    source: str
    place: str | None
    reason: str

    def __str__(self) -> str:
        return f"{self.source}, {self.place}: {self.reason}" if self.place else f"{self.source}: {self.reason}"


def unexpected(error: Exception) -> str:
    """The reason of a reject, where a reader raised what it should have told itself."""
    said = " ".join(str(error).split())[:200]
    return f"reading it failed, which is a fault of builder to be reported: {type(error).__name__}: {said}"
