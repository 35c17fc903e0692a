"""Whatever the text: extraction does not fail, its rows pass every check, and no article's rows depend on the others."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rows import extracted

from builder.text.article import Article, normalise
from builder.validate.findings import errors
from builder.validate.rows import check_rows

PIECES = [
    "“", "”", '"', "‘", "’", "'", "``", "''", "«", "(", ")", ", ", ". ", "? ", "\n", "\n\n", " — ", "--", ": ", " ", "…",
    "Ada Lindqvist", "Lindqvist", "Foreign Minister", "Mr. ", "Dr. Omar Haddad", "Tomas Berg-Olsen Jr.", "the U.S. delegation",
    "Russia", "Moscow", "the Departments of State, Defense, and Energy", "State Department", "the Harbour Board (HB)", "HB",
    "said", "told Interfax", "according to", "he", "she added that", "that", "the document reads", "asked", "we will go on",
    "on Monday, May 3", "February 30, 2021", "last week", "the past ten years", "1998-W02", "3/4/21", "noon", "in 2019 and 2020",
    "May 4, 2021 (NORTHWIRE)—", "VIENNA, May 4 /TASS/. ", "\u202e", "\u200d", "e\u0301", "\U0001f6a2", "\x07", "<script>", "=1+1",
]  # fmt: skip
"""Made to meet in ways that no article has."""

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80),
).map(normalise)
articles = st.lists(
    st.tuples(texts.filter(lambda text: bool(text.strip())), st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))),
    min_size=1,
    max_size=3,
).map(lambda made: [Article(f"a{number}", text, published=day) for number, (text, day) in enumerate(made)])


@pytest.mark.slow
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(articles)
def test_rows_of_any_text_pass_every_check(made: list[Article]) -> None:
    tables = extracted(made)
    found = errors(check_rows(tables))
    assert not found, str(found[0])
    alone = [extracted([article]) for article in made]
    for name, table in tables.items():
        assert table.equals(pa.concat_tables(one[name] for one in alone)), name


@pytest.mark.parametrize(
    ("text", "next_text"),
    [
        (",g.„,d s,", "““or me i M I made"),
        ("She says “we are", "“They said so.”"),
        ("“", "said Ada Lindqvist"),
        ("ask”İ’\tthatV", "said:\nr."),
    ],
)
def test_a_quote_that_is_cut_off_does_not_see_the_next_article(text: str, next_text: str) -> None:
    made = [Article("a0", text), Article("a1", next_text)]
    alone = [extracted([article]) for article in made]
    for name, table in extracted(made).items():
        assert table.equals(pa.concat_tables(one[name] for one in alone)), name


def test_who_opens_an_article_is_read_as_anywhere() -> None:
    made = [Article("a0", "It rained."), Article("a1", "Transc who asked not to be named, denied this.")]
    alone = [extracted([article]) for article in made]
    for name, table in extracted(made).items():
        assert table.equals(pa.concat_tables(one[name] for one in alone)), name


@pytest.mark.slow
def test_fuzzed_articles_do_not_depend_on_their_neighbours() -> None:
    """``FUZZ_SECONDS`` long: a minute in CI."""
    done = subprocess.run(
        [sys.executable, Path(__file__).parent / "fuzz" / "articles.py", "--seconds", os.environ.get("FUZZ_SECONDS", "5")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
