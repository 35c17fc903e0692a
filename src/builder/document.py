"""Tokens, sentences and paragraphs of a text, made once and shared by every feature.

Words are kept twice: as strings for rules, and as numbers into a growing Vocabulary, so that a question about a word
("is it a cue verb?") is answered once for each distinct word and looked up for every token by one array access.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from functools import cache, cached_property
from itertools import pairwise, repeat
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from builder.lexicon import entries
from builder.span import Span

Ints = npt.NDArray[np.int32]
T = TypeVar("T", bound=np.generic)

_PIECE = re.compile(r"\s*+(?:\w{2,}+|(?:[^\W\d_]\.){2,}|\S)|\s++")
"""Partitions any text, each token with the white space before it: words, dotted initials ("U.S."), single characters."""

MAX_DISTINCT_WORDS = 1 << 20


def words_of(text: str) -> list[str]:
    """The words that a Document of the text has, without making one."""
    return [piece.lstrip() for piece in _PIECE.findall(text.rstrip())]


class Vocabulary:
    """Numbers for distinct words, and columns of values computed once for each of them."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}
        self._pieces = _Pieces(self.words, self._numbers)
        self._columns: dict[Callable[[str], int], tuple[int, Ints]] = {}
        self._flags: dict[Callable[[str], int], tuple[int, npt.NDArray[np.bool_]]] = {}
        self._tables: dict[Callable[[list[str]], Any], tuple[int, npt.NDArray[Any]]] = {}

    def encode(self, pieces: list[str]) -> npt.NDArray[np.int64]:
        """Packed numbers of pieces; see :class:`_Pieces`."""
        return np.fromiter(map(self._pieces.__getitem__, pieces), np.int64, len(pieces))

    def decode(self, ids: Ints) -> list[str]:
        found: list[str] = self.table(_strings)[ids].tolist()
        return found

    def numbers(self, words: Collection[str]) -> Ints:
        """Their numbers, -1 for a word that has none."""
        return np.fromiter(map(self._numbers.get, words, repeat(-1)), np.int32, len(words))

    def column(self, of: Callable[[str], int]) -> Ints:
        """``of(word)`` by word number, for at least every word known so far; ``of`` must be a pure module-level function."""
        have, values = self._columns.get(of, (0, _NO_VALUES))
        need = len(self.words)
        if have < need:
            if len(values) < need:
                values = np.concatenate([values, np.zeros(max(need, 1024), np.int32)])
            values[have:need] = [of(word) for word in self.words[have:]]
            self._columns[of] = need, values
        return values

    def flags(self, of: Callable[[str], int]) -> npt.NDArray[np.bool_]:
        """Whether ``column(of)`` is not 0: quicker to look tokens up in."""
        have, found = self._flags.get(of, (0, _NO_FLAGS))
        need = len(self.words)
        if have < need:
            column = self.column(of)
            if len(found) < len(column):
                found = np.concatenate([found, np.zeros(len(column) - len(found), np.bool_)])
            found[have:need] = column[have:need] != 0
            self._flags[of] = need, found
        return found

    def table(self, of: Callable[[list[str]], npt.NDArray[T]]) -> npt.NDArray[T]:
        """Rows by word number, one for every word known so far; ``of`` makes those of a list, each from its word alone."""
        have, rows = self._tables.get(of, (0, None))
        need = len(self.words)
        if rows is None or have < need:
            new = of(self.words[have:])
            if rows is None:
                rows = new
            elif len(rows) < need:
                rows = np.concatenate([rows[:have], new, np.zeros((need, *new.shape[1:]), new.dtype)])
            rows[have:need] = new
            self._tables[of] = need, rows
        return rows[:need]


class _Pieces(dict[str, int]):
    """Piece -> ``word number << 32 | characters of white space before it << 1 | line feed among them``."""

    def __init__(self, words: list[str], numbers: dict[str, int]) -> None:
        self._words = words
        self._numbers = numbers

    def __missing__(self, piece: str) -> int:
        word = piece.lstrip()
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._words)
            self._words.append(word)
        gap = len(piece) - len(word)
        packed = number << 32 | gap << 1
        if gap and "\n" in piece:
            packed |= 1
        if gap < 4:
            self[piece] = packed
        return packed


def _strings(words: list[str]) -> npt.NDArray[np.object_]:
    return np.array(words, np.object_)


_NO_VALUES = np.empty(0, np.int32)
_NO_FLAGS = np.empty(0, np.bool_)
_shared = Vocabulary()


def _current_vocabulary() -> Vocabulary:
    """The process-wide vocabulary, replaced when it is full so that memory stays bounded."""
    global _shared
    if len(_shared.words) > MAX_DISTINCT_WORDS:
        _shared = Vocabulary()
    return _shared


