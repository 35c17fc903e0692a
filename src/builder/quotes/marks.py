"""Quotation marks, and the passages that stand between them."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.quotes.batch import Batch
from builder.quotes.words import CLOSING, OPENING, SINGLE_MARK, STRAIGHT, Bools, Ints, WordClass, classes_of

_OPENS_AFTER = frozenset("([{—–-/:…")
_CLOSES_BEFORE = frozenset(".,;:!?)]}…—–")


class Passages(NamedTuple):
    """Stretches between two marks in ascending order, none inside another.

    A passage holds the tokens between its opening ``mark`` and ``stop``, where the closing mark stands if it is ``closed``;
    an unclosed one ends with its line.
    """

    mark: Ints
    stop: Ints
    closed: Bools

    @property
    def first(self) -> Ints:
        return self.mark + 1


def find_passages(batch: Batch) -> Passages:
    """A line feed ends every passage, so a mark left open costs its line at most.

    Single marks count where a document has no double ones. Two apostrophes in a row are no mark: see the codebook.
    """
    double = np.flatnonzero(classes_of(batch.facts) == WordClass.MARK)
    marks = np.sort(np.append(double, _single_marks(batch, double)))
    found = np.array(list(_pairs(_marks(batch, marks))), np.int32).reshape(-1, 3)
    return Passages(found[:, 0], found[:, 1], found[:, 2] != 0)


def _single_marks(batch: Batch, double: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Single marks that are no apostrophes, of the documents in which they take the place of double ones."""
    others = batch.documents_with(double)
    if others.all():
        return double[:0]
    is_single = batch.facts & SINGLE_MARK != 0
    repeated = is_single & batch.touches & np.roll(is_single, 1)
    others |= batch.documents_with(np.flatnonzero(repeated))
    tokens = np.flatnonzero(is_single)
    alone = tokens[~others[batch.document_numbers(tokens)]]
    return alone[_flags(not _is_apostrophe(batch, mark) for mark in alone.tolist())]


def _is_apostrophe(batch: Batch, mark: int) -> bool:
    """Inside a word ("don't"), before one ("'90s") or after a plural ("voters' rights")."""
    follows = bool(batch.touches[mark])
    precedes = bool(batch.touches[mark + 1])
    before, after = batch.words[mark - 1], batch.words[mark + 1]
    if follows and precedes:
        return before.isalnum() and after.isalnum()
    if follows:
        return before.endswith("s") and after.islower()
    return precedes and after[0].isdigit()


class _Marks(NamedTuple):
    """Columns of the marks, for :func:`_pairs`."""

    token: list[int]
    line_stop: list[int]
    may_open: list[bool]
    nests: list[bool]
    """Inside a passage, whether it opens a quotation of its own; ``nests_in_straight``: inside one with straight marks."""
    nests_in_straight: list[bool]
    is_straight: list[bool]
    is_attribute: list[bool]


def _marks(batch: Batch, marks: npt.NDArray[np.int64]) -> _Marks:
    words = list(map(batch.words.__getitem__, marks.tolist()))
    before = list(map(batch.words.__getitem__, (marks - 1).tolist()))
    after = list(map(batch.words.__getitem__, (marks + 1).tolist()))
    touches = batch.touches[marks]
    free_before = ~touches | _flags(word in _OPENS_AFTER for word in before)
    free_after = ~batch.touches[marks + 1] | _flags(word in _CLOSES_BEFORE for word in after)
    is_straight = _flags(word == STRAIGHT for word in words)
    is_opening = _flags(word in OPENING for word in words)
    is_closing = _flags(word in CLOSING for word in words)
    is_inch = touches & _flags(word.isdigit() for word in before)
    straight_opens = is_straight & (free_before | ~free_after) & ~is_inch
    leans_right = free_before & ~free_after
    return _Marks(
        marks.tolist(),
        batch.line_starts[np.searchsorted(batch.line_starts, marks, side="right")].tolist(),
        (is_opening | straight_opens | (~is_straight & leans_right)).tolist(),
        (leans_right & ~is_closing).tolist(),
        (leans_right & is_opening).tolist(),
        is_straight.tolist(),
        (touches & _flags(word == "=" for word in before)).tolist(),
    )


def _flags(values: Iterable[bool]) -> Bools:
    return np.fromiter(values, np.bool_)


def _pairs(marks: _Marks) -> Iterator[tuple[int, int, bool]]:
    """Opening mark, stop and whether it is closed, of each passage."""
    opened: int | None = None
    limit = inner = 0
    for mark, line_stop, may_open, nests, nests_in_straight, is_straight, is_attribute in zip(*marks, strict=True):
        if opened is not None and mark >= limit:
            if opened + 1 < limit:
                yield opened, limit, False
            opened = None
        if opened is None:
            if may_open:
                opened, limit, inner, in_straight, in_attribute = mark, line_stop, 0, is_straight, is_attribute
        elif nests_in_straight if in_straight else nests:
            inner += 1
        elif inner:
            inner -= 1
        else:
            if mark > opened + 1 and not in_attribute:
                yield opened, mark, True
            opened = None
    if opened is not None and opened + 1 < limit:
        yield opened, limit, False
