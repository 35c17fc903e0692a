"""Days as metadata and newspaper databases write them: 5 March 2020, January 11, 2010 Monday, 11. Januar 2010, 19/06/2023."""

import re
from datetime import date
from functools import cache
from typing import Literal

from builder.knowledge.lexicon import columns

DayOrder = Literal["dmy", "mdy"]
"""What stands first in a day of numbers alone."""

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|º|er)?[ -](?:de )?([^\W\d_]+)\.?,?[ -](?:de )?(\d{4})(?!\d)")
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])")
_CHARACTERS = re.compile(r"(?<!\d)(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)")


def written_day(text: str, order: DayOrder | None = None) -> date | None:
    """The first day that ``text`` gives, with its year; None where there is none, or where its order is open.

    Of numbers alone the order is open unless one of them can be no month, or ``order`` tells it.
    """
    if found := _ISO.search(text) or _YEAR_FIRST.search(text) or _CHARACTERS.search(text):
        year, month, day = (int(group) for group in found.groups() if group)
        return _day(year, month, day)
    for pattern, month_at, day_at in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        for named in pattern.finditer(text):
            if number := _months().get(named[month_at].lower()):
                return _day(int(named[3]), number, int(named[day_at]))
    if found := _NUMBERS.search(text):
        return _of_numbers(int(found[1]), int(found[3]), int(found[4]), "dmy" if found[2] == "." else order)
    return None


def _of_numbers(first: int, second: int, year: int, order: DayOrder | None) -> date | None:
    if first > 12 or second > 12 or first == second:
        order = "dmy" if first > 12 else "mdy"
    if order is None:
        return None
    day, month = (first, second) if order == "dmy" else (second, first)
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    listed = columns("month-names.tsv")
    return dict(zip(listed["name"], map(int, listed["month"]), strict=True))
