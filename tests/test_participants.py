"""What a coder would put in the participants and affiliations, given the tagged names of a text."""

import pytest
from agreed import agreed
from hypothesis import given
from hypothesis import strategies as st
from tagging import drawn_names, tag, tagged

from builder.extraction.agencies import find_agencies
from builder.extraction.participants import FoundParticipant, find_participants
from builder.extraction.participants.person import person_name
from builder.knowledge.given_names import plain_given_name, sex_of_full_name, sex_of_given_name
from builder.text.document import Document
from builder.text.span import Span


def participants(text: str, persons: str = "", organisations: str = "", title: str = "") -> list[FoundParticipant]:
    document = Document(text)
    together = tag(document, agreed(document, tagged(document, persons, organisations)))
    span = Span(text.index(title), text.index(title) + len(title)) if title else None
    found = find_participants(together, find_agencies(together), span)
    for participant in found:
        assert participant.span in [mention.span for mention in participant.mentions]
        assert list(participant.mentions) == sorted(participant.mentions)
    return found


def person(text: str, persons: str, organisations: str = "") -> FoundParticipant:
    (found,) = [participant for participant in participants(text, persons, organisations) if participant.kind == "person"]
    return found


def mentions(text: str, participant: FoundParticipant) -> list[str]:
    return [mention.span.of(text) for mention in participant.mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee, the mayor of Bergen, left.", "the mayor of Bergen"),
        ("Ann Lee, mayor of Bergen, left.", "mayor of Bergen"),
        (
            "Ann Lee, the Norwegian envoy to Iran, and a fishing expert, left.",
            "the Norwegian envoy to Iran, and a fishing expert",
        ),
        ("Ann Lee, 45, a teacher from Columbus, Ohio, left.", "a teacher from Columbus, Ohio"),
        ("Ann Lee (a lawyer) left.", "a lawyer"),
        ("Ann Lee, a senator who was late, left.", "a senator who was late"),
        ("Ann Lee, a senator, who was late, left.", "a senator"),
        ("Ann Lee (D-Ohio), a senator, left.", "a senator"),
        ("Ann Lee, a war hero shot down in May, left.", "a war hero shot down in May"),
        ("They saw Ann Lee, a professor at Yale.", "a professor at Yale"),
        ("Former Norwegian Prime Minister Ann Lee left.", "Former Norwegian Prime Minister"),
        ("Secretary of State Ann Lee left.", "Secretary of State"),
        ("Yesterday Sen. Ann Lee left.", "Sen."),
        ("The mayor, Ann Lee, left.", "The mayor"),
        ("They thanked Norway's mayor for fish, Ann Lee.", "Norway's mayor for fish"),
        ("Minister for the North, Ann Lee said no.", "Minister for the North"),
        ("In a word to the mayor, Ann Lee said no.", None),
        ("A senior fire service official, Ann Lee, left.", "A senior fire service official"),
        ("They met senior police official Ann Lee.", "senior police official"),
        ("Fish and Sports Minister Ann Lee left.", "Fish and Sports Minister"),
        ("National Fish Agency (NFA) director Ann Lee left.", "National Fish Agency (NFA) director"),
        ("Director of fish (DOF) Ann Lee left.", "Director of fish (DOF)"),
        ("The report named former singer and fish farmer Ann Lee.", "former singer and fish farmer"),
        ("The mayor and senator Ann Lee left.", "senator"),
        ("Chief of staff Ann Lee left.", "Chief of staff"),
        ("Her lawyer Ann Lee left.", "Her lawyer"),
        ("Bo Ek's former aide Ann Lee left.", "Bo Ek's former aide"),
        ("Attorney Ann Lee, head of the bank, left.", "head of the bank"),
        ("Senators Bo Ek, Dag and Ann Lee left.", "Senators"),
        ("Bo Ek and Ann Lee, both of them senators, left.", None),
        ("Ann Lee and Bo Ek, senators from Ohio, left.", "senators from Ohio"),
        ("Ann Lee, senators from Ohio, and others left.", None),
        ("Ann Lee was appointed mayor of Bergen for a year.", "mayor of Bergen"),
        ("Ann Lee, who fled and later became mayor of Bergen, left.", "mayor of Bergen"),
        ("Ann Lee was glad, and so was the mayor.", None),
        ("Ann Lee, the mayor said, was late.", None),
        ("Tell Ann Lee, a member state may object.", None),
        ("Mrs. Ann Lee left.", None),
        ("Ann Lee, Sen. Bo Ek and Governor Dag left.", None),
        ("Ann Lee, the lights being out, left.", None),
        ("The mayor saw Ann Lee, and left.", None),
    ],
)
def test_role(text: str, expected: str | None) -> None:
    document = Document(text)
    found = find_participants(tag(document, tagged(document, "Ann Lee|Bo Ek|Dag")), [])
    lee = next(participant for participant in found if participant.name == "Ann Lee")
    assert (lee.role.of(text) if lee.role else None) == expected


