"""Imported rows: nothing is taken that is not proved in the text, and nothing is lost without a reason."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, contents
from decided import Coder
from exchanged import ARTICLES, build, imported, quote, rows, table, write_rows

from builder.coding.figures import ROW, accuracies
from builder.publish.package import read_package, read_tables
from builder.validate.imports import RunsProof


@pytest.fixture
def package(package_of: Callable[..., Path]) -> Path:
    return package_of(ARTICLES)


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
    (finding,) = proof.contradictions()
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


@pytest.mark.parametrize("option", [["--partition-by", "published-year"], ["--no-text"], ["--csv"]])
def test_imports_in_every_kind_of_package(run: Run, package: Path, tmp_path: Path, option: list[str]) -> None:
    second = {"article_id": "two", "text": "is open", "kind": "partial"}
    imported(run, write_rows(tmp_path, quote("silent"), second), "rows")
    assert run("build", "articles.jsonl", "--out", "package", *option).returncode == 0
    assert run("validate", "package").returncode == 0
    assert [row["text"] for row in table(package, "quotes") if row["rule"] == "import:other"] == ["silent", "is open"]


def test_rows_of_an_article_that_is_gone_are_rejects(run: Run, package: Path, tmp_path: Path) -> None:
    second = {"article_id": "two", "text": "is open", "kind": "partial"}
    imported(run, write_rows(tmp_path, quote("silent"), second), "rows")
    (tmp_path / "articles.jsonl").write_text(json.dumps(ARTICLES[0]) + "\n", encoding="utf-8")
    build(run)
    assert [tuple(row.values()) for row in table(package, "rejects")] == [
        ("import:other", "line 2", "the package has no such article")
    ]
    assert [(row["rows"], row["rejected"]) for row in table(package, "runs")] == [(1, 1)]


def test_edited_offsets_of_an_import_are_proved_again(run: Run, package: Path, tmp_path: Path) -> None:
    imported(run, write_rows(tmp_path, quote("silent"), quote("No one waits for us,")), "rows")
    path = package / "coding" / "imports" / "other.jsonl"
    content = path.read_text(encoding="utf-8")
    start = str(ARTICLES[0]["text"]).index("silent")
    path.write_text(content.replace(f'"start":{start},"end":{start + 6}', '"start":5,"end":11'), encoding="utf-8")
    build(run)
    assert [row["text"] for row in table(package, "quotes") if row["rule"] == "import:other"] == ["No one waits for us,"]
    assert [row["reason"] for row in table(package, "rejects")] == ["'silent' is not found at its place"]


def test_two_imports_stand_side_by_side(run: Run, package: Path, tmp_path: Path) -> None:
    source = write_rows(tmp_path, quote("silent"), quote("silent, a word"), quote("No one waits for us,"))
    imported(run, source, "rows")
    assert run("import", source, "package", "--format", "rows", "--as", "another").returncode == 0
    build(run)
    own = sorted(row["quote_id"] for row in table(package, "quotes") if row["text"] == "silent")
    start = str(ARTICLES[0]["text"]).index("silent")
    assert own == [f"one.q{start}.import-another", f"one.q{start}.import-other"]
    assert [(row["run_id"], row["rows"], row["rejected"]) for row in table(package, "runs")] == [
        ("another", 2, 1),
        ("other", 2, 1),
    ]
