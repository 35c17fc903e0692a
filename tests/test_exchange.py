"""Rows to other tools and back: nothing is taken that is not proved in the text, and nothing is lost without a reason."""

import hashlib
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from conftest import Run, contents
from decided import Coder
from hypothesis import given
from hypothesis import strategies as st

from builder.coding.figures import ROW, accuracies
from builder.coding.patch import rows_table
from builder.coding.runs import IMPORTED_TABLES
from builder.errors import InputError
from builder.exchange.claimed import Claimed, Empty, Labels
from builder.exchange.proof import Prover
from builder.exchange.units import Utf16
from builder.export.writing import Content
from builder.publish.package import read_package, read_tables
from builder.tables.schema import table_schemas
from builder.validate.imports import RunsProof

SPOKEN = (
    "Foreign Minister Ann Lee of Norway said on Monday, May 3: “We are ready 🚢 to talk.” “No one waits for us,” Lee told "
    "the Harbour Agency. Ole Dahl, spokesman for the Ministry of Transport, was silent."
)
ARTICLES = [
    {"article_id": "one", "published": "2021-05-04", "text": f"🚢🌊 Talks Begin\n\n{SPOKEN}\n"},
    {
        "article_id": "two",
        "published": "2022-06-07",
        "text": (
            "Cafe\u0301 Meeting — שלום — مرحبا 👩🏽‍🔬\nThe Ministry of Transport of Norway said in Oslo on June 6, 2022: "
            "“Cafe\u0301 السلام עולם is open.”\nAmbassador Zoe\u0308 Berg added: “It was\nworth it,” and left for ten years."
        ),
    },
]
BOTH_WAYS = [("doccano", "doccano.jsonl"), ("label-studio", "tasks.json"), ("brat", "."), ("web-annotation", "annotations.jsonl")]
NOT_KEPT = {"rule", "country_rule", "certainty", "coding_status"}
"""Columns that say how this program made a row."""


@pytest.fixture
def package(run: Run, tmp_path: Path) -> Path:
    lines = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES)
    (tmp_path / "articles.jsonl").write_text(lines, encoding="utf-8")
    build(run)
    return tmp_path / "package"


def build(run: Run) -> None:
    """Builds, and has the package proved."""
    done = run("build", "articles.jsonl", "--out", "package")
    assert done.returncode == 0, done.stderr
    checked = run("validate", "package")
    assert checked.returncode == 0, checked.stdout


def imported(run: Run, source: Path, form: str, *options: object, code: int = 0) -> str:
    done = run("import", source, "package", "--format", form, "--as", "other", *options)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def rows(package: Path, rule: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """Rows that say something, with the names of what they refer to in place of keys; only those of a rule where one is given."""
    tables = {name: table.to_pylist() for name, table in read_tables(read_package(package)).items()}
    names = {row[key]: (row["article_id"], row.get("name", row["text"]), row["start"]) for _, key, row in keyed(tables)}
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in IMPORTED_TABLES}
    for name, key, row in keyed(tables):
        if rule is None or row["rule"] == rule:
            kept = {column: value for column, value in row.items() if column not in NOT_KEPT and column != key}
            for reference in table_schemas()[name].foreign_keys:
                if reference.column != "article_id" and kept[reference.column] is not None:
                    kept[reference.column] = names[kept[reference.column]]
            found[name].append(kept)
    return {name: sorted(every, key=repr) for name, every in found.items()}


def keyed(tables: Mapping[str, list[dict[str, Any]]]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(name, str(table_schemas()[name].primary_key), row) for name in IMPORTED_TABLES for row in tables[name]]


def table(package: Path, name: str) -> list[dict[str, Any]]:
    return read_tables(read_package(package))[name].to_pylist()


def round_trip(run: Run, package: Path, form: str, source: str) -> None:
    before = rows(package)
    assert all(before.values()), "the articles have rows of every table"
    done = run("export", "package", "--format", form, "--out", "out")
    assert done.returncode == 0, done.stderr
    imported(run, package.parent / "out" / source, form, "--instead-of", ",".join(IMPORTED_TABLES))
    build(run)
    assert rows(package, "import:other") == before
    assert rows(package) == before
    assert not table(package, "rejects")


