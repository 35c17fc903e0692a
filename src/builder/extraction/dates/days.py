"""Readings of days and times of day, months and years that are named."""

from builder.extraction.dates import holidays, values, words
from builder.extraction.dates.calendar import period_of, shift, value_of
from builder.extraction.dates.scan import Match
from builder.extraction.dates.scope import Point, Scope, Timex, dated, full_year, relative, stated_year

_UNKNOWN_DAY = "XXXX-XX-XX"
_TH = "stndrh"
_TIMES = frozenset({"HHMM", "NOON", "CLOCKWORD", "TONIGHT", "PART", "MIDPART", "HOUR", "NUMWORD", "DAYHOUR"})
_MONTHS = ("MONTH", "MM", "HYPHENMONTH", "MONTHDAYWORD")
_WEEKDAYS = ("WEEKDAY", "SHORTWEEKDAY")


def day(match: Match, scope: Scope) -> Timex | None:
    """A calendar day, a weekday, "yesterday", or a time of one of these."""
    time = _time(match)
    if time is None:
        return None
    if match.any_value(*_MONTHS):
        value, anchor = _month_day(match, scope)
        value = f"XXXX{value[4:]}" if match.rule.parameter == "yearly" else value
    elif "TODAY" in match.said or "TONIGHT" in match.said:
        reading = relative(match, scope.now, "D", int(match.any_value("TODAY", "TONIGHT") or 0))
        if not time or reading.anchor is None:
            return reading if not time else dated(match, _UNKNOWN_DAY + time)
        value, anchor = reading.value, reading.anchor
    elif match.any_value(*_WEEKDAYS):
        value, anchor = _weekday(match, scope)
    else:
        value, anchor = _day_of_time(match, scope)
    return dated(match, value + time, anchor)


def _time(match: Match) -> str | None:
    """``T`` and the time of day, empty if only a day is named; None for a time that no clock shows."""
    said = match.said
    if _TIMES.isdisjoint(said):
        return ""
    if "HHMM" in said:
        return f"T{said['HHMM'][:2]}:{said['HHMM'][2:]}"
    if "NOON" in said:
        return said["NOON"]
    if "CLOCKWORD" in said:
        return values.clock(said["CLOCKWORD"][:-2], None, 12 if said["CLOCKWORD"].endswith("pm") else 0)
    if "DAYHOUR" in said:
        return values.clock(said["DAYHOUR"][3:], said.get("MINUTE", said.get("ZULU", ""))[:2], None)
    part = "NI" if "TONIGHT" in said else match.any_value("PART", "MIDPART")
    hour = match.any_value("HOUR", "NUMWORD")
    if hour is None:
        return f"T{part}" if part else ""
    return _clock(match, hour, "12" if part in ("AF", "EV", "NI") else None)


def _clock(match: Match, hour: str, half: str | None) -> str | None:
    """The time of an hour with what stands beside it: minutes, "a.m.", "half past"."""
    glued = match.said.get("MINUTEWORD", "")
    half = match.said.get("AMPM") or {"am": "0", "pm": "12"}.get(glued[2:]) or half
    minute, earlier = glued[:2] or match.said.get("MINUTE"), 0
    spoken = match.any_value("SPOKENMINUTES", "HALFPAST", "MINUTES")
    if spoken:
        count = 30 if "half" in spoken else 15 if "quarter" in spoken else int(values.amount(*spoken.split()) or 0)
        earlier = int(match.says("to"))
        minute = f"{60 - count if earlier else count:02}"
    return values.clock(hour, minute, int(half) if half else None, earlier)


def _month_day(match: Match, scope: Scope) -> tuple[str, Point | None]:
    """A day of a month. One that no calendar has ("February 30") keeps its value and gets no period."""
    month_number, number = _month_and_day(match)
    tail = f"{month_number:02}-{number:02}"
    year_ = stated_year(match, scope.now)
    if year_ is not None:
        return f"{year_}-{tail}", None
    if scope.now is None:
        return f"XXXX-{tail}", None
    return f"{scope.year_of(match, scope.now.day, month_number, number):04}-{tail}", scope.now


def _month_and_day(match: Match) -> tuple[int, int]:
    if "MONTHDAYWORD" in match.said:
        name = match.said["MONTHDAYWORD"].rstrip("0123456789")
        return int(words.value("HYPHENMONTH", name)), int(match.said["MONTHDAYWORD"].removeprefix(name))
    month_number = int(match.any_value(*_MONTHS) or 0)
    if "DAYHOUR" in match.said:
        return month_number, int(match.said["DAYHOUR"][:2])
    return month_number, int((match.any_value("DAY", "DAYTH", "ORDWORD") or "0").rstrip(_TH))