def test_one_row_for_all_names_of_a_person() -> None:
    text = "Robert Berg met Ann B. Lee. Mr. Berg, or Bob Berg, smiled; Lee did not. ANN LEE: No."
    berg, lee = participants(text, "Robert Berg|Bob Berg|Berg|Ann B. Lee|Lee|ANN LEE")
    assert mentions(text, berg) == ["Robert Berg", "Berg", "Bob Berg"]
    assert (lee.name, mentions(text, lee)) == ("Ann B. Lee", ["Ann B. Lee", "Lee", "ANN LEE"])


def test_one_person_by_another_apostrophe_article_or_hyphen() -> None:
    text = "Brian O’Hara met Bashar al-Berg. Brian O'Hara smiled; Berg left, and Al-Berg too. Kim Jo-un met Kim Jo Un."
    names = "Brian O’Hara|Bashar al-Berg|Brian O'Hara|Berg|Al-Berg|Kim Jo-un|Kim Jo Un"
    assert [mentions(text, found) for found in participants(text, names)] == [
        ["Brian O’Hara", "Brian O'Hara"],
        ["Bashar al-Berg", "Berg", "Al-Berg"],
        ["Kim Jo-un", "Kim Jo Un"],
    ]


def test_the_party_and_state_of_a_member_of_congress_is_no_person() -> None:
    assert [found.name for found in participants("Ann Lee, D-Mo., and D. Berg left.", "Ann Lee|D-Mo|D. Berg")] == [
        "Ann Lee",
        "D. Berg",
    ]


def test_two_of_one_last_name_by_honorific_paragraph_and_frequency() -> None:
    text = "Ann Lee met Carl Lee. Mrs. Lee left; Mr. Lee stayed.\nAnn Lee slept.\nLee was tired."
    ann, carl = participants(text, "Ann Lee|Carl Lee|Lee")
    assert mentions(text, ann) == ["Ann Lee", "Lee", "Ann Lee", "Lee"]
    assert mentions(text, carl) == ["Carl Lee", "Lee"]


def test_initials_keep_namesakes_apart() -> None:
    assert len(participants("George A. Berg met George B. Berg.", "George A. Berg|George B. Berg")) == 2


def test_a_last_name_that_the_tagger_passed_over() -> None:
    text = "Ann Young left. But Young returned. Young people cheered."
    assert mentions(text, person(text, "Ann Young")) == ["Ann Young", "Young"]


def test_country_of_a_person() -> None:
    assert person("Ann Lee, the Norwegian envoy to Iran, left.", "Ann Lee").country_iso3 == "NOR"
    assert person("Ann Lee, the envoy to Iran, left.", "Ann Lee").country_iso3 is None
    assert person("Ann Lee, president of Norway, left.", "Ann Lee").country_iso3 == "NOR"
    assert person("Norway's Ann Lee won.", "Ann Lee").country_iso3 == "NOR"
    assert person("President Ann Lee of Norway left.", "Ann Lee").country_iso3 == "NOR"


