"""Marks, speakers and reported clauses; the sentences that show each rule stand beside it, in examples.yaml."""

import json
import re
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import extracted

from builder.extraction.names import Name
from builder.extraction.quotes import RULES, FoundQuote, find_quotes
from builder.extraction.quotes.words import cue_forms, inflections
from builder.knowledge.learned import load, stored_figures
from builder.knowledge.lexicon import rows
from builder.tables.schema import schema_folder
from builder.text.article import Article
from builder.text.document import Document
from builder.text.span import Span

MARKS = "\"“”„«»'‘’"
NEWS = st.lists(
    st.sampled_from(
        [*MARKS, " ", "\n", "\n\n", ", ", ". ", ": ", "?", "he", "said", "told", "Mr. King", "the mayor", "that", "We are", "x"]
    ),
    max_size=60,
).map("".join)


def quotes_of(text: str, names: list[Name] | None = None, dates: list[Span] | None = None) -> list[FoundQuote]:
    return find_quotes([Document(text)], [names or []], [dates or []])[0]


def marked(text: str) -> list[str]:
    return [quote.span.of(text) for quote in quotes_of(text) if quote.kind != "indirect"]


@pytest.mark.parametrize(
    "text",
    [
        "“We are ready to go,” he said.",
        '"We are ready to go," he said.',
        '“We are ready to go," he said.',
        '"We are ready to go,” he said.',
        "„We are ready to go,“ he said.",
        "«We are ready to go,» he said.",
        "»We are ready to go,« he said.",
        "‘We are ready to go,’ he said.",
        "'We are ready to go,' he said.",
    ],
)
def test_marks_of_any_kind_enclose_a_quote(text: str) -> None:
    assert marked(text) == ["We are ready to go,"]


def test_an_unclosed_mark_costs_its_paragraph_at_most() -> None:
    text = "“We are ready to go, he said.\n“They will never come back here,” she said."
    assert marked(text)[-1] == "They will never come back here,"


def test_each_paragraph_of_a_long_quotation_is_a_quote_of_its_speaker() -> None:
    text = "“We have waited long enough,” said Anna Lind. “We will go.\n\n“We will not come back this year.”"
    found = quotes_of(text)
    assert [quote.span.of(text) for quote in found] == [
        "We have waited long enough,",
        "We will go.",
        "We will not come back this year.",
    ]
    assert {quote.speaker.of(text) for quote in found if quote.speaker} == {"Anna Lind"}
    assert [quote.continues for quote in found] == [None, 0, 1]


def test_a_quote_inside_a_quote_belongs_to_its_text() -> None:
    text = "“She told me, ‘We are ready to go,’ and then she left us,” the mayor said."
    assert marked(text) == ["She told me, ‘We are ready to go,’ and then she left us,"]


def test_apostrophes_are_no_marks() -> None:
    assert marked("The voters’ rights weren’t safe in the ’90s, and the mayor's aides didn't say so.") == []
    assert marked("‘It isn’t the voters’ fault,’ he said.") == ["It isn’t the voters’ fault,"]


def test_markup_and_inches_are_no_quotes() -> None:
    assert marked('The <a href="http://example.org/page">page</a> shows a 27" screen and a 32" one.') == []


def test_the_name_that_holds_a_speaker_is_taken_whole() -> None:
    text = "“We are ready to go,” said the University of Lund."
    names = [Name(10, 13, "organisation", "test")]
    assert [quote.speaker.of(text) for quote in quotes_of(text, names) if quote.speaker] == ["the University of Lund"]


def test_a_phrase_may_begin_its_line() -> None:
    text = "The lights went out.\nFormer governor Anna Lind said, “We are ready to go.”"
    assert [quote.speaker.of(text) for quote in quotes_of(text) if quote.speaker] == ["Former governor Anna Lind"]


def test_documents_of_a_batch_do_not_see_each_other() -> None:
    texts = ["“We are ready to go,” said Anna Lind.", "“It will rain all day.”", "", "He left. “It will rain all day,” he said."]
    alone = [quotes_of(text) for text in texts]
    assert find_quotes([Document(text) for text in texts], [[]] * 4, [[]] * 4) == alone


