"""Which country an article is about, and which one a body is given by which rule."""

import pytest
from tagging import tag, tagged

from builder.extraction.agencies import find_agencies, survey
from builder.extraction.participants import find_participants
from builder.knowledge.bodies import is_shared, national_body, only_bearer
from builder.knowledge.places import country_of_place, country_of_places_in
from builder.text.document import Document


def country(text: str, organisation: str) -> tuple[str | None, str | None]:
    """Of the one agency of a text, and the rule that gave it."""
    (agency,) = find_agencies(tag(Document(text), tagged(Document(text), "", organisation)))
    return agency.country_iso3, agency.country_rule


@pytest.mark.parametrize(
    ("text", "organisation", "expected"),
    [
        ("The Bundestag met.", "Bundestag", ("DEU", "registry")),
        ("The Norway Fjord Council met.", "Norway Fjord Council", ("NOR", "name")),
        ("Chile's Fjord Council met.", "Fjord Council", ("CHL", "beside")),
        ("The Fjord Council of Chile met.", "Fjord Council", ("CHL", "beside")),
        ("The Chilean state news agency Fjordpress closed.", "Fjordpress", ("CHL", "beside")),
        ("Fjordpress, a Chilean newspaper, closed.", "Fjordpress", ("CHL", "beside")),
        ("The Nagoya Fjord Council met.", "Nagoya Fjord Council", ("JPN", "place")),
        ("The Fjord Court in Bangui met.", "Fjord Court", ("CAF", "place")),
        ("Norway voted. Norwegians chose a new Fjord Council.", "Fjord Council", ("NOR", "article")),
        ("Norway voted, and so did Chile. The Fjord Council met.", "Fjord Council", (None, None)),
        ("The Fjord Council met.", "Fjord Council", (None, None)),
        ("Norway spoke to Norwegians at the World Bank.", "World Bank", (None, None)),
    ],
)
def test_country_of_a_body(text: str, organisation: str, expected: tuple[str | None, str | None]) -> None:
    assert country(text, organisation) == expected


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Britain will borrow more. The Treasury declined to comment.", "uk-treasury"),
        ("The United States will borrow more. The Treasury declined to comment.", "us-department-of-the-treasury"),
        ("Britain and the United States will borrow more. The Treasury declined to comment.", None),
        ("The Treasury declined to comment.", None),
        ("The road was closed again. " * 10 + "Britain sent a team. The Treasury declined to comment.", None),
        ("The road was closed again. " * 10 + "Britain sent a team. It left Britain late. The Treasury spoke.", "uk-treasury"),
    ],
)
def test_a_shared_name_means_the_body_of_the_article_s_country(text: str, key: str | None) -> None:
    assert [agency.registry_key for agency in find_agencies(tag(Document(text), tagged(Document(text), "", "Treasury")))] == [key]


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Kenya buys helicopters", "ken-ministry-of-defence"),
        ("Kenya to send soldiers to Somalia", None),
        ("Helicopters bought", "egy-ministry-of-defence"),
        (None, "egy-ministry-of-defence"),
    ],
)
def test_a_title_outside_the_text_tells_what_the_article_is_about(title: str | None, key: str | None) -> None:
    text = "The Ministry of Defence said that pilots from Egypt would come."
    agencies, _ = survey(tag(Document(text), tagged(Document(text), "", "Ministry of Defence")), title=title)
    assert [agency.registry_key for agency in agencies] == [key]


def test_a_name_that_every_state_s_body_bears_tells_no_country() -> None:
    assert only_bearer("Ministry of Foreign Affairs") is None and only_bearer("House of Lords") == "GBR"


def test_shared_names() -> None:
    assert is_shared("Supreme Court") and is_shared("EPA") and not is_shared("Bundestag")
    body = national_body("Foreign Ministry", "KEN")
    assert body and (body.key, body.kind, body.country_iso3) == ("ken-ministry-of-foreign-affairs", "government", "KEN")
    assert national_body("Fjord Council", "KEN") is None


def test_places_tell_a_country_where_one_alone_has_them() -> None:
    assert country_of_place("Uttar Pradesh") == "IND"
    assert country_of_place("São Paulo") == country_of_place("Sao Paulo") == "BRA"
    assert country_of_place("Springfield") in ("USA", None)
    assert country_of_place("Punjab") is None, "two countries have one"
    assert country_of_places_in("Uttar Pradesh Police") == "IND"
    assert country_of_places_in("Fjord Police") is None


@pytest.mark.parametrize(
    ("text", "persons", "organisations", "expected"),
    [
        ("The Norwegian envoy Ann Lee spoke.", "Ann Lee", "", ("NOR", "beside")),
        ("Ann Lee of Norway won.", "Ann Lee", "", ("NOR", "beside")),
        ("Pentagon spokesman Ann Lee spoke.", "Ann Lee", "Pentagon", ("USA", "whole")),
        ("Japan voted. Ann Lee, head of the Nagoya Fjord Council, spoke.", "Ann Lee", "Nagoya Fjord Council", ("JPN", "whole")),
        ("Norway voted. Prime Minister Ann Lee won.", "Ann Lee", "", ("NOR", "article")),
        ("Norway voted. The outgoing president, Ann Lee, lost.", "Ann Lee", "", ("NOR", "article")),
        ("Norway voted. The club's president, Ann Lee, lost.", "Ann Lee", "", (None, None)),
        ("Norway voted. The dentist Ann Lee won.", "Ann Lee", "", (None, None)),
        ("Norway and Chile voted. Prime Minister Ann Lee won.", "Ann Lee", "", (None, None)),
        ("Norway voted. Ann Lee, minister for the Middle East, won.", "Ann Lee", "", (None, None)),
        ("Oslo voted. Prime Minister Ann Lee won.", "Ann Lee", "", (None, None)),
    ],
)
def test_country_of_a_person(text: str, persons: str, organisations: str, expected: tuple[str | None, str | None]) -> None:
    document = tag(Document(text), tagged(Document(text), persons, organisations))
    agencies, setting = survey(document)
    (person,) = [found for found in find_participants(document, agencies, None, setting) if found.kind == "person"]
    assert (person.country_iso3, person.country_rule) == expected
