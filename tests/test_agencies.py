"""What a coder would put in the agencies, given the tagged names of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tagging import drawn_names, tag, tagged

from builder.extraction.agencies import FoundAgency, find_agencies
from builder.extraction.agencies.coordinated import find_coordinated
from builder.extraction.agencies.kinds import kind_of_name
from builder.extraction.agencies.naming import canonical, initials, is_acronym
from builder.knowledge.bodies import bodies, known_body
from builder.knowledge.countries import country_names
from builder.knowledge.lexicon import rows
from builder.text.document import Document
from builder.text.span import Span


def agencies(text: str, organisations: str = "", persons: str = "", publisher: str | None = None) -> list[FoundAgency]:
    document = Document(text)
    at = text.index(publisher) if publisher else 0
    names = tagged(document, persons, organisations)
    found = find_agencies(tag(document, names), Span(at, at + len(publisher)) if publisher else None)
    for agency in found:
        assert agency.span in [mention.span for mention in agency.mentions]
        assert list(agency.mentions) == sorted(agency.mentions)
    assert [agency.span for agency in found] == sorted(agency.span for agency in found)
    return found


def texts(text: str, agency: FoundAgency) -> list[tuple[str, str]]:
    return [(mention.span.of(text), mention.form) for mention in agency.mentions]


def test_one_row_for_two_orders_of_a_name_and_its_acronym() -> None:
    text = "The Department of State (DOS) denied it. The State Department was late."
    (agency,) = agencies(text, "Department of State|State Department")
    assert (agency.name, agency.registry_key) == ("Department of State", "us-department-of-state")
    assert texts(text, agency) == [("Department of State", "name"), ("DOS", "alias"), ("State Department", "name")]


def test_an_unknown_acronym_in_brackets_is_the_name_before_it() -> None:
    text = "The Fjord Watch Society (FWS) met. FWS was founded in May."
    (agency,) = agencies(text, "Fjord Watch Society|FWS")
    assert texts(text, agency) == [("Fjord Watch Society", "name"), ("FWS", "alias"), ("FWS", "alias")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Departments of State, Defense, and Energy met", ["Departments of State", "Defense", "Energy"]),
        ("the Departments of Health and Human Services and Labor", ["Departments of Health and Human Services", "Labor"]),
        ("the Justice, State and Treasury departments met", ["Justice", "State", "Treasury departments"]),
        ("the Universities of Oslo and Bergen met", ["Universities of Oslo", "Bergen"]),
        ("the departments of the big store were closed", []),
        ("Departments of State, he said, were late", []),
    ],
)
def test_coordinated_names_are_one_body_each(text: str, expected: list[str]) -> None:
    document = Document(text)
    found = [document.span(item.first, item.stop).of(text) for items in find_coordinated(tag(document, [])) for item in items]
    assert found == expected


def test_a_coordination_is_split_whatever_the_tagger_made_of_it() -> None:
    text = "They came from the Departments of State, Defense, and Energy, as well as the National Security Council."
    found = agencies(text, "Departments of State, Defense, and Energy|National Security Council")
    assert [(a.name, a.span.of(text)) for a in found] == [
        ("Department of State", "Departments of State"),
        ("Department of Defense", "Defense"),
        ("Department of Energy", "Energy"),
        ("National Security Council", "National Security Council"),
    ]


def test_short_forms_belong_to_the_full_name() -> None:
    text = "The Nordic Fisheries Commission met. The Commission was split. Nordic Fisheries spoke."
    (agency,) = agencies(text, "Nordic Fisheries Commission|Commission|Nordic Fisheries")
    assert agency.name == "Nordic Fisheries Commission"
    assert len(agency.mentions) == 3


def test_a_body_of_another_country_is_not_the_known_one() -> None:
    text = "Pakistan's National Security Council met."
    (agency,) = agencies(text, "National Security Council")
    assert (agency.registry_key, agency.country_iso3, agency.kind) == (None, "PAK", "government")


def test_a_part_has_the_whole_as_its_parent() -> None:
    text = "The State Department press service confirmed it."
    whole, part = agencies(text, "State Department")
    assert (whole.parent, part.parent) == (None, 0)
    assert (part.name, part.kind, part.country_iso3, part.registry_key) == (
        "State Department press service",
        "government",
        "USA",
        None,
    )


def test_known_bodies_have_their_parents_in_the_article() -> None:
    nations, council = agencies("The United Nations met. The Security Council did not.", "United Nations|Security Council")
    assert council.parent == 0
    assert (nations.kind, council.kind) == ("intergovernmental", "intergovernmental")


def test_owner_before_an_apostrophe_s_is_the_parent() -> None:
    text = "Bergen University's Fjord Institute closed."
    university, institute = agencies(text, "Bergen University|Fjord Institute")
    assert institute.parent == 0 and university.kind == "academic"


def test_the_publisher_of_the_dateline_is_an_agency_even_untagged() -> None:
    (agency,) = agencies("July 29, 2020 (EIRNS)—They met.", publisher="EIRNS")
    assert (agency.kind, agency.registry_key, agency.rule) == ("news-media", "eirns", "dateline-publisher")


def test_groups_and_delegations_are_no_agencies() -> None:
    assert agencies("The Russia-United States Working Group on Space Security met.", "States Working Group|Space Security") == []
    assert agencies("The Contact Group met.", "Contact Group") == []


def test_what_a_person_runs_bears_the_person_s_name() -> None:
    text = "Ann Lee spoke. The Lee campaign denied it. Lee's campaign was short."
    (agency,) = agencies(text, persons="Ann Lee|Lee")
    assert (agency.name, agency.kind) == ("Lee campaign", "political-party")
    assert texts(text, agency) == [("Lee campaign", "nominal"), ("Lee's campaign", "nominal")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ministry of Fisheries", "government"),
        ("Supreme Court of Norway", "court"),
        ("Harbour Workers Union", "civil-society"),
        ("Bergen Herald", "news-media"),
        ("University of Bergen", "academic"),
        ("Fjord Shipping Inc.", "company"),
        ("People's Progress Party", "political-party"),
        ("Third Army", "military"),
        ("Oslo City Assembly", "legislature"),
        ("Fjordland", None),
        ("Fjord Permanent Council", "intergovernmental"),
        ("House Fjord Committee", "legislature"),
        ("Securities and Fjords Commission", "government"),
        ("Coalition for Unity and Democracy", "political-party"),
        ("Coalition for Clean Fjords", "civil-society"),
        ("Ministério da Pesca", "government"),
        ("Universitas Fjordia", "academic"),
        ("Partai Fjord", "political-party"),
        ("Fjordverfassungsgericht", "court"),
        ("AG", None),
    ],
)
def test_kind_by_head_noun(name: str, kind: str | None) -> None:
    assert kind_of_name(name) == kind


def test_kind_by_context_comes_before_the_last_resort() -> None:
    assert agencies("Shares of Fjordland fell.", "Fjordland")[0].kind == "company"
    assert agencies("He saw Fjordland there.", "Fjordland")[0].kind == "other"
    assert agencies("The rights group Fjordland won.", "Fjordland")[0].kind == "civil-society"
    assert agencies("He told Fjordland.", "Fjordland")[0].kind == "news-media"
    assert agencies("The special fisheries court (FSC) met.", "FSC")[0].kind == "court"
    assert agencies("Fjordland, a small market research firm in Bergen, won.", "Fjordland")[0].kind == "company"


def test_the_registry_is_whole() -> None:
    known = bodies()
    assert all(body.parent is None or body.parent in known for body in known.values())
    assert all(body.country_iso3 is None or body.country_iso3 in country_names() for body in known.values())
    forms = [form for row in rows("agencies.tsv") for form in (row["name"], *filter(None, row["aliases"].split("|")))]
    assert len(forms) == len(set(forms)), "a name stands for one body"


def test_known_bodies_by_country() -> None:
    def key(name: str, country: str | None = None) -> str | None:
        body = known_body(name, country)
        return body.key if body else None

    assert key("Foreign Ministry", "RUS") == "russian-foreign-ministry"
    assert key("British Foreign Office") == "uk-foreign-office"
    assert key("U.S. Senate") == "us-senate"
    assert key("Senate", "FRA") == "fra-senate"
    assert key("Senate") is None, "several countries have one"
    assert key("Foreign Ministry", "GHA") == key("Ministry of Foreign Affairs of Ghana") == "gha-ministry-of-foreign-affairs"
    assert key("Treasury", "GBR") == "uk-treasury"
    assert key("who") is None


def test_names_in_other_words() -> None:
    assert canonical("The State Department") == canonical("Department of State")
    assert canonical("Fjord Shipping Inc.") == canonical("Fjord Shipping")
    assert initials("Bank of Japan") == ("bj", "boj")
    assert is_acronym("AfD") and is_acronym("U.N.") and not is_acronym("Bergen") and not is_acronym("A B")


def test_countries_by_their_longest_word() -> None:
    document = Document("New Jersey, New Zealand, the U.S. and the Kyrgyz Republic.")
    assert [mention.country_iso3 for mention in tag(document, []).countries] == ["USA", "NZL", "USA", "KGZ"]


@given(
    st.lists(st.sampled_from([*"Aa.,()'’-\n&", "s", "Departments of", "State", "and", "Commission", "U.S.", "(AC)", "the"])).map(
        " ".join
    ),
    st.data(),
)
def test_any_text_and_names(text: str, data: st.DataObject) -> None:
    document = Document(text)
    names = drawn_names(document, data)
    found = find_agencies(tag(document, names))
    spans = [mention.span for agency in found for mention in agency.mentions]
    assert len(spans) == len(set(spans))
    assert all(
        agency.parent is None or (0 <= agency.parent < len(found) and agency.parent != i) for i, agency in enumerate(found)
    )