def _weekday(match: Match, scope: Scope) -> tuple[str, Point | None]:
    """A weekday: by default the last one up to the publication, or the next where the tense is the future."""
    number = int(match.any_value(*_WEEKDAYS) or 1)
    if "OFWEEK" in match.said and scope.now:
        moved = shift(scope.now.day, "W", int(match.said["OFWEEK"]))
        moved = shift(moved, "D", number - moved.isoweekday()) if moved else None
        return (value_of(moved, "D"), scope.now) if moved else (f"XXXX-WXX-{number}", None)
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
        move = -back if scope.tense(match) == "past" else -back % 7
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


def _named_month(match: Match, scope: Scope) -> Timex | None:
    """The month of "the last Friday of June 2019", "the 2nd of next month"."""
    return month(match, scope) if "MONTH" in match.said or "SHORTMONTH" in match.said else _shifted_month(match, scope)


def _shifted_month(match: Match, scope: Scope) -> Timex:
    return relative(match, scope.now, "M", int(match.said.get("SHIFT") or 0))


def _ordinal(match: Match) -> int | None:
    """The number of a day or week in its month; None for the last."""
    number = match.any_value("DAYTH", "ORDWORD", "ORDINAL")
    return int(number.rstrip(_TH)) if number else None


def week_of_month(match: Match, scope: Scope) -> Timex | None:
    """ "The first week of November", counted from its first day, "the last week" from its last."""
    named = _named_month(match, scope)
    period = period_of(named.value) if named else None
    if named is None or period is None:
        return named
    number = _ordinal(match)
    day_ = shift(period.start, "W", number - 1) if number else period.end
    return named._replace(value=value_of(day_, "W")) if day_ and period.start <= day_ <= period.end else None


def day_of_month(match: Match, scope: Scope) -> Timex | None:
    """ "The 2nd of this month", "the last day of June 2019"."""
    named = _named_month(match, scope)
    period = period_of(named.value) if named else None
    if named is None or period is None:
        return named and dated(match, _UNKNOWN_DAY)
    number = _ordinal(match)
    value = f"{named.value}-{number:02}" if number else value_of(period.end, "D")
    return dated(match, value, named.anchor)


def nth_weekday(match: Match, scope: Scope) -> Timex | None:
    """ "The first Tuesday of November", "the last Friday of this month"."""
    weekday = int(match.said["WEEKDAY"])
    named = _named_month(match, scope)
    period = period_of(named.value) if named else None
    if named is None or period is None:
        return named and dated(match, f"XXXX-WXX-{weekday}")
    number = _ordinal(match)
    first = shift(period.start, "D", (weekday - period.start.isoweekday()) % 7)
    last = shift(period.end, "D", -((period.end.isoweekday() - weekday) % 7))
    day_ = shift(first, "W", number - 1) if number and first else last
    return named._replace(value=value_of(day_, "D")) if day_ and period.start <= day_ <= period.end else None


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


def fiscal_year(match: Match, scope: Scope) -> Timex | None:
    """ "FY2019", "FY19"."""
    stated = match.said.get("FISCALWORD", "").removeprefix("fy") or stated_year(match, scope.now) or ""
    return dated(match, stated if len(stated) == 4 else full_year(int(stated), scope.now))


def era(match: Match, _: Scope) -> Timex | None:
    """ "44 BC", written ``BC0044`` as TIMEX3 has it, and "AD 79"."""
    number = "".join(filter(str.isdecimal, match.words()))
    if not 0 < len(number) < 5:
        return None
    return dated(match, ("BC" if match.any_value("ERA", "ANNO") == "BC" else "") + number.zfill(4))


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
    ordinal = int((match.any_value("ORDINAL", "ORDWORD", "ROMAN") or "0").rstrip(_TH))
    before = "BC" if match.said.get("ERA") == "BC" else ""
    return dated(match, f"{before}{ordinal - 1:02}XX") if 1 <= ordinal <= 21 else None


def holiday(match: Match, scope: Scope) -> Timex | None:
    stated = stated_year(match, scope.now)
    formula = match.rule.parameter
    if stated is not None:
        return dated(match, holidays.day_of(formula, int(stated)).isoformat())
    if scope.now is None:
        return dated(match, _UNKNOWN_DAY)
    now = scope.now.day
    this_year = holidays.day_of(formula, now.year)
    chosen = scope.year_of(match, now, this_year.month, this_year.day)
    return dated(match, holidays.day_of(formula, chosen).isoformat(), scope.now)
