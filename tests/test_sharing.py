"""What one takes from a package: each export opened by its own reader, joined tables, differences, speakers, releases."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
import yaml
from conftest import ROOT, Run
from decided import Coder

import builder
from builder.export import FORMATS
from builder.publish.speakers import speakers

ARTICLES = [
    {
        "article_id": "one",
        "published": "2021-05-04",
        "text": "Foreign Minister Ann Lee of Norway said on Monday: “We are ready to talk.” “=1+1 is no formula,” Lee added.",
    },
    {"article_id": "two", "published": "2022-06-07", "text": "“We wait for an answer from them,” Lee said in Oslo. It rained."},
]


@pytest.fixture
def package(package_of: Callable[..., Path]) -> Path:
    return package_of(ARTICLES)


def built(run: Run, folder: Path, name: str, articles: list[dict[str, str]], *options: str) -> Path:
    lines = "\n".join(json.dumps(article, ensure_ascii=False) for article in articles)
    (folder / f"{name}.jsonl").write_text(lines + "\n", encoding="utf-8")
    assert run("build", f"{name}.jsonl", "--out", name, *options).returncode == 0
    return folder / name


def exported(run: Run, package: Path, form: str, name: str = "as") -> Path:
    out = package.parent / f"{name}-{form}"
    done = run("export", package, "--format", form, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def frames(package: Path) -> dict[str, pd.DataFrame]:
    return builder.load(package / "datapackage.json")


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


def test_joined_tells_who_and_when(package: Path) -> None:
    quotes = builder.joined("quotes", package / "datapackage.json")
    kept = frames(package)["quotes"]
    pd.testing.assert_frame_equal(quotes[list(kept.columns)], kept)
    assert quotes.loc[quotes["article_id"] == "one", "participant_name"].tolist() == ["Ann Lee"] * 2
    assert quotes["article_published"].astype("string").tolist() == ["2021-05-04"] * 2 + ["2022-06-07"]


def test_names_of_two_articles_are_offered_together(package: Path) -> None:
    table = speakers(frames(package))
    row = table.iloc[0]
    assert (row["person_key"], row["name"], row["quotes"], row["articles"]) == ("ann-lee.nor", "Ann Lee", 3, 2)
    assert row["names"] == "Ann Lee | Lee"
    assert row["ids"] == "one.ann-lee two.lee"


def test_name_without_a_country_is_that_of_the_one_who_has_one(run: Run, tmp_path: Path) -> None:
    texts = [
        "“We are not at all ready to talk,” Ann Lee said.",
        "“We go home,” Prime Minister Ann Lee of Norway said.",
        "“No,” Lee said, “we do not.”",
    ]
    table = speakers(
        frames(built(run, tmp_path, "more", [{"article_id": f"a{n}", "text": text} for n, text in enumerate(texts)]))
    )
    assert table[["person_key", "articles"]].values.tolist() == [["ann-lee.nor", 3]]


def test_name_of_two_countries_stays_apart_from_that_of_none(run: Run, tmp_path: Path) -> None:
    texts = [f"“We go home,” Prime Minister Ann Lee{of} said." for of in (" of Norway", " of Chile", "")]
    table = speakers(
        frames(built(run, tmp_path, "more", [{"article_id": f"a{n}", "text": text} for n, text in enumerate(texts)]))
    )
    assert set(table["person_key"]) == {"ann-lee.nor", "ann-lee.chl", "ann-lee"}


def test_last_name_of_two_is_nobody_in_particular(run: Run, tmp_path: Path) -> None:
    other = {"article_id": "three", "text": "“We are not at all ready to talk,” Tom Lee said."}
    table = speakers(frames(built(run, tmp_path, "more", [*ARTICLES, other])))
    assert set(table["person_key"]) >= {"ann-lee.nor", "tom-lee", "lee"}


def test_speakers_command(run: Run, package: Path) -> None:
    assert "ann-lee.nor" in run("speakers", package).stdout
    assert run("speakers", package, "--out", package.parent / "who.csv").returncode == 0
    assert pd.read_csv(package.parent / "who.csv")["quotes"].sum() == 3


def test_package_differs_in_nothing_from_itself(run: Run, package: Path) -> None:
    assert run("diff", package, package).stdout == "no row differs\n"
    assert run("diff", package, package, "--format", "json").stdout == ""


def test_differences_row_by_row(run: Run, package: Path, tmp_path: Path) -> None:
    moved = {**ARTICLES[1], "text": "It rained. " + ARTICLES[1]["text"]}
    changed = {**ARTICLES[0], "published": "2021-05-11"}
    new = {"article_id": "new", "text": "Nobody spoke."}
    other = built(run, tmp_path, "other", [changed, moved, new])
    found = [json.loads(line) for line in run("diff", package, other, "--format", "json").stdout.splitlines()]
    told = {(change["table"], change["key"], change["what"], change["column"]) for change in found}
    assert ("articles", "new", "added", None) in told
    assert ("articles", "one", "changed", "published") in told
    (quote,) = frames(package)["quotes"].query("article_id == 'two'")["quote_id"]
    assert ("quotes", quote, "moved", "quote_id") in told
    assert not any(table == "quotes" and what in ("added", "removed") for table, _, what, _ in told)
    assert "- articles: 1 added, 2 changed (" in run("diff", package, other, "--format", "changelog").stdout


def test_release_is_one_archive_that_validates(run: Run, package: Path, tmp_path: Path) -> None:
    assert run("release", package, "--out", "release").returncode == 0
    (archive,) = (tmp_path / "release").iterdir()
    first = archive.read_bytes()
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "unpacked")
    assert run("validate", tmp_path / "unpacked").returncode == 0
    assert run("release", package, "--out", "release").returncode == 0
    assert archive.read_bytes() == first


def test_release_says_what_to_upload_from_the_metadata_that_are_there(run: Run, package: Path, tmp_path: Path) -> None:
    told = run("release", package, "--out", "release").stdout
    assert "ro-crate-metadata.json has title, creators" in told
    assert "put the DOI into the metadata" in told
    (tmp_path / "dataset.yaml").write_text("doi: 10.5281/zenodo.123\nreleased: 2021-05-06\n", encoding="utf-8")
    named = built(run, tmp_path, "named", ARTICLES, "--metadata", "dataset.yaml")
    told = run("release", named, "--out", "other").stdout
    assert "Its DOI is https://doi.org/10.5281/zenodo.123" in told
    assert "put the DOI" not in told
    assert "no day of release" not in told


def test_release_refuses_other_rows_under_one_version(run: Run, package: Path, tmp_path: Path) -> None:
    other = built(run, tmp_path, "other", ARTICLES[:1])
    done = run("release", other, "--previous", package, "--out", "release")
    assert done.returncode == 2
    assert "changes under one version, 0.1.0" in done.stderr


def test_release_refuses_a_damaged_package(run: Run, package: Path) -> None:
    path = package / "datapackage" / "quotes.csv"
    path.write_bytes(path.read_bytes().replace(b"ready", b"READY"))
    done = run("release", package, "--out", "release")
    assert done.returncode == 2
    assert "findings; `builder validate` lists them" in done.stderr


def test_own_package_is_released_with_its_documentation(run: Run, tmp_path: Path) -> None:
    assert run("release", ROOT, "--out", "release").returncode == 0
    (archive,) = (tmp_path / "release").iterdir()
    with zipfile.ZipFile(archive) as packed:
        names = set(packed.namelist())
    assert {"datapackage.json", "CITATION.cff", "docs/codebook.md", "page/index.html", "schema/quotes.json"} <= names