def write_rows(folder: Path, *every: Mapping[str, Any], name: str = "quotes.jsonl") -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in every), encoding="utf-8")
    return path


def quote(text: str, **columns: Any) -> dict[str, Any]:
    return {"article_id": "one", "text": text, "kind": "direct", **columns}


def test_rows_of_a_language_model(run: Run, package: Path, tmp_path: Path) -> None:
    """It paraphrases, straightens marks, gives offsets that do not hold: what stands there once is taken, all else says why."""
    (tmp_path / "prompt.txt").write_text("Give me the quotes.", encoding="utf-8")
    source = write_rows(
        tmp_path,
        quote("No one waits for us,", speaker="Foreign Minister Ann Lee", attribution="named"),
        quote("We are ready 🚢 to talk.", start=3, end=27),
        quote("We stand ready to talk."),
        quote("No one is waiting for us"),
        quote("No one waits for us", start=0, end=19, kind="paraphrase"),
        quote("silent", speaker="Ole Dahl", attribution="named", participant_id="one.ole-dahl"),
        quote("silent", participant_id="one.no-one"),
        quote("silent", speaker="Lee", attribution="named"),
        {**quote("is open"), "article_id": "three"},
    )
    told = imported(run, source, "rows", "--model", "model-a 1.0", "--prompt", "prompt.txt", "--parameters", '{"temperature": 0}')
    assert "rejected             6" in told
    build(run)
    own = [row for row in table(package, "quotes") if row["rule"] == "import:other"]
    assert [(row["text"], row["speaker"], row["attribution"], row["participant_id"]) for row in own] == [
        ("We are ready 🚢 to talk.", None, "unattributed", None),
        ("No one waits for us,", "Foreign Minister Ann Lee", "named", None),
        ("silent", "Ole Dahl", "named", "one.ole-dahl"),
    ]
    assert len(table(package, "quotes")) > len(own), "the machine's rows stand beside them"
    reasons = {row["place"]: row["reason"] for row in table(package, "rejects")}
    assert reasons == {
        "line 3": "'We stand ready to talk.' does not stand in the article",
        "line 4": "'No one is waiting for us' does not stand in the article",
        "line 5": "kind is 'paraphrase', not one of direct, partial, indirect",
        "line 7": "participant_id 'one.no-one' is no row of participants of this article, in the file or in the package",
        "line 8": "speaker: 'Lee' stands there more than once, and nothing says which",
        "line 9": "article_id 'three': no such article in the package",
    }
    assert {row["source"] for row in table(package, "rejects")} == {"import:other"}
    (told_run,) = table(package, "runs")
    assert told_run["source_sha256"] == hashlib.sha256(source.read_bytes()).hexdigest()
    assert told_run["prompt_sha256"] == hashlib.sha256(b"Give me the quotes.").hexdigest()
    kept = {
        name: told_run[name] for name in ("run_id", "format", "source", "model", "parameters", "instead_of", "rows", "rejected")
    }
    assert kept == {
        "run_id": "other",
        "format": "rows",
        "source": "quotes.jsonl",
        "model": "model-a 1.0",
        "parameters": '{"temperature": 0}',
        "instead_of": None,
        "rows": 3,
        "rejected": 6,
    }


def test_csv_of_a_table_comes_back(run: Run, package: Path, tmp_path: Path) -> None:
    before = rows(package)["dates"]
    imported(run, package / "datapackage" / "dates.csv", "rows", "--instead-of", "dates")
    build(run)
    assert rows(package)["dates"] == before
    assert {row["rule"] for row in table(package, "dates")} == {"import:other"}


def test_replaced_only_in_articles_that_the_file_is_about(run: Run, package: Path, tmp_path: Path) -> None:
    before = rows(package)["quotes"]
    imported(run, write_rows(tmp_path, quote("No one waits for us,")), "rows", "--instead-of", "quotes")
    build(run)
    assert [row["text"] for row in rows(package)["quotes"] if row["article_id"] == "one"] == ["No one waits for us,"]
    assert [row for row in rows(package)["quotes"] if row["article_id"] == "two"] == [
        row for row in before if row["article_id"] == "two"
    ]


