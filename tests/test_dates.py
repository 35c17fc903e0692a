"""Temporal expressions: what the examples beside the rules cannot say, and what holds for any text."""

import itertools
import sys
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from builder.api import extract
from builder.extraction.dates import RULES, FoundDate, Written, find_dates, weekday_disagrees, words
from builder.extraction.dates.calendar import period_of, shift, value_of
from builder.extraction.dates.patterns import rules
from builder.extraction.dates.resolve import MEANINGS
from builder.extraction.dates.values import amount, duration
from builder.knowledge.lexicon import rows
from builder.text.document import Document
from builder.text.span import Span

PUBLISHED = date(2020, 7, 29)


def found(text: str, published: date | None = PUBLISHED, dateline: Span | None = None) -> list[FoundDate]:
    return find_dates([Written(Document(text), published, (dateline,) if dateline else (), dateline)])[0]


def values(text: str, published: date | None = PUBLISHED) -> list[str]:
    return [row.value for row in found(text, published)]


def test_rules_are_described_and_mean_something() -> None:
    assert {rule.name for rule in rules()} == set(RULES)
    assert {rule.meaning for rule in rules()} - {"none"} == set(MEANINGS)


def test_every_word_and_number_is_in_the_alphabet() -> None:
    entries = [word for row in rows("date-words.tsv") for entry in row["words"].split("|") for word in entry.split(" ")]
    for word in [*entries, *map(str, range(10_000)), "00", "000", "0000", "31st", "1990s", "90s", "123456789"]:
        assert words.code(word) > 0, word


def test_dateline_is_the_creation_time_and_the_anchor() -> None:
    text = "Talks End\nJuly 29, 2020 (XYZ)—They met on Monday, July 27, and parted yesterday."
    rows_ = found(text, published=None, dateline=Span(10, 29))
    assert [(row.value, row.function_in_document, row.anchor) for row in rows_] == [
        ("2020-07-29", "CREATION_TIME", None),
        ("2020-07-27", None, 0),
        ("2020-07-28", None, 0),
    ]


def test_metadata_goes_before_a_dateline_that_disagrees() -> None:
    rows_ = found("July 28, 2020 (XYZ) — They met yesterday.", PUBLISHED, Span(0, 19))
    assert [(row.value, row.anchor) for row in rows_] == [("2020-07-28", None), ("2020-07-28", None)]


def test_anchor_is_the_date_spoken_of() -> None:
    year, month = found("It began in May 1998. It ended the following month.")
    assert (year.anchor, month.value, month.anchor) == (None, "1998-06", 0)


def test_without_a_publication_nothing_relative_is_resolved() -> None:
    text = "On July 28 and Monday, in May, in the third quarter, last week, yesterday, two years ago, this fall, on Christmas."
    rows_ = found(text, published=None)
    assert [row.value for row in rows_] == [
        "XXXX-07-28", "XXXX-WXX-1", "XXXX-05", "XXXX-Q3", "PAST_REF", "PAST_REF", "PAST_REF", "XXXX-FA", "XXXX-XX-XX",
    ]  # fmt: skip
    assert all((row.edtf, row.date_start, row.date_end, row.precision) == (None,) * 4 for row in rows_)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They will leave Friday.", "2020-07-31"),
        ("They left Friday.", "2020-07-24"),
        ("The offer had been due to expire Friday.", "2020-07-24"),
        ("The offer is due to expire Friday.", "2020-07-31"),
        ("They will meet on Aug. 2.", "2020-08-02"),
        ("The shop burned in December.", "2019-12"),
        ("The shop will reopen in December.", "2020-12"),
        ("They met on Dec. 30.", "2019-12-30"),
        ("They will be heard Friday.", "2020-07-31"),
        ("They could not be heard Friday.", "2020-07-24"),
        ("They are to leave Friday.", "2020-07-31"),
        ("They were to leave Friday.", "2020-07-24"),
        ("They leave by Friday.", "2020-07-31"),
        ("They must leave Friday.", "2020-07-31"),
        ("They swam on Friday.", "2020-07-24"),
        ("A letter signed by the mayor Friday is here.", "2020-07-24"),
        ("They held the fair between January and April.", "2020-01 2020-04"),
    ],
)
def test_tense_chooses_the_side(text: str, value: str) -> None:
    assert values(text) == value.split()


def test_a_weekday_that_does_not_fit_keeps_its_date() -> None:
    (row,) = found("They met on Tuesday, July 27.")
    assert (row.value, row.date_start) == ("2020-07-27", date(2020, 7, 27))
    assert weekday_disagrees("Tuesday, July 27", date(2020, 7, 27))
    assert not weekday_disagrees("Monday, July 27", date(2020, 7, 27))
    assert not weekday_disagrees("July 27", date(2020, 7, 27))