@pytest.mark.parametrize(
    ("text", "organisations", "relation"),
    [
        ("Ann Lee, the director of the World Bank, left.", "World Bank", "head"),
        ("Ann Lee, the deputy director of the World Bank, left.", "World Bank", "member"),
        ("World Bank spokeswoman Ann Lee left.", "World Bank", "spokesperson"),
        ("World Bank Secretary General Ann Lee left.", "World Bank", "head"),
        ("Ann Lee, the envoy to the World Bank, left.", "World Bank", "representative"),
        ("Ann Lee, an analyst at the World Bank, left.", "World Bank", "member"),
        ("Ann Lee of the World Bank left.", "World Bank", "member"),
        ("The World Bank's Ann Lee left.", "World Bank", "member"),
        ("Ann Lee, a critic of the World Bank, left.", "World Bank", None),
        ("Ann Lee left the World Bank.", "World Bank", None),
        ("Ann Lee, who leads the World Bank, left.", "World Bank", "head"),
        ("Ann Lee joined the World Bank.", "World Bank", "member"),
        ("Ann Lee (World Bank) left.", "World Bank", "member"),
        ("Ann Lee (left), of the World Bank, spoke.", "World Bank", "member"),
        ("Ann Lee became president of the World Bank.", "World Bank", "head"),
        ("Ann Lee left. She is a member of the World Bank.", "World Bank", "member"),
        ("Ann Lee met Bo Ek. She is a member of the World Bank.", "World Bank", "member"),
        ("Fish Minister Ann Lee left the Fish Ministry.", "Fish Ministry", "head"),
        ("Sports Minister Ann Lee left the Fish Ministry.", "Fish Ministry", None),
        ("Bank spokeswoman Ann Lee defended the World Bank.", "World Bank", "spokesperson"),
        ("Bank spokeswoman Ann Lee met the World Bank and the Fish Bank.", "World Bank|Fish Bank", None),
        ("Ann Lee, a victim of the World Bank, left.", "World Bank", None),
    ],
)
def test_affiliation(text: str, organisations: str, relation: str | None) -> None:
    found = person(text, "Ann Lee", organisations).affiliations
    assert [affiliation.relation for affiliation in found] == ([relation] if relation else [])


def test_affiliations_with_all_bodies_of_a_role() -> None:
    text = "Ann Lee, owner of the World Bank and the Fish Bank, left."
    found = person(text, "Ann Lee", "World Bank|Fish Bank").affiliations
    assert [(each.agency, each.relation) for each in found] == [(0, "head"), (1, "head")]
    text = "Ann Lee, head of the fish team at the World Bank, left."
    assert [each.relation for each in person(text, "Ann Lee", "World Bank").affiliations] == ["member"]


def test_a_delegation_includes_each_agency_of_a_coordination() -> None:
    text = "The U.S. delegation included officials from the Departments of State, Defense, and Energy, as well as the World Bank."
    state, delegation = participants(text, organisations="World Bank")
    assert (state.kind, state.name) == ("state", "United States")
    assert (delegation.kind, delegation.name, delegation.country_iso3) == ("delegation", "U.S. delegation", "USA")
    assert [affiliation.relation for affiliation in delegation.affiliations] == ["includes"] * 4
    assert delegation.affiliations[1].span.of(text) == "U.S. delegation included officials from the Departments of State, Defense"


def test_one_country_s_delegation_under_two_names() -> None:
    text = "The American delegation came. The U.S. delegation left. The delegation was tired."
    _, delegation = participants(text)
    assert mentions(text, delegation) == ["American delegation", "U.S. delegation", "delegation"]


STATES = """\
Norway, U.S. Complete Fish Talks
Officials said talks with Oslo were long. They met in Norway. The Norwegians left, and Norway won."""


def test_states_that_are_a_party_and_their_mentions() -> None:
    norway, states = participants(STATES, title=STATES.split("\n", maxsplit=1)[0])
    assert (norway.country_iso3, norway.rule, states.name) == ("NOR", "headline-actor", "United States")
    assert [(mention.span.of(STATES), mention.form) for mention in norway.mentions] == [
        ("Norway", "name"),
        ("Oslo", "alias"),
        ("Norwegians", "alias"),
        ("Norway", "name"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They met in Norway.",
        "Norwegian fish is good.",
        "The Norway-Sweden border is long.",
        "A ferry between Oslo and Stockholm sank.",
        "He was born in Oslo, Norway.",
    ],
)
def test_a_country_that_is_only_a_place_is_no_participant(text: str) -> None:
    assert participants(text) == []


