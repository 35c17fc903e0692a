"""Each check of rows finds what it is for, and says nothing about rows that are right."""

import hashlib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import row, tables_of

from builder.tables.schema import ARTICLE_TABLES
from builder.validate.findings import Finding
from builder.validate.rows import check_rows

TEXT = "Ada Lindqvist of the Harbour Board said “it is done” and “so é are we” on Monday, May 3."


def at(part: str, text: str = TEXT) -> tuple[str, int, int]:
    start = text.index(part)
    return part, start, start + len(part)


def rows() -> dict[str, list[dict[str, Any]]]:
    """Valid rows of two articles with the same text, as dicts that a test may spoil."""
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in ARTICLE_TABLES}
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    for key in ("b", "a"):
        person, board, spoken, day = f"{key}.ada-lindqvist", f"{key}.harbour-board", f"{key}.q41", f"{key}.d1"
        none, monday = (None, None, None), date(2021, 5, 3)
        ada, said, when = at("Ada Lindqvist"), at("said"), at("Monday, May 3")
        quoted, board_at = (at("it is done"), at("so é are we")), at("Harbour Board")
        made = [
            ("articles", key, None, None, None, None, *none, "en", TEXT, len(TEXT), sha256, None, None, None, "r"),
            ("participants", person, key, "person", "Ada Lindqvist", *ada, *none, None, "r"),
            ("agencies", board, key, "other", "Harbour Board", *board_at, None, None, None, "r"),
            ("affiliations", f"{person}.harbour-board", key, person, board, "member", *at("of the Harbour"), "r"),
            ("quotes", spoken, key, "direct", *quoted[0], "named", *ada, person, None, *said, None, None, day, "r"),
            ("quotes", f"{key}.q2", key, "direct", *quoted[1], "continued", *none, None, None, *none, spoken, None, None, "r"),
            ("dates", day, key, *when, "DATE", "2021-05-03", None, None, None, "2021-05-03", monday, monday, "day", "r"),
            ("mentions", f"{key}.m0", key, *ada, person, None, "name", "r"),
            ("mentions", f"{key}.m21", key, *board_at, None, board, "name", "r"),
        ]
        for name, *cells in made:
            tables[name].append(row(name, *cells))
    return tables


def check(tables: dict[str, list[dict[str, Any]]]) -> list[Finding]:
    return check_rows(tables_of(tables))


def test_right_rows_have_no_findings() -> None:
    assert check(rows()) == []


def test_no_rows_have_no_findings() -> None:
    assert check({name: [] for name in ARTICLE_TABLES}) == []


WRONG = [
    ("articles", 0, {"article_id": None}, "article_id", "required"),
    ("articles", 1, {"article_id": "b"}, "article_id", "unique"),
    ("articles", 1, {"article_id": "A/"}, "article_id", "pattern"),
    ("articles", 1, {"title": ""}, "title", "missing"),
    ("articles", 1, {"sha256": "0" * 64}, "sha256", "checksum"),
    ("articles", 1, {"n_characters": 3}, "n_characters", "length"),
    ("articles", 1, {"dateline_start": 3}, "dateline_start", "span"),
    ("participants", 1, {"participant_id": "b.ada-lindqvist"}, "participant_id", "unique"),
    ("participants", 1, {"participant_id": "c.ada"}, "participant_id", "key"),
    ("participants", 1, {"kind": "ship"}, "kind", "enum"),
    ("participants", 1, {"country_iso3": "Sweden"}, "country_iso3", "pattern"),
    ("agencies", 1, {"parent_agency_id": "a.nobody"}, "parent_agency_id", "reference"),
    ("agencies", 1, {"parent_agency_id": "b.harbour-board"}, "parent_agency_id", "reference"),
    ("agencies", 1, {"article_id": "c"}, "article_id", "reference"),
    ("affiliations", 1, {"text": "of the harbour"}, "text", "verbatim"),
    ("affiliations", 1, {"start": 13}, "text", "verbatim"),
    ("quotes", 2, {"start": -1}, "start", "minimum"),
    ("quotes", 2, {"end": 1000}, "end", "span"),
    ("quotes", 2, {"speaker": None}, "speaker_start", "span"),
    ("quotes", 2, {"agency_id": "a.harbour-board"}, "agency_id", "exclusive"),
    ("quotes", 3, {"continues_quote_id": "b.q41"}, "continues_quote_id", "reference"),
    ("quotes", 3, dict(zip(("text", "start", "end"), at("it is done"), strict=True)), "start", "overlap"),
    ("quotes", 3, dict(zip(("text", "start", "end"), at("Ada"), strict=True)), "start", "order"),
    ("dates", 1, {"date_end": date(2021, 5, 2)}, "date_end", "interval"),
    ("dates", 1, {"value": "2021-05-04"}, "text", "weekday"),
    ("mentions", 3, {"form": "title"}, "form", "enum"),
]


@pytest.mark.parametrize(("table", "row", "change", "column", "named"), WRONG)
def test_wrong_row_is_found(table: str, row: int, change: dict[str, Any], column: str, named: str) -> None:
    tables = rows()
    tables[table][row].update(change)
    found = {(finding.file, finding.row, finding.column, finding.check) for finding in check(tables)}
    assert (f"{table}.csv", row + 1, column, named) in found


def test_formula_is_a_warning() -> None:
    tables = rows()
    tables["articles"][0]["title"] = "=1+1"
    (finding,) = check(tables)
    assert (finding.severity, finding.check, finding.row, finding.column) == ("warning", "formula", 1, "title")


def test_rows_count_from_those_before() -> None:
    tables = rows()
    tables["mentions"][2]["form"] = "title"
    before = dict.fromkeys(ARTICLE_TABLES, 100)
    (finding,) = check_rows(tables_of(tables), before)
    assert finding.row == 103


def test_many_wrong_rows_are_counted() -> None:
    tables = rows()
    tables["mentions"] *= 30
    findings = [finding for finding in check(tables) if finding.check == "unique"]
    assert len(findings) == 20
    assert "(and 96 more rows like this)" in findings[-1].found


def test_without_text_spans_are_not_compared() -> None:
    tables = rows()
    for article in tables["articles"]:
        article["text"] = None
    tables["quotes"][0]["text"] = "it was done"
    assert check(tables) == []


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=4), st.data())
def test_verbatim_is_python_slicing(texts: list[str], data: st.DataObject) -> None:
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in ARTICLE_TABLES}
    wrong = set()
    for number, text in enumerate(texts):
        key, sha256 = f"a{number}", hashlib.sha256(text.encode()).hexdigest()
        nones = None, None, None
        tables["articles"].append(
            row("articles", key, None, None, None, None, *nones, "en", text, len(text), sha256, None, None, "r")
        )
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        said = data.draw(st.just(text[start:end]) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3))
        tables["mentions"].append(row("mentions", f"{key}.m", key, said, start, end, None, None, "name", "r"))
        if said != text[start:end]:
            wrong.add(number + 1)
    assert {finding.row for finding in check(tables) if finding.check == "verbatim"} == wrong
