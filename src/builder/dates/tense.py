"""Whether the words around an expression speak of what is past or of what is to come."""

from bisect import bisect_right
from functools import cache
from typing import Literal

from builder.document import Document
from builder.lexicon import rows

Tense = Literal["past", "future"]
REACH = 10
"""How many tokens on each side are asked."""

_PAST, _PRESENT, _FUTURE, _PLAN, _AUXILIARY = range(1, 6)
_CODES = {"past": _PAST, "present": _PRESENT, "future": _FUTURE, "plan": _PLAN, "past auxiliary": _AUXILIARY}


@cache
def _words() -> dict[str, int]:
    return {word: _CODES[row["tense"]] for row in rows("date-tenses.tsv") for word in row["words"].split("|")}


def tense_of(word: str) -> int:
    """The code of a word's tense; 0 for a word that has none."""
    lower = word.lower()
    known = _words().get(lower, 0)
    return _PAST if not known and len(lower) > 4 and lower.endswith("ed") else known


class Tenses:
    """The tense of any place of a document."""

    def __init__(self, document: Document) -> None:
        self._codes: list[int] = document.values(tense_of).tolist()
        self._sentences = document.sentence_starts

    def at(self, first: int, stop: int) -> Tense | None:
        """The tense of the clause at tokens ``first`` to ``stop``: of the nearest word before that shows one, else after.

        A plan ("due to", "expires") is of the future unless an auxiliary of the past stands before it ("had been due to")
        or at once after ("until Friday it had").
        """
        k = bisect_right(self._sentences, first)
        begin = max(self._sentences[k - 1], first - REACH)
        end = min(self._sentences[k] if k < len(self._sentences) else len(self._codes), stop + REACH)
        before = [code for code in reversed(self._codes[begin:first]) if code]
        after = [code for code in self._codes[stop:end] if code]
        return _read(before, _AUXILIARY in (*before, *after[:1])) or _read(after, False)

    def opens_sentence(self, i: int) -> bool:
        return self._sentences[bisect_right(self._sentences, i) - 1] == i


def _read(codes: list[int], plan_is_past: bool) -> Tense | None:
    """The tense of the first of the words that show one."""
    nearest = codes[0] if codes else _PRESENT
    if nearest == _PRESENT:
        return None
    if nearest == _PLAN:
        return "past" if plan_is_past else "future"
    return "future" if nearest == _FUTURE else "past"
