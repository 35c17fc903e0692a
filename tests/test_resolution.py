"""Who speaks: pronouns, short names, descriptions and documents."""

from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rows import extracted, rows_of
from tagging import tag, tagged

from builder.extraction.agencies import find_agencies
from builder.extraction.participants import find_participants
from builder.extraction.quotes import FoundQuote
from builder.extraction.resolution import RULES, FoundMention, resolve_speakers
from builder.text.article import Article, normalise
from builder.text.document import Document
from builder.text.span import Span

PERSONS = "Ann Lee|Bo Ek|Carl Dahl|Lee|Ek|Dahl"
ORGANISATIONS = "World Bank|State Department|Bergen Herald|Interfax"


def quotes(text: str) -> tuple[str, list[FoundQuote]]:
    """The text without its markup: quotes stand in “ ”, their speakers in { } and addressees in < >, in the same order."""
    plain, marked, spans = "", [], {"{": [], "<": [], "“": []}
    for character in text:
        if character in "{<“":
            marked.append((character, len(plain)))
        elif character in "}>”":
            kind, start = marked.pop()
            spans[kind].append(Span(start, len(plain)))
        else:
            plain += character
    addressees = dict(enumerate(spans["<"]))
    return plain, [
        FoundQuote(quote, "direct", "named", speaker, None, addressees.get(i), None, None, "test")
        for i, (quote, speaker) in enumerate(zip(spans["“"], spans["{"], strict=True))
    ]


def resolved(marked: str) -> tuple[list[str | None], list[FoundMention], str, list[str | None]]:
    """Names of the speakers' and addressees' rows, and the further mentions."""
    text, found = quotes(marked)
    document = Document(text)
    together = tag(document, tagged(document, PERSONS, ORGANISATIONS))
    agencies = find_agencies(together)
    participants = find_participants(together, agencies)
    speakers, addressees, mentions = resolve_speakers(document, participants, agencies, found)
    names = [row.name for row in (*participants, *agencies)]
    return (
        [None if number is None else names[number] for number in speakers],
        [mention for mention in mentions if mention.rule in RULES],
        text,
        [None if number is None else names[number] for number in addressees],
    )


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Ann Lee left. “No,” {Lee} said.", ["Ann Lee"]),
        ("Ann Lee left. “No,” {Mrs. Lee} said.", ["Ann Lee"]),
        ("Ann Lee met Bo Ek. “No,” {she} said.", ["Ann Lee"]),
        ("Ann Lee met Carl Dahl. “No,” {he} said.", ["Carl Dahl"]),
        ("Carl Dahl praised Ann Lee. “No,” {he} said. “I say it again,” {he} added.", ["Carl Dahl", "Carl Dahl"]),
        ("“No,” {Carl Dahl} said of Bo Ek. “Never,” {he} added.", ["Carl Dahl", "Carl Dahl"]),
        ("Carl Dahl is late. A spokeswoman for Ann Lee called. “No,” {he} said.", ["Carl Dahl"]),
        ("Ann Lee is here. “No,” {he} said.", [None]),
        ("“No,” said {Carl Dahl, a lawyer}.", ["Carl Dahl"]),
        ("“No,” said {a lawyer for Carl Dahl}.", [None]),
        ("“No,” said {the State Department press service}.", ["State Department press service"]),
        ("“No,” {State Department spokesman Carl Dahl} said.", ["Carl Dahl"]),
        ("“No,” {the World Bank} said in a statement. “Never,” {the statement} read.", ["World Bank", "World Bank"]),
        ("Sen. Ann Lee met Mayor Bo Ek. “No,” {the senator} said.", ["Ann Lee"]),
        ("“No,” {a senator} said of Sen. Ann Lee.", [None]),
        ("The World Bank met the State Department. “No,” {the department} said.", ["State Department"]),
        ("The Bergen Herald asked Ann Lee. “No,” {the newspaper} wrote.", ["Bergen Herald"]),
        ("Carl Dahl lost. The Dahl campaign denied it. “No,” {his campaign} said.", ["Dahl campaign"]),
        ("“No,” the {Interfax news agency} wrote.", ["Interfax"]),
        ("Ann Lee lost. “No,” {the Lee campaign} said.", ["Lee campaign"]),
        ("They met Carl Dahl, {who} said: “No.”", ["Carl Dahl"]),
        ("Ann Lee left. “No,” {they} said.", [None]),
        ("“No,” {Ann Lee} said. “Yes,” {the World Bank statement} read.", ["Ann Lee", "World Bank"]),
        ("The World Bank left. “No,” {bank} said.", ["World Bank"]),
        ("“No,” {bank} said.", [None]),
        ("US envoy Carl Dahl spoke. “No,” the US {envoy} said.", ["Carl Dahl"]),
        ("“No,” {Lee}'s lawyer Bo Ek said of Ann Lee.", ["Bo Ek"]),
        ("“No,” {Lee}'s lawyer said of Ann Lee.", [None]),
        ("{Lee}'s claim that “no” was Ann Lee's.", ["Ann Lee"]),
        ("Carl Dahl lost. “No,” {his} spokesman said.", [None]),
        ("Carl Dahl lost. The Dahl campaign denied it. “No,” {his} campaign said.", ["Dahl campaign"]),
        ("“No,” {Norway}'s fish minister, Ann Lee, said.", ["Ann Lee"]),
        ("“No,” {the World Bank} officials said.", [None]),
        ("“No,” {the World Bank} (WB) economist Xi Wu said.", [None]),
        ("Ann Lee, {a member} of the World Bank, said: “No.”", ["Ann Lee"]),
        ("Norwegian envoy Ann Lee left. The {envoy} said “no”.", ["Ann Lee"]),
        ("“No,” {Ann Lee} said. “Well,” {Oda Ruud} said. “Now,” {she} said.", ["Ann Lee", None, None]),
        ("Bo Ek spoke. Carl Dahl arrived late, where {he} said “no”.", ["Carl Dahl"]),
        ("“No,” {people} said.", [None]),
    ],
)
def test_speaker(text: str, speakers: list[str | None]) -> None:
    assert resolved(text)[0] == speakers


