"""From matches to TIMEX3: what each expression means, read in the order of the text."""

from collections.abc import Callable

from builder.extraction.dates import amounts, days, periods, ranges
from builder.extraction.dates.calendar import period_of
from builder.extraction.dates.scan import Match
from builder.extraction.dates.scope import Point, Scope, Timex
from builder.extraction.dates.tense import Tenses

MEANINGS: dict[str, Callable[[Match, Scope], Timex | None]] = {
    "ago": amounts.ago,
    "ago-two": amounts.ago_two,
    "century": days.century,
    "compound": amounts.compound,
    "day": days.day,
    "day-after-next": days.day_after_next,
    "day-of-month": days.day_of_month,
    "decade": days.decade,
    "duration": amounts.duration,
    "era": days.era,
    "fiscal-year": days.fiscal_year,
    "following": periods.following_unit,
    "from-now": amounts.from_now,
    "half-year": periods.half_year,
    "holiday": days.holiday,
    "latest-quarter": periods.latest_quarter,
    "month": days.month,
    "nth-weekday": days.nth_weekday,
    "quarter": periods.quarter,
    "ref": amounts.reference,
    "same": periods.same_unit,
    "season": periods.season,
    "second-year": days.second_year,
    "set": amounts.set_of_times,
    "shift": periods.relative_unit,
    "span": amounts.span,
    "week-of": days.week_of,
    "week-of-month": days.week_of_month,
    "year": days.year,
    "year-ago": periods.year_ago,
    "year-end": periods.year_end,
}
"""What ``date-patterns.tsv`` may name as the meaning of a rule; "none" beside these is for words that are no date."""


def resolve(matches: list[Match], now: Point | None, tenses: Tenses) -> list[Timex | None]:
    """The reading of each match; None for one that is no date after all."""
    scope = Scope(now, tenses)
    readings: list[Timex | None] = []
    for scope.index, match in enumerate(matches):
        reading = MEANINGS[match.rule.meaning](match, scope)
        before = readings[-1] if readings else None
        if reading and before and reading.anchor and ranges.is_range(matches[scope.index - 1], match):
            reading = ranges.after(before, reading)
        readings.append(reading)
        if reading and reading.type in ("DATE", "TIME"):
            _notice(match, scope, reading.value)
    return readings


def _notice(match: Match, scope: Scope, value: str) -> None:
    """Lets what follows refer to a date. The day on which a period ended speaks of the period, unless that was a quarter."""
    period = period_of(value)
    if period is None:
        return
    if match.previous_word() not in ("ended", "ending"):
        scope.speak_of(period, value)
    elif scope.report is None or "Q" not in scope.report.value:
        scope.report_on(match, value)
