"""Figures of agreement and accuracy, each in a few lines. Where one is not defined it is None, never what looks like a number."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

Z95 = 1.959963984540054
"""Of the normal distribution, for intervals of 95 per cent."""

Pair = tuple[Hashable, Hashable]
Span = tuple[str, int, int]


class Interval(NamedTuple):
    low: float
    high: float


def wilson(share: float, count: float, z: float = Z95) -> Interval | None:
    """Of a share seen in ``count`` cases; the count may be an effective one, of weighted cases."""
    if count <= 0:
        return None
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def effective_count(weights: Sequence[float]) -> float:
    """How many unweighted cases tell as much (Kish)."""
    return sum(weights) ** 2 / sum(weight * weight for weight in weights) if weights else 0.0


def percent(pairs: Sequence[Pair]) -> float | None:
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else None


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for names; units with one value say nothing. None where all values are the same."""
    counts: Counter[Hashable] = Counter()
    disagreement = 0.0
    for values in units:
        if len(values) < 2:
            continue
        of_unit = Counter(values)
        counts += of_unit
        disagreement += sum(count * (len(values) - count) for count in of_unit.values()) / (len(values) - 1)
    total = counts.total()
    expected = sum(count * (total - count) for count in counts.values())
    return 1 - (total - 1) * disagreement / expected if expected else None


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's. None where chance alone would give full agreement."""
    observed = percent(pairs)
    if observed is None:
        return None
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(ones[name] * others[name] for name in ones) / len(pairs) ** 2
    return (observed - chance) / (1 - chance) if chance < 1 else None


def ac1(pairs: Sequence[Pair], categories: int | None = None) -> float | None:
    """Gwet's AC1, which does not fall when one value is rare. None with a single category."""
    observed = percent(pairs)
    counts = Counter(value for pair in pairs for value in pair)
    names = categories or len(counts)
    if observed is None or names < 2:
        return None
    shares = [count / (2 * len(pairs)) for count in counts.values()]
    chance = sum(share * (1 - share) for share in shares) / (names - 1)
    return (observed - chance) / (1 - chance)


def f1(pairs: Sequence[Pair], positive: Hashable) -> float | None:
    """Of one value, either coder being the measure of the other. None where neither gives it."""
    both = sum(one == other == positive for one, other in pairs)
    given = sum((one == positive) + (other == positive) for one, other in pairs)
    return 2 * both / given if given else None


def span_f1(ones: Iterable[Span], others: Iterable[Span], overlapping: bool = False) -> float | None:
    """Of the spans of two coders: equal ones, or such as have a character in common, each taken once."""
    left, right = sorted(set(ones)), sorted(set(others))
    if not left and not right:
        return None
    if not overlapping:
        return 2 * len(set(left) & set(right)) / (len(left) + len(right))
    matched, free = 0, list(right)
    for article, start, end in left:
        partner = next((span for span in free if span[0] == article and span[1] < end and start < span[2]), None)
        if partner:
            free.remove(partner)
            matched += 1
    return 2 * matched / (len(left) + len(right))
