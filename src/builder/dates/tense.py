"""Whether the words around an expression speak of what is past or of what is to come."""

from functools import cache
from typing import Literal

from builder.document import Document
from builder.lexicon import rows

Tense = Literal["past", "future"]
REACH = 10
"""How many tokens on each side are asked."""


@cache
def _words() -> dict[str, int]:
    value = {"past": -1, "present": 2, "future": 1}
    return {word: value[row["tense"]] for row in rows("date-tenses.tsv") for word in row["words"].split("|")}


def tense_of(word: str) -> int:
    """-1 for a word of the past, 1 for one of the future, 2 for the present, 0 for a word that says neither."""
    lower = word.lower()
    known = _words().get(lower, 0)
    return -1 if not known and len(lower) > 4 and lower.endswith("ed") else known


def tense_at(document: Document, first: int, stop: int) -> Tense | None:
    """The tense of the nearest word that has one, in the same sentence: first those before tokens ``first`` to ``stop``, then after."""
    begin, end = document.sentence(first)
    words = document.words
    before = range(first - 1, max(begin, first - REACH) - 1, -1)
    after = range(stop, min(end, stop + REACH))
    for positions in (before, after):
        for i in positions:
            tense = tense_of(words[i])
            if tense in (-1, 1):
                return "past" if tense < 0 else "future"
            if tense == 2:
                break
    return None
