"""Quotation marks, and the passages that stand between them."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.extraction.quotes.batch import Batch
from builder.extraction.quotes.words import (
    CLOSER,
    OPENER,
    SINGLE_MARK,
    Bools,
    Ints,
    Particle,
    WordClass,
    classes_of,
    particles_of,
)

_CLIPPED = frozenset("em twas tis til cause bout n".split())
"""Words whose beginning an apostrophe stands for."""


class Passages(NamedTuple):
    """TokenRuns between two marks in ascending order, none inside another.

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
    found = np.fromiter(chain.from_iterable(_pairs(_marks(batch, marks))), np.int32).reshape(-1, 3)
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
    return np.array([mark for mark in alone.tolist() if not _is_apostrophe(batch, mark)], np.int64)


def _is_apostrophe(batch: Batch, mark: int) -> bool:
    """Inside a word ("don't"), before one ("'90s", "'em") or after a plural ("voters' rights")."""
    follows = bool(batch.touches[mark])
    precedes = bool(batch.touches[mark + 1])
    before, after = batch.word(mark - 1), batch.word(mark + 1)
    if follows and precedes:
        return before.isalnum() and after.isalnum()
    if follows:
        return before.endswith("s") and after.islower()
    return precedes and (after[0].isdigit() or after.lower() in _CLIPPED)


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
    reopens: list[bool]
    """Opens a quotation after the end of a sentence, so that a passage still open lacks its closing mark."""


def _marks(batch: Batch, marks: npt.NDArray[np.int64]) -> _Marks:
    facts, touches = batch.facts, batch.touches[marks]
    particle = particles_of(facts[marks])
    leans_right = (~touches | (facts[marks - 1] & OPENER != 0)) & batch.touches[marks + 1] & (facts[marks + 1] & CLOSER == 0)
    leans_left = touches & (facts[marks - 1] & OPENER == 0) & (~batch.touches[marks + 1] | (facts[marks + 1] & CLOSER != 0))
    is_opening, is_straight = particle == Particle.OPENING, particle == Particle.STRAIGHT
    is_inch = touches & (classes_of(facts[marks - 1]) == WordClass.NUMBER)
    return _Marks(
        marks.tolist(),
        batch.line_starts[np.searchsorted(batch.line_starts, marks, side="right")].tolist(),
        (is_opening | np.where(is_straight, ~leans_left & ~is_inch, leans_right)).tolist(),
        (leans_right & (particle != Particle.CLOSING)).tolist(),
        (leans_right & is_opening).tolist(),
        is_straight.tolist(),
        (touches & (particles_of(facts[marks - 1]) == Particle.EQUALS)).tolist(),
        (leans_right & is_opening & ~touches & (classes_of(facts[marks - 1]) == WordClass.STOP)).tolist(),
    )


def _pairs(marks: _Marks) -> Iterator[tuple[int, int, bool]]:
    """Opening mark, stop and whether it is closed, of each passage."""
    opened: int | None = None
    limit = inner = 0
    in_straight = in_attribute = False
    for mark, line_stop, may_open, nests, nests_in_straight, is_straight, is_attribute, reopens in zip(*marks, strict=True):
        if opened is not None and (mark >= limit or (reopens and not inner and not in_straight)):
            end = min(mark, limit)
            if opened + 1 < end:
                yield opened, end, False
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