class Document:
    """A tokenised text. Token ``i`` is ``words[i] == text[starts[i]:ends[i]]``; white space is not a token."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.vocabulary = _current_vocabulary()
        pieces = _PIECE.findall(text)
        if pieces and pieces[-1].isspace():
            pieces.pop()
        packed = self.vocabulary.encode(pieces)
        self._numbers = packed >> 32
        self.ids: Ints = self._numbers.astype(np.int32)
        self._gaps: Ints = packed.astype(np.int32)
        """Of the white space before each token, the length twice, and one more if it holds a line feed."""
        lengths = self.values(len)
        self.words: list[str] = self.vocabulary.decode(self.ids)
        self.end_array: Ints = np.cumsum(lengths + (self._gaps >> 1), dtype=np.int32)
        self.start_array: Ints = self.end_array - lengths
        self.starts: list[int] = self.start_array.tolist()
        self.ends: list[int] = self.end_array.tolist()

    def __len__(self) -> int:
        return len(self.words)

    def values(self, of: Callable[[str], int]) -> Ints:
        """``of(word)`` of every token, computed once for each distinct word."""
        return self.vocabulary.column(of).take(self._numbers)

    def where(self, of: Callable[[str], int]) -> list[int]:
        """Indexes of the tokens for whose word ``of`` is not 0."""
        found: list[int] = self.vocabulary.flags(of).take(self._numbers).nonzero()[0].tolist()
        return found

    def span(self, first: int, stop: int) -> Span:
        """Characters of tokens ``first`` to ``stop - 1``."""
        return Span(self.starts[first], self.ends[stop - 1])

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after ``offset``; ``len(self)`` past the last one."""
        return bisect_right(self.ends, offset)

    def space_before(self, i: int) -> bool:
        return i == 0 or self.starts[i] > self.ends[i - 1]

    @cached_property
    def padded(self) -> list[str]:
        """``words`` and two empty ones, so that the neighbours of any token can be asked for, also by index -1 and -2."""
        return [*self.words, "", ""]

    @cached_property
    def line_starts(self) -> list[int]:
        """Indexes of the tokens that begin a line; a line is what stands between line feeds."""
        opens = self._gaps & 1
        opens[:1] = 1
        found: list[int] = opens.nonzero()[0].tolist()
        return found

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Indexes of the tokens that begin a sentence; a line feed always ends one. Ascending, first is 0."""
        find_sentences([self])
        return self.sentence_starts

    def sentence(self, i: int) -> tuple[int, int]:
        """Token range ``(first, stop)`` of the sentence that holds token ``i``."""
        starts = self.sentence_starts
        k = bisect_right(starts, i)
        return starts[k - 1], starts[k] if k < len(starts) else len(self.words)


def find_sentences(documents: Sequence[Document]) -> None:
    """Sets the sentence starts of documents that share a vocabulary, which is quicker than asking one by one."""
    firsts = np.cumsum([0, *map(len, documents)])
    gaps = np.concatenate([document._gaps for document in documents])
    signs = documents[0].vocabulary.column(_sentence_sign)[np.concatenate([document.ids for document in documents])]
    spaced, starts = gaps > 1, gaps & 1 != 0
    starts[firsts[:-1][np.diff(firsts) > 0]] = True
    after_short = np.append(False, signs[:-1] & _ABBREVIATED != 0)[: len(signs)] & ~starts
    ends = ((signs & _ENDS != 0) & ~((signs & _STOP != 0) & after_short & ~spaced)).nonzero()[0]
    beyond = (starts | (signs & _MARK == 0) & (spaced | (signs & _CLOSER == 0))).nonzero()[0]
    next_beyond = beyond.searchsorted(ends + 1)
    ends = ends[: next_beyond.searchsorted(len(beyond))]
    openers = beyond[next_beyond[: len(ends)]]
    opens = spaced[openers] & (signs[openers] & _LOWER == 0) & ((signs[ends] & _LONG == 0) | (signs[openers] & _OPENS != 0))
    starts[openers[opens]] = True
    places = starts.nonzero()[0]
    for document, first, (begin, end) in zip(
        documents, firsts.tolist(), pairwise(places.searchsorted(firsts).tolist()), strict=False
    ):
        document.sentence_starts = (places[begin:end] - first).tolist()


_ENDS, _LONG, _STOP, _MARK, _CLOSER, _ABBREVIATED, _LOWER, _OPENS = (1 << k for k in range(8))
"""Of words: ends a sentence; is more than a mark ("U.S."); a full stop; one of .!?; may close what the sentence opened; stands
with a full stop of its own, as an initial does; is in lower case; opens a sentence even after "U.S."."""


def _sentence_sign(word: str) -> int:
    """What the word does at the end of a sentence or after it."""
    sign = _fixed_signs().get(word, 0)
    if word[0].islower():
        sign |= _LOWER
    elif word.lower() in entries("sentence-openers.txt"):
        sign |= _OPENS
    if len(word) == 1:
        return sign | _ABBREVIATED if word.isupper() and word != "I" else sign
    return sign | _ENDS | _LONG if word[-1] == "." and word[1] == "." and len(word) > 2 else sign


@cache
def _fixed_signs() -> dict[str, int]:
    signs = dict.fromkeys(entries("abbreviations.txt"), _ABBREVIATED)
    signs |= {".": _ENDS | _STOP | _MARK, "!": _ENDS | _MARK, "?": _ENDS | _MARK, "…": _ENDS}
    signs |= dict.fromkeys("\"'”’»)]", _CLOSER)
    return signs | {'"': _OPENS | _CLOSER, "'": _OPENS | _CLOSER, "“": _OPENS, "‘": _OPENS}
