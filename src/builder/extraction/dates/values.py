"""Amounts, durations and times of day, from the words that state them to TIMEX3 values."""

from fractions import Fraction
from functools import lru_cache

from builder.extraction.dates import words

MAX_DIGITS = 12
_SUBUNITS = {"Y": ("M", 12), "D": ("H_", 24), "H_": ("M_", 60), "M_": ("S_", 60)}
_LONG_UNITS = {"DE": ("Y", 10), "CE": ("Y", 100), "2W": ("W", 2)}


@lru_cache(maxsize=1 << 12)
def amount(*text: str) -> Fraction | None:
    """The number that tokens state ("two hundred", "2 1/2", "1,500", "half a dozen"); None where they state none."""
    lower = [word.lower() for word in text if word not in words.DASHES]
    if lower[0][0] in "0123456789":
        return _digits(lower)
    if lower[0] == "half":
        spoken = _spoken(lower[2:])
        return spoken and spoken / 2
    return _spoken(lower)


def _digits(text: list[str]) -> Fraction | None:
    """Whole digits with commas or a decimal point, and perhaps a fraction after them."""
    if "/" in text:
        top, bottom = text[text.index("/") - 1], text[text.index("/") + 1]
        whole = text[0] if text.index("/") > 1 else "0"
        return Fraction(int(whole)) + Fraction(int(top), int(bottom)) if int(bottom) else None
    fractions = [Fraction(words.value("FRACTION", word)) for word in text if word in "¼½¾"]
    digits = "".join(word for word in text if word[0] in "0123456789.")
    return Fraction(digits) + sum(fractions) if len(digits) <= MAX_DIGITS else None


def _spoken(text: list[str]) -> Fraction | None:
    """Words of number; "a" is one, a magnitude multiplies what stands before it."""
    total = 0
    for word in text:
        if word in ("a", "an", "and"):
            continue
        if word in "¼½¾":
            return total + Fraction(words.value("FRACTION", word))
        step = int(words.value("NUMWORD", word))
        total = max(total, 1) * step if words.is_in("MAGNITUDE", word) else total + step
    return Fraction(total) if text and len(str(total)) <= MAX_DIGITS else None


@lru_cache(maxsize=1 << 12)
def duration(count: Fraction | None, unit: str) -> str:
    """``P10Y``, ``PT90M``; a count of None is one the text leaves open: ``PXD``."""
    if count is None:
        return _written("X", unit)
    if unit in _LONG_UNITS:
        unit, times = _LONG_UNITS[unit]
        count *= times
    whole, rest = divmod(count, 1)
    if not rest or unit not in _SUBUNITS:
        return _written(_decimal(count), unit)
    smaller, times = _SUBUNITS[unit]
    first, second = _written(str(whole), unit), _written(_decimal(rest * times), smaller)
    if not whole:
        return second
    return first + second[1:] if not first.startswith("PT") else first + second[2:]


def _written(count: str, unit: str) -> str:
    return f"PT{count}{unit[0]}" if unit.endswith("_") else f"P{count}{unit}"


def _decimal(count: Fraction) -> str:
    return str(count) if count.denominator == 1 else f"{float(count):.2f}".rstrip("0")


def clock(hour: str, minute: str | None, half: int | None, earlier: int = 0) -> str | None:
    """``T17:00`` from the parts of a clock time; ``half`` is 0 before noon, 12 after, None if that is not said; so many hours
    ``earlier`` for "ten to six".
    """
    number = int(amount(hour) or 0)
    if half is not None:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + half
    if number > 24:
        return None
    return f"T{(number - earlier) % 24 if earlier else number:02}:{minute or '00'}"
