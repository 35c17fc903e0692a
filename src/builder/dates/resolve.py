"""From matches to TIMEX3: what each expression means, given the day of publication and the dates named before it.

Each meaning is a function of a match and of the scope it is read in; ``date-patterns.tsv`` names the meaning of a rule.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from builder.dates import holidays, values
from builder.dates.calendar import SEASONS, period_of, shift, unit_of, value_of
from builder.dates.scan import Match
from builder.dates.tense import Tenses

UNRESOLVED = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "H": "XXXX-HX", "Y": "XXXX",
    "DE": "XXXX", "CE": "XXXX",
}  # fmt: skip
UNITS_BY_SIZE = ("D", "WE", "W", "M", "Q", "S", "H", "Y", "DE", "CE")
REFERENCES = {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}


class Point(NamedTuple):
    """A date against which others are resolved, and the row that gave it (None: the metadata did)."""

    day: date
    value: str
    row: int | None


class Timex(NamedTuple):
    """A TIMEX3 reading. ``anchor`` is what it was resolved against; ``days`` bound a duration that has a place in time."""

    type: str
    value: str
    mod: str | None = None
    anchor: Point | None = None
    days: tuple[date, date] | None = None


class Scope:
    """What has been said so far: ``now`` is the publication, ``focus`` the last date, ``fiscal`` the last period reported on."""

    def __init__(self, now: Point | None, tenses: Tenses) -> None:
        self.now = now
        self.tenses = tenses
        self.focus: dict[str, Point] = {}
        self.fiscal: str | None = None
        self.fiscal_row: int | None = None

    def last(self, unit: str) -> Point | None:
        """The last date spoken of that says which ``unit`` it lies in, else the publication."""
        return self.focus.get(unit, self.now)

    def speak_of(self, point: Point) -> None:
        size = UNITS_BY_SIZE.index(unit_of(point.value) or "CE")
        self.focus.update(dict.fromkeys(UNITS_BY_SIZE[size:], point))


def mod_of(match: Match) -> str | None:
    return match.any_value("EDGE", "EARLY", "EARLIER", "APPROX")


def _dated(match: Match, value: str, anchor: Point | None = None) -> Timex:
    return Timex("TIME" if "T" in value and not value.endswith("REF") else "DATE", value, mod_of(match), anchor)


def _relative(match: Match, now: Point | None, unit: str, count: int) -> Timex:
    """The unit that lies ``count`` units from the publication; only its direction where that is not known."""
    moved = shift(now.day, unit, count) if now else None
    if moved is None:
        return _dated(match, REFERENCES[(count > 0) - (count < 0)])
    return _dated(match, value_of(moved, unit), now)


def day(match: Match, scope: Scope) -> Timex | None:
    """A calendar day, a weekday, "yesterday", or a time of one of these."""
    if match.any_value("MONTH", "MM"):
        value, anchor = _month_day(match, scope)
    elif match.has("TODAY") or match.has("TONIGHT"):
        count = int(match.any_value("TODAY", "TONIGHT") or 0)
        plain = _relative(match, scope.now, "D", count)
        value, anchor = plain.value, plain.anchor
    elif match.has("WEEKDAY") or match.has("SHORTWEEKDAY"):
        value, anchor = _weekday(match, scope)
    else:
        value, anchor = _day_of_time(match, scope)
    time = _time(match)
    if time is None or (time and value.endswith("REF")):
        return None if time is None else _dated(match, "XXXX-XX-XX" + time)
    return _dated(match, value + time, anchor)


def _time(match: Match) -> str | None:
    """``T`` and the time of day, empty if only a day is named; None for a time that no clock shows."""
    if match.has("HHMM"):
        digits = match.tokens("HHMM")[0]
        return f"T{digits[:2]}:{digits[2:]}"
    if match.has("NOON"):
        return match.value("NOON")
    if match.has("CLOCKWORD"):
        word = match.tokens("CLOCKWORD")[0].lower()
        return values.clock(word[:-2], None, "12" if word.endswith("pm") else "0")
    hour = match.any_value("HOUR", "NUMWORD")
    if hour is not None:
        after_noon = match.value("PART") in ("AF", "EV", "NI")
        return values.clock(hour, match.value("MINUTE"), match.value("AMPM") or ("12" if after_noon else None))
    part = "NI" if match.has("TONIGHT") else match.any_value("PART", "OVERNIGHT")
    return f"T{part}" if part else ""


def _day_of_time(match: Match, scope: Scope) -> tuple[str, Point | None]:
    """The day of a time that is named alone: this one, or the one last spoken of."""
    follows = match.value("FOLLOWING")
    point = scope.last("D") if follows or match.says("that", "same") else scope.now
    if point is None:
        return "XXXX-XX-XX", None
    before = match.has("LAST") or match.has("OVERNIGHT")
    moved = shift(point.day, "D", int(follows) if follows else -before)
    return (value_of(moved, "D"), point) if moved else ("XXXX-XX-XX", None)


def _year(match: Match, scope: Scope) -> str | None:
    """The year that a match states, written in full."""
    if match.has("SPOKENCENTURY"):
        ones = int(match.value("DIGITWORD") or 0)
        return f"{int(match.value('SPOKENCENTURY') or 0) * 100 + int(match.value('SPOKENTENS') or 0) + ones}"
    year = match.any_value("YEAR", "MODERNYEAR")
    if year is None and match.has("TWO"):
        year = _full_year(int(match.tokens("TWO")[0]), scope.now)
    return year


def _full_year(two_digits: int, now: Point | None) -> str:
    """The year nearest to the publication that ends in two digits; without one, from 1950 to 2049."""
    middle = now.day.year if now else 2000
    return f"{middle - 50 + (two_digits - (middle - 50)) % 100:04}"


def _month_day(match: Match, scope: Scope) -> tuple[str, Point | None]:
    month = int(match.any_value("MONTH", "MM") or 0)
    number = int((match.any_value("DAY", "DAYTH") or "0").rstrip("stndrh"))
    tail = f"{month:02}-{number:02}"
    year = _year(match, scope)
    if year is not None:
        return f"{year}-{tail}", None
    if scope.now is None:
        return f"XXXX-{tail}", None
    return f"{_year_by_tense(match, scope, scope.now.day, month, number):04}-{tail}", scope.now


LONGEST_BACK = {"past": 300, "future": 100, None: 183}
"""Days by tense: what lies further back is named with its year, so a date without one is then rather to come."""


def _year_by_tense(match: Match, scope: Scope, now: date, month: int, number: int) -> int:
    """The year of a month or day named without one. Months count as 30.4 days, so the day need not exist."""
    ahead = round((month - now.month) * 30.4) + number - now.day
    back = -ahead % 365
    to_come = back > LONGEST_BACK[scope.tenses.at(match.first, match.stop)]
    return now.year - (ahead > 0) + to_come


def _weekday(match: Match, scope: Scope) -> tuple[str, Point | None]:
    number = int(match.any_value("WEEKDAY", "SHORTWEEKDAY") or 1)
    follows, shifted = match.value("FOLLOWING"), match.value("SHIFT")
    point = scope.last("D") if follows or match.has("THAT") else scope.now
    if point is None:
        return f"XXXX-WXX-{number}", None
    back = (point.day.isoweekday() - number) % 7
    if follows or shifted in ("-1", "1"):
        ahead = (follows or shifted) == "1"
        move = 7 - back if ahead else -(back or 7)
    elif shifted == "0":
        move = number - point.day.isoweekday()
    else:
        move = (-back) % 7 if scope.tenses.at(match.first, match.stop) == "future" else -back
    moved = shift(point.day, "D", move)
    return (value_of(moved, "D"), point) if moved else (f"XXXX-WXX-{number}", None)


def day_after_next(match: Match, scope: Scope) -> Timex | None:
    """ "The day before yesterday", "the day after tomorrow"."""
    return _relative(match, scope.now, "D", int(match.value("TODAY") or 0) + (1 if match.says("after") else -1))


def month(match: Match, scope: Scope) -> Timex | None:
    """A month with or without its year."""
    number = int(match.any_value("MONTH", "CLEARMONTH", "UNCLEARMONTH", "SHORTMONTH") or 0)
    year = _year(match, scope)
    if year is not None:
        return _dated(match, f"{year}-{number:02}")
    if scope.now is None:
        return _dated(match, f"XXXX-{number:02}")
    now = scope.now.day
    if match.has("LAST"):
        chosen = now.year - (number >= now.month)
    elif match.has("NEXT"):
        chosen = now.year + (number <= now.month)
    elif match.has("THIS"):
        chosen = now.year
    else:
        chosen = _year_by_tense(match, scope, now.replace(day=1), number, 1)
    return _dated(match, f"{chosen:04}-{number:02}", scope.now)


def year(match: Match, scope: Scope) -> Timex | None:
    stated = "2000" if match.says("thousand") else _year(match, scope)
    return _dated(match, stated) if stated and len(stated) == 4 else None


def decade(match: Match, scope: Scope) -> Timex | None:
    """ "The 1980s", "the '80s", "the eighties": three digits of a year."""
    if match.has("DECADE") or match.has("ROUNDYEAR"):
        return _dated(match, (match.any_value("DECADE", "ROUNDYEAR") or "")[:3] + "X")
    tens = int((match.any_value("SHORTDECADE", "TENS") or "0").rstrip("s"))
    return _dated(match, _full_year(tens, scope.now)[:3] + "X")


def century(match: Match, _: Scope) -> Timex | None:
    ordinal = int((match.any_value("ORDINAL", "ORDWORD") or "0").rstrip("stndrh"))
    return _dated(match, f"{ordinal - 1:02}XX") if 1 <= ordinal <= 21 else None


def _year_in(match: Match, scope: Scope) -> tuple[int | None, Point | None]:
    """The year that a quarter or half is said to be of; None if none is said."""
    stated = _year(match, scope)
    if stated:
        return int(stated), None
    point = scope.last("Y") if match.says("that") else scope.now
    if point and match.has("SHIFT"):
        return point.day.year + int(match.value("SHIFT") or 0), point
    return (point.day.year, point) if point and match.says("year") else (None, None)


def _begun(match: Match, scope: Scope, now: date, first_month: int) -> int:
    """The year of a quarter or half named without one: the last that has begun, or one to come if that is long over."""
    back = (now.month - first_month) % 12
    return now.year - (first_month > now.month) + (back > 6 and scope.tenses.at(match.first, match.stop) == "future")


def quarter(match: Match, scope: Scope) -> Timex | None:
    ordinal = match.any_value("QUARTER", "SHORTQUARTER")
    stated, anchor = _year_in(match, scope)
    now = scope.now
    if ordinal is None:
        last = scope.fiscal if scope.fiscal and scope.fiscal[5:6] == "Q" else None
        ordinal = last[6] if last else "X"
    if stated is None and now is None:
        value = f"XXXX-Q{ordinal}"
    else:
        chosen = stated if stated is not None or now is None else _begun(match, scope, now.day, 3 * int(ordinal) - 2)
        value, anchor = f"{chosen:04}-Q{ordinal}", anchor or (None if stated else now)
    scope.fiscal = value
    return _dated(match, value, anchor)


def latest_quarter(match: Match, scope: Scope) -> Timex | None:
    """The quarter a report is about: the one that ends on a day named after it, the last one named, or the last one over."""
    if scope.now is None:
        return _dated(match, "XXXX-QX")
    if match.has("MONTH"):
        month_number = int(match.value("MONTH") or 1)
        value = f"{_year_by_tense(match, scope, scope.now.day, month_number, 1):04}-Q{(month_number + 1) // 3 or 1}"
    elif scope.fiscal and "Q" in scope.fiscal and not match.says("latest", "recent"):
        value = scope.fiscal
    else:
        before = shift(scope.now.day, "Q", -1)
        value = value_of(before, "Q") if before else "XXXX-QX"
    scope.fiscal = value
    return _dated(match, value, scope.now)


def half_year(match: Match, scope: Scope) -> Timex | None:
    stated, anchor = _year_in(match, scope)
    half = int(match.value("HALF") or 1)
    if stated is None:
        if scope.now is None:
            return _dated(match, f"XXXX-H{half}")
        stated, anchor = _begun(match, scope, scope.now.day, 6 * half - 5), scope.now
    return _dated(match, f"{stated:04}-H{half}", anchor)


def season(match: Match, scope: Scope) -> Timex | None:
    name = match.any_value("SEASON", "CLEARSEASON") or "SP"
    if match.says("spring", "fall") and not match.has("SEASON"):
        name = "SP" if match.says("spring") else "FA"
    stated = _year(match, scope)
    if stated:
        return _dated(match, f"{stated}-{name}")
    if scope.now is None:
        return _dated(match, f"XXXX-{name}")
    now = scope.now.day
    first_month = 3 * SEASONS.index(name) + 3
    shifted = match.any_value("SHIFT", "FOLLOWING")
    running = value_of(now, "S").endswith(name)
    if shifted == "-1":
        chosen = now.year - (first_month > now.month or running)
    elif shifted == "1":
        chosen = now.year + (first_month <= now.month)
    else:
        chosen = now.year if shifted == "0" else _begun(match, scope, now, first_month)
    return _dated(match, f"{chosen:04}-{name}", scope.now)


def week_of(match: Match, scope: Scope) -> Timex | None:
    value, anchor = _month_day(match, scope)
    period = period_of(value)
    return _dated(match, value_of(period.start, "W"), anchor) if period else None


def relative_unit(match: Match, scope: Scope) -> Timex | None:
    """ "Last week", "this year", "the end of the month", "the weekend"."""
    unit = match.any_value("SPANUNIT", "PERIOD", "DISTANT") or "WE"
    count = int(match.any_value("SHIFT") or 0)
    if unit == "WE" and scope.now and not match.has("SHIFT") and scope.now.day.isoweekday() < 4 and scope.tenses.at(match.first, match.stop) != "future":
        count = -1
    if unit == "Q":
        scope.fiscal = _relative(match, scope.now, unit, count).value
    return _relative(match, scope.now, unit, count)


def year_end(match: Match, scope: Scope) -> Timex | None:
    """ "Year-end" is the last day of the year, "year's end" a time in it."""
    if scope.now is None:
        return Timex("DATE", "XXXX", "END")
    if match.stop - match.first == 3 and not match.says("s"):
        back = 1 if scope.tenses.at(match.first, match.stop) == "past" or match.document.words[match.first - 1].lower() == "since" else 0
        return Timex("DATE", f"{scope.now.day.year - back:04}-12-31", None, scope.now)
    return Timex("DATE", value_of(scope.now.day, "Y"), "END", scope.now)


def same_unit(match: Match, scope: Scope) -> Timex | None:
    """ "That year", "the same month": the unit of the date last spoken of."""
    unit = match.value("LONGUNIT") or ("M" if match.says("month") else "W")
    point = scope.last(unit)
    return _dated(match, value_of(point.day, unit), point) if point else _dated(match, UNRESOLVED[unit])


def following_unit(match: Match, scope: Scope) -> Timex | None:
    """ "The following month", "the previous day": counted from the date last spoken of."""
    unit = match.value("LONGUNIT") or "Y"
    point = scope.last(unit)
    moved = shift(point.day, unit, int(match.value("FOLLOWING") or -1)) if point else None
    return _dated(match, value_of(moved, unit), point) if moved else _dated(match, UNRESOLVED[unit])


def _count(match: Match) -> Fraction | None:
    """How many units; None for "several" and for a bare plural."""
    if match.has("FUZZY"):
        return None
    if match.has("NUMBER"):
        count = values.amount(match.tokens("NUMBER"))
    elif match.says("half") and not match.has("HALFMORE"):
        return Fraction(1, 2)
    else:
        count = Fraction(1) if match.any_value("UNIT", "LONGUNIT", "SETUNIT", "SPANUNIT") else None
    return count + Fraction(1, 2) if count is not None and match.has("HALFMORE") else count


def _unit(match: Match) -> str:
    return match.any_value("UNITS", "UNIT", "LONGUNITS", "LONGUNIT", "SETUNIT", "SPANUNIT") or "D"


def _moved(day_: date, unit: str, count: Fraction) -> date | None:
    """A day moved by an amount of a unit that is counted in whole ones."""
    if unit == "2W":
        unit, count = "W", count * 2
    if unit in ("Y", "DE", "CE") and count.denominator != 1:
        unit, count = "M", count * {"Y": 12, "DE": 120, "CE": 1200}[unit]
    return shift(day_, unit, int(count)) if abs(count) < 1_000_000 else None


def ago(match: Match, scope: Scope) -> Timex | None:
    return _distant(match, scope, -1)


def from_now(match: Match, scope: Scope) -> Timex | None:
    return _distant(match, scope, 1)


def _distant(match: Match, scope: Scope, sign: int) -> Timex | None:
    """So many units before or after the publication, named by the unit it is counted in."""
    count, unit = _count(match), _unit(match)
    if count is None or scope.now is None:
        return _dated(match, REFERENCES[sign])
    if unit.endswith("_"):
        return _dated(match, value_of(scope.now.day, "D") + "TXX:XX", scope.now)
    moved = _moved(scope.now.day, unit, sign * count)
    if moved is None:
        return _dated(match, REFERENCES[sign])
    fine = {"DE": "Y", "CE": "Y", "2W": "W", "WE": "W", "Y": "M" if count.denominator != 1 else "Y"}.get(unit, unit)
    return _dated(match, value_of(moved, fine), scope.now)


def year_ago(match: Match, scope: Scope) -> Timex | None:
    """The same period a year before: of the quarter or day reported on, else of the year of publication."""
    ordinal = match.value("QUARTER")
    period = period_of(scope.fiscal) if scope.fiscal else None
    if ordinal:
        now = scope.now
        year_ = int(scope.fiscal[:4]) if period and scope.fiscal else _begun(match, scope, now.day, 3 * int(ordinal) - 2) if now else None
        value = f"{year_ - 1:04}-Q{ordinal}" if year_ else f"XXXX-Q{ordinal}"
        scope.fiscal = value if year_ is None else f"{year_:04}-Q{ordinal}"
        return _dated(match, value, now)
    if period and scope.fiscal and not (match.says("a") and scope.tenses.opens_sentence(match.first)):
        moved = shift(period.start, "Y", -1)
        unit = unit_of(scope.fiscal) or "Y"
        return _dated(match, value_of(moved, unit), Point(period.start, scope.fiscal, scope.fiscal_row)) if moved else None
    return _relative(match, scope.now, "Y", -1)


def span_of_units(match: Match, scope: Scope) -> Timex | None:
    """ "The past ten years", "the next few days", "the first nine months": a duration, placed beside the publication if it can be."""
    count, unit = _count(match), _unit(match)
    shifted = match.any_value("SHIFT", "PAST")
    value = values.duration(count, unit)
    days, anchor = None, None
    if scope.now and shifted in ("-1", "1") and count is not None and not unit.endswith("_"):
        other = _moved(scope.now.day, unit, int(shifted) * count)
        if other:
            days, anchor = (min(other, scope.now.day), max(other, scope.now.day)), scope.now
    if shifted is None and scope.now:
        scope.fiscal, scope.fiscal_row = value_of(scope.now.day, "Y"), None
    return Timex("DURATION", value, mod_of(match), anchor, days)


def duration(match: Match, _: Scope) -> Timex | None:
    if match.rule.parameter:
        return Timex("DURATION", match.rule.parameter)
    if match.has("NUMBER") and _count(match) is None:
        return None
    return Timex("DURATION", values.duration(_count(match), _unit(match)), mod_of(match))


def set_of_times(match: Match, _: Scope) -> Timex | None:
    """What comes back: "daily", "every two years", "each Thursday", "twice a week"."""
    weekday = match.any_value("WEEKDAY", "WEEKDAYS")
    if match.has("ADVERB"):
        value = match.value("ADVERB") or ""
    elif weekday:
        value = f"XXXX-WXX-{weekday}" + (f"T{match.value('PART')}" if match.has("PART") else "")
    elif match.has("QUARTER"):
        value = f"XXXX-Q{match.value('QUARTER')}"
    elif match.has("CLEARMONTH"):
        value = f"XXXX-{match.value('CLEARMONTH')}"
    else:
        count = Fraction(2) if match.says("other") else _count(match)
        value = values.duration(count, _unit(match))
    return Timex("SET", value, mod_of(match))


def reference(match: Match, _: Scope) -> Timex | None:
    """ "Now", "recently", "the future": no date, but a side of the present."""
    return Timex("DATE", match.rule.parameter)


def holiday(match: Match, scope: Scope) -> Timex | None:
    stated = _year(match, scope)
    if stated is None and scope.now is None:
        return Timex("DATE", "XXXX-XX-XX")
    if stated:
        return _dated(match, holidays.day_of(match.rule.parameter, int(stated)).isoformat())
    now = scope.now.day if scope.now else date.min
    about = holidays.day_of(match.rule.parameter, now.year)
    chosen = holidays.day_of(match.rule.parameter, _year_by_tense(match, scope, now, about.month, about.day))
    return _dated(match, chosen.isoformat(), scope.now)


MEANINGS: dict[str, Callable[[Match, Scope], Timex | None]] = {
    "ago": ago,
    "century": century,
    "day": day,
    "day-after-next": day_after_next,
    "decade": decade,
    "duration": duration,
    "following": following_unit,
    "from-now": from_now,
    "half-year": half_year,
    "holiday": holiday,
    "latest-quarter": latest_quarter,
    "month": month,
    "quarter": quarter,
    "ref": reference,
    "same": same_unit,
    "season": season,
    "set": set_of_times,
    "shift": relative_unit,
    "span": span_of_units,
    "week-of": week_of,
    "year": year,
    "year-ago": year_ago,
    "year-end": year_end,
}


def resolve(matches: list[Match], now: Point | None, tenses: Tenses) -> list[Timex | None]:
    """The reading of each match, in the order of the text; a reading's anchor names its match by index."""
    scope = Scope(now, tenses)
    readings = []
    for i, match in enumerate(matches):
        reading = MEANINGS[match.rule.meaning](match, scope)
        readings.append(reading)
        if reading and reading.type in ("DATE", "TIME") and (period := period_of(reading.value)):
            _notice(match, scope, Point(period.start, reading.value, i))
    return readings


def _notice(match: Match, scope: Scope, point: Point) -> None:
    """Lets what follows refer to a date; the day on which a reported period ended does not push the period aside."""
    ended = match.first > 0 and match.document.words[match.first - 1].lower() in ("ended", "ending")
    quarter_named = scope.fiscal is not None and "Q" in scope.fiscal
    if ended and not quarter_named:
        scope.fiscal, scope.fiscal_row = point.value, point.row
    if not ended and not match.rule.name == "overnight":
        scope.speak_of(point)
    if match.rule.meaning in ("quarter", "latest-quarter"):
        scope.fiscal_row = point.row