def test_decisions_on_imported_rows(run: Run, package: Path, tmp_path: Path) -> None:
    imported(run, write_rows(tmp_path, quote("No one waits for us,"), quote("silent")), "rows")
    build(run)
    ada = Coder("ada", package)
    machine = next(row["quote_id"] for row in table(package, "quotes") if row["text"] == "No one waits for us,")
    ada.decide(f"{machine}.import-other", "edit", set={"kind": "partial"})
    wrong = next(row["quote_id"] for row in table(package, "quotes") if row["text"] == "silent")
    ada.decide(wrong, "reject")
    build(run)
    by_key = {row["quote_id"]: row for row in table(package, "quotes")}
    assert wrong not in by_key
    edited = by_key[f"{machine}.import-other"]
    assert (edited["kind"], edited["rule"], edited["coding_status"]) == ("partial", "import:other", "corrected")
    assert by_key[machine]["coding_status"] == "machine", "the machine's row at the same place is another"
    assert [row["rows"] for row in table(package, "runs")] == [2]


def test_imported_rows_move_with_the_text_or_become_rejects(run: Run, package: Path, tmp_path: Path) -> None:
    imported(run, write_rows(tmp_path, quote("No one waits for us,"), quote("We are ready 🚢 to talk.")), "rows")
    source = tmp_path / "articles.jsonl"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("Talks Begin", "Long Talks Begin").replace("🚢 to talk", "to talk"), encoding="utf-8")
    build(run)
    (own,) = (row for row in table(package, "quotes") if row["rule"] == "import:other")
    assert (own["text"], own["quote_id"]) == ("No one waits for us,", f"one.q{own['start']}.import-other")
    (reject,) = table(package, "rejects")
    assert (reject["source"], reject["place"]) == ("import:other", "line 2")
    assert [(row["rows"], row["rejected"]) for row in table(package, "runs")] == [(1, 1)]


def test_the_same_whatever_the_processes(run: Run, package: Path, tmp_path: Path) -> None:
    imported(run, write_rows(tmp_path, quote("No one waits for us,"), quote("We stand ready.")), "rows")
    build(run)
    first = contents(package)
    assert run("build", "articles.jsonl", "--out", "package", "--jobs", "2").returncode == 0
    assert contents(package) == first


def test_validation_finds_imported_rows_that_no_run_tells_of(run: Run, package: Path, tmp_path: Path) -> None:
    imported(run, write_rows(tmp_path, quote("No one waits for us,")), "rows")
    build(run)
    tables = read_tables(read_package(package))
    proof = RunsProof(tables["runs"].slice(0, 0), [])
    proof.add(tables)
    (finding,) = proof.left()
    assert (finding.check, finding.found) == ("import", "1 rows")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("quotes.jsonl", b'{"article_id": "one", "text', "line 1: no JSON that can be read"),
        ("quotes.jsonl", b"[1]\n", "line 1: not a JSON object"),
        ("quotes.jsonl", b'\xff\xfe{"a": 1}', "line 1: not UTF-8"),
        ("quotes.jsonl", b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "line 1: no JSON that can be read"),
        ("quotes.jsonl", b'{"article_id": "one", "text": "\\ud800"}', "line 1: no JSON that can be read"),
        ("quotes.jsonl", b'{"article_id": "one", "speker": "Lee"}', "line 1: 'speker' is no column of quotes"),
        ("quotes.jsonl", b"", "no row to import, 0 rejected"),
        ("quotes.csv", b"article_id,text\none\n", "line 2: fewer cells than columns"),
        ("quotes.csv", b"article_id,text\none,a,b\n", "line 2: more cells than columns"),
        ("quotes.csv", b"text,text\na,b\n", "line 1: a column stands there twice"),
        ("quotes.csv", "article_id,text\none,Müller\n".encode("latin-1"), "not UTF-8"),
        ("quotes.csv", b'article_id,text\none,"' + b"x" * (1 << 23) + b'"\n', "line 2: field larger"),
        ("rows.jsonl", b'{"article_id": "one", "text": "silent"}', "table is missing"),
    ],
)
def test_damaged_rows(run: Run, package: Path, tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    told = imported(run, tmp_path / name, "rows", code=2)
    assert says in told and name in told and told.startswith("builder: ") and told.count("\n") == 1
    assert not (package / "coding").exists()


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ({"start": -5, "end": 3}, "stands there more than once"),
        ({"start": 10**14, "end": 10**14 + 2}, "stands there more than once"),
        ({"start": 5, "end": 2}, "stands there more than once"),
        ({"start": 1.5, "end": 2}, "start is '1.5', which is no whole number"),
        ({"start": True, "end": 2}, "start is 'True', which is no whole number"),
    ],
)
def test_places_that_are_none(run: Run, package: Path, tmp_path: Path, place: dict[str, Any], says: str) -> None:
    source = write_rows(tmp_path, quote("the", **place), quote("silent"))
    assert says in imported(run, source, "rows")


