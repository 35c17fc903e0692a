"""Dates in figures of which either number could be the month: 5/6/2020."""

from collections.abc import Sequence

from builder.extraction.dates.scan import Match

_MONTHS = 12


def in_order(matches: Sequence[Match], order: str | None) -> list[Match]:
    """The matches, those in figures read day first or month first.

    Where no order is known the text's own dates that can be read in one way tell; else the month comes first.
    """
    numbers = {at: _numbers(match) for at, match in enumerate(matches) if match.rule.name == "numeric-date"}
    order = order or _own_order([pair for pair in numbers.values() if pair])
    return [_read(match, numbers[at], order) if numbers.get(at) else match for at, match in enumerate(matches)]


def _numbers(match: Match) -> tuple[int, int] | None:
    """The two that may be day and month; None with full stops between, which is how only days that come first are written."""
    first, mark, second = match.words()[:3]
    return None if mark == "." else (int(first), int(second))


def _own_order(pairs: Sequence[tuple[int, int]]) -> str | None:
    orders = {"dmy" if first > _MONTHS else "mdy" for first, second in pairs if max(first, second) > _MONTHS}
    return orders.pop() if len(orders) == 1 else None


def _read(match: Match, pair: tuple[int, int] | None, order: str | None) -> Match:
    if pair is None or order != "dmy" or max(pair) > _MONTHS:
        return match
    return match._replace(said={**match.said, "DAY": str(pair[0]), "MM": str(pair[1])})
