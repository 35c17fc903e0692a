"""Names: examples, invariants for any text, and the exactness of the network's arithmetic."""

from importlib.resources import files
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.extraction.names import RULES, Name, find_names
from builder.extraction.names.candidates import Grid, Ints, lay_out
from builder.extraction.names.decoding import ALONE, BEGIN, END, INSIDE, KINDS, OUTSIDE, best_parts
from builder.extraction.names.forms import LONG, form, forms_of
from builder.extraction.names.gazetteer import marks, packed_names
from builder.extraction.names.known import packed, packed_words
from builder.extraction.names.network import WEIGHT_UNIT, load
from builder.extraction.names.rules import names_of
from builder.extraction.names.scoring import first_look
from builder.extraction.names.signs import signs, spread, windows
from builder.text.document import Document

EXAMPLES = yaml.safe_load((files("builder.extraction.names") / "examples.yaml").read_text(encoding="utf-8"))
ALL_KINDS = {*KINDS, "place", "other"}

news = st.lists(
    st.sampled_from(
        "Anna Kowalska said that the Ministry of Foreign Affairs ( MFA ) in Vienna , Mr . Dr “ ” \n John F . X . U.S. al "
        "- Sharif DEBT VOTE New Zealand 's van der Bellen".split(" ")
    ),
    max_size=60,
).map(" ".join)


def names_in(text: str) -> list[tuple[str, str, str]]:
    document = Document(text)
    return [(document.span(name.first, name.stop).of(text), name.kind, name.rule) for name in find_names([document])[0]]


def texts_of(text: str, kind: str) -> list[str]:
    return [name for name, of_kind, _ in names_in(text) if of_kind == kind]


def parts_of(grid: Grid, document: Document, learned: dict[str, str]) -> Ints:
    """The parts with which the network would have marked those names, at the first place where each stands."""
    parts = np.full(len(grid), OUTSIDE, np.int32)
    for text, kind in learned.items():
        start = document.text.index(text)
        first, last = (grid.firsts[0] + document.token_at(at) for at in (start, start + len(text) - 1))
        shift = 4 * KINDS.index(kind)
        parts[first : last + 1] = INSIDE + shift
        parts[first], parts[last] = (BEGIN + shift, END + shift) if first < last else (ALONE + shift, ALONE + shift)
    return parts[grid.places]


def names_by_rules(text: str, learned: dict[str, str]) -> list[tuple[str, str, str]]:
    document = Document(text)
    grid = lay_out([document])
    found = names_of(grid, parts_of(grid, document, learned), marks(grid)).found()
    offset = grid.firsts[0]
    return [(document.span(name.first - offset, name.stop - offset).of(text), name.kind, name.rule) for name in found]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"][:40])
def test_example(example: dict[str, Any]) -> None:
    assert set(example) <= {"text", "learned", "expect", "near"}
    text = example["text"]
    rows = names_by_rules(text, example["learned"]) if "learned" in example else names_in(text)
    found = [dict(zip(("text", "kind", "rule"), row, strict=True)) for row in rows]
    assert found == ([] if example["expect"] == "nothing" else example["expect"])


def test_each_rule_has_a_hit_and_a_near_miss() -> None:
    hits = {want["rule"] for example in EXAMPLES if example["expect"] != "nothing" for want in example["expect"]}
    assert hits == set(RULES)
    assert {example["near"] for example in EXAMPLES if "near" in example} == set(RULES)


@given(st.one_of(st.text(), news))
def test_names_of_any_text_are_apart_and_in_order(text: str) -> None:
    document = Document(text)
    (names,) = find_names([document])
    assert all(name.kind in ALL_KINDS and name.rule in RULES for name in names)
    bounds = [bound for name in names for bound in (name.first, name.stop)]
    assert all(name.first < name.stop for name in names)
    assert bounds == sorted(bounds)
    assert not bounds or bounds[-1] <= len(document)


@given(st.lists(st.one_of(news, st.text(max_size=30)), max_size=5))
def test_a_document_does_not_depend_on_its_batch(texts: list[str]) -> None:
    together = find_names([Document(text) for text in texts])
    assert together == [find_names([Document(text)])[0] for text in texts]


def test_order_of_documents_is_kept() -> None:
    texts = ["Anna Kowalska spoke.", "", "Nobody spoke.", "They met in Vienna."]
    assert [len(names) for names in find_names([Document(text) for text in texts])] == [1, 0, 0, 1]


def test_no_documents() -> None:
    assert find_names([]) == []


def test_the_span_leaves_title_article_and_genitive_out() -> None:
    assert texts_of("They asked President Anna Kowalska's office.", "person") == ["Anna Kowalska"]
    assert texts_of("Sen. Anna Kowalska agreed.", "person") == ["Anna Kowalska"]
    assert all(
        not name.startswith(("The ", "the "))
        for name, _, _ in names_in("The Ministry of Justice and The Washington Post agreed.")
    )


