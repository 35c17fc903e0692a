"""TIMEX3 calendar values against real days: what a value such as ``1998-W02`` covers, and counting in its unit.

Values are the only form in which a resolved date is passed around; a value that names no day of the calendar
(``1998-02-30``, ``XXXX-07``, ``PAST_REF``) has no period.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_VALUE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.*)?)?|-W(?P<week>\d\d)(?P<weekend>-WE)?|-Q(?P<quarter>[1-4])"
    r"|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI))?"
    r"|(?P<decade>\d{3})X|(?P<century>\d\d)XX",
    re.ASCII,
)
SEASONS = ("SP", "SU", "FA", "WI")
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_IN = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}
_DAYS_IN = {"D": 1, "W": 7, "WE": 7}


class Period(NamedTuple):
    """First and last day, the unit that was named in words and as :func:`value_of` knows it, EDTF (level 0 or 1)."""

    start: date
    end: date
    precision: str
    unit: str
    edtf: str


@lru_cache(maxsize=4096)
def period_of(value: str) -> Period | None:
    """The days a TIMEX3 value means; None where it is no date of the calendar."""
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    try:
        return _period(match)
    except (ValueError, OverflowError):
        return None


def _period(match: re.Match[str]) -> Period:
    year, month, day, week, weekend, quarter, half, season, decade, century = match.groups()
    if day:
        found = date(int(year), int(month), int(day))
        return Period(found, found, "day", "D", found.isoformat())
    if month:
        return _months(int(year), int(month), 1, "month", "M")
    if week:
        first = date.fromisocalendar(int(year), int(week), 6 if weekend else 1)
        last = date.fromisocalendar(int(year), int(week), 7)
        unit = ("day", "WE") if weekend else ("week", "W")
        return Period(first, last, *unit, f"{first.isoformat()}/{last.isoformat()}")
    if quarter:
        return _months(int(year), 3 * int(quarter) - 2, 3, "quarter", "Q")
    if half:
        return _months(int(year), 6 * int(half) - 5, 6, "month", "H")
    if season:
        return _season(int(year), season)
    if decade:
        return _years(decade, "decade", "DE")
    if century:
        return _years(century, "century", "CE")
    return Period(date(int(year), 1, 1), _last_day(int(year), 12), "year", "Y", year)


def _years(digits: str, precision: str, unit: str) -> Period:
    """The years that begin with these digits."""
    missing = 4 - len(digits)
    first, last = int(digits + "0" * missing), int(digits + "9" * missing)
    return Period(date(first, 1, 1), _last_day(last, 12), precision, unit, digits + "X" * missing)


def _months(year: int, month: int, count: int, precision: str, unit: str) -> Period:
    last_year, last_month = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    first = f"{year:04}-{month:02}"
    edtf = first if count == 1 else f"{first}/{last_year:04}-{last_month:02}"
    return Period(date(year, month, 1), _last_day(last_year, last_month), precision, unit, edtf)


def _season(year: int, season: str) -> Period:
    """Meteorological seasons of the northern half; a winter bears the year it begins in, and runs into the next."""
    months = _months(year, _SEASON_MONTH[season], 3, "season", "S")
    return months if season == "WI" else months._replace(edtf=f"{year:04}-{21 + SEASONS.index(season)}")


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def value_of(day: date, unit: str) -> str:
    """The TIMEX3 value of the unit (``D W WE M Q H S Y DE CE``, ``S`` a season) in which a day lies."""
    if unit in ("W", "WE"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    year = day.year
    if unit in ("D", "M", "Y"):
        return day.isoformat()[: {"D": 10, "M": 7, "Y": 4}[unit]]
    if unit in ("DE", "CE"):
        return f"{year:04}"[:3] + "X" if unit == "DE" else f"{year:04}"[:2] + "XX"
    if unit == "S":
        begun = year - 1 if day.month < 3 else year
        return f"{begun:04}-{SEASONS[(day.month // 3 - 1) % 4]}"
    size = _MONTHS_IN[unit]
    return f"{year:04}-{unit}{(day.month - 1) // size + 1}"


@lru_cache(maxsize=4096)
def shift(day: date, unit: str, count: int) -> date | None:
    """``day`` moved by ``count`` units, cut to the month's last day; None outside the years 1 to 9999."""
    try:
        if unit in _DAYS_IN:
            return day + timedelta(days=count * _DAYS_IN[unit])
        months = day.year * 12 + day.month - 1 + count * _MONTHS_IN[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None