def test_a_headline_s_modifier_is_no_actor() -> None:
    text = "U.S. Tourist Arrives in Norway\nHe arrived on Tuesday and left on Wednesday."
    assert participants(text, title="U.S. Tourist Arrives in Norway") == []
    text = text.replace("Tourist", "Envoy")
    (state,) = participants(text, title="U.S. Envoy Arrives in Norway")
    assert (state.country_iso3, state.rule) == ("USA", "represented-state")


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Yesterday Norway and Sweden signed it.", {"NOR": "acting-state", "SWE": "acting-state"}),
        ("Norway will formally ratify it.", {"NOR": "acting-state"}),
        ("They saw the Norway plan.", {}),
        ("It is the Norway claims bureau.", {}),
        ("Norway plans to leave.", {"NOR": "acting-state"}),
        ("A man from Norway signed it.", {}),
        ("Norway's prime minister left.", {"NOR": "represented-state"}),
        ("The president of Norway left.", {"NOR": "represented-state"}),
        ("Norwegian officials left.", {"NOR": "represented-state"}),
        ("A Norwegian opposition leader left.", {}),
        ("A Norwegian singer left.", {}),
        ("The Norwegian government left it.", {"NOR": "government-of-state"}),
        ("A Norwegian company left.", {}),
        ("A treaty with Norway, Sweden or the United Kingdom is near.", dict.fromkeys(("NOR", "SWE", "GBR"), "side-of-relation")),
        ("A dinner with Norway fans is near.", {}),
        ("They accused Norway of it and urged Sweden to act.", {"NOR": "object-of-act", "SWE": "object-of-act"}),
        ("They accused Norway fans of it.", {}),
        ("They walked over Latin America.", {}),
    ],
)
def test_states_that_take_part(text: str, states: dict[str, str]) -> None:
    assert {found.country_iso3: found.rule for found in participants(text)} == states


def test_the_government_is_a_mention_of_its_state() -> None:
    text = "The Norwegian government left. Norway agreed."
    (norway,) = participants(text)
    assert mentions(text, norway) == ["Norwegian government", "Norway"]


def test_person_names() -> None:
    assert person_name("Donald J. Trump Jr.") == (("donald", "trump"), {"j"}, ("donald", "trump"))
    assert person_name("George H.W. Bush").words == ("george", "bush")
    assert plain_given_name("bill") == plain_given_name("william")
    assert (sex_of_given_name("Sergei"), sex_of_given_name("Angela"), sex_of_given_name("Xyz")) == ("male", "female", None)


def test_the_sex_of_a_name_that_begins_with_the_family_s() -> None:
    names = ("Kim Dae-ki", "Kim Jong Un", "Kim Berg", "Kim Harvey Berg", "Ann Lee", "Lee")
    assert list(map(sex_of_full_name, names)) == [None, None, "female", "female", "female", None]


@given(
    st.lists(
        st.sampled_from(
            [
                *".,()'’-\n",
                "s",
                "Ann",
                "Lee",
                "the",
                "envoy",
                "of",
                "Norway",
                "U.S.",
                "and",
                "delegation",
                "between",
                "Group",
                "working",
            ]
        )
    ).map(" ".join),
    st.data(),
)
def test_any_text_and_names(text: str, data: st.DataObject) -> None:
    document = Document(text)
    names = drawn_names(document, data)
    together = tag(document, names)
    agencies = find_agencies(together)
    found = find_participants(together, agencies, Span(0, len(text)))
    spans = {mention.span for participant in found for mention in participant.mentions}
    assert all(document.span(name.first, name.stop) in spans for name in names if name.kind == "person")
    for participant in found:
        assert participant.span in [mention.span for mention in participant.mentions]
        assert participant.role is None or 0 <= participant.role.start < participant.role.end <= len(text)
        met = [affiliation.agency for affiliation in participant.affiliations]
        assert len(met) == len(set(met)) and all(0 <= agency < len(agencies) for agency in met)