def test_a_day_that_does_not_exist_has_no_place_in_the_calendar() -> None:
    for text in ("on February 30", "on 31 June 2020", "the week of Feb. 31", "2020-02-30", "Feb. 29, 2019"):
        assert all(row.edtf is None and row.date_start is None for row in found(text) if row.precision is None)
        assert all(row.precision is None for row in found(text) if row.value.startswith("2020-02-3"))


def test_words_that_only_look_like_dates() -> None:
    assert values("I second that motion. It may happen. We march on. A minute amount, an hour-glass, the fall of Rome.") == []


def test_far_amounts_do_not_raise() -> None:
    assert values("9999 years ago and 999999999 centuries ago, 99999999999999999999 days") == ["PAST_REF", "PAST_REF"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("2 1/2", "P2Y6M"), ("1,500", "P1500Y"), ("two hundred and ten", "P210Y"), ("half a dozen", "P6Y"), ("2.5", "P2Y6M")],
)
def test_amounts(text: str, value: str) -> None:
    assert duration(amount(*Document(text).words), "Y") == value


@pytest.mark.parametrize(
    ("value", "start", "end"),
    [
        ("1998-W01", date(1997, 12, 29), date(1998, 1, 4)),
        ("1998-W01-WE", date(1998, 1, 3), date(1998, 1, 4)),
        ("1999-Q4", date(1999, 10, 1), date(1999, 12, 31)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("1998-WI", date(1998, 12, 1), date(1999, 2, 28)),
        ("1998-02-13TMO", date(1998, 2, 13), date(1998, 2, 13)),
    ],
)
def test_period_of_a_value(value: str, start: date, end: date) -> None:
    period = period_of(value)
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "value", ["1998-02-30", "1998-W54", "1998-13", "0000", "00XX", "9999-WI", "XXXX-05", "PAST_REF", "P10Y", ""]
)
def test_no_period(value: str) -> None:
    assert period_of(value) is None


@given(st.dates(), st.sampled_from(["D", "W", "WE", "M", "Q", "S", "Y", "DE", "CE"]))
def test_a_day_lies_in_the_period_of_its_value(day: date, unit: str) -> None:
    period = period_of(value_of(day, unit))
    if unit == "WE":
        assert period is None or period.start - timedelta(days=5) <= day <= period.end
    else:
        assert period is None or period.start <= day <= period.end
        assert period is not None or day.year < 1000 or day.year > 9990


@given(st.dates(date(1000, 1, 1), date(3000, 1, 1)), st.sampled_from(["D", "W", "M", "Q", "Y", "DE"]), st.integers(-50, 50))
def test_shift_goes_the_way_it_is_told(day: date, unit: str, count: int) -> None:
    moved = shift(day, unit, count)
    assert moved is not None
    assert (moved > day) == (count > 0) and (moved < day) == (count < 0)


def test_where_a_long_text_is_cut_into_blocks_does_not_matter() -> None:
    sentence = "It was on Monday, July 27, 2020 at 5 p.m. that more than two hundred of them met. "
    once = [row.value for row in found(sentence)]
    for pad in range(0, 24, 5):
        rows_ = found("well " * pad + sentence * 2000)
        assert [row.value for row in rows_] == once * 2000


WORDS = sorted({word for row in rows("date-words.tsv") for word in row["words"].split("|")})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.integers(0, 3000).map(str),
    st.sampled_from(["\n", "the", "met", "will", ". He"]),
    st.text(max_size=6),
)
TEXTS = st.one_of(st.text(), st.lists(st.tuples(PIECES, st.sampled_from([" ", "", "\n"])).map("".join), max_size=30).map("".join))


@given(TEXTS, st.none() | st.dates(), st.none() | st.tuples(st.integers(0, 20), st.integers(0, 60)))
def test_any_text(text: str, published: date | None, dateline: tuple[int, int] | None) -> None:
    rows_ = found(text, published, Span(*dateline) if dateline else None)
    for before, after in pairwise(rows_):
        assert before.span.end <= after.span.start
    for i, row in enumerate(rows_):
        assert 0 <= row.span.start < row.span.end <= len(text)
        assert text[row.span.start].strip() and text[row.span.end - 1].strip()
        assert (row.date_start is None) == (row.date_end is None)
        assert row.date_start is None or row.date_end is None or row.date_start <= row.date_end
        assert row.anchor is None or (row.anchor != i and 0 <= row.anchor < len(rows_))
        assert (row.edtf is None) == (row.precision is None)
        assert row.edtf is None or row.date_start is not None
        if row.edtf is not None and row.date_start and row.date_end:
            assert edtf_bounds(row.edtf) == (row.date_start.timetuple()[:3], row.date_end.timetuple()[:3])


