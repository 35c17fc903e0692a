"""Several documents as one run of tokens, so that a question is asked of all of them at once."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from builder.extraction.quotes.words import Bools, Ints, packed_facts
from builder.knowledge.learned import lower_hashes
from builder.text.document import Document
from builder.text.span import Span

T = TypeVar("T", bound=np.generic)

PAD = 4
"""Empty tokens after each document: looking a little past a document, or before it, meets nothing of another."""
_OPENS = (True, False, False, False)
"""The first of them begins a line and a sentence."""


class Batch:
    """Tokens of documents of one vocabulary, each followed by ``PAD`` empty ones, which make a line of their own.

    ``starts`` and ``ends`` are offsets in the text of a token's document. What is looked up for a word is 0 for the empty tokens.
    """

    def __init__(self, documents: Sequence[Document], begins: Sequence[int] | None = None) -> None:
        """``begins``: where the report of each document begins; whatever stands there begins a sentence."""
        self.documents = documents
        self._sizes = np.array([len(document) + PAD for document in documents], np.int32)
        self.stops = np.cumsum(self._sizes, dtype=np.int32)
        self.firsts = self.stops - self._sizes
        self.count = int(self.stops[-1])
        self._empty = np.add.outer(self.stops, np.arange(-PAD, 0)).ravel()
        self._vocabulary = documents[0].vocabulary
        self._ids = self._padded([document.ids for document in documents], -1)
        numbers = self._ids.astype(np.intp)
        self.hashes = self._looked_up(lower_hashes, numbers)
        self.facts = self._looked_up(packed_facts, numbers)
        self.opens_line = self._padded([document.opens_line for document in documents], *_OPENS)
        self.opens_sentence = self._padded([document.opens_sentence for document in documents], *_OPENS)
        self.starts = self._padded([document.start_array for document in documents], -1)
        self.ends = self._padded([document.end_array for document in documents], -2)
        for document, first, begin in zip(documents, self.firsts.tolist(), begins or (), strict=False):
            self.opens_sentence[first + document.token_at(begin)] = True
        self.line_starts = self._starts(self.opens_line)
        self.sentence_starts = self._starts(self.opens_sentence)
        self.touches = ~self._padded([document.spaced for document in documents], True)
        """Whether a token follows the one before it without white space."""

    def _padded(self, parts: Sequence[npt.NDArray[T]], *padding: int) -> npt.NDArray[T]:
        """The parts one after the other, each followed by what holds of the empty tokens."""
        empty = np.empty(PAD, parts[0].dtype)
        empty[:] = padding
        return np.concatenate([piece for part in parts for piece in (part, empty)])

    def _starts(self, opens: Bools) -> Ints:
        """Numbers of the tokens, and the end of all."""
        return np.append(opens.nonzero()[0], self.count).astype(np.int32)

    def _looked_up(self, of: Callable[[list[str]], Ints], numbers: npt.NDArray[np.intp]) -> Ints:
        found = self._vocabulary.table(of).take(numbers)
        found[self._empty] = 0
        return found

    def word(self, token: int) -> str:
        """The word of a token, "" of an empty one."""
        number = self._ids[token]
        return self._vocabulary.words[number] if number >= 0 else ""

    def mask(self, tokens: npt.NDArray[np.integer]) -> Bools:
        mask = np.zeros(self.count, np.bool_)
        mask[tokens] = True
        return mask

    def spread(self, firsts: Ints, stops: Ints, values: npt.NDArray[T], outside: int) -> npt.NDArray[T]:
        """For tokens of ranges that ascend and are apart from each other the value of their range, for all others ``outside``."""
        bounds = np.stack([firsts, stops], axis=1).ravel()
        by_stretch = np.full(len(bounds) + 1, outside, values.dtype)
        by_stretch[1::2] = values
        return np.repeat(by_stretch, np.diff(bounds, prepend=0, append=self.count))

    def is_empty(self) -> Bools:
        return self.mask(self._empty)

    def document_numbers(self, tokens: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
        return np.searchsorted(self.stops, tokens, side="right")

    def documents_with(self, tokens: npt.NDArray[np.integer]) -> Bools:
        """Which documents hold one of the tokens."""
        found = np.zeros(len(self.documents), np.bool_)
        found[self.document_numbers(tokens)] = True
        return found

    def token_ranges(self, spans: Sequence[Sequence[Span]]) -> tuple[Ints, Ints]:
        """First tokens, and tokens after the last ones, of what stands at the spans of each document."""
        lengths = np.array([len(document.text) for document in self.documents])
        before = np.cumsum(lengths) - lengths
        ends = self.ends + np.repeat(before, self._sizes)
        ends[self._empty] = np.repeat(before + lengths, PAD)
        offsets = chain.from_iterable(chain.from_iterable(spans))
        flat = np.fromiter(offsets, np.int64).reshape(-1, 2)
        flat += np.repeat(before, [len(part) for part in spans])[:, None]
        firsts = np.searchsorted(ends, flat[:, 0], side="right")
        stops = np.searchsorted(ends, flat[:, 1] - 1, side="right") + 1
        return firsts.astype(np.int32), stops.astype(np.int32)
