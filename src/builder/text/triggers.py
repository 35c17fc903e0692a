"""Trigger words: the words that a rule starts from, found in one look over all documents for all rules together."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import repeat
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from builder.text.document import Document


class Trigger:
    """Where the words of one rule stand. Made once, when the rule's module is imported."""

    def __init__(self, words: Callable[[], Iterable[str]]) -> None:
        self._words = words
        _triggers.append(self)
        _marks.cache_clear()
        _places.clear()

    def places(self, document: Document) -> list[int]:
        """Indexes of the tokens, ascending."""
        places = _places.get(document)
        if places is None:
            (places,) = find_triggers([document])
        return places.of(self)

    def words(self) -> frozenset[str]:
        return frozenset(self._words())


def in_any_case(words: Iterable[str]) -> set[str]:
    """Words in small letters, also as they stand in a title and in capitals."""
    return {written for word in words for written in (word, word.capitalize(), word.upper())}


class _Found(NamedTuple):
    """Tokens of a trigger in all documents, each counted from its document's first; ``bounds`` part those of the documents."""

    tokens: list[int]
    bounds: list[int]


class Places:
    """Where the words of each trigger stand in one document."""

    def __init__(self, found: dict[Trigger, _Found], number: int) -> None:
        self._found = found
        self._number = number

    def of(self, trigger: Trigger) -> list[int]:
        """Indexes of the tokens, ascending."""
        tokens, bounds = self._found[trigger]
        return tokens[bounds[self._number] : bounds[self._number + 1]]


def find_triggers(documents: Sequence[Document]) -> list[Places]:
    """The places in each of documents that share a vocabulary; quicker than :meth:`Trigger.places`, which then tells the same."""
    if not documents:
        return []
    firsts = np.cumsum([0, *map(len, documents)])
    marks = documents[0].vocabulary.table(_marks()).take(np.concatenate([document.ids for document in documents]))
    tokens = marks.nonzero()[0]
    marks, numbers = marks[tokens], firsts[1:].searchsorted(tokens, side="right")
    tokens -= firsts[numbers]
    found = {}
    for k, trigger in enumerate(_triggers):
        own = (marks >> k & 1).nonzero()[0]
        bounds = numbers[own].searchsorted(np.arange(len(documents) + 1))
        found[trigger] = _Found(tokens[own].tolist(), bounds.tolist())
    places = [Places(found, number) for number in range(len(documents))]
    _places.update(zip(documents, places, strict=True))
    return places


_triggers: list[Trigger] = []
_places: WeakKeyDictionary[Document, Places] = WeakKeyDictionary()


@cache
def _marks() -> Callable[[list[str]], npt.NDArray[np.int32]]:
    """Of words, a bit for each trigger that they belong to."""
    bits: dict[str, int] = {}
    for k, trigger in enumerate(_triggers):
        for word in trigger.words():
            bits[word] = bits.get(word, 0) | 1 << k
    return lambda words: np.fromiter(map(bits.get, words, repeat(0)), np.int32, len(words))
