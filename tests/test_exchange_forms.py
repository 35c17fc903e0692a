"""Rows to each other tool and back, in its own form and its own unit of offsets."""

import hashlib
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from conftest import Run
from exchanged import ARTICLES, BOTH_WAYS, Held, build, imported, round_trip, table, write_rows
from hypothesis import given
from hypothesis import strategies as st

from builder.coding.patch import rows_table
from builder.coding.runs import IMPORTED_TABLES
from builder.exchange.claimed import Claimed, Empty, Labels
from builder.exchange.proof import Prover
from builder.exchange.units import Utf16
from builder.export.writing import Content
from builder.tables.schema import table_schemas


@pytest.fixture
def package(package_of: Callable[..., Path]) -> Path:
    return package_of(ARTICLES)


def test_web_annotation_of_another_tool(run: Run, package: Path, tmp_path: Path) -> None:
    """As the W3C's examples and Hypothesis write it: a selector refines another, and the place may be missing."""
    quoted = {"type": "TextQuoteSelector", "exact": "Lee", "prefix": "us,” ", "suffix": " told"}
    nested = {"type": "FragmentSelector", "refinedBy": quoted}
    unproved = {"type": "TextPositionSelector", "start": 1, "end": 3}
    items = [
        {"body": {"type": "TextualBody", "value": "PER"}, "target": {"source": "http://example.org/a/one", "selector": nested}},
        {"body": "PER", "target": {"source": "one.txt", "selector": [{"type": "TextQuoteSelector", "exact": "Lee"}]}},
        {"body": "LOC", "target": {"source": "one", "selector": quoted}},
        {"body": "PER", "target": "one"},
        {"tags": ["PER"], "target": {"source": "one", "selector": unproved}},
        7,
    ]
    page = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items}
    (tmp_path / "page.json").write_text(json.dumps(page), encoding="utf-8")
    told = imported(run, tmp_path / "page.json", "web-annotation", "--label", "PER=participants-person")
    build(run)
    (own,) = (row for row in table(package, "participants") if row["rule"] == "import:other")
    assert (own["name"], own["kind"], own["text"]) == ("Lee", "person", "Lee")
    reasons = [row["reason"] for row in table(package, "rejects")]
    assert len(reasons) == 5, told
    assert reasons[0].startswith("label 'LOC' is no TABLE")
    assert reasons[1] == "not one target with a selector, as a row has"


@pytest.mark.parametrize(("form", "source"), BOTH_WAYS)
def test_rows_go_out_and_come_back(run: Run, package: Path, form: str, source: str) -> None:
    round_trip(run, package, form, source)


PIECES = ["a", "e\u0301", "🚢", "👩🏽‍🔬", "שלום", "مرحبا", " ", "\n", "“", "”", "\u2028", "\u200f", "x.y", "\t", "&<"]

TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)


