"""Whether the words around an expression speak of what is past or of what is to come."""

from functools import cache
from itertools import pairwise
from typing import Literal

from builder.knowledge.lexicon import rows
from builder.text.document import Document

Tense = Literal["past", "future"]
REACH = 15
"""How many tokens on each side are asked."""

_MOST_KEPT = 1 << 16

_PAST, _PRESENT, _FUTURE, _PLAN, _AUXILIARY, _PASSIVE, _LIMIT = range(1, 8)
_SECOND = 8
_CODES = {
    "past": _PAST,
    "present": _PRESENT,
    "future": _FUTURE,
    "plan": _PLAN,
    "past auxiliary": _AUXILIARY,
    "passive auxiliary": _PASSIVE,
    "limit": _LIMIT,
}


_TENSES: dict[int, Tense | None] = {_PAST: "past", _AUXILIARY: "past", _PRESENT: None, _FUTURE: "future", _PLAN: "future"}
"""What a word says by itself."""


@cache
def _listed() -> dict[str, int]:
    """Words, and pairs of them joined by a space -> code."""
    tenses = [row for row in rows("date-tenses.tsv") if row["tense"] in _CODES]
    return {words: _CODES[row["tense"]] for row in tenses for words in row["words"].split("|")}


@cache
def _deferrals() -> frozenset[str]:
    """Words, and pairs of them, after which "until" names what is still to come."""
    return frozenset(words for row in rows("date-tenses.tsv") if row["tense"] == "deferral" for words in row["words"].split("|"))


@cache
def _pairs() -> dict[str, dict[str, int]]:
    """The second word of a pair -> the first -> code."""
    found: dict[str, dict[str, int]] = {}
    for words, code in _listed().items():
        first, _, second = words.partition(" ")
        if second:
            found.setdefault(second, {})[first] = code
    return found


class _TenseOf(dict[str, int]):
    """The code of a word's tense, 0 for a word that has none, remembered for those that were met.

    The second word of a pair has ``_SECOND`` besides.
    """

    def __missing__(self, word: str) -> int:
        lower = word.lower()
        tense = _listed().get(lower, 0)
        if not tense and len(lower) > 4 and lower.endswith("ed"):
            tense = _PAST
        elif tense == _FUTURE and word != lower:
            tense = 0
        if word in _pairs():
            tense |= _SECOND
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
        begin, end = self._clause(first)
        before = _shown(words[max(begin, first - REACH) : first])
        last = _tense_of[words[first - 1]] & ~_SECOND if first > begin else 0
        if last == _LIMIT:
            if words[first - 1].lower() != "by" and _is_deferred(words[max(begin, first - REACH) : first - 1]):
                return "future"
            before.append(_PLAN)
        elif last == _PLAN and words[first - 1].endswith("ed") and before[:-1][-1:] != [_AUXILIARY]:
            return "future"
        nearest = before[-1] if before else _PRESENT
        if nearest in (_PRESENT, _PLAN):
            after = _shown(words[stop : min(end, stop + REACH)])
            if nearest == _PLAN:
                return "past" if _AUXILIARY in before or after[:1] == [_AUXILIARY] else "future"
            nearest = after[0] if after else _PRESENT
        return _TENSES[nearest]

    def _clause(self, i: int) -> tuple[int, int]:
        """The part of the sentence that holds a token, as far as it is asked, between semicolons."""
        words = self._document.words
        begin, end = self._document.sentence(i)
        begin, end = max(begin, i - REACH), min(end, i + 2 * REACH)
        begin = next((k + 1 for k in range(i - 1, begin - 1, -1) if words[k] == ";"), begin)
        return begin, next((k for k in range(i, end) if words[k] == ";"), end)

    def opens_sentence(self, i: int) -> bool:
        return self._document.sentence(i)[0] == i


def _is_deferred(words: list[str]) -> bool:
    lower = [word.lower() for word in words]
    return not _deferrals().isdisjoint(lower) or not _deferrals().isdisjoint(map(" ".join, pairwise(lower)))


def _shown(words: list[str]) -> list[int]:
    """The tenses that words show, in their order; a participle after "be" shows none ("will be closed"), after "to be" a plan."""
    found: list[int] = []
    passive = False
    for at, word in enumerate(words):
        code = _tense_of[word]
        if code & _SECOND:
            code = _pairs()[word].get(words[at - 1] if at else "", code & ~_SECOND)
        is_passive = passive and code == _PAST
        if is_passive and words[at - 2 : at] == ["to", "be"]:
            found.append(_PLAN)
        elif code and not is_passive and code not in (_PASSIVE, _LIMIT):
            found.append(code)
        passive = code == _PASSIVE or (passive and word.endswith("ly"))
    return found
