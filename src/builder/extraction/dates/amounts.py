"""Readings of so much time: durations, what lies so long ago, what comes back."""

from datetime import date
from fractions import Fraction

from builder.extraction.dates import values, words
from builder.extraction.dates.calendar import shift, value_of
from builder.extraction.dates.scan import Match
from builder.extraction.dates.scope import REFERENCES, Scope, Timex, dated

_MANY = 1_000_000
_QUARTER, _HALF, _ONE, _TWO = Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2)
_PLURALS = ("UNITS", "LONGUNITS")
_SINGULARS = ("UNIT", "LONGUNIT", "SETUNIT", "DISTANT")
_COUNTED_BY = {"DE": "Y", "CE": "Y", "2W": "W", "WE": "W"}
"""The unit in which a distance is named: decades ago, a year is meant."""


def _count(match: Match) -> Fraction | None:
    """How many units; None for "several", for a bare plural, and for a number that is none."""
    if "FUZZY" in match.said:
        return None
    if "NUMBER" in match.said:
        count = values.amount(*match.said["NUMBER"].split())
    elif match.says("half") and "HALFMORE" not in match.said:
        count = _HALF
    elif match.says("quarter") and _unit(match) != "Q":
        count = _QUARTER
    else:
        count = _ONE if match.any_value(*_SINGULARS) else None
    return count + _HALF if count is not None and "HALFMORE" in match.said else count


def _unit(match: Match) -> str:
    return match.any_value(*_PLURALS, *_SINGULARS) or "D"


def _moved(day: date, unit: str, count: Fraction) -> date | None:
    """A day moved by an amount of a unit that is counted in whole ones."""
    if unit == "2W":
        unit, count = "W", count * 2
    if unit in ("Y", "DE", "CE") and count.denominator != 1:
        unit, count = "M", count * {"Y": 12, "DE": 120, "CE": 1200}[unit]
    return shift(day, unit, int(count)) if abs(count) < _MANY else None


def ago(match: Match, scope: Scope) -> Timex | None:
    return _distant(match, scope, -1)


def ago_two(match: Match, scope: Scope) -> Timex | None:
    """ "One month and two days ago", "three weeks and a day ago": counted in both units, named by the smaller."""
    other = words.value("UNITS", match.said["OTHERUNIT"])
    other = words.value("UNIT", other) if other == match.said["OTHERUNIT"] else other
    counts = [values.amount(*match.said[name].split()) if name in match.said else _ONE for name in ("NUMBER", "OTHERNUMBER")]
    moved = scope.now.day if scope.now else None
    for count, unit in zip(counts, (_unit(match), other), strict=True):
        moved = _moved(moved, unit, -count) if moved and count and not unit.endswith("_") else None
    if moved is None:
        return Timex("DATE", REFERENCES[-1], match.mod)
    return dated(match, value_of(moved, _COUNTED_BY.get(other, other)), scope.now)


def from_now(match: Match, scope: Scope) -> Timex | None:
    return _distant(match, scope, 1)


def _distant(match: Match, scope: Scope, sign: int) -> Timex | None:
    """So many units before or after the publication."""
    count, unit = _count(match), _unit(match)
    unknown = Timex("DATE", REFERENCES[sign], match.mod)
    if count is None or scope.now is None:
        return unknown
    if unit.endswith("_"):
        return dated(match, value_of(scope.now.day, "D") + "TXX:XX", scope.now)
    moved = _moved(scope.now.day, unit, sign * count)
    if moved is None:
        return unknown
    named_by = "M" if unit == "Y" and count.denominator != 1 else _COUNTED_BY.get(unit, unit)
    return dated(match, value_of(moved, named_by), scope.now)


def span(match: Match, scope: Scope) -> Timex | None:
    """ "The past ten years", "the first nine months": a duration, beside the publication where it can be.

    The parameter ``apart`` is for one that lies beside something else ("the last two weeks of October").
    """
    count, unit = _count(match), _unit(match)
    direction = 0 if match.rule.parameter == "apart" else int(match.any_value("SHIFT", "PAST", "LAST", "NEXT") or 0)
    reading = Timex("DURATION", values.duration(count, unit), match.mod)
    if scope.now is None:
        return reading
    now = scope.now.day
    if direction == 0:
        scope.report_on(match, value_of(now, "Y"))
    other = None if count is None or unit.endswith("_") or not direction else _moved(now, unit, direction * count)
    return reading._replace(anchor=scope.now, days=(min(now, other), max(now, other))) if other else reading


def duration(match: Match, _: Scope) -> Timex | None:
    """An amount of time with no place; the parameter is its value where the words give none."""
    count = _count(match)
    if "NUMBER" in match.said and count is None:
        return None
    value = match.rule.parameter or match.said.get("LASTING") or values.duration(count, _unit(match))
    return Timex("DURATION", value, match.mod)


def compound(match: Match, _: Scope) -> Timex | None:
    """ "Two years and six months", "one minute ten seconds"; the parameter names the two units."""
    first, second = values.amount(*match.said["NUMBER"].split()), values.amount(*match.said["OTHERNUMBER"].split())
    if first is None or second is None:
        return None
    larger, smaller = map(values.duration, (first, second), match.rule.parameter.split())
    return Timex("DURATION", larger + smaller.removeprefix("PT" if larger.startswith("PT") else "P"), match.mod)


def set_of_times(match: Match, _: Scope) -> Timex | None:
    """What comes back: "daily", "every two years", "each Thursday", "twice a week"; not a newspaper, "the daily Kurier"."""
    if "ADVERB" in match.said and match.next_word()[:1].isupper():
        return None
    weekday = match.any_value("WEEKDAY", "WEEKDAYS")
    if "ADVERB" in match.said:
        value = match.said.get("ADVERB") or ""
    elif weekday:
        value = f"XXXX-WXX-{weekday}" + (f"T{match.said['PART']}" if "PART" in match.said else "")
    elif "PART" in match.said:
        value = f"XXXX-XX-XXT{match.said['PART']}"
    elif "SEASON" in match.said:
        value = f"XXXX-{match.said['SEASON']}"
    elif "QUARTER" in match.said:
        value = f"XXXX-Q{match.said['QUARTER']}"
    elif "CLEARMONTH" in match.said:
        value = f"XXXX-{match.said['CLEARMONTH']}"
    else:
        value = values.duration(_TWO if match.says("other", "second") else _count(match), _unit(match))
    return Timex("SET", value, match.mod)


def reference(match: Match, _: Scope) -> Timex | None:
    """ "Now", "recently", "the future": no date, but a side of the present."""
    return Timex("DATE", match.rule.parameter)
