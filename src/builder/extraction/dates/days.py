"""Readings of days and times of day, months and years that are named."""

from builder.extraction.dates import holidays, values
from builder.extraction.dates.calendar import period_of, shift, value_of
from builder.extraction.dates.scan import Match
from builder.extraction.dates.scope import Point, Scope, Timex, dated, full_year, relative, stated_year

_UNKNOWN_DAY = "XXXX-XX-XX"
_TH = "stndrh"
_TIMES = frozenset({"HHMM", "NOON", "CLOCKWORD", "TONIGHT", "PART", "MIDPART", "HOUR", "NUMWORD"})


def day(match: Match, scope: Scope) -> Timex | None:
    """A calendar day, a weekday, "yesterday", or a time of one of these."""
    time = _time(match)
    if time is None:
        return None
    if "MONTH" in match.said or "MM" in match.said:
        value, anchor = _month_day(match, scope)
    elif "TODAY" in match.said or "TONIGHT" in match.said:
        reading = relative(match, scope.now, "D", int(match.any_value("TODAY", "TONIGHT") or 0))
        if not time or reading.anchor is None:
            return reading if not time else dated(match, _UNKNOWN_DAY + time)
        value, anchor = reading.value, reading.anchor
    elif "WEEKDAY" in match.said or "SHORTWEEKDAY" in match.said:
        value, anchor = _weekday(match, scope)
    else:
        value, anchor = _day_of_time(match, scope)
    return dated(match, value + time, anchor)


def _time(match: Match) -> str | None:
    """``T`` and the time of day, empty if only a day is named; None for a time that no clock shows."""
    if _TIMES.isdisjoint(match.said):
        return ""
    if "HHMM" in match.said:
        digits = match.said["HHMM"]
        return f"T{digits[:2]}:{digits[2:]}"
    if "NOON" in match.said:
        return match.said.get("NOON")
    if "CLOCKWORD" in match.said:
        word = match.said["CLOCKWORD"]
        return values.clock(word[:-2], None, 12 if word.endswith("pm") else 0)
    part = "NI" if "TONIGHT" in match.said else match.any_value("PART", "MIDPART")
    hour = match.any_value("HOUR", "NUMWORD")
    if hour is None:
        return f"T{part}" if part else ""
    half = match.said.get("AMPM") or ("12" if part in ("AF", "EV", "NI") else None)
    return values.clock(hour, match.said.get("MINUTE"), int(half) if half else None)


def _month_day(match: Match, scope: Scope) -> tuple[str, Point | None]:
    """A day of a month. One that no calendar has ("February 30") keeps its value and gets no period."""
    month_number = int(match.any_value("MONTH", "MM") or 0)
    number = int((match.any_value("DAY", "DAYTH", "ORDWORD") or "0").rstrip(_TH))
    tail = f"{month_number:02}-{number:02}"
    year_ = stated_year(match, scope.now)
    if year_ is not None:
        return f"{year_}-{tail}", None
    if scope.now is None:
        return f"XXXX-{tail}", None
    return f"{scope.year_of(match, scope.now.day, month_number, number):04}-{tail}", scope.now


def _weekday(match: Match, scope: Scope) -> tuple[str, Point | None]:
    """A weekday: by default the last one up to the publication, or the next where the tense is the future."""
    number = int(match.any_value("WEEKDAY", "SHORTWEEKDAY") or 1)
    follows, shifted = match.said.get("FOLLOWING"), match.said.get("SHIFT")
    point = scope.last("D") if follows or "THAT" in match.said else scope.now
    if point is None:
        return f"XXXX-WXX-{number}", None
    back = (point.day.isoweekday() - number) % 7
    if "1" in (follows, shifted):
        move = 7 - back
    elif "-1" in (follows, shifted):
        move = -(back or 7)
    elif shifted == "0":
        move = number - point.day.isoweekday()
    else:
        move = 7 - back if back and scope.is_to_come(match) else -back
    moved = shift(point.day, "D", move)
    return (value_of(moved, "D"), point) if moved else (f"XXXX-WXX-{number}", None)