@given(TEXTS)
def test_utf16_places_are_those_of_the_encoded_text(text: str) -> None:
    units = Utf16(text)
    encoded = text.encode("utf-16-le")
    for place in range(len(text) + 1):
        unit = len(text[:place].encode("utf-16-le")) // 2
        assert units.from_code_points(place) == unit
        assert units.to_code_points(unit) == place
    inside = {units.from_code_points(place) for place in range(len(text) + 1)}
    assert all(units.to_code_points(unit) is None for unit in range(-2, len(encoded) // 2 + 3) if unit not in inside)


class Spans(NamedTuple):
    text: str
    spans: list[tuple[int, int]]


@st.composite
def marked_texts(draw: st.DrawFn) -> Spans:
    """A text and passages of it that do not begin or end with a line's end, which brat cannot mark."""
    text = draw(TEXTS)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    spans = draw(st.lists(places, max_size=8))
    passages = {(start, end) for start, end in spans if start < end and text[start:end] == text[start:end].strip("\n")}
    return Spans(text, sorted(passages))


@pytest.mark.parametrize(("form", "source"), BOTH_WAYS)
@given(marked=marked_texts())
def test_any_passage_of_any_text_goes_out_and_comes_back(form: str, source: str, marked: Spans) -> None:
    module = import_module(f"builder.exchange.{form.replace('-', '_')}")
    tables = {name: table_schemas()[name].arrow.empty_table() for name in (*IMPORTED_TABLES, "articles")}
    article = {"article_id": "one", "text": marked.text, "sha256": hashlib.sha256(marked.text.encode()).hexdigest()}
    tables["articles"] = rows_table("articles", [article])
    person = {"article_id": "one", "kind": "person", "name": "é \t“"}
    places = [{"text": marked.text[start:end], "start": start, "end": end} for start, end in marked.spans]
    people = [{**person, **place, "participant_id": f"one.p{number}"} for number, place in enumerate(places)]
    tables["participants"] = rows_table("participants", people)
    with TemporaryDirectory() as folder:
        out = Path(folder)
        module.write(Content(Held(tables), table_schemas(), {}, ""), out)
        read = [each for each in module.read(out / source, Labels()) if not isinstance(each, Empty)]
    assert all(isinstance(each, Claimed) for each in read), read
    values = [Prover(marked.text).prove(each, each.document.text in (None, marked.text)) for each in read]
    assert all(each.placed == "held" for each in values)
    assert sorted((each.values["text"]["start"], each.values["text"]["end"]) for each in values) == marked.spans
    assert {each.values["name"] for each in values} <= {"é \t“"}


def test_doccano_counts_in_utf16(run: Run, package: Path, tmp_path: Path) -> None:
    """As it exports a document that a person has labelled; a span may end in the middle of a surrogate pair, or nowhere."""
    text = str(ARTICLES[0]["text"])
    start = text.index("Ole Dahl")
    assert len(text[:start].encode("utf-16-le")) // 2 == start + 3
    labels = [
        [start + 3, start + 11, "PER"],
        [1, 4, "PER"],
        [5000, 5010, "PER"],
        [-4, 2, "PER"],
        [8, 4, "PER"],
        [1, 2],
        [0, 2, "ORG"],
    ]
    document = {"id": 7, "text": text, "label": labels, "Comments": []}
    other = {"id": 8, "text": "Another text with Ole Dahl.", "label": [[18, 26, "PER"]], "Comments": []}
    relations = {
        "id": 9,
        "text": text,
        "relations": [],
        "entities": [{"id": 1, "label": "PER", "start_offset": 8, "end_offset": 13}],
    }
    write_rows(tmp_path, document, other, relations, name="all.jsonl")
    imported(run, tmp_path / "all.jsonl", "doccano", "--label", "PER=participants-person")
    build(run)
    own = [row["text"] for row in table(package, "participants") if row["rule"] == "import:other"]
    assert own == [text[6:11], "Ole Dahl"]
    reasons = [row["reason"] for row in table(package, "rejects")]
    assert len(reasons) == 7
    assert sum("no passage of an article" in reason or "neither a text nor a place" in reason for reason in reasons) == 4
    assert any("not [start, end, label]" in reason for reason in reasons)
    assert any("no article_id: no such article in the package, nor one with this text" in reason for reason in reasons)


def test_label_studio_in_either_unit(run: Run, package: Path, tmp_path: Path) -> None:
    """As its export has it, with an annotation that was cancelled and a result that is no passage."""
    text = str(ARTICLES[0]["text"])
    start = text.index("Ole Dahl")

    def region(start: int, text: str, label: str = "PER") -> dict[str, Any]:
        value = {"start": start, "end": start + len(text), "text": text, "labels": [label]}
        return {"id": "x", "from_name": "label", "to_name": "text", "type": "labels", "value": value, "origin": "manual"}

    choice = {"id": "y", "from_name": "c", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}}
    first = {"id": 1, "was_cancelled": False, "result": [region(start, "Ole Dahl"), choice, region(0, "Ole Dahl is here")]}
    second = {"id": 2, "was_cancelled": False, "result": [region(text.index("Ann Lee") + 2, "Ann Lee")]}
    cancelled = {"id": 3, "was_cancelled": True, "result": [region(0, "us")]}
    task = {"id": 1, "data": {"text": text}, "annotations": [first, second, cancelled], "predictions": [cancelled]}
    (tmp_path / "export.json").write_text(json.dumps([task, {"data": {"image": "a.jpg"}}]), encoding="utf-8")
    told = imported(run, tmp_path / "export.json", "label-studio", "--label", "PER=participants-person")
    assert "moved" not in told, "the second's offsets are UTF-16, and hold as such"
    build(run)
    own = [row["text"] for row in table(package, "participants") if row["rule"] == "import:other"]
    assert own == ["Ann Lee", "Ole Dahl"]
    assert [row["reason"] for row in table(package, "rejects")] == [
        "'choices' is no passage with a label",
        "data.text is missing",
        "'Ole Dahl is here' does not stand in the article; at 0 to 16 stands '🚢🌊 Talks Begin\\n\\n'",
    ]


def test_brat_with_more_than_passages(run: Run, package: Path, tmp_path: Path) -> None:
    """As its documentation shows it: relations, events, attributes, notes and fragments."""
    text = str(ARTICLES[1]["text"])
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "two.txt").write_text(text, encoding="utf-8", newline="\n")
    start, broken = text.index("Oslo"), text.index("It was\nworth it")
    lines = [
        f"T1\tGPE {start} {start + 4}\tOslo",
        f"T2\tquotes-direct {broken} {broken + 6};{broken + 7} {broken + 15}\tIt was worth it",
        f"T3\tquotes-direct {broken} {broken + 2};{broken + 7} {broken + 12}\tIt worth",
        f"T4\tGPE {start + 1} {start + 5}\tOslo",
        f"T5\tGPE {10**30} {10**31}\tOslo",
        "T6\tGPE nowhere\tOslo",
        "R1\tPart-Of Arg1:T1 Arg2:T2",
        "E1\tSaying:T2 Theme:T1",
        "A1\tNegation T2",
        "*\tEquiv T1 T4",
        "#1\tAnnotatorNotes T1\tis this one right?",
    ]
    (tmp_path / "brat" / "two.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    imported(run, tmp_path / "brat", "brat", "--label", "GPE=participants-state")
    build(run)
    assert [row["text"] for row in table(package, "participants") if row["rule"] == "import:other"] == ["Oslo"]
    assert [row["text"] for row in table(package, "quotes") if row["rule"] == "import:other"] == ["It was\nworth it"]
    places = {row["place"] for row in table(package, "rejects")}
    assert {f"two.ann, line {number}" for number in (3, 5, 6, 7, 8, 9, 10, 11)} <= places


def test_langextract_is_believed_only_where_the_words_stand(run: Run, package: Path, tmp_path: Path) -> None:
    text = str(ARTICLES[0]["text"])

    def extraction(words: str, start: int | None, status: str, **attributes: str) -> dict[str, Any]:
        interval = None if start is None else {"start_pos": start, "end_pos": start + len(words)}
        return {
            "extraction_class": "quote",
            "extraction_text": words,
            "char_interval": interval,
            "alignment_status": status,
            "extraction_index": 1,
            "group_index": 0,
            "description": None,
            "attributes": {"attribution": "unattributed", **attributes},
        }

    at = text.index("No one waits")
    extractions = [
        extraction("No one waits for us,", at, "match_exact", mood="calm"),
        extraction("No one would wait for us", at, "match_fuzzy"),
        extraction("We were ready to talk.", None, "match_lesser"),
        extraction("was silent", None, "match_exact"),
    ]
    write_rows(tmp_path, {"extractions": extractions, "text": text, "document_id": "doc_1"}, name="le.jsonl")
    told = imported(run, tmp_path / "le.jsonl", "langextract", "--label", "quote=quotes-direct", "--model", "model-a")
    assert "mood: no column of quotes, left out of 1 rows" in told
    build(run)
    assert [row["text"] for row in table(package, "quotes") if row["rule"] == "import:other"] == [
        "No one waits for us,",
        "was silent",
    ]
    assert [row["reason"].partition(" does not stand")[0] for row in table(package, "rejects")] == [
        "'No one would wait for us'",
        "'We were ready to talk.'",
    ]


def test_timeml(run: Run, package: Path) -> None:
    assert run("export", "package", "--format", "timeml", "--out", "out").returncode == 0
    for article in ARTICLES:
        root = ElementTree.parse(package.parent / "out" / f"{article['article_id']}.tml").getroot()
        assert "".join(root.find("TEXT").itertext()) == article["text"]  # type: ignore[union-attr]
        marked = [(each.text, each.get("type"), each.get("value")) for each in root.findall("TEXT/TIMEX3")]
        kept = [row for row in table(package, "dates") if row["article_id"] == article["article_id"]]
        assert marked == [(row["text"], row["type"], row["value"]) for row in kept]
        assert root.find("DCT/TIMEX3").get("value") == article["published"]  # type: ignore[union-attr]
        ids = [each.get("tid") for each in root.iter("TIMEX3")]
        assert len(ids) == len(set(ids))


def test_cas_goes_out_and_comes_back(run: Run, package: Path) -> None:
    pytest.importorskip("cassis")
    round_trip(run, package, "cas", ".")


@pytest.mark.parametrize("suffix", ["json", "xmi"])
def test_cas_of_inception(run: Run, package: Path, tmp_path: Path, suffix: str) -> None:
    """As cassis writes it, with the layer of named entities, a layer without labels, and offsets in UTF-16."""
    cassis = pytest.importorskip("cassis")
    types = cassis.TypeSystem()
    entity = types.create_type("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "uima.tcas.Annotation")
    types.create_feature(entity, "value", "uima.cas.String")
    token = types.create_type("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token", "uima.tcas.Annotation")
    cas = cassis.Cas(typesystem=types)
    text = str(ARTICLES[0]["text"])
    cas.sofa_string, cas.sofa_mime = text, "text/plain"
    start = text.index("Ole Dahl")
    cas.add(token(begin=0, end=1))
    cas.add(entity(begin=start, end=start + 8, value="PER"))
    cas.add(entity(begin=start, end=start + 3, value="MISC"))
    cas.add(entity(begin=2, end=2, value="PER"))
    folder = tmp_path / "inception"
    folder.mkdir()
    getattr(cas, f"to_{suffix}")(folder / f"any.{suffix}")
    if suffix == "xmi":
        types.to_xml(folder / "TypeSystem.xml")
    imported(run, folder, "cas", "--label", "PER=participants-person")
    build(run)
    assert [row["text"] for row in table(package, "participants") if row["rule"] == "import:other"] == ["Ole Dahl"]
    assert len(table(package, "rejects")) == 2
