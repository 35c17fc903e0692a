"""From scores of single tokens to the best sequence of whole names, for all runs of candidates at once."""

import numpy as np

from builder.names.candidates import Ints

KINDS = ("person", "organisation")
OUTSIDE = 0
BEGIN, INSIDE, END, ALONE = range(1, 5)
"""Parts of a name; those of the second kind stand four higher."""

PERSONS, ORGANISATIONS = (BEGIN, INSIDE, END, ALONE), (BEGIN + 4, INSIDE + 4, END + 4, ALONE + 4)

_FAR_BELOW = -(1 << 28)
_CLOSED = np.array([OUTSIDE, END, ALONE, END + 4, ALONE + 4])
_FROM_CLOSED, _FROM_PERSON, _FROM_ORGANISATION = range(3)
_FROM = np.zeros(9, np.int64)
_FROM[[INSIDE, END]], _FROM[[INSIDE + 4, END + 4]] = _FROM_PERSON, _FROM_ORGANISATION
"""What must stand before each part: no open name, or one of its kind."""


def best_parts(scores: Ints, run_starts: Ints, run_lengths: Ints) -> Ints:
    """The part of each candidate in the best sequence in which every name begins and ends within its run."""
    order = np.argsort(-run_lengths, kind="stable")
    starts, lengths = run_starts[order], run_lengths[order]
    longest = int(lengths[0]) if len(lengths) else 0
    active = np.searchsorted(-lengths, -np.arange(longest), side="left")
    before = np.zeros((len(scores), 3), np.int8)
    totals = scores[starts]
    totals[:, [INSIDE, END, INSIDE + 4, END + 4]] = _FAR_BELOW
    for step in range(1, longest):
        count = int(active[step])
        rows = starts[:count] + step
        best, before[rows] = _best_before(totals[:count])
        np.add(best[:, _FROM], scores[rows], out=totals[:count])
    parts = np.zeros(len(scores), np.int32)
    last = _CLOSED[np.argmax(totals[:, _CLOSED], axis=1)]
    for step in range(longest - 1, -1, -1):
        count = int(active[step])
        rows = starts[:count] + step
        parts[rows] = last[:count]
        last[:count] = before[rows, _FROM[last[:count]]]
    return parts


def _best_before(totals: Ints) -> tuple[Ints, Ints]:
    """The best total for each of what must stand before a part, and the part that has it."""
    closed = _CLOSED[np.argmax(totals[:, _CLOSED], axis=1)]
    opened = [np.where(totals[:, INSIDE + kind] > totals[:, BEGIN + kind], INSIDE, BEGIN) + kind for kind in (0, 4)]
    parts = np.stack([closed, *opened], axis=1)
    return np.take_along_axis(totals, parts, axis=1), parts
