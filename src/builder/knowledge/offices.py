"""Common nouns for offices, occupations and descriptions of persons."""

from functools import cache, lru_cache
from typing import NamedTuple

from builder.knowledge.lexicon import rows


class Office(NamedTuple):
    """``relation`` of the holder to a body named with it; ``state`` where the holder speaks for a country named with it."""

    relation: str | None
    state: bool
    sex: str | None


@cache
def offices() -> dict[str, Office]:
    """By common noun in small letters."""
    return {
        row["office"]: Office(row["relation"] or None, row["state"] == "yes", row["sex"] or None) for row in rows("offices.tsv")
    }


@lru_cache(maxsize=1 << 14)
def is_office(word: str) -> bool:
    return word.lower() in offices()
