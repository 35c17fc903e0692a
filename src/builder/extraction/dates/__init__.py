"""Temporal expressions by TimeML's TIMEX3: found by patterns, resolved against the publication and what was said before."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from builder.extraction.dates import words
from builder.extraction.dates.calendar import period_of
from builder.extraction.dates.figures import in_order
from builder.extraction.dates.ranges import share
from builder.extraction.dates.resolve import resolve
from builder.extraction.dates.scan import Match, find_matches
from builder.extraction.dates.scope import Point
from builder.extraction.dates.tense import Tenses
from builder.text.document import Document
from builder.text.span import Span

__all__ = ["RULES", "FoundDate", "Written", "find_dates", "weekday_disagrees"]


RULES: dict[str, str] = {
    "ago": 'So many units before the publication: "three weeks ago".',
    "century": 'A century by its number: "the 20th century", "the 3rd century BC".',
    "clock-time": 'A time of the clock, with its day if that is said: "5 p.m. on Friday", "half past ten".',
    "current": '"Current": a reference to the present.',
    "day-after-next": '"The day before yesterday", "the day after tomorrow".',
    "day-of-event": 'A day counted from an event, open unless its date stands beside it: "the day after the vote".',
    "day-range": 'A day that shares its month with another of a range: "28" in "July 27-28".',
    "decade": '"The 1980s", "the late \'80s", "the eighties".',
    "duration": 'An amount of time: "two and a half years", "a 13-hour meeting", "for weeks".',
    "each-quarter": 'Quarters as they come back each year: "in the second and fourth quarters".',
    "every-unit": 'What comes back by a unit or a weekday: "every two weeks", "each Thursday", "on Fridays".',
    "fiscal-year": '"Fiscal 2019", "the fiscal year 2019", "FY2019".',
    "following-unit": 'A unit counted from the date last spoken of: "the following month", "a week earlier".',
    "frequency": 'An adverb or adjective of repetition: "daily", "annually".',
    "from-now": 'So many units after the publication: "two weeks from now".',
    "future": 'A reference to the future: "in the near future", "the coming weeks".',
    "half-year": '"The first half of 2019", "H1 2019".',
    "holiday": 'A named day of the year: "Christmas", "Election Day".',
    "iso-date": "2020-07-28, 2020.7.28, also with a time: 2020-07-28T15:50:06Z.",
    "latest-quarter": 'The quarter of a report: "the latest quarter", "the quarter ended Sept. 30".',
    "month": 'A month without its year, resolved by the tense: "in early March".',
    "month-day": 'A day of a month, with weekday, year, time if said: "Monday, July 27", "28-Jul-20", "the last Friday in May".',
    "month-year": '"July 2020".',
    "now": 'A reference to the present: "now", "currently", "these days".',
    "numeric-date": "7/28/2020, 28/07/2020 or 07-28-20. Where both may be months: in the order of the language tag's region, "
    "else the publisher's country, else the option --dates, else the article's dates that leave no doubt, else month first.",
    "one-day": '"One day" after an auxiliary of the future: a reference to the future.',
    "part-of-day": 'A part of a day: "this morning", "last night", "the evening of June 7".',
    "placed-duration": 'A duration beside the publication or within a report: "the past ten years", "the first nine months".',
    "quarter": 'A quarter by its number: "the third quarter of 2019", "last year\'s fourth quarter", "2Q19".',
    "rate": 'A unit that something is counted by: "twice a week".',
    "recent": 'A reference to the past: "recently", "in recent years", "in the past".',
    "relative-month": '"Last May", "next March".',
    "relative-unit": 'A unit counted from the publication: "last week", "later this year", "the end of the month".',
    "same-unit": 'The unit of the date last spoken of: "that year", "the same day".',
    "season": '"Last fall", "the summer of 2019".',
    "today": '"Yesterday", "today", "tomorrow evening", "tonight".',
    "week-of": '"The week of July 6", "the first week of July".',
    "weekday": 'A weekday, resolved by the tense: "on Friday", "next Tuesday", "Sunday night".',
    "year": 'A year: "in 1998", "the 1998 accord", "nineteen ninety-eight", "44 BC".',
    "year-ago-quarter": 'The same period a year before: "the year-ago quarter", "the same period last year".',
    "year-earlier": 'The year, or the period reported on, a year before: "a year earlier", "the year before".',
    "year-end": '"Year-end", "by year\'s end".',
}
"""Name of each rule of ``date-patterns.tsv`` -> what it finds."""


class FoundDate(NamedTuple):
    """A row of ``dates``; ``anchor`` is the index, in the list it stands in, of the date it was resolved against."""

    span: Span
    type: str
    value: str
    mod: str | None
    function_in_document: str | None
    anchor: int | None
    edtf: str | None
    date_start: date | None
    date_end: date | None
    precision: str | None
    rule: str


class Written(NamedTuple):
    """A text with what is known of when it was written: the day of publication, the spans at its head in which that may
    stand, the best first, its dateline, which holds no other date, and what comes first in 5/6/2020 ("dmy", "mdy" or None).
    """

    document: Document
    published: date | None = None
    days: tuple[Span, ...] = ()
    dateline: Span | None = None
    day_order: str | None = None


def find_dates(texts: Sequence[Written]) -> list[list[FoundDate]]:
    """The temporal expressions of each text, in order and without overlap.

    Relative ones are resolved from ``published``, else from the first day that stands in one of ``days``, else not at all.
    """
    matches = find_matches([text.document for text in texts])
    return [_read(text, found) if found else [] for text, found in zip(texts, matches, strict=True)]


def _read(text: Written, matches: list[Match]) -> list[FoundDate]:
    document = text.document
    matches = share(in_order([match for match in matches if not _is_part_of_place(match, text)], text.day_order))
    tenses = Tenses(document)
    created = _created(text, matches)
    now = _publication(matches, created, text.published, tenses)
    readings = list(enumerate(resolve(matches, now, tenses)))
    kept = [(matches[i], i, reading) for i, reading in readings if reading is not None]
    row_of = {i: row for row, (_, i, _) in enumerate(kept)}
    starts, ends = document.starts, document.ends
    spans = list(map(Span._make, [(starts[match.first], ends[match.stop - 1]) for match, _, _ in kept]))
    rows = []
    for span, (match, i, (type_, value, mod, point, days)) in zip(spans, kept, strict=True):
        edtf, start, end, precision = _calendar_days(type_, value, mod)
        if days:
            start, end = days
        anchor = None if point is None or point.match is None or i == created else row_of.get(point.match)
        function = "CREATION_TIME" if i == created else None
        rows.append((span, type_, value, mod, function, anchor, edtf, start, end, precision, match.rule.name))
    return list(map(FoundDate._make, rows))


def _is_part_of_place(match: Match, text: Written) -> bool:
    """Whether words of a dateline only look like a date: "SUNDAY RIVER, March 3"."""
    return text.dateline is not None and match.any_value("MONTH", "MM") is None and text.dateline.overlaps(_span(match))


def _span(match: Match) -> Span:
    return match.document.span(match.first, match.stop)


def _created(text: Written, matches: list[Match]) -> int | None:
    """Index of the match that is the day of publication: the first in the best span, with its year if one has it."""
    inside = [i for place in text.days for i, match in enumerate(matches) if _is_day(match) and place.overlaps(_span(match))]
    dated = (i for i in inside if matches[i].any_value("YEAR", "TWO"))
    return next(dated, inside[0] if inside else None)


def _is_day(match: Match) -> bool:
    return match.rule.meaning == "day" and match.any_value("MONTH", "MM") is not None


def _publication(matches: list[Match], created: int | None, published: date | None, tenses: Tenses) -> Point | None:
    """The day that relative dates are counted from, with the dateline as its row where the two agree."""
    metadata = Point(published, published.isoformat(), None) if published else None
    if created is None:
        return metadata
    [dateline] = resolve([matches[created]], metadata, tenses)
    period = period_of(dateline.value) if dateline else None
    if period is None or (published is not None and published != period.start):
        return metadata
    return Point(period.start, period.edtf, created)


@lru_cache(maxsize=1 << 12)
def _calendar_days(type_: str, value: str, mod: str | None) -> tuple[str | None, date | None, date | None, str | None]:
    """EDTF, first and last day and precision of a value that is a date of the calendar."""
    period = period_of(value) if type_ in ("DATE", "TIME") else None
    if period is None:
        return None, None, None, None
    is_about = mod == "APPROX" and "/" not in period.edtf
    return period.edtf + "~" * is_about, period.start, period.end, period.precision


def weekday_disagrees(text: str, day: date) -> bool:
    """Whether a date names a weekday ("Monday, July 27") that its day is not."""
    found = re.findall(r"\w+", text)
    named = {int(words.value(kind, word)) for kind in ("WEEKDAY", "SHORTWEEKDAY") for word in found if words.is_in(kind, word)}
    return bool(named) and day.isoweekday() not in named