def test_a_name_is_taken_once(run: Run, package: Path, tmp_path: Path) -> None:
    source = write_rows(tmp_path, quote("silent"))
    imported(run, source, "rows")
    kept = package / "coding" / "imports" / "other.jsonl"
    before = kept.read_bytes()
    assert "is there already" in imported(run, source, "rows", code=2)
    assert (
        "must match" in (done := run("import", source, "package", "-f", "rows", "--as", "../x")).stderr and done.returncode == 2
    )
    bad = write_rows(tmp_path, quote("silent"), quote("loud"))
    assert "nothing written" in imported(run, bad, "rows", "--again", "--strict", code=1)
    assert kept.read_bytes() == before
    imported(run, write_rows(tmp_path, quote("silent", kind="partial")), "rows", "--again")
    assert kept.read_bytes() != before


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"run":"other"', '"run":"another"', "line 1: the run is 'another'"),
        ('"start":', '"strat":', "line 3: text must be an object"),
        ('"table":"quotes"', '"table":"articles"', "line 3: table 'articles' is none of"),
        (
            '"instead_of":[]}\n{"article_id":"one","article_sha256":"',
            '"instead_of":["quotes"]}\n{"article_id":"one","x":"',
            "line 2:",
        ),
        ('"format":1', '"format":9', "line 1: no import of format 1"),
        ('"kind":"direct"', '"kind":"spoken"', "line 3: kind is 'spoken', not one of"),
    ],
)
def test_import_that_was_edited_by_hand(run: Run, package: Path, tmp_path: Path, old: str, new: str, says: str) -> None:
    imported(run, write_rows(tmp_path, quote("silent")), "rows")
    path = package / "coding" / "imports" / "other.jsonl"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")
    done = run("build", "articles.jsonl", "--out", "package")
    assert done.returncode == 2 and says in done.stderr and "other.jsonl" in done.stderr


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
        module.write(Content(tables, table_schemas(), {}, ""), out)
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


@pytest.mark.parametrize(
    ("form", "name", "content", "says"),
    [
        ("doccano", "a.jsonl", b"not json\n", "line 1: no JSON"),
        ("label-studio", "a.json", b'{"data": []}', "not a list of tasks"),
        ("label-studio", "a.json", b"[" * 100_000, "no JSON that can be read"),
        ("web-annotation", "a.json", b"\xfe\xff\x00[", "not UTF-8"),
        ("web-annotation", "a.json", b'{"type": "AnnotationPage", "items": []}', "no row to import"),
        ("brat", "a.ann", b"T1\tx 0 1\ta\n", "a.txt: no file"),
        ("brat", "a.xml", b"", "no .ann file"),
        ("langextract", "a.jsonl", b'{"extractions": NaN}', "line 1: no JSON"),
        ("rows", "a.jsonl", None, "no file"),
    ],
)
def test_damaged_files(run: Run, package: Path, tmp_path: Path, form: str, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    told = imported(run, tmp_path / name, form, code=2)
    assert says in told and told.startswith("builder: ") and told.count("\n") == 1
    assert not (package / "coding").exists()


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


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xmi", BOMB, "a.xmi: a document type"),
        ("a.xmi", BOMB.decode().encode("utf-16"), "a.xmi: "),
        ("a.xmi", b"<a>", "a.xmi: no XML that can be read"),
        ("a.xmi", b"<a/>", "TypeSystem.xml: no file"),
        ("a.json", b"{}", "a.json: no CAS that can be read"),
        ("a.json", b"[" * 100_000, "a.json: no JSON that can be read"),
        ("a.json", b'{"%TYPES": {}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "none"}], "%VIEWS": {}}', "a.json: no CAS"),
        ("a.txt", b"", "no .json or .xmi file"),
    ],
)
def test_damaged_cas(run: Run, package: Path, tmp_path: Path, name: str, content: bytes, says: str) -> None:
    pytest.importorskip("cassis")
    (tmp_path / name).write_bytes(content)
    told = imported(run, tmp_path / name, "cas", code=2)
    assert says in told and told.startswith("builder: ") and told.count("\n") == 1


