"""The tables of articles by name, and the record of what has come into none of them."""

from typing import NamedTuple

ARTICLE_TABLES = ("articles", "participants", "agencies", "affiliations", "quotes", "dates", "mentions")
"""In the order in which they are published."""


class Reject(NamedTuple):
    """What a source holds that became no article, and why."""

    source: str
    place: str | None
    reason: str

    def __str__(self) -> str:
        return f"{self.source}, {self.place}: {self.reason}" if self.place else f"{self.source}: {self.reason}"
