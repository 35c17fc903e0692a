"""From scores of single tokens to the best sequence of whole names, for all runs of candidates at once."""

import numpy as np
import numpy.typing as npt

from builder.names.candidates import Ints

Bytes = npt.NDArray[np.int8]

KINDS = ("person", "organisation")
OUTSIDE = 0
BEGIN, INSIDE, END, ALONE = range(1, 5)
"""Parts of a name; those of the second kind stand four higher."""

PERSONS, ORGANISATIONS = (BEGIN, INSIDE, END, ALONE), (BEGIN + 4, INSIDE + 4, END + 4, ALONE + 4)

_FAR_BELOW = -(1 << 28)
_CLOSED = (OUTSIDE, END, ALONE, END + 4, ALONE + 4)
_OPENED = (BEGIN, INSIDE), (BEGIN + 4, INSIDE + 4)
_FROM = np.zeros(9, np.int64)
_FROM[[INSIDE, END]], _FROM[[INSIDE + 4, END + 4]] = 1, 2
"""What must stand before each part: no open name, or one of the first or second kind; a row of what _best_before finds."""


def best_parts(scores: Ints, run_starts: Ints, run_lengths: Ints) -> Ints:
    """The part of each candidate in the best sequence in which every name begins and ends within its run."""
    order = np.argsort(-run_lengths, kind="stable")
    starts, lengths = run_starts[order], run_lengths[order]
    longest = int(lengths[0]) if len(lengths) else 0
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    by_part = np.ascontiguousarray(scores.T)
    before = np.zeros((3, len(scores)), np.int8)
    totals = by_part[:, starts]
    totals[[INSIDE, END, INSIDE + 4, END + 4]] = _FAR_BELOW
    for step in range(1, longest):
        count = active[step]
        rows = starts[:count] + step
        best, before[:, rows] = _best_before(totals[:, :count])
        totals[:, :count] = best[_FROM] + by_part[:, rows]
    parts = np.zeros(len(scores), np.int32)
    _, last = _best_of(totals, _CLOSED)
    for step in range(longest - 1, -1, -1):
        count = active[step]
        rows = starts[:count] + step
        parts[rows] = last[:count]
        last[:count] = before[_FROM[last[:count]], rows]
    return parts


def _best_before(totals: Ints) -> tuple[Ints, Bytes]:
    """The best total for each of what must stand before a part, and the part that has it."""
    found = [_best_of(totals, parts) for parts in (_CLOSED, *_OPENED)]
    return np.stack([best for best, _ in found]), np.stack([part for _, part in found])


def _best_of(totals: Ints, parts: tuple[int, ...]) -> tuple[Ints, Bytes]:
    """The best total of those parts, and the first part that has it."""
    best, part = totals[parts[0]], np.full(totals.shape[1], parts[0], np.int8)
    for other in parts[1:]:
        better = totals[other] > best
        best = np.where(better, totals[other], best)
        part[better] = other
    return best, part
