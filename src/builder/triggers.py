"""Trigger words: the words that a rule starts from, found in one look over a document for all rules together."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from weakref import WeakKeyDictionary

from builder.document import Document


class Trigger:
    """Where the words of one rule stand. Made once, when the rule's module is imported."""

    def __init__(self, words: Callable[[], Iterable[str]]) -> None:
        self._words = words
        _triggers.append(self)
        _by_word.cache_clear()
        _found.clear()

    def places(self, document: Document) -> list[int]:
        """Indexes of the tokens, ascending."""
        found = _found.get(document)
        if found is None:
            found = _found[document] = _find(document)
        return found[self]

    def words(self) -> frozenset[str]:
        return frozenset(self._words())


def in_any_case(words: Iterable[str]) -> set[str]:
    """Words in small letters, also as they stand in a title and in capitals."""
    return {written for word in words for written in (word, word.capitalize(), word.upper())}


_triggers: list[Trigger] = []
_found: WeakKeyDictionary[Document, defaultdict[Trigger, list[int]]] = WeakKeyDictionary()


@cache
def _by_word() -> dict[str, list[Trigger]]:
    by_word: dict[str, list[Trigger]] = {}
    for trigger in _triggers:
        for word in trigger.words():
            by_word.setdefault(word, []).append(trigger)
    return by_word


def _find(document: Document) -> defaultdict[Trigger, list[int]]:
    words, by_word = document.words, _by_word()
    found: defaultdict[Trigger, list[int]] = defaultdict(list)
    for i in document.where(by_word.__contains__):
        for trigger in by_word[words[i]]:
            found[trigger].append(i)
    return found
