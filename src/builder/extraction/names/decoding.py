"""From scores of single tokens to the best sequence of whole names, for all runs of candidates at once."""

from functools import reduce
from itertools import pairwise

import numpy as np

from builder.extraction.names.candidates import Ints

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
_PENALTY = np.array([[0 if part in _BEFORE[group] else _FAR_BELOW for part in range(9)] for group in _FROM], np.int32)
"""What it costs a part to stand before another (other part x part)."""
_LEANING = np.zeros(9, np.int32)
_LEANING[list(PERSONS)] = -40
"""Against persons, of whom the network makes up more than it passes over: about two thirds of a unit of log odds."""


def best_parts(scores: Ints, run_starts: Ints, run_lengths: Ints) -> Ints:
    """The part of each candidate in the best sequence in which every name begins and ends within its run.

    Runs are worked on together, the longest first, so that those that have an n-th candidate are the first ones of all.
    """
    order = np.argsort(-run_lengths.astype(np.int16), kind="stable")
    starts, lengths = run_starts[order], run_lengths[order]
    counts = np.searchsorted(-lengths, -np.arange(lengths.max(initial=0)), side="left").tolist()
    rows = [starts[:count] + step for step, count in enumerate(counts)]
    totals = [scores.take(at, axis=0) + _LEANING for at in rows]
    for first in totals[:1]:
        first[:, [INSIDE, END, INSIDE + 4, END + 4]] = _FAR_BELOW
    for before, following in pairwise(totals):
        np.add(following, _best_before(before[: len(following)]), out=following)
    parts = np.zeros(len(scores), np.int32)
    next_parts = np.zeros(len(starts), np.int64)
    for at, of_step in zip(reversed(rows), reversed(totals), strict=True):
        sums = of_step + _PENALTY.take(next_parts[: len(at)], axis=0)
        parts[at] = next_parts[: len(at)] = sums.argmax(axis=1)
    return parts


def _best_before(totals: Ints) -> Ints:
    """For each part the best total of those that may stand before it."""
    by_part = np.ascontiguousarray(totals.T)
    best = [reduce(np.maximum, [by_part[part] for part in parts]) for parts in _BEFORE]
    return np.stack(best, axis=1).take(_FROM, axis=1)