def _day_of_time(match: Match, scope: Scope) -> tuple[str, Point | None]:
    """The day of a time that is named alone: this one, the one before ("last night"), or the one spoken of ("that night")."""
    follows = match.said.get("FOLLOWING")
    point = scope.last("D") if follows or "THAT" in match.said else scope.now
    moved = shift(point.day, "D", int(follows or -("LAST" in match.said))) if point else None
    return (value_of(moved, "D"), point) if moved else (_UNKNOWN_DAY, None)


def day_after_next(match: Match, scope: Scope) -> Timex | None:
    """ "The day before yesterday", "the day after tomorrow"."""
    return relative(match, scope.now, "D", int(match.said.get("TODAY") or 0) + (1 if match.says("after") else -1))


def week_of(match: Match, scope: Scope) -> Timex | None:
    """ "The week of July 6"."""
    value, anchor = _month_day(match, scope)
    period = period_of(value)
    return dated(match, value_of(period.start, "W"), anchor) if period else None


def week_of_month(match: Match, scope: Scope) -> Timex | None:
    """ "The first week of November", counted from its first day, "the last week" from its last."""
    named = month(match, scope)
    period = period_of(named.value) if named else None
    if named is None or period is None:
        return named
    number = match.said.get("ORDWORD")
    day_ = shift(period.start, "W", int(number) - 1) if number else period.end
    return named._replace(value=value_of(day_, "W")) if day_ and period.start <= day_ <= period.end else None


def month(match: Match, scope: Scope) -> Timex | None:
    """A month with or without its year."""
    number = int(match.any_value("CLEARMONTH", "UNCLEARMONTH", "SHORTMONTH", "MONTH") or 0)
    stated = stated_year(match, scope.now)
    if stated is not None:
        return dated(match, f"{stated}-{number:02}")
    if scope.now is None:
        return dated(match, f"XXXX-{number:02}")
    now = scope.now.day
    if "LAST" in match.said:
        chosen = now.year - (number >= now.month)
    elif "NEXT" in match.said:
        chosen = now.year + (number <= now.month)
    elif "THIS" in match.said:
        chosen = now.year
    else:
        chosen = scope.year_of(match, now.replace(day=1), number, 1)
    return dated(match, f"{chosen:04}-{number:02}", scope.now)


def year(match: Match, scope: Scope) -> Timex | None:
    stated = match.rule.parameter or stated_year(match, scope.now)
    return dated(match, stated) if stated else None


def second_year(match: Match, _: Scope) -> Timex:
    """ "88" in "1987-88"."""
    first, second = int(match.said["MODERNYEAR"]), int(match.said["TWO"])
    return dated(match, f"{first + (second - first) % 100:04}")


def decade(match: Match, scope: Scope) -> Timex | None:
    """ "The 1980s", "the '80s", "the eighties"; "the 1800s" are a century, "the 2000s" are not yet."""
    stated = match.any_value("DECADE", "ROUNDYEAR")
    if stated is None:
        tens = int((match.any_value("SHORTDECADE", "TENS") or "0").rstrip("s"))
        century = match.said.get("SPOKENCENTURY")
        stated = f"{century}{tens}s" if century else full_year(tens, scope.now, newest=1)
    return dated(match, stated[:2] + "XX" if stated.endswith("00s") and stated < "2000" else stated[:3] + "X")


def century(match: Match, _: Scope) -> Timex | None:
    ordinal = int((match.any_value("ORDINAL", "ORDWORD") or "0").rstrip(_TH))
    return dated(match, f"{ordinal - 1:02}XX") if 1 <= ordinal <= 21 else None


def holiday(match: Match, scope: Scope) -> Timex | None:
    stated = stated_year(match, scope.now)
    formula = match.rule.parameter
    if stated is not None:
        return dated(match, holidays.day_of(formula, int(stated)).isoformat())
    if scope.now is None:
        return dated(match, _UNKNOWN_DAY)
    now = scope.now.day
    this_year = holidays.day_of(formula, now.year)
    chosen = min(max(scope.year_of(match, now, this_year.month, this_year.day), 1), 9999)
    return dated(match, holidays.day_of(formula, chosen).isoformat(), scope.now)