def test_cas_with_an_offset_inside_a_character(run: Run, package: Path, tmp_path: Path) -> None:
    pytest.importorskip("cassis")
    assert run("export", "package", "--format", "cas", "--out", "out").returncode == 0
    path = tmp_path / "out" / "one.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    next(each for each in content["%FEATURE_STRUCTURES"] if "label" in each)["begin"] = 1
    path.write_text(json.dumps(content), encoding="utf-8")
    assert "no CAS that can be read" in imported(run, path, "cas", code=2)


def test_imports_have_figures_of_their_own(run: Run, package: Path, tmp_path: Path) -> None:
    imported(run, write_rows(tmp_path, quote("No one waits for us,"), quote("silent")), "rows", "--model", "model-a | 1.0")
    build(run)
    keys = {row["rule"]: row["quote_id"] for row in table(package, "quotes") if row["text"] == "No one waits for us,"}
    ada = Coder("ada", package)
    for rule, key in keys.items():
        ada.decide(key, "accept" if rule == "import:other" else "reject")
    build(run)
    shares = {each.table: each.share for each in accuracies(table(package, "reviews"), []) if each.column == ROW}
    assert shares == {"quotes": 0.0, "quotes, import:other": 1.0}


def test_data_card_names_the_imports(run: Run, project: Path) -> None:
    assert run("build").returncode == 0
    source = write_rows(project, {"article_id": "harbour", "text": "It was worth it.", "kind": "direct"})
    done = run("import", source, "--format", "rows", "--as", "other", "--model", "model-a | 1.0")
    assert done.returncode == 0, done.stderr
    again = run("build")
    assert "import:other: 1 rows, 0 rejected" in again.stderr
    assert "| other | model-a / 1.0 | quotes.jsonl (rows) | nothing | 1 | 0 |" in (project / "docs" / "data-card.md").read_text(
        "utf-8"
    )
    assert run("validate").returncode == 0


@pytest.mark.parametrize("form", ["web-annotation", "doccano", "label-studio", "brat", "timeml"])
def test_forged_package_is_refused(form: str, tmp_path: Path) -> None:
    tables = {name: table_schemas()[name].arrow.empty_table() for name in (*IMPORTED_TABLES, "articles")}
    date = {"date_id": "one.d0", "article_id": "one", "text": "x", "start": 0, "end": 99, "type": "DATE", "value": "2020"}
    outside = {**tables, "articles": rows_table("articles", [{"article_id": "../../outside", "text": "x", "sha256": ""}])}
    beyond = {
        **tables,
        "articles": rows_table("articles", [{"article_id": "one", "text": "x", "sha256": ""}]),
        "dates": rows_table("dates", [date]),
    }
    module = import_module(f"builder.exchange.{form.replace('-', '_')}")
    for forged in (outside, beyond):
        with pytest.raises(InputError, match="builder validate"):
            module.write(Content(forged, table_schemas(), {}, ""), tmp_path)
    assert not (tmp_path.parent.parent / "outside.txt").exists()


def test_too_long_a_row_is_a_reject(run: Run, package: Path, tmp_path: Path) -> None:
    long = {"article_id": "one", "table": "agencies", "text": "Ole Dahl", "kind": "other", "name": "x" * (1 << 20)}
    source = write_rows(tmp_path, quote("silent"), long)
    told = imported(run, source, "rows")
    assert "longer than" in told
    build(run)


def test_package_without_texts(run: Run, package: Path, tmp_path: Path) -> None:
    assert run("build", "articles.jsonl", "--out", "package", "--no-text").returncode == 0
    assert "has no text in this package" in imported(run, write_rows(tmp_path, quote("silent")), "rows", code=2)
    done = run("export", "package", "--format", "brat", "--out", "out")
    assert done.returncode == 2 and "has no text in this package" in done.stderr
