"""Whether the words around an expression speak of what is past or of what is to come."""

from functools import cache
from typing import Literal

from builder.document import Document
from builder.lexicon import rows

Tense = Literal["past", "future"]
REACH = 10
"""How many tokens on each side are asked."""

_MOST_KEPT = 1 << 16

_PAST, _PRESENT, _FUTURE, _PLAN, _AUXILIARY = range(1, 6)
_CODES = {"past": _PAST, "present": _PRESENT, "future": _FUTURE, "plan": _PLAN, "past auxiliary": _AUXILIARY}


@cache
def _words() -> dict[str, int]:
    return {word: _CODES[row["tense"]] for row in rows("date-tenses.tsv") for word in row["words"].split("|")}


class _TenseOf(dict[str, int]):
    """The code of a word's tense, 0 for a word that has none, remembered for those that were met."""

    def __missing__(self, word: str) -> int:
        lower = word.lower()
        tense = _words().get(lower, 0)
        if not tense and len(lower) > 4 and lower.endswith("ed"):
            tense = _PAST
        if len(self) < _MOST_KEPT:
            self[word] = tense
        return tense


_tense_of = _TenseOf()


class Tenses:
    """The tense of any place of a document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def at(self, first: int, stop: int) -> Tense | None:
        """The tense of the clause at tokens ``first`` to ``stop``: of the nearest word before that shows one, else after.

        A plan ("due to", "expires") is of the future unless an auxiliary of the past stands before it ("had been due to")
        or at once after ("until Friday it had").
        """
        words = self._document.words
        begin, end = self._document.sentence(first)
        before = [code for word in reversed(words[max(begin, first - REACH) : first]) if (code := _tense_of[word])]
        after = [code for word in words[stop : min(end, stop + REACH)] if (code := _tense_of[word])]
        return _read(before, _AUXILIARY in (*before, *after[:1])) or _read(after, False)

    def opens_sentence(self, i: int) -> bool:
        return self._document.sentence(i)[0] == i


def _read(codes: list[int], plan_is_past: bool) -> Tense | None:
    """The tense of the first of the words that show one."""
    nearest = codes[0] if codes else _PRESENT
    if nearest == _PRESENT:
        return None
    if nearest == _PLAN:
        return "past" if plan_is_past else "future"
    return "future" if nearest == _FUTURE else "past"
