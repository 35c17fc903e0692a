"""Choosing the best of several candidates."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from builder.extraction.quotes.words import Bools, Ints
from builder.knowledge.learned import Integers

Places = npt.NDArray[np.intp]


def bucket(distance: Integers) -> Ints:
    """0-4 kept, then powers of two; negative is 0."""
    return _BUCKETS.take(distance, mode="clip")


FAR = 20
"""In place of a bucket where there is nothing to measure the distance to."""
_BUCKETS = np.array([d if d < 5 else d.bit_length() + 2 for d in range(1 << 10)], np.int32)


def where(mask: Bools, values: Integers, otherwise: int) -> Integers:
    """``numpy.where``, which takes many times as long where the mask follows no pattern. An overflow undoes itself."""
    return (values - otherwise) * mask + otherwise


def select(masks: Sequence[Bools], choices: Sequence[Integers | int], otherwise: Integers | int) -> Ints:
    """``numpy.select``, in less time for short columns: of each row the choice of the first mask that has it."""
    found = otherwise
    for mask, choice in zip(reversed(masks), reversed(choices), strict=True):
        found = np.where(mask, choice, found)
    return np.asarray(found, np.int32)


def in_groups(sizes: Integers) -> tuple[Places, Places]:
    """For groups of so many rows, one after the other: the number of each row's group, and the row's number in it."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    return group, np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def best_rows(group: Integers, score: Integers) -> Places:
    """Row with the highest score of each group, whose rows stand together; the earliest of equals."""
    if not len(group):
        return np.empty(0, np.intp)
    new = group[1:] != group[:-1]
    starts = np.append(0, new.nonzero()[0] + 1)
    highest = np.maximum.reduceat(score, starts)
    best = (score == np.repeat(highest, np.diff(starts, append=len(score)))).nonzero()[0]
    first: Places = best[np.append(True, group[best[1:]] != group[best[:-1]])]
    return first


def margins(group: Integers, score: Integers, best: Places) -> Ints:
    """By how much the ``best`` row of each group is above the next best."""
    others = score.astype(np.int32)
    others[best] = LOWEST
    starts = np.append(0, (group[1:] != group[:-1]).nonzero()[0] + 1)[: len(best)]
    return score.take(best).astype(np.int32) - np.maximum.reduceat(others, starts) if len(best) else others


LOWEST = -(1 << 15)
"""Score below all others."""
