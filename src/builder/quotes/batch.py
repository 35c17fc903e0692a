"""Several documents as one run of tokens, so that a question is asked of all of them at once."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from builder.document import Document
from builder.span import Span

Ints = npt.NDArray[np.int32]

PAD = 4
"""Empty tokens after each document: looking a little past a document, or before it, meets nothing of another."""

_Item = TypeVar("_Item")


class Batch:
    """Tokens of all documents, each followed by a line of ``PAD`` empty ones; ``starts`` and ``ends`` count in its text."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        sizes = np.array([len(document) + PAD for document in documents], np.int32)
        self.stops: list[int] = np.cumsum(sizes).tolist()
        self.firsts: list[int] = [0, *self.stops[:-1]]
        self.count = self.stops[-1]
        self.words = self._listed([document.words for document in documents], "")
        self.starts = self._listed([document.starts for document in documents], -1)
        self.ends = self._listed([document.ends for document in documents], -1)
        self._vocabulary = documents[0].vocabulary
        self._ids = self._joined([document.ids for document in documents])
        self._empty = np.add.outer(np.array(self.stops), np.arange(-PAD, 0)).ravel()
        self.line_starts = self._edges([document.line_starts for document in documents])
        self.sentence_starts = self._edges([document.sentence_starts for document in documents])
        starts = self._joined([document.start_array for document in documents], -1)
        ends = self._joined([document.end_array for document in documents], -2)
        self.touches = np.append(False, starts[1:] == ends[:-1])
        """Whether a token follows the one before it without white space."""

    def _listed(self, parts: list[list[_Item]], empty: _Item) -> list[_Item]:
        joined: list[_Item] = []
        for part in parts:
            joined += part
            joined += [empty] * PAD
        return joined

    def _joined(self, parts: list[Ints], padding: int = 0) -> Ints:
        empty = np.full(PAD, padding, np.int32)
        return np.concatenate([piece for part in parts for piece in (part, empty)])

    def _edges(self, parts: list[list[int]]) -> Ints:
        """Token numbers of all documents, the first empty token after each one, and the end of all."""
        moved = [[*part, len(document)] for part, document in zip(parts, self.documents, strict=True)]
        shifts = np.repeat(np.array(self.firsts, np.int32), [len(part) for part in moved])
        return np.append(np.array([token for part in moved for token in part], np.int32) + shifts, np.int32(self.count))

    def values(self, of: Callable[[str], int]) -> Ints:
        """``of(word)`` of every token, 0 for the empty ones."""
        if any(document.vocabulary is not self._vocabulary for document in self.documents):
            return self._joined([document.values(of) for document in self.documents])
        values = self._vocabulary.column(of).take(self._ids)
        values[self._empty] = 0
        return values

    def where(self, of: Callable[[str], int]) -> list[int]:
        found: list[int] = np.flatnonzero(self.values(of)).tolist()
        return found

    def space_before(self, token: int) -> bool:
        return not self.touches[token]

    def document_numbers(self, tokens: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        return np.searchsorted(np.array(self.stops), tokens, side="right")

    def documents_with(self, of: Callable[[str], int]) -> npt.NDArray[np.bool_]:
        """Which documents have a word for which ``of`` is not 0."""
        found = np.zeros(len(self.documents), np.bool_)
        found[self.document_numbers(np.flatnonzero(self.values(of)))] = True
        return found

    def document_of(self, token: int) -> int:
        return bisect_right(self.stops, token)

    def span(self, first: int, stop: int) -> Span:
        """Characters of the tokens ``[first, stop)`` of one document, in that document."""
        return Span(self.starts[first], self.ends[stop - 1])
