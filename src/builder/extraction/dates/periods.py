"""Readings of weeks, months, quarters, seasons and years by their place: this one, the last, the same a year before."""

from datetime import date

from builder.extraction.dates.calendar import SEASONS, period_of, shift, value_of
from builder.extraction.dates.scan import Match
from builder.extraction.dates.scope import UNRESOLVED, Point, Scope, Timex, dated, full_year, relative, stated_year


def relative_unit(match: Match, scope: Scope) -> Timex | None:
    """ "Last week", "this year", "the end of the month", "the weekend"."""
    unit = match.any_value("SPANUNIT", "ONEQUARTER", "PERIOD", "DISTANT") or "WE"
    count = int(match.rule.parameter or match.said.get("SHIFT") or 0)
    if unit == "WE" and scope.now and match.said.get("SHIFT", "0") == "0":
        count = -1 if scope.now.day.isoweekday() < 4 and not scope.is_to_come(match) else count
    reading = relative(match, scope.now, unit, count)
    if unit == "Q":
        scope.report_on(match, reading.value)
    return reading


def same_unit(match: Match, scope: Scope) -> Timex | None:
    """ "That year", "the same month": the unit of the date last spoken of."""
    unit = match.any_value("LONGUNIT", "SHORTPERIOD", "PERIOD", "DISTANT") or "D"
    point = scope.last(unit)
    return dated(match, value_of(point.day, unit), point) if point else dated(match, UNRESOLVED[unit])


def following_unit(match: Match, scope: Scope) -> Timex | None:
    """ "The following month", "the previous day", "the year before": counted from the date last spoken of."""
    unit = match.said.get("LONGUNIT") or match.rule.parameter
    point = scope.last(unit)
    moved = shift(point.day, unit, int(match.said.get("FOLLOWING") or -1)) if point else None
    return dated(match, value_of(moved, unit), point) if moved else dated(match, UNRESOLVED[unit])


def year_end(match: Match, scope: Scope) -> Timex | None:
    """ "Year's end" is a time in the year; "year-end", as accounts have it, its last day: parameter ``day``."""
    is_day = match.rule.parameter == "day"
    mod = None if is_day else "END"
    if scope.now is None:
        return Timex("DATE", UNRESOLVED["Y"], mod)
    year = scope.now.day.year - (is_day and scope.tense(match) == "past")
    return Timex("DATE", f"{year:04}" + ("-12-31" if is_day else ""), mod, scope.now)


def _stated_or_shifted_year(match: Match, scope: Scope) -> tuple[int | None, Point | None]:
    """The year that a quarter or half is said to be of; None if none is said."""
    glued = match.any_value("QUARTERWORD", "HALFWORD")
    stated = full_year(int(glued[2:]), scope.now) if glued and len(glued) == 4 else glued[2:] if glued else None
    stated = stated or stated_year(match, scope.now)
    if stated:
        return int(stated), None
    if "OFYEAR" in match.said:
        return None, None
    point = scope.last("Y") if match.says("that") else scope.now
    if point and ("SHIFT" in match.said or match.says("that")):
        return point.day.year + int(match.said.get("SHIFT") or 0), point
    return None, None


def quarter(match: Match, scope: Scope) -> Timex | None:
    """ "The third quarter", with its year or without: then the last that has begun."""
    ordinal = match.any_value("QUARTER", "SHORTQUARTER") or match.said.get("QUARTERWORD", "").strip("q")[:1] or None
    if ordinal is None:
        reported = scope.reported_before(match)
        ordinal = reported.value[6:7] if reported and _unit_of(reported) == "Q" else None
    year, anchor = _stated_or_shifted_year(match, scope)
    if year is None and ordinal and scope.now:
        year, anchor = scope.year_begun(match, scope.now.day, 3 * int(ordinal) - 2), scope.now
    value = f"{'XXXX' if year is None else f'{year:04}'}-Q{ordinal or 'X'}"
    scope.report_on(match, value)
    return dated(match, value, anchor)


def _unit_of(point: Point) -> str:
    period = period_of(point.value)
    return period.unit if period else "Y"


def latest_quarter(match: Match, scope: Scope) -> Timex | None:
    """The quarter of a report: the one that ends on a day named after it, the one last named, or the last one over."""
    if scope.now is None:
        return dated(match, UNRESOLVED["Q"])
    reported = None if match.rule.parameter == "over" else scope.reported_before(match)
    if "MONTH" in match.said:
        last_month = int(match.said.get("MONTH") or 1)
        middle = shift(date(scope.year_of(match, scope.now.day, last_month, 1), last_month, 1), "M", -1)
    elif reported and _unit_of(reported) == "Q":
        middle = reported.day
    else:
        middle = shift(scope.now.day, "Q", -1)
    value = value_of(middle, "Q") if middle else UNRESOLVED["Q"]
    scope.report_on(match, value)
    return dated(match, value, scope.now)


def year_ago(match: Match, scope: Scope) -> Timex | None:
    """The same period a year before: of what was reported on, else of the year of publication."""
    ordinal, now = match.said.get("QUARTER"), scope.now
    reported = scope.reported_before(match)
    if ordinal:
        year = reported.day.year if reported else scope.year_begun(match, now.day, 3 * int(ordinal) - 2) if now else None
        return dated(match, f"XXXX-Q{ordinal}" if year is None else f"{year - 1:04}-Q{ordinal}", reported or now)
    if reported and not (match.says("a") and scope.tenses.opens_sentence(match.first)):
        moved = shift(reported.day, "Y", -1)
        return dated(match, value_of(moved, _unit_of(reported)), reported) if moved else None
    return relative(match, now, "Y", -1)


def half_year(match: Match, scope: Scope) -> Timex | None:
    half = int(match.any_value("HALF", "SHORTHALF") or match.said.get("HALFWORD", "1").strip("h")[:1])
    year, anchor = _stated_or_shifted_year(match, scope)
    if year is None:
        if scope.now is None:
            return dated(match, f"XXXX-H{half}")
        year, anchor = scope.year_begun(match, scope.now.day, 6 * half - 5), scope.now
    return dated(match, f"{year:04}-H{half}", anchor)


def season(match: Match, scope: Scope) -> Timex | None:
    """A season; a winter is named by the year it begins in."""
    name = match.any_value("SEASON", "CLEARSEASON", "THESEASON") or "SP"
    stated = stated_year(match, scope.now)
    if stated:
        return dated(match, f"{stated}-{name}")
    if scope.now is None:
        return dated(match, f"XXXX-{name}")
    now = scope.now.day
    first_month = 3 * SEASONS.index(name) + 3
    shifted = match.any_value("SHIFT", "FOLLOWING")
    if shifted == "-1":
        is_running = value_of(now, "S").endswith(name)
        year = now.year - (first_month > now.month or is_running)
    elif shifted == "1":
        year = now.year + (first_month <= now.month)
    else:
        year = now.year if shifted == "0" else scope.year_begun(match, now, first_month)
    return dated(match, f"{year:04}-{name}", scope.now)