def test_no_documents() -> None:
    assert find_quotes([], [], []) == []


@given(st.one_of(st.text(), st.text(alphabet=MARKS + " \n.,a"), NEWS))
def test_any_text_gives_ordered_quotes_inside_it(text: str) -> None:
    found = quotes_of(text)
    for quote in found:
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert quote.rule in RULES
        assert (quote.speaker is None) == (quote.attribution == "unattributed")
        assert (quote.continues is not None) == (quote.attribution == "continued")
        for part in (quote.speaker, quote.cue, quote.addressee):
            assert part is None or (0 <= part.start < part.end <= len(text))
    assert all(before.span.end <= after.span.start for before, after in pairwise(found))
    assert all(found[quote.continues].speaker == quote.speaker for quote in found if quote.continues is not None)


@given(st.text(), st.text())
def test_surrounding_documents_change_nothing(text: str, other: str) -> None:
    documents = [Document(other), Document(text), Document(other)]
    assert find_quotes(documents, [[]] * 3, [[]] * 3)[1] == quotes_of(text)


def test_the_label_of_a_turn_names_a_person_of_the_article() -> None:
    text = "QUESTION: Is it over?\n\nMR BERG: It is not over, and we said so.\n\nQUESTION: Thank you."
    tables = extracted([Article("a", text)])
    spoken = [(row["speaker"], row["participant_id"]) for row in tables["quotes"].to_pylist()]
    assert spoken == [("QUESTION", None), ("MR BERG", "a.berg"), ("QUESTION", None)]


def test_what_a_report_says_of_its_interview_is_no_turn() -> None:
    text = "Q: Is it over?\n\nMR BERG: It is not over.\n\nThis interview was edited.\n\nThe road opened in May."
    assert [quote.span.of(text) for quote in quotes_of(text)] == ["Is it over?", "It is not over."]
    text = text.replace("This interview was edited.", "This road was closed.")
    assert [quote.span.of(text) for quote in quotes_of(text)][2:] == ["This road was closed.", "The road opened in May."]


def test_a_transcript_in_a_batch_changes_nothing_of_its_neighbours() -> None:
    texts = [
        "QUESTION: Is it over?\nMR BERG: It is not over.",
        "Said the mayor.",
        "The mayor said:\n\nWe will go now.",
        "He left.",
    ]
    alone = [quotes_of(text) for text in texts]
    assert find_quotes([Document(text) for text in texts], [[]] * 4, [[]] * 4) == alone


def test_the_weights_are_those_of_the_recorded_inputs() -> None:
    record = stored_figures("quotes-record")
    weights = {name: sha256(load(name).weights.tobytes()).hexdigest() for name in record["weights"]}
    assert weights == record["weights"]
    assert set(record["inputs"]) == {"articles.jsonl", "gold.jsonl", "names.npz"}


def test_the_grades_of_certainty_are_described_by_their_measured_shares() -> None:
    figures = stored_figures("quotes-certainty")
    fields = json.loads((schema_folder() / "quotes.json").read_text(encoding="utf-8"))["fields"]
    (field,) = (field for field in fields if field["name"] == "certainty")
    for grades in figures["right"].values():
        assert grades["high"]["right"] > grades["medium"]["right"] > grades["low"]["right"]
        assert all(f"{grade} {part['right']:.2f}" in field["description"] for grade, part in grades.items())


def test_each_cue_shows_itself_in_its_example() -> None:
    for row in rows("quote-cues.tsv"):
        words = re.findall(r"[\w-]+", row["example"].lower())
        assert any(cue_forms().get(word) for word in words), row
        assert {*inflections(row["cue"], row["irregular"].split()), row["cue"]} & set(words), row


def test_each_title_cue_shows_itself_in_its_example() -> None:
    assert [row["word"] for row in rows("quote-title-cues.tsv") if row["word"] not in re.findall(r"\w+", row["example"])] == []