def edtf_bounds(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    parsed = parse_edtf(text)
    return tuple(parsed.lower_strict()[:3]), tuple(parsed.upper_strict()[:3])


@pytest.mark.parametrize(
    "piece", ["the ", "now ", "May 5, ", "two ", "1-2-", "the end of ", "\n", "in 1998 to ", "a year ", "half a dozen "]
)
def test_steps_grow_with_the_text(piece: str) -> None:
    """Counts calls, which are the same at each run; ``benchmarks/growth.py`` measures seconds."""

    def calls(times: int) -> int:
        document = Document(piece * times)
        count = itertools.count()
        sys.setprofile(lambda *_: next(count))
        try:
            find_dates([Written(document, PUBLISHED)])
        finally:
            sys.setprofile(None)
        return next(count)

    calls(100)
    assert calls(8_000) < 5 * calls(2_000)


def test_no_text_is_read_by_the_others_of_its_batch() -> None:
    texts = ["", "May", "  1998 began on Monday", "\n", "the last", " 10 years ago", "In 1987", "-88 degrees", "They met Friday."]
    batch = [Written(Document(text), PUBLISHED) for text in texts]
    assert find_dates(batch) == [found(text) for text in texts]
    assert find_dates([]) == []


@pytest.mark.parametrize("published", [date.min, date.max, None])
@pytest.mark.parametrize(
    "text",
    [
        "The quarter ended July 31 was good, the quarter before too, a year earlier and last year.",
        "Last Friday, next Friday, this weekend, Wednesday last week, the last day of last month.",
        "On the first Monday of next month.",
        "From Friday to Sunday next week, from Dec 31 to Jan 1, between 1 March and 30 February, Feb 29 to Feb 28.",
        "99/99/9999 00/00/0000 0000-00-00 31-Feb-99 2019.13.45, 1000000000000 BC, 0 BC, AD 0, FY00, Q999, 9:99am.",
        "٣/٤/٢٠١٩ and ²/³/2019, 99999999 decades ago, one decade and 99999999 days ago, between 99999999 and 999999999 days.",
        "The '00s, Q1 of last year, fall of '99, last winter, Easter, Christmas next year, last quarter, the year before.",
    ],
)
def test_no_date_is_too_far_off_to_read(text: str, published: date | None) -> None:
    for row in found(text, published):
        assert row.span.of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It lasted from March 3 to April 5, 2018.", ["2018-03-03", "2018-04-05"]),
        ("It lasted from December 3 to January 5, 2018.", ["2017-12-03", "2018-01-05"]),
        ("It fell on December 3 and January 5, 2018.", ["2018-12-03", "2018-01-05"]),
        ("It fell on March 3. April 5, 2018 was fair.", ["2020-03-03", "2018-04-05"]),
        ("It is open from Friday to Sunday next week.", ["2020-08-07", "2020-08-09"]),
        ("It fell on Friday. Sunday next week is free.", ["2020-07-24", "2020-08-09"]),
    ],
)
def test_a_range_shares_its_year_or_week(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("about", "value"),
    [
        ({}, "2021-08-10"),
        ({"language": "en-GB"}, "2021-10-08"),
        ({"language": "en-US", "publisher": "Bangkok Post"}, "2021-08-10"),
        ({"publisher": "Bangkok Post"}, "2021-10-08"),
        ({"publisher": "Fjordmail"}, "2021-08-10"),
        ({"dates": "dmy"}, "2021-10-08"),
        ({"dates": "dmy", "language": "en-US"}, "2021-08-10"),
        ({"dates": "dmy", "language": "en-CA"}, "2021-10-08"),
    ],
)
def test_day_or_month_comes_first_by_language_publisher_and_option(about: dict[str, Any], value: str) -> None:
    tables = extract("The vote was held on 08/10/2021.", **about)
    assert tables["dates"]["value"].tolist() == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The vote of 28/09/2021 was repeated on 08/10/2021.", ["2021-09-28", "2021-10-08"]),
        ("The vote of 9/28/2021 was repeated on 08/10/2021.", ["2021-09-28", "2021-08-10"]),
        ("They voted on 28/09/2021, 9/29/2021 and 08/10/2021.", ["2021-09-28", "2021-09-29", "2021-08-10"]),
        ("They voted on 3.4.2021 and 08/10/2021.", ["2021-04-03", "2021-08-10"]),
    ],
)
def test_dates_without_doubt_tell_the_order_of_others(text: str, expected: list[str]) -> None:
    assert values(text) == expected
