"""Dates of a range that share what one of them says: "from 26 June to 28 June 2018", "Monday to Wednesday last week"."""

from collections.abc import Sequence

from builder.extraction.dates.calendar import period_of, shift
from builder.extraction.dates.scan import Match
from builder.extraction.dates.scope import Timex

_YEARS = ("YEAR", "MODERNYEAR", "TWO", "OFYEAR", "SPOKENCENTURY", "SHIFT", "LAST", "NEXT", "THIS")
_MONTHS = ("MONTH", "MM", "CLEARMONTH", "UNCLEARMONTH", "SHORTMONTH")
_WEEKDAYS = ("WEEKDAY", "SHORTWEEKDAY")
_UP_TO = frozenset(("to", "until", "till", "through", "thru", "-", "–", "—"))
_BESIDE = frozenset(("and", "or", "&"))
_LONGEST_LINK = 2


def share(matches: Sequence[Match]) -> list[Match]:
    """The matches; one without its year, or week, has that of the one it is linked with."""
    shared = list(matches)
    for at in range(len(shared) - 2, -1, -1):
        one, other = shared[at], shared[at + 1]
        if other.first - one.stop > _LONGEST_LINK or one.document is not other.document:
            continue
        said = _shared_year(one, other) if one.any_value(*_MONTHS) else _shared_week(one, other)
        if said:
            shared[at] = one._replace(said={**one.said, **said})
    return shared


def _shared_year(one: Match, other: Match) -> dict[str, str] | None:
    if one.any_value(*_YEARS) or not _says_year(other):
        return None
    year = other.any_value("YEAR", "MODERNYEAR")
    if year is None:
        return None
    if other.rule.meaning == "year":
        return {"YEAR": year} if _link(one, other) == ["in"] else None
    link = _link(one, other)
    if not other.any_value(*_MONTHS) or not link or link[0] not in _UP_TO | _BESIDE:
        return None
    begins_before = link[0] in _UP_TO and _month(one) > _month(other)
    return {"YEAR": f"{int(year) - begins_before:04}"}


def _says_year(match: Match) -> bool:
    return match.any_value("YEAR", "MODERNYEAR") is not None and match.rule.meaning in ("day", "month", "year")


def _shared_week(one: Match, other: Match) -> dict[str, str] | None:
    is_open = one.any_value(*_WEEKDAYS) and not one.any_value(*_YEARS, "OFWEEK", "FOLLOWING", "THAT")
    link = _link(one, other)
    if is_open and "OFWEEK" in other.said and link and link[0] in _UP_TO | _BESIDE:
        return {"OFWEEK": other.said["OFWEEK"]}
    return None


def _link(one: Match, other: Match) -> list[str]:
    """The words between two matches, in small letters."""
    return [word.lower() for word in one.document.words[one.stop : other.first]]


def _month(match: Match) -> str:
    return match.any_value(*_MONTHS) or ""


def is_range(one: Match, other: Match) -> bool:
    """ "27 August to 7 October", "between 27 August and 7 October"."""
    if other.first - one.stop != 1:
        return False
    link = one.document.words[one.stop].lower()
    return link in _UP_TO or (link == "and" and one.previous_word() == "between")


def after(begin: Timex, end: Timex) -> Timex:
    """The end of a range, a year or a week later if it would lie before the beginning; both were resolved from one point."""
    first, last = period_of(begin.value), period_of(end.value)
    if not first or not last or begin.anchor is None or begin.anchor != end.anchor or last.start >= first.start:
        return end
    if end.value[4:] == last.start.isoformat()[4 : len(end.value)] and (first.start - last.start).days > 6:
        return end._replace(value=f"{last.start.year + 1:04}{end.value[4:]}")
    moved = shift(last.start, "W", 1)
    return end._replace(value=moved.isoformat()) if moved and last.unit == "D" and len(end.value) == len("2019-03-03") else end
