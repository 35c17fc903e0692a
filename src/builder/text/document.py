"""Tokens, sentences and paragraphs of texts, made once and shared by every feature.

Words are kept twice: as strings for rules, and as numbers into a growing Vocabulary, so that a question about a word
("is it a cue verb?") is answered once for each distinct word and looked up for every token by one array access.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np

from builder.text.span import Span
from builder.text.tokens import COMBINING, Flags, Places, find_tokens
from builder.text.vocabulary import MAX_DISTINCT_WORDS, Ints, Vocabulary
from builder.text.word_list import entries

__all__ = ["Document", "Vocabulary", "abbreviations", "documents_of", "sentence_openers", "words_of"]

_PIECE = re.compile(rf"\s*+(?:[\w{COMBINING}]{{2,}}+|(?:[^\W\d_]\.){{2,}}|\S)")
"""A token as :func:`find_tokens` finds it, with the white space before it."""

_shared = Vocabulary()


def words_of(text: str) -> list[str]:
    """The words that a Document of the text has, without making one."""
    if text.replace(" ", "").isalnum():
        return text.split()
    return [piece.lstrip() for piece in _PIECE.findall(text.rstrip())]


def _current_vocabulary() -> Vocabulary:
    """The process-wide vocabulary, replaced when it is full so that memory stays bounded."""
    global _shared
    if len(_shared.words) > MAX_DISTINCT_WORDS:
        _shared = Vocabulary()
    return _shared


class _Batch:
    """The tokens of several texts, one after the other; offsets count in the text of each."""

    def __init__(self, texts: Sequence[str]) -> None:
        tokens = find_tokens(texts)
        self.vocabulary = _current_vocabulary()
        self.ids = self.vocabulary.encode(tokens)
        self.numbers: Places = self.ids.astype(np.intp)
        self.words = self.vocabulary.decode(self.numbers)
        before = np.repeat(tokens.texts, np.diff(tokens.firsts))
        self.starts: Ints = (tokens.starts - before).astype(np.int32)
        self.ends: Ints = (tokens.ends - before).astype(np.int32)
        self.firsts: list[int] = tokens.firsts.tolist()
        self.spaced = tokens.spaced
        self.opens_line = tokens.opens_line

    @cached_property
    def line_starts(self) -> list[list[int]]:
        return self._by_text(self.opens_line)

    @cached_property
    def sentence_starts(self) -> list[list[int]]:
        return self._by_text(self.opens_sentence)

    def _by_text(self, marked: Flags) -> list[list[int]]:
        """The marked tokens of each text, counted from its first."""
        places = marked.nonzero()[0]
        bounds = places.searchsorted(self.firsts)
        found: list[int] = (places - np.repeat(self.firsts[:-1], np.diff(bounds))).tolist()
        return [found[begin:end] for begin, end in pairwise(bounds.tolist())]

    @cached_property
    def opens_sentence(self) -> Flags:
        signs = self.vocabulary.column(_sentence_sign).take(self.numbers)
        spaced, starts = self.spaced, self.opens_line.copy()
        after_short = np.append(False, signs[:-1] & _ABBREVIATED != 0)[: len(signs)] & ~starts
        ends = ((signs & _ENDS != 0) & ~((signs & _STOP != 0) & after_short & ~spaced)).nonzero()[0]
        beyond = (starts | (signs & _MARK == 0) & (spaced | (signs & _CLOSER == 0))).nonzero()[0]
        next_beyond = beyond.searchsorted(ends + 1)
        ends = ends[: next_beyond.searchsorted(len(beyond))]
        openers = beyond[next_beyond[: len(ends)]]
        opens = spaced[openers] & (signs[openers] & _LOWER == 0) & ((signs[ends] & _LONG == 0) | (signs[openers] & _OPENS != 0))
        starts[openers[opens]] = True
        return starts


class Document:
    """A tokenised text. Token ``i`` is ``words[i] == text[starts[i]:ends[i]]``; white space is not a token."""

    def __init__(self, text: str, batch: _Batch | None = None, number: int = 0) -> None:
        self.text = text
        self._batch = batch or _Batch([text])
        self._number = number
        self.vocabulary = self._batch.vocabulary
        tokens = self._tokens = slice(*self._batch.firsts[number : number + 2])
        self._numbers = self._batch.numbers[tokens]
        self.ids: Ints = self._batch.ids[tokens]
        self.words: list[str] = self._batch.words[tokens].tolist()
        self.start_array: Ints = self._batch.starts[tokens]
        self.end_array: Ints = self._batch.ends[tokens]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def starts(self) -> Sequence[int]:
        return array("i", self.start_array.tobytes())

    @cached_property
    def ends(self) -> Sequence[int]:
        return array("i", self.end_array.tobytes())

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

    @property
    def spaced(self) -> Flags:
        """Whether each token has white space before it, or nothing."""
        return self._batch.spaced[self._tokens]

    @property
    def opens_line(self) -> Flags:
        """Whether each token is one of ``line_starts``."""
        return self._batch.opens_line[self._tokens]

    @property
    def opens_sentence(self) -> Flags:
        """Whether each token is one of ``sentence_starts``."""
        return self._batch.opens_sentence[self._tokens]

    @property
    def line_starts(self) -> list[int]:
        """Indexes of the tokens that begin a line; a line is what stands between line feeds."""
        return self._batch.line_starts[self._number]

    @property
    def sentence_starts(self) -> list[int]:
        """Indexes of the tokens that begin a sentence; a line feed always ends one. Ascending, first is 0."""
        return self._batch.sentence_starts[self._number]

    def sentence(self, i: int) -> tuple[int, int]:
        """Token range ``(first, stop)`` of the sentence that holds token ``i``."""
        starts = self.sentence_starts
        k = bisect_right(starts, i)
        return starts[k - 1], starts[k] if k < len(starts) else len(self.words)


def documents_of(texts: Sequence[str]) -> list[Document]:
    """Documents that share a vocabulary, which is quicker than making them one by one."""
    batch = _Batch(texts)
    return [Document(text, batch, number) for number, text in enumerate(texts)]


_ENDS, _LONG, _STOP, _MARK, _CLOSER, _ABBREVIATED, _LOWER, _OPENS = (1 << k for k in range(8))
"""Of words: ends a sentence; is more than a mark ("U.S."); a full stop; one of .!?; may close what the sentence opened; stands
with a full stop of its own, as an initial does; is in lower case; opens a sentence even after "U.S."."""


def _sentence_sign(word: str) -> int:
    """What the word does at the end of a sentence or after it."""
    sign = _fixed_signs().get(word, 0)
    if word[0].islower():
        sign |= _LOWER
    elif word.lower() in sentence_openers():
        sign |= _OPENS
    if len(word) == 1:
        return sign | _ABBREVIATED if word.isupper() and word != "I" else sign
    return sign | _ENDS | _LONG if word[-1] == "." and word[1] == "." and len(word) > 2 else sign


@cache
def sentence_openers() -> frozenset[str]:
    """Words in small letters that open a sentence even after "U.S."."""
    return entries(Path(__file__).with_name("sentence-openers.txt"))


@cache
def abbreviations() -> frozenset[str]:
    """Words that a full stop ends without ending the sentence."""
    return entries(Path(__file__).with_name("abbreviations.txt"))


@cache
def _fixed_signs() -> dict[str, int]:
    signs = dict.fromkeys(abbreviations(), _ABBREVIATED)
    signs |= {".": _ENDS | _STOP | _MARK, "!": _ENDS | _MARK, "?": _ENDS | _MARK, "…": _ENDS}
    signs |= dict.fromkeys("\"'”’»)]", _CLOSER)
    return signs | {'"': _OPENS | _CLOSER, "'": _OPENS | _CLOSER, "“": _OPENS, "‘": _OPENS}
