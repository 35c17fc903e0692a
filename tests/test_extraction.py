import gc
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rows import extracted

from builder.extraction import extract_articles
from builder.tables.schema import table_schemas
from builder.text.article import Article, normalise

WORDS = (
    'Anna Berg Nordia Party Ministry of Trade said told that he she the “ ” " . , 2019 May 3 Monday last week Oslo U.S. (NTA) —'
)
SOURCE = Path(__file__).parents[1] / "sources" / "eirns-2020-07-29.txt"
PROSE = st.lists(st.sampled_from(WORDS.split()) | st.text(max_size=4), max_size=60).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(PROSE)
def test_every_verbatim_column_equals_its_span(text: str) -> None:
    text = normalise(text)
    if not text or text.isspace():
        return
    for name, table in extracted([Article("any", text)]).items():
        for cells in table.to_pylist():
            for column in table_schemas()[name].columns:
                if column.verbatim and cells[column.name] is not None:
                    start, end = column.verbatim
                    assert cells[column.name] == text[cells[start] : cells[end]]


def test_keys_of_participants_and_agencies_are_apart() -> None:
    text = "Anna Berg spoke in Oslo on Monday. The Berg Company (Berg) was sold. Berg Inc. said Anna Berg was its head."
    tables = extracted([Article("a", text)])
    participants, agencies = tables["participants"]["participant_id"], tables["agencies"]["agency_id"]
    keys = participants.to_pylist() + agencies.to_pylist()
    assert len(participants)
    assert len(agencies)
    assert len(keys) == len(set(keys))


def test_an_article_does_not_depend_on_those_beside_it() -> None:
    texts = [
        "“We agree,” said Anna Berg.",
        "Karl Holm of the Nordia Party told Radio Fjord that “it is late.”",
        "\x00 “ unclosed",
    ]
    articles = [Article(f"a{number}", text) for number, text in enumerate(texts)]
    together = extracted(articles)
    apart = [extracted([article]) for article in articles]
    for name, table in together.items():
        assert table.to_pylist() == [row for tables in apart for row in tables[name].to_pylist()]


def test_what_is_found_holds_no_cycles() -> None:
    """So its memory is free again without a collection of cycles, of which the command makes few."""
    article = Article("a", normalise(SOURCE.read_text(encoding="utf-8")))
    extract_articles([article])
    gc.collect()
    gc.disable()
    try:
        extract_articles([article])
        assert gc.collect() == 0
    finally:
        gc.enable()
