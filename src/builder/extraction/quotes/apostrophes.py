"""Quotations between pairs of apostrophes (''We go.''), as some archives set them: a reported clause is widened to the whole
quotation that it is part of, and what goes on from it after its cue becomes a clause too."""

from typing import NamedTuple

import numpy as np

from builder.extraction.quotes.batch import Batch
from builder.extraction.quotes.layout import Layout
from builder.extraction.quotes.reported import Clauses
from builder.extraction.quotes.subjects import GOES_ON
from builder.extraction.quotes.words import SINGLE_MARK


class _Widened(NamedTuple):
    """The clause of that number was widened to the quotation that begins at that token."""

    clause: int
    quotation: int


class _Addition(NamedTuple):
    """A quotation ``[first, stop)`` without a cue of its own goes on from the clause of that number."""

    first: int
    stop: int
    clause: int


def quotations(batch: Batch) -> tuple[list[int], list[int]]:
    """First tokens of the quotations and tokens after their last ones; a line feed ends each."""
    single = batch.facts & SINGLE_MARK != 0
    second = np.flatnonzero(single & batch.touches & np.roll(single, 1))
    if not len(second):
        return [], []
    line_stops = batch.line_starts[np.searchsorted(batch.line_starts, second, side="right")]
    firsts: list[int] = []
    stops: list[int] = []
    open_until = -1
    for mark, line_stop, closes in zip(second.tolist(), line_stops.tolist(), batch.touches[second - 1].tolist(), strict=True):
        if closes and mark < open_until:
            stops[-1], open_until = mark - 1, -1
        elif not closes and mark >= open_until:
            firsts.append(mark + 1)
            stops.append(line_stop)
            open_until = line_stop
    return firsts, stops


def widened(layout: Layout, clauses: Clauses) -> Clauses:
    """The clauses with those of quotations; they ascend and stay apart from each other."""
    firsts, stops = quotations(layout.batch)
    if not firsts:
        return clauses
    low = np.searchsorted(clauses.stop, firsts, side="right").tolist()
    high = np.searchsorted(clauses.first, stops).tolist()
    lines = layout.line_of
    first, stop, cue = (column.tolist() for column in (clauses.first, clauses.stop, clauses.cue))
    added: list[_Addition] = []
    last: _Widened | None = None
    for begin, end, i, limit in zip(firsts, stops, low, high, strict=True):
        if limit == i + 1 and not begin <= cue[i] < end:
            before, after = min(first[i], begin), max(stop[i], end)
            if not before <= cue[i] < after:
                first[i], stop[i] = before, after
            last = _Widened(i, begin)
        elif limit == i and last is not None and i == last.clause + 1 and lines[begin] == lines[last.quotation]:
            added.append(_Addition(begin, end, last.clause))
        elif limit > i:
            last = None
    return _with_added(clauses._replace(first=np.array(first, np.int32), stop=np.array(stop, np.int32)), added)


def _with_added(clauses: Clauses, added: list[_Addition]) -> Clauses:
    if not added:
        return clauses
    first, stop, origin = np.array(added, np.int32).T
    columns = (
        np.append(clauses.first, first),
        np.append(clauses.stop, stop),
        np.append(clauses.cue, clauses.cue[origin]),
        np.append(clauses.source, clauses.source[origin]),
        np.append(clauses.direction, np.full(len(first), GOES_ON)),
        np.append(clauses.score, clauses.score[origin]),
    )
    order = np.argsort(columns[0], kind="stable")
    return Clauses(*(column[order] for column in columns))
