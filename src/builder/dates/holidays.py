"""Days of the year that have a name, as ``date-patterns.tsv`` states them: ``12-25``, ``11-THU-4``, ``05-MON-5``, ``EASTER``."""

from calendar import monthrange
from datetime import date

_WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def day_of(formula: str, year: int) -> date:
    """The day in a year; ``MM-DAY-n`` is the n-th such weekday of a month, the last one if it has fewer."""
    if formula == "EASTER":
        return easter(year)
    month, *rest = formula.split("-")
    if len(rest) == 1:
        return date(year, int(month), int(rest[0]))
    first = date(year, int(month), 1)
    number = 1 + (_WEEKDAYS.index(rest[0]) - first.weekday()) % 7 + 7 * (int(rest[1]) - 1)
    return first.replace(day=number if number <= monthrange(year, int(month))[1] else number - 7)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the Meeus/Jones/Butcher computation)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)
