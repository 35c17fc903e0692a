"""What an expression is read against: the day of publication, what was said before, the tense around it."""

from datetime import MAXYEAR, MINYEAR, date
from typing import NamedTuple

from builder.extraction.dates.calendar import Period, period_of, shift, value_of
from builder.extraction.dates.scan import Match
from builder.extraction.dates.tense import Tense, Tenses

UNITS_BY_SIZE = ("D", "WE", "W", "M", "Q", "S", "H", "Y", "DE", "CE")
UNRESOLVED = {
    "D": "XXXX-XX-XX",
    "WE": "XXXX-WXX-WE",
    "W": "XXXX-WXX",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "DE": "XXXX",
    "CE": "XXXX",
}
REFERENCES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}

LONGEST_BACK = {"past": 300, "future": 100, None: 183}
"""Days by tense: what lies further back is named with its year, so a date without one is then rather to come."""

_NEWEST_SHORT, _NEWEST_ELIDED = 49, 5
"""Years after the publication up to which "7/28/20" and "'20" may lie; what is written with an apostrophe is mostly past."""

REPORT_REACH = 80
"""Tokens within which "a year earlier" is still said of the period that was reported on."""


class Point(NamedTuple):
    """A date that others are resolved against; ``match`` is the index of the one that named it (None: the metadata did)."""

    day: date
    value: str
    match: int | None


class Timex(NamedTuple):
    """A TIMEX3 reading. ``anchor`` is what it was resolved against; ``days`` bound a duration that has a place in time."""

    type: str
    value: str
    mod: str | None = None
    anchor: Point | None = None
    days: tuple[date, date] | None = None


class Report(NamedTuple):
    """The period that figures were last given for ("the third quarter"), named at a token."""

    value: str
    match: int
    token: int


class Scope:
    """What is known where a match stands; ``now`` is the publication, ``index`` the number of the match being read."""

    def __init__(self, now: Point | None, tenses: Tenses) -> None:
        self.now = now
        self.tenses = tenses
        self.index = 0
        self.report: Report | None = None
        self._spoken_of: dict[str, tuple[int, Period, str]] = {}
        """By unit, the last date spoken of: the number of its match, its days and value."""

    def last(self, unit: str) -> Point | None:
        """The last date spoken of that says which ``unit`` it lies in, else the publication."""
        sizes = UNITS_BY_SIZE[: UNITS_BY_SIZE.index(unit) + 1]
        spoken_of = [self._spoken_of[size] for size in sizes if size in self._spoken_of]
        if not spoken_of:
            return self.now
        index, period, value = max(spoken_of)
        return Point(period.start, value, index)

    def speak_of(self, period: Period, value: str) -> None:
        """Lets what follows refer to a date, by its own unit and by all longer ones."""
        self._spoken_of[period.unit] = self.index, period, value

    def report_on(self, match: Match, value: str) -> None:
        self.report = Report(value, self.index, match.first)

    def reported_before(self, match: Match) -> Point | None:
        """The period last reported on, if that was not long before."""
        if self.report is None or match.first - self.report.token > REPORT_REACH:
            return None
        period = period_of(self.report.value)
        return Point(period.start, self.report.value, self.report.match) if period else None

    def tense(self, match: Match) -> Tense | None:
        return self.tenses.at(match.first, match.stop)

    def is_to_come(self, match: Match) -> bool:
        return self.tense(match) == "future"

    def year_of(self, match: Match, now: date, month: int, day: int) -> int:
        """The year of a month or day named without one, of those a calendar has.

        Months count as 30.4 days, so the day need not exist.
        """
        return min(max(self._year_of(match, now, month, day), MINYEAR), MAXYEAR)

    def _year_of(self, match: Match, now: date, month: int, day: int) -> int:
        ahead = round((month - now.month) * 30.4) + day - now.day
        shifted = match.said.get("SHIFT")
        if shifted == "1":
            return now.year + (ahead <= 0)
        if shifted == "-1":
            return now.year - (ahead >= 0)
        is_over = match.previous_word() == "ended"
        back = -ahead % 365
        to_come = not is_over and back > LONGEST_BACK["future"] and back > LONGEST_BACK[self.tense(match)]
        return now.year - (ahead > 0) + to_come

    def year_begun(self, match: Match, now: date, first_month: int) -> int:
        """The year of a quarter or half named without one: the last that has begun, or one to come if that is long over."""
        back = (now.month - first_month) % 12
        return now.year - (first_month > now.month) + (back > 6 and self.is_to_come(match))


def dated(match: Match, value: str, anchor: Point | None = None) -> Timex:
    """A date, or a time if the value has one."""
    return Timex("TIME" if "T" in value[4:] else "DATE", value, match.mod, anchor)


def relative(match: Match, now: Point | None, unit: str, count: int) -> Timex:
    """The unit that lies ``count`` units from a point; only its direction where that is not known."""
    moved = shift(now.day, unit, count) if now else None
    if moved is None:
        return Timex("DATE", REFERENCES[(count > 0) - (count < 0)], match.mod)
    return dated(match, value_of(moved, unit), now)


def stated_year(match: Match, now: Point | None) -> str | None:
    """The year that a match states, in figures, in words or as "last year", written in full."""
    if "SPOKENCENTURY" in match.said:
        spoken = (int(match.said.get(name) or 0) for name in ("SPOKENTENS", "DIGITWORD"))
        return f"{int(match.said['SPOKENCENTURY']) * 100 + sum(spoken):04}"
    if "TWO" in match.said and not ("YEAR" in match.said or "MODERNYEAR" in match.said):
        return full_year(int(match.said["TWO"]), now, _NEWEST_ELIDED if "APOS" in match.said else _NEWEST_SHORT)
    if "OFYEAR" in match.said:
        return f"{now.day.year + int(match.said['OFYEAR']):04}" if now else None
    return match.any_value("YEAR", "MODERNYEAR")


def full_year(two_digits: int, now: Point | None, newest: int = _NEWEST_SHORT) -> str:
    """The year that ends in two digits, at most ``newest`` years after the publication (2000 where that is not known)."""
    first = max((now.day.year if now else 2000) + newest - 99, 0)
    return f"{first + (two_digits - first) % 100:04}"
