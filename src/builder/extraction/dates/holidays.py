"""Days of the year that have a name, as ``date-patterns.tsv`` states them: ``12-25``, ``11-02+TUE``, ``EASTER-2``."""

from datetime import date, timedelta

_WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def day_of(formula: str, year: int) -> date:
    """The day in a year; ``MM-DD+TUE`` is the first Tuesday from that day on, ``EASTER-2`` two days before Easter."""
    if formula.startswith("EASTER"):
        return easter(year) + timedelta(days=int(formula.removeprefix("EASTER") or 0))
    month_day, _, weekday = formula.partition("+")
    day = date.fromisoformat(f"{year:04}-{month_day}")
    return day + timedelta(days=(_WEEKDAYS.index(weekday) - day.weekday()) % 7) if weekday else day


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
