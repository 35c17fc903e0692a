"""Quotation marks, and the passages that stand between them."""

from typing import NamedTuple

import numpy as np

from builder.quotes.batch import Batch
from builder.span import Span

STRAIGHT = '"'
OPENING = {"“": "”", "„": "”", "«": "»", "‟": "”"}
CLOSING = frozenset(OPENING.values())
_MARKS = frozenset(OPENING) | CLOSING | {STRAIGHT}
_OPENS_AFTER = frozenset("([{—–-/:…")
_SINGLE = frozenset("'‘’")


class Passage(NamedTuple):
    """Tokens ``[first, stop)`` between two marks; ``mark`` is the opening one. An unclosed passage ends with its line."""

    mark: int
    first: int
    stop: int
    closed: bool

    def span(self, batch: Batch) -> Span:
        return batch.span(self.first, self.stop)


def is_mark(word: str) -> int:
    return word in _MARKS


def is_single_mark(word: str) -> int:
    return word in _SINGLE


def find_passages(batch: Batch) -> list[Passage]:
    """Passages in order, none inside another. A line feed ends every passage, so a mark left open costs its line at most.

    Single marks count where a document has no double ones. Two apostrophes in a row are no mark: see the codebook.
    """
    marks = sorted([*batch.where(is_mark), *_single_marks(batch)])
    return [passage for line, inside in _marks_by_line(batch, marks) for passage in _pair(batch, line, inside)]


def _single_marks(batch: Batch) -> list[int]:
    """Single marks that are no apostrophes, of the documents in which they take the place of double ones."""
    double = batch.documents_with(is_mark)
    if double.all():
        return []
    is_single = batch.values(is_single_mark) != 0
    repeated = is_single & batch.touches & np.roll(is_single, 1)
    double[np.unique(batch.document_numbers(np.flatnonzero(repeated)))] = True
    tokens = np.flatnonzero(is_single)
    alone = tokens[~double[batch.document_numbers(tokens)]].tolist()
    return [mark for mark in alone if not _is_apostrophe(batch, mark)]


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


def _marks_by_line(batch: Batch, marks: list[int]) -> list[tuple[tuple[int, int], list[int]]]:
    """Marks grouped by their line's token range."""
    line = np.searchsorted(batch.line_starts, marks, side="right")
    firsts, stops = batch.line_starts[line - 1].tolist(), batch.line_starts[line].tolist()
    grouped: list[tuple[tuple[int, int], list[int]]] = []
    for mark, first, stop in zip(marks, firsts, stops, strict=True):
        if grouped and grouped[-1][0][0] == first:
            grouped[-1][1].append(mark)
        else:
            grouped.append(((first, stop), [mark]))
    return grouped


def _pair(batch: Batch, line: tuple[int, int], marks: list[int]) -> list[Passage]:
    found: list[Passage] = []
    opened: int | None = None
    inner = 0
    for mark in marks:
        if opened is None:
            if _may_open(batch, mark, line):
                opened, inner = mark, 0
        elif _opens_inside(batch, opened, mark, line):
            inner += 1
        elif inner:
            inner -= 1
        else:
            if mark > opened + 1 and not _is_attribute(batch, opened):
                found.append(Passage(opened, opened + 1, mark, True))
            opened = None
    if opened is not None and opened + 1 < line[1]:
        found.append(Passage(opened, opened + 1, line[1], False))
    return found


def _may_open(batch: Batch, mark: int, line: tuple[int, int]) -> bool:
    """A closing mark opens nothing, unless it is put where only an opening one can stand."""
    word = batch.words[mark]
    if word in OPENING:
        return True
    before, after = _free_before(batch, mark, line), _free_after(batch, mark, line)
    if word == STRAIGHT:
        return not (after and not before) and not _is_inch(batch, mark)
    return before and not after


def _opens_inside(batch: Batch, opened: int, mark: int, line: tuple[int, int]) -> bool:
    """Whether a mark inside an open passage opens a quotation of its own."""
    word = batch.words[mark]
    if word in CLOSING:
        return False
    before, after = _free_before(batch, mark, line), _free_after(batch, mark, line)
    return before and not after and (word in OPENING or batch.words[opened] != STRAIGHT)


def _free_before(batch: Batch, mark: int, line: tuple[int, int]) -> bool:
    return mark == line[0] or batch.space_before(mark) or batch.words[mark - 1] in _OPENS_AFTER


def _free_after(batch: Batch, mark: int, line: tuple[int, int]) -> bool:
    if mark + 1 >= line[1] or batch.space_before(mark + 1):
        return True
    return batch.words[mark + 1] in ".,;:!?)]}…—–"


def _is_attribute(batch: Batch, mark: int) -> bool:
    """Markup and code: name="value"."""
    return mark > 0 and batch.words[mark - 1] == "=" and not batch.space_before(mark)


def _is_inch(batch: Batch, mark: int) -> bool:
    return mark > 0 and batch.words[mark - 1].isdigit() and not batch.space_before(mark)
