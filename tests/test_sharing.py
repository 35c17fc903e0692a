"""What one takes from a package beside exports: joined tables, differences, speakers, releases."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, Run
from shared import ARTICLES, built, frames

import builder
from builder.publish.speakers import speakers


@pytest.fixture
def package(package_of: Callable[..., Path]) -> Path:
    return package_of(ARTICLES)


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
