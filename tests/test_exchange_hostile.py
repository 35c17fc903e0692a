"""Files of other tools that are damaged or forged, and packages whose identifiers are: one line says so, and nothing is kept."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from conftest import Run
from exchanged import ARTICLES, Held, imported
from hypothesis import given
from hypothesis import strategies as st

from builder.coding.patch import rows_table
from builder.coding.runs import IMPORTED_TABLES, wrong_values
from builder.errors import InputError
from builder.exchange import brat
from builder.exchange.claimed import Claimed, Empty, Labels
from builder.exchange.proof import NotProvedError, Prover
from builder.export.writing import Content
from builder.tables.schema import table_schemas


@pytest.fixture
def package(package_of: Callable[..., Path]) -> Path:
    return package_of(ARTICLES)


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
            module.write(Content(Held(forged), table_schemas(), {}, ""), tmp_path)
    assert not (tmp_path.parent.parent / "outside.txt").exists()


_POSITION = {"type": "TextPositionSelector", "start": 0, "end": 3}

_QUOTE = {"type": "TextQuoteSelector", "exact": "Lee", "prefix": "", "suffix": " said"}

_TARGET = {"source": "one", "selector": [_POSITION, {"type": "FragmentSelector", "refinedBy": _QUOTE}]}

_REGION = {
    "type": "labels",
    "value": {"start": 0, "end": 3, "text": "Lee", "labels": ["participants-person"]},
    "meta": {"text": ["{}"]},
}

_EXTRACTION = {
    "extraction_class": "participants-person",
    "extraction_text": "Lee",
    "char_interval": {"start_pos": 0, "end_pos": 3},
    "attributes": {"role": ["one"]},
}

SOUND: Mapping[str, Any] = {
    "rows": {
        "table": "quotes",
        "text": "one",
        "kind": "direct",
        "start": 18,
        "end": 21,
        "speaker": "Lee",
        "speaker_start": 0,
        "speaker_end": 3,
    },
    "doccano": {
        "text": "Lee said nothing, one said.",
        "label": [[0, 3, "participants-person"]],
        "rows": [{"start": 0, "end": 3, "table": "participants", "role": "one", "role_start": 18, "role_end": 21}],
    },
    "label-studio": {
        "data": {"text": "Lee said nothing, one said."},
        "annotations": [{"was_cancelled": False, "result": [_REGION]}],
    },
    "web-annotation": {
        "items": [{"body": [{"value": "participants-person"}, {"format": "application/json", "value": "{}"}], "target": _TARGET}]
    },
    "langextract": {"text": "Lee said nothing, one said.", "document_id": "one", "extractions": [_EXTRACTION]},
}

WORDS = ["quotes-direct", "dates", "labels", "TextQuoteSelector", "Lee", "", "[]", '{"name": [1], "role": {}}']

SCALARS = st.none() | st.booleans() | st.integers(-3, 200) | st.floats(allow_nan=False) | st.sampled_from(WORDS) | st.just(10**30)

JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3))


def changed(content: Any, places: list[int], new: Any) -> Any:
    """The content with another value at a place that the numbers lead to."""
    if not places or not isinstance(content, dict | list) or not content:
        return new
    keys = list(content) if isinstance(content, dict) else list(range(len(content)))
    chosen = keys[places[0] % len(keys)]
    copy = dict(content) if isinstance(content, dict) else list(content)
    copy[chosen] = changed(content[chosen], places[1:], new)
    return copy


@pytest.mark.parametrize("form", sorted(SOUND))
@given(changes=st.lists(st.tuples(st.lists(st.integers(0, 7), max_size=7), JSON), max_size=2))
def test_whatever_json_there_is(form: str, changes: list[tuple[list[int], Any]]) -> None:
    """It is read, or refused with a reason, or the file is refused; nothing else happens."""
    content = SOUND[form]
    for places, new in changes:
        content = changed(content, places, new)
    module = import_module(f"builder.exchange.{form.replace('-', '_')}")
    prover = Prover("Lee said nothing, one said.")
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("a.json" if form in ("label-studio", "web-annotation") else "a.jsonl")
        path.write_text(json.dumps(content), encoding="utf-8")
        try:
            read = [each for each in module.read(path, Labels()) if not isinstance(each, Empty)]
        except InputError as error:
            assert str(error).startswith(str(path))
            return
    assert changes or len(read) == 1
    for each in read:
        if isinstance(each, Claimed):
            with suppress(NotProvedError):
                values = prover.prove(each, same=True).values
                assert wrong_values(each.table, values) is None


ANN = ["T1", "T2", "#1", "\t", " ", "0", "3", "18 21", ";", "quotes-direct", "Lee", "\n", "{}", "R1", "é", "-1"]


@given(pieces=st.lists(st.sampled_from(ANN), max_size=30))
def test_whatever_brat_file_there_is(pieces: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.ann"
        path.write_text("".join(pieces), encoding="utf-8", newline="\n")
        path.with_suffix(".txt").write_text("Lee said nothing, one said.", encoding="utf-8")
        read = list(brat.read(path, Labels()))
    for each in read:
        if isinstance(each, Claimed):
            with suppress(NotProvedError):
                Prover("Lee said nothing, one said.").prove(each, same=True)
