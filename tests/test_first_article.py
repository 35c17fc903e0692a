"""The first article of the dataset as a careful coder would enter it: who takes part, which bodies, and who belongs to which."""

from functools import cache
from pathlib import Path
from typing import Any

from rows import extracted, rows_of

from builder.text.article import Article

SOURCE = Path(__file__).parent.parent / "sources" / "eirns-2020-07-29.txt"


@cache
def rows(table: str) -> list[Any]:
    return rows_of(extracted([Article("a", SOURCE.read_text(encoding="utf-8"))])[table])


def test_participants() -> None:
    role = "the Russian envoy to international organizations in Vienna, and an arms control expert"
    assert [(row.kind, row.name, row.text, row.role, row.country_iso3) for row in rows("participants")] == [
        ("state", "Russia", "Russia", None, "RUS"),
        ("group", *["Russia-United States Working Group on Space Security"] * 2, None, None),
        ("delegation", "U.S. delegation", "U.S. delegation", None, "USA"),
        ("delegation", "Russian counterparts", "Russian counterparts", None, "RUS"),
        ("person", "Mikhail Ulyanov", "Mikhail Ulyanov", role, "RUS"),
        ("state", "United States", "United States", None, "USA"),
    ]


def test_agencies() -> None:
    assert [
        (row.kind, row.name, row.text, row.parent_agency_id, row.registry_key, row.country_iso3) for row in rows("agencies")
    ] == [
        ("news-media", "EIRNS", "EIRNS", None, "eirns", "USA"),
        ("government", "Department of State", "Departments of State", None, "us-department-of-state", "USA"),
        ("government", "Department of Defense", "Defense", None, "us-department-of-defense", "USA"),
        ("government", "Department of Energy", "Energy", None, "us-department-of-energy", "USA"),
        ("government", *["National Security Council"] * 2, None, "us-national-security-council", "USA"),
        ("government", *["State Department press service"] * 2, "a.department-of-state", None, "USA"),
        ("news-media", "Interfax", "Interfax", None, "interfax", "RUS"),
    ]


def test_affiliations() -> None:
    included = ["Department of State", "Department of Defense", "Department of Energy", "National Security Council"]
    names = {row.agency_id: row.name for row in rows("agencies")}
    assert [(row.participant_id, names[row.agency_id], row.relation) for row in rows("affiliations")] == [
        ("a.u-s-delegation", name, "includes") for name in included
    ]


def test_mentions() -> None:
    names = {row.participant_id: row.name for row in rows("participants")} | {row.agency_id: row.name for row in rows("agencies")}
    assert [(row.text, names[row.participant_id or row.agency_id or ""], row.form) for row in rows("mentions")] == [
        ("Russia", "Russia", "name"),
        ("U.S.", "United States", "alias"),
        ("EIRNS", "EIRNS", "name"),
        (*["Russia-United States Working Group on Space Security"] * 2, "name"),
        ("U.S. delegation", "U.S. delegation", "name"),
        ("Departments of State", "Department of State", "name"),
        ("Defense", "Department of Defense", "name"),
        ("Energy", "Department of Energy", "name"),
        ("National Security Council", "National Security Council", "name"),
        ("State Department", "Department of State", "name"),
        ("State Department press service", "State Department press service", "name"),
        ("document", "State Department press service", "nominal"),
        ("Russian counterparts", "Russian counterparts", "nominal"),
        ("Moscow", "Russia", "alias"),
        ("Russians", "Russia", "alias"),
        ("Mikhail Ulyanov", "Mikhail Ulyanov", "name"),
        ("Interfax", "Interfax", "name"),
        ("Russia", "Russia", "name"),
        ("United States", "United States", "name"),
        ("he", "Mikhail Ulyanov", "pronoun"),
        ("Ulyanov", "Mikhail Ulyanov", "name"),
        ("Ulyanov", "Mikhail Ulyanov", "name"),
        ("he", "Mikhail Ulyanov", "pronoun"),
    ]
