"""Each export opened by its own reader."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
import yaml
from conftest import Run
from decided import Coder
from shared import ARTICLES, built, frames

from builder.export import FORMATS


@pytest.fixture
def package(package_of: Callable[..., Path]) -> Path:
    return package_of(ARTICLES)


def exported(run: Run, package: Path, form: str, name: str = "as") -> Path:
    out = package.parent / f"{name}-{form}"
    done = run("export", package, "--format", form, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def test_stata(run: Run, package: Path) -> None:
    out = exported(run, package, "stata")
    with pd.read_stata(out / "quotes.dta", iterator=True) as reader:
        quotes, labels, values = reader.read(), reader.variable_labels(), reader.value_labels()
    kept = frames(package)["quotes"]
    assert quotes["text"].tolist() == kept["text"].tolist()
    assert quotes["end_"].tolist() == kept["end"].tolist()
    assert (labels["text"], labels["end_"]) == ("Words", "End")
    assert values["kind"] == {1: "Direct", 2: "Partial", 3: "Indirect"}
    assert quotes["kind"].astype(str).str.lower().tolist() == kept["kind"].tolist()
    assert pd.read_stata(out / "articles.dta")["published"].dt.year.tolist() == [2021, 2022]


def test_spss(run: Run, package: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    quotes, meta = pyreadstat.read_sav(str(exported(run, package, "spss") / "quotes.sav"), apply_value_formats=True)
    kept = frames(package)["quotes"]
    assert quotes["kind"].astype(str).str.lower().tolist() == kept["kind"].tolist()
    assert quotes["text"].tolist() == kept["text"].tolist()
    assert meta.column_names_to_labels["text"] == "Words"
    assert meta.variable_value_labels["attribution"][4] == "Continued from another quote"


def test_r_script_names_each_column_with_its_type(run: Run, package: Path) -> None:
    out = exported(run, package, "r")
    script = (out / "load.R").read_text(encoding="utf-8")
    assert '`published` = "Date"' in script
    assert '`kind` = c("direct", "partial", "indirect")' in script


def test_r_script_runs_nothing_that_a_package_says(run: Run, package: Path) -> None:
    path = package / "datapackage.json"
    hostile = {"title": "Talks\nstop('title')", "version": "1\rstop('version')\u2028stop()"}
    path.write_text(json.dumps(json.loads(path.read_bytes()) | hostile), encoding="utf-8")
    script = (exported(run, package, "r") / "load.R").read_text(encoding="utf-8")
    assert {line[0] for line in script.splitlines() if "stop" in line} == {"#"}


def test_r_loads_the_tables(run: Run, package: Path) -> None:
    rscript = shutil.which("Rscript")
    if not rscript:
        pytest.skip("R is not installed")
    out = exported(run, package, "r")
    code = """
        source(commandArgs(TRUE)[1], chdir = TRUE, encoding = "UTF-8")
        stopifnot(nrow(articles) == 2, inherits(articles$published, "Date"), is.integer(quotes$start))
        stopifnot(is.factor(quotes$kind), levels(quotes$kind) == c("direct", "partial", "indirect"))
        stopifnot(attr(quotes$kind, "label") == "Kind")
        stopifnot(nchar(articles$text) == articles$n_characters, is.na(articles$publisher))
        own <- match(quotes$article_id, articles$article_id)
        stopifnot(substr(articles$text[own], quotes$start + 1, quotes$end) == quotes$text)
    """
    subprocess.run([rscript, "-e", code, out / "load.R"], cwd=package, check=True)


def test_excel_holds_texts_that_are_no_formulas(run: Run, package: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (path,) = exported(run, package, "xlsx").iterdir()
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[:2] == ["codebook", "articles"]
    described = {tuple(row[:3]): row[4] for row in book["codebook"].iter_rows(values_only=True)}
    assert described["quotes", "kind", "Kind"].startswith("direct: Direct; partial: Partial")
    names, *rows = book["quotes"].iter_rows()
    at = [cell.value for cell in names].index("text")
    assert any(row[at].value.startswith("=1+1") and row[at].data_type == "s" for row in rows)


def test_sqlite_has_keys_and_references(run: Run, package: Path) -> None:
    (path,) = exported(run, package, "sqlite").iterdir()
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        query = "SELECT p.name FROM quotes q JOIN participants p USING (participant_id) WHERE q.article_id = 'one'"
        assert {name for (name,) in database.execute(query)} == {"Ann Lee"}
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("INSERT INTO quotes (quote_id, kind) VALUES ('x', 'shouted')")


def test_duckdb_has_comments(run: Run, package: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (path,) = exported(run, package, "duckdb").iterdir()
    with duckdb.connect(str(path), read_only=True) as database:
        query = "SELECT comment FROM duckdb_columns() WHERE table_name = 'quotes' AND column_name = 'text'"
        assert database.execute(query).fetchone()[0]
        assert database.execute("SELECT count(*) FROM articles WHERE year(published) = 2021").fetchone() == (1,)


def test_hive_folders(run: Run, package: Path) -> None:
    out = exported(run, package, "parquet-hive")
    assert sorted(path.name for path in (out / "quotes").iterdir()) == ["published_year=2021", "published_year=2022"]
    table = ds.dataset(out / "quotes", partitioning=ds.partitioning(pa.schema([("published_year", pa.int32())]), flavor="hive"))
    assert table.count_rows() == len(frames(package)["quotes"])


def test_hugging_face_card(run: Run, package: Path) -> None:
    out = exported(run, package, "hf")
    front = yaml.safe_load((out / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    for config in front["configs"]:
        frame = pd.read_parquet(out / config["data_files"][0]["path"])
        assert len(frame) == len(frames(package)[config["config_name"]])
    assert "rejects" not in {config["config_name"] for config in front["configs"]}


@pytest.mark.parametrize("form", FORMATS)
def test_decisions_of_people_are_exported_too(run: Run, package: Path, form: str) -> None:
    """Tables with numbers that are no whole ones, and tables that are empty."""
    pytest.importorskip({"spss": "pyreadstat", "xlsx": "openpyxl", "duckdb": "duckdb"}.get(form, "pandas"))
    assert run("sample", package, "--size", 5).returncode == 0
    ada = Coder("ada", package)
    ada.decide(frames(package)["quotes"]["quote_id"][0], "accept")
    assert run("build", "articles.jsonl", "--out", "package").returncode == 0
    chances = frames(package)["samples"]["inclusion_probability"].tolist()
    assert read_back(exported(run, package, form), form, "samples")["inclusion_probability"].astype(float).tolist() == chances
    assert read_back(exported(run, package, form, "again"), form, "reviews")["verdict"].astype(str).str.lower().tolist()[0] in (
        "accept",
        "right",
    )


@pytest.mark.parametrize("form", FORMATS)
def test_package_of_many_parts_is_exported_as_an_undivided_one(
    run: Run, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip({"spss": "pyreadstat", "xlsx": "openpyxl", "duckdb": "duckdb"}.get(form, "pandas"))
    many = [{**ARTICLES[number % 2], "article_id": f"a{number}"} for number in range(60)]
    whole = built(run, tmp_path, "whole", many)
    monkeypatch.setattr("builder.pipeline.SMALL_BYTES", 0)
    monkeypatch.setattr("builder.corpus.sharding.SHARD_BYTES", (1 << 10, 1 << 10, 1 << 12))
    monkeypatch.setattr("builder.corpus.sharding.PART_BYTES", (1 << 12, 1 << 12, 1 << 14))
    parts = built(run, tmp_path, "parts", many)
    assert len(list((parts / "datapackage" / "quotes").iterdir())) > 1
    folders = [exported(run, package, form, package.name) for package in (whole, parts)]
    for name, key in (("articles", "article_id"), ("quotes", "quote_id")):
        one, other = (read_back(out, form, name).sort_values(key, ignore_index=True) for out in folders)
        pd.testing.assert_frame_equal(one.drop(columns="source", errors="ignore"), other.drop(columns="source", errors="ignore"))


def read_back(out: Path, form: str, table: str) -> pd.DataFrame:
    """A table of an export, by that form's own reader."""
    if form == "stata":
        return pd.read_stata(out / f"{table}.dta")
    if form == "spss":
        return pd.read_spss(out / f"{table}.sav")
    if form == "r":
        return pd.read_csv(out / f"{table}.csv")
    if form == "xlsx":
        return pd.read_excel(next(out.iterdir()), sheet_name=table)
    if form == "sqlite":
        with sqlite3.connect(next(out.iterdir())) as database:
            return pd.read_sql(f"SELECT * FROM {table}", database)
    if form == "duckdb":
        import duckdb  # noqa: PLC0415

        with duckdb.connect(str(next(out.iterdir())), read_only=True) as database:
            return database.execute(f"SELECT * FROM {table}").df()
    return pd.read_parquet(out / table)


def test_hugging_face_folder_loads_offline(run: Run, package: Path) -> None:
    pytest.importorskip("datasets", reason="datasets is not installed")
    out = exported(run, package, "hf")
    script = "import datasets, sys; print(datasets.load_dataset(sys.argv[1], 'quotes', cache_dir=sys.argv[2])['train'].num_rows)"
    offline = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(package.parent)}
    done = subprocess.run(
        [sys.executable, "-c", script, out, package.parent / "kept"], env=offline, capture_output=True, check=True
    )
    assert int(done.stdout) == len(frames(package)["quotes"])


def test_export_writes_over_nothing(run: Run, package: Path) -> None:
    done = run("export", package, "--format", "r", "--out", package)
    assert done.returncode == 2
    assert "not empty; name a new folder" in done.stderr


def test_damaged_package_is_not_exported_in_part(run: Run, package: Path) -> None:
    path = package / "datapackage" / "quotes.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    done = run("export", package, "--format", "r", "--out", "out")
    assert done.returncode == 2
    assert "quotes.parquet: not the file that datapackage.json lists" in done.stderr
    assert not (package.parent / "out").exists()