def test_further_mentions_are_pronouns_and_nouns_without_their_article() -> None:
    _, further, text, _ = resolved("The World Bank met. “No,” {the bank} said. Carl Dahl smiled. “Well,” {he} said.")
    assert [(text[mention.start : mention.end], mention.form, mention.rule) for mention in further] == [
        ("bank", "nominal", "noun-for-agency"),
        ("he", "pronoun", "pronoun-person"),
    ]


def test_addressee() -> None:
    assert resolved("“No,” {Carl Dahl} told <Interfax>.")[3] == ["Interfax"]


def test_a_pronoun_does_not_mean_who_is_named_inside_the_quote() -> None:
    assert resolved("Carl Dahl came. “Bo Ek is late, and Bo Ek is tall,” {he} said.")[0] == ["Carl Dahl"]


@given(
    st.lists(
        st.sampled_from(
            ["Ann Lee", "Carl Dahl", "Lee", "he", "she", "the", "bank", "World Bank", "said", ".", ",", "\n", "who", "Mr."]
        )
    ),
    st.data(),
)
def test_any_speakers(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words) or "."
    document = Document(text)
    together = tag(document, tagged(document, PERSONS, ORGANISATIONS))
    agencies = find_agencies(together)
    participants = find_participants(together, agencies)
    found = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        speaker = Span(start, data.draw(st.integers(start + 1, len(text))))
        found.append(FoundQuote(Span(0, 1), "indirect", "named", speaker, None, speaker, None, None, "test"))
    speakers, addressees, mentions = resolve_speakers(document, participants, agencies, found)
    assert len(speakers) == len(addressees) == len(found)
    assert mentions == sorted(mentions)
    named = range(len(participants) + len(agencies))
    assert all(number in named for number in (*speakers, *addressees) if number is not None)
    assert len({mention[:2] for mention in mentions}) == len(mentions)


EXAMPLES: list[dict[str, Any]] = yaml.safe_load(
    (files("builder.extraction.resolution") / "examples.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_example(example: dict[str, Any]) -> None:
    tables = extracted([Article("example", normalise(example["text"]))])
    names = {row.participant_id: row.name for row in rows_of(tables["participants"])}
    names |= {row.agency_id: row.name for row in rows_of(tables["agencies"])}
    found = [
        {"rule": row.rule, "text": row.text, "form": row.form, "name": names[row.participant_id or row.agency_id or ""]}
        for row in rows_of(tables["mentions"])
        if row.rule in RULES
    ]
    assert found == ([] if example["expect"] == "nothing" else example["expect"])


def test_each_rule_has_a_hit_and_a_near_miss() -> None:
    hits = {row["rule"] for example in EXAMPLES if example["expect"] != "nothing" for row in example["expect"]}
    assert hits == {example["near"] for example in EXAMPLES if "near" in example} == set(RULES)
