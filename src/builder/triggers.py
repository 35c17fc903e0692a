"""Trigger words: the words that a rule starts from, found in one look over all documents for all rules together."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise, repeat
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from builder.document import Document

Places = dict["Trigger", list[int]]
"""Indexes of the tokens of a document that are words of each trigger, ascending."""


class Trigger:
    """Where the words of one rule stand. Made once, when the rule's module is imported."""

    def __init__(self, words: Callable[[], Iterable[str]]) -> None:
        self._words = words
        _triggers.append(self)
        _marks.cache_clear()
        _found.clear()

    def places(self, document: Document) -> list[int]:
        """Indexes of the tokens, ascending."""
        found = _found.get(document)
        if found is None:
            (found,) = find_triggers([document])
        return found[self]

    def words(self) -> frozenset[str]:
        return frozenset(self._words())


def in_any_case(words: Iterable[str]) -> set[str]:
    """Words in small letters, also as they stand in a title and in capitals."""
    return {written for word in words for written in (word, word.capitalize(), word.upper())}


def find_triggers(documents: Sequence[Document]) -> list[Places]:
    """The places in each document, which they are then known by; quicker than asking one by one."""
    if not documents:
        return []
    stops = np.cumsum([len(document) for document in documents])
    marks = np.concatenate([document.vocabulary.table(_marks())[document.ids] for document in documents])
    tokens = marks.nonzero()[0]
    marks, numbers = marks[tokens], stops.searchsorted(tokens, side="right")
    tokens -= np.append(0, stops)[numbers]
    found: list[Places] = [{} for _ in documents]
    for k, trigger in enumerate(_triggers):
        own = (marks >> k & 1).nonzero()[0]
        places = tokens[own].tolist()
        bounds = numbers[own].searchsorted(np.arange(len(documents) + 1)).tolist()
        for in_document, (first, stop) in zip(found, pairwise(bounds), strict=True):
            in_document[trigger] = places[first:stop]
    _found.update(zip(documents, found, strict=True))
    return found


_triggers: list[Trigger] = []
_found: WeakKeyDictionary[Document, Places] = WeakKeyDictionary()


@cache
def _marks() -> Callable[[list[str]], npt.NDArray[np.int64]]:
    """Of words, a bit for each trigger that they belong to."""
    bits: dict[str, int] = {}
    for k, trigger in enumerate(_triggers):
        for word in trigger.words():
            bits[word] = bits.get(word, 0) | 1 << k
    return lambda words: np.fromiter(map(bits.get, words, repeat(0)), np.int64, len(words))
