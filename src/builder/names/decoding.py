"""From scores of single tokens to the best sequence of whole names, for all runs of candidates at once."""

import numpy as np

from builder.names.candidates import Ints

KINDS = ("person", "organisation")
OUTSIDE = 0
BEGIN, INSIDE, END, ALONE = range(1, 5)
"""Parts of a name; those of the second kind stand four higher."""

PERSONS, ORGANISATIONS = (BEGIN, INSIDE, END, ALONE), (BEGIN + 4, INSIDE + 4, END + 4, ALONE + 4)

_FAR_BELOW = -(1 << 28)
_BEFORE = (
    (OUTSIDE, END, ALONE, END + 4, ALONE + 4),
    (OUTSIDE, END + 4, ALONE + 4),
    (OUTSIDE,),
    (BEGIN, INSIDE),
    (BEGIN + 4, INSIDE + 4),
)
"""What may stand before a part. Names side by side are one, but a person may follow a body: Minister of Finance Ana Weltz."""
_FROM = np.array([0, 1, 3, 3, 1, 2, 4, 4, 2])
"""For each part, which of _BEFORE may stand before it."""
_PENALTY = np.full((len(_BEFORE), 9, 1), _FAR_BELOW, np.int32)
for _number, _parts in enumerate(_BEFORE):
    _PENALTY[_number, _parts] = 0
_LEANING = np.zeros((9, 1), np.int32)
_LEANING[list(ORGANISATIONS)] = 30
"""In favour of organisations, of which the network passes over more than it makes up: half a SCORE_UNIT of log odds."""


def best_parts(scores: Ints, run_starts: Ints, run_lengths: Ints) -> Ints:
    """The part of each candidate in the best sequence in which every name begins and ends within its run."""
    order = np.argsort(-run_lengths, kind="stable")
    starts, lengths = run_starts[order], run_lengths[order]
    longest = int(lengths[0]) if len(lengths) else 0
    active = np.searchsorted(-lengths, -np.arange(longest), side="left").tolist()
    by_part = np.ascontiguousarray(scores.T) + _LEANING
    before = np.zeros((len(_BEFORE), len(scores)), np.int8)
    totals = by_part[:, starts]
    totals[[INSIDE, END, INSIDE + 4, END + 4]] = _FAR_BELOW
    for step in range(1, longest):
        count = active[step]
        rows = starts[:count] + step
        sums = totals[:, :count] + _PENALTY
        before[:, rows] = sums.argmax(axis=1)
        totals[:, :count] = sums.max(axis=1)[_FROM] + by_part[:, rows]
    parts = np.zeros(len(scores), np.int32)
    last = (totals + _PENALTY[0]).argmax(axis=0)
    for step in range(longest - 1, -1, -1):
        count = active[step]
        rows = starts[:count] + step
        parts[rows] = last[:count]
        last[:count] = before[_FROM[last[:count]], rows]
    return parts
