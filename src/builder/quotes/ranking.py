"""Choosing the best of several candidates."""

import numpy as np
import numpy.typing as npt

from builder.quotes.hashing import Scores

Ints = npt.NDArray[np.int32]


def bucket(distance: npt.NDArray[np.integer]) -> Ints:
    """0-4 kept, then powers of two; negative is 0."""
    found: Ints = _BUCKETS[np.clip(distance, 0, len(_BUCKETS) - 1)]
    return found


FAR = 20
"""In place of a bucket where there is nothing to measure the distance to."""
_BUCKETS = np.array([d if d < 5 else d.bit_length() + 2 for d in range(1 << 10)], np.int32)


def best_rows(group: Ints, score: Scores, count: int) -> npt.NDArray[np.int64]:
    """Row with the highest score of each of the groups 0 to ``count - 1``, whose rows stand together; the earliest of equals."""
    starts = np.searchsorted(group, np.arange(count))
    highest = np.maximum.reduceat(score, starts)[group]
    rows: npt.NDArray[np.int64] = np.flatnonzero(score == highest)
    return rows[np.searchsorted(group[rows], np.arange(count))]
