"""Tokens of one sort among those of a batch: how many stand before a token, which is next to it, and where a run of them ends."""

from functools import cached_property
from typing import NamedTuple

import numpy as np

from builder.extraction.quotes.batch import PAD
from builder.extraction.quotes.ranking import Places
from builder.extraction.quotes.words import Bools, Ints
from builder.knowledge.learned import Integers


class TokenRanges(NamedTuple):
    """Ranges ``[first, stop)``; -1 and -1 where there is none."""

    first: Ints
    stop: Ints

    def where(self, mask: Bools) -> "TokenRanges":
        return TokenRanges(np.where(mask, self.first, -1), np.where(mask, self.stop, -1))


class Landmarks:
    """The tokens of a mask."""

    def __init__(self, mask: Bools) -> None:
        self._mask = mask
        self._before = np.empty(len(mask), np.int32)
        self._before[0] = 0
        np.cumsum(mask[:-1], out=self._before[1:])

    @cached_property
    def _padded(self) -> Ints:
        """The tokens between what stands for none before them and none after them."""
        return np.concatenate([[-1], self._mask.nonzero()[0], [len(self._mask) - PAD]]).astype(np.int32)

    @property
    def tokens(self) -> Ints:
        return self._padded[1:-1]

    def before(self, at: Integers) -> Ints:
        """How many there are before each token."""
        return self._before.take(at)

    def between(self, first: Integers, stop: Integers) -> Ints:
        """How many there are from each ``first`` on and before its ``stop``; negative the other way round."""
        return self._before.take(stop) - self._before.take(first)

    def next(self, at: Integers) -> Ints:
        """The first one at or after each token; where there is none, the empty token after the last document."""
        return self._padded[1:].take(self._before.take(at))

    def last(self, at: Integers) -> Ints:
        """The last one before each token, -1 where there is none."""
        return self._padded.take(self._before.take(at))


class TokenRuns:
    """Runs of tokens in a mask, to step out of; the last token of a batch, an empty one, is in no mask."""

    def __init__(self, mask: Bools) -> None:
        bounds = (np.append(False, mask[:-1]) != mask).nonzero()[0].astype(np.int32)
        self._firsts = np.append(np.int32(-1), bounds[::2])
        self._stops = np.append(np.int32(-1), bounds[1::2])

    def after(self, tokens: Ints) -> Ints:
        """The first token outside the mask at or after each token."""
        after: Ints = np.maximum(self._stops.take(self._at(tokens)), tokens)
        return after

    def before(self, tokens: Ints) -> Ints:
        """The last token outside the mask at or before each token."""
        at = self._at(tokens)
        return np.where(self._stops.take(at) > tokens, self._firsts.take(at) - 1, tokens)

    def _at(self, tokens: Ints) -> Places:
        """The last run that begins at or before each token."""
        return np.searchsorted(self._firsts, tokens, side="right") - 1
