"""From scores of single tokens to the best sequence of whole names, for all runs of candidates at once."""

import numpy as np

from builder.names.candidates import Ints

KINDS = ("person", "organisation")
OUTSIDE = 0
BEGIN, INSIDE, END, ALONE = range(1, 5)
"""Parts of a name; those of the second kind stand four higher."""

_FAR_BELOW = -(1 << 28)
_OPEN = np.array([BEGIN, INSIDE, BEGIN + 4, INSIDE + 4])
_CLOSED = np.array([OUTSIDE, END, ALONE, END + 4, ALONE + 4])


def best_parts(scores: Ints, run_starts: Ints, run_lengths: Ints) -> Ints:
    """The part of each candidate in the best sequence in which every name begins and ends within its run."""
    order = np.argsort(-run_lengths, kind="stable")
    starts, lengths = run_starts[order], run_lengths[order]
    longest = int(lengths[0]) if len(lengths) else 0
    active = np.searchsorted(-lengths, -np.arange(longest), side="left")
    before = np.zeros(scores.shape, np.int8)
    totals = scores[starts].astype(np.int64)
    totals[:, [INSIDE, END, INSIDE + 4, END + 4]] = _FAR_BELOW
    for step in range(1, longest):
        count = int(active[step])
        rows = starts[:count] + step
        totals[:count], before[rows] = _extend(totals[:count], scores[rows])
    parts = np.zeros(len(scores), np.int32)
    last = _CLOSED[np.argmax(totals[:, _CLOSED], axis=1)]
    for step in range(longest - 1, -1, -1):
        count = int(active[step])
        rows = starts[:count] + step
        parts[rows] = last[:count]
        last[:count] = before[rows, last[:count]]
    return parts


def _extend(totals: np.ndarray, scores: Ints) -> tuple[np.ndarray, np.ndarray]:
    """Best totals one token later, and for each part the part before it."""
    from_part = np.zeros(scores.shape, np.int8)
    best = np.zeros(scores.shape, np.int64)
    closed = _CLOSED[np.argmax(totals[:, _CLOSED], axis=1)]
    rows = np.arange(len(totals))
    for part in (OUTSIDE, BEGIN, ALONE, BEGIN + 4, ALONE + 4):
        from_part[:, part], best[:, part] = closed, totals[rows, closed]
    for kind in (0, 4):
        goes_on = totals[:, INSIDE + kind] > totals[:, BEGIN + kind]
        opened = np.where(goes_on, INSIDE, BEGIN) + kind
        for part in (INSIDE + kind, END + kind):
            from_part[:, part], best[:, part] = opened, totals[rows, opened]
    return best + scores, from_part