@pytest.mark.parametrize(
    "text", ["Yesterday it rained.", "However, nothing changed. Nobody knows why.", "“Never again,” he said."]
)
def test_a_capital_that_opens_a_sentence_makes_no_name(text: str) -> None:
    assert names_in(text) == []


def test_a_short_form_has_the_kind_of_the_full_name() -> None:
    text = "Maria Lindqvist met reporters on Friday. Lindqvist said the plan was sound. Later Lindqvist left."
    assert texts_of(text, "person") == ["Maria Lindqvist", "Lindqvist", "Lindqvist"]


def test_unclosed_and_endless_capitals_are_cut_into_runs() -> None:
    names = find_names([Document("Dr Anna " * 5000 + "(" + "A-" * 5000)])[0]
    assert all(isinstance(name, Name) for name in names)


def test_every_name_that_begins_in_a_run_ends_in_it() -> None:
    generator = np.random.default_rng(7)
    lengths = generator.integers(1, 9, 200).astype(np.int32)
    starts = np.append(0, np.cumsum(lengths)[:-1]).astype(np.int32)
    scores = generator.integers(-500, 500, (int(lengths.sum()), 9)).astype(np.int32)
    parts = best_parts(scores, starts, lengths)
    for start, length in zip(starts, lengths, strict=True):
        open_kind = None
        for part in parts[start : start + length].tolist():
            kind, place = (None, OUTSIDE) if part == OUTSIDE else ((part - 1) // 4, (part - 1) % 4 + 1)
            assert (place in (INSIDE, END)) == (open_kind is not None)
            assert open_kind in (None, kind)
            open_kind = kind if place in (BEGIN, INSIDE) else None
        assert open_kind is None
    assert ALONE in parts


def test_names_side_by_side_are_one_but_for_a_person_after_a_body() -> None:
    person, organisation = (np.where(np.arange(9) == part, 1000, -1000) for part in (ALONE, ALONE + 4))
    for first, second, expected in (
        (organisation, organisation, {ALONE + 4, OUTSIDE}),
        (person, person, {ALONE, OUTSIDE}),
        (organisation, person, {ALONE + 4, ALONE}),
    ):
        scores = np.stack([first, second]).astype(np.int32)
        scores[:, OUTSIDE] = 0
        assert set(best_parts(scores, np.array([0], np.int32), np.array([2], np.int32)).tolist()) == expected


def test_sums_of_the_network_stay_exact() -> None:
    network = load()
    for layers in (network.first, network.second):
        for weights, bias, largest in ((layers.hidden, layers.hidden_bias, 127), (layers.output, layers.output_bias, 1023)):
            assert (weights == np.rint(weights)).all()
            assert (np.abs(weights).sum(axis=0) * largest + np.abs(bias)).max() < 2**24


@given(st.lists(st.lists(st.one_of(news, st.text(max_size=30))).map(" ".join), max_size=3))
def test_scores_are_those_of_the_whole_input(texts: list[str]) -> None:
    network, grid = load(), lay_out([Document(text) for text in ["Ana", *texts]])
    seen = windows(grid)
    words = network.vectors(grid.words.features(seen.used))[seen.by_candidate(grid.places, grid.stretches)]
    inputs = np.hstack([words.reshape(len(words), -1), spread(signs(grid, marks(grid)))])
    values = (inputs @ network.first.hidden + network.first.hidden_bias) / np.float32(WEIGHT_UNIT)
    assert np.array_equal(first_look(grid, marks(grid), network), network.first.scores(values))


@given(st.lists(st.text(min_size=1, max_size=5)))
def test_forms_of_many_words_are_those_of_each(words: list[str]) -> None:
    words += ["Ana", "bell", "UN", "B", "iPhone", "McNair", "the", "Al", "USA"]
    assert (forms_of(words) & ~np.uint8(LONG)).tolist() == list(map(form, words))
    assert [word for word, each in zip(words, forms_of(words), strict=True) if each & LONG][-3:] == ["Ana", "bell", "USA"]


def test_the_packed_lexicons_are_the_lexicons() -> None:
    """After a change of a lexicon run ``python training/names_lexicons.py``."""
    made = packed_words() | packed_names()
    assert made.keys() == packed().keys()
    assert all(np.array_equal(made[name], kept) for name, kept in packed().items())
    assert all((made[f"by_{which}_keys"][1:] > made[f"by_{which}_keys"][:-1]).all() for which in ("lower", "word"))


def test_the_grid_keeps_documents_apart() -> None:
    documents = [Document("Anna Kowalska"), Document("Vienna Group")]
    grid = lay_out(documents)
    assert [grid.words.ids[first - 1] for first in grid.firsts] == [-1, -1]
    assert len(grid.runs.starts) == 2
