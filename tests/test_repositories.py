"""Metadata that repositories read: all of it says the same, and the tools that read it can."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run
from pybtex.database import parse_string

import builder
from builder.publish.metadata import LICENSES, read_metadata

METADATA = """
name: harbour-treaty
title: "Harbour treaty & its makers"
description: Who said <what> at the talks.
version: 2.3.1
released: 2021-05-06
license: CC0-1.0
homepage: https://example.org/harbour
contributors: [The Harbour Project, The Treaty Archive]
keywords: [harbours, treaties]
"""


@pytest.fixture
def package(project: Path, run: Run) -> Path:
    (project / "sources" / "dataset.yaml").write_text(METADATA, encoding="utf-8")
    assert run("build").returncode == 0
    return project


def read(package: Path, name: str) -> Any:
    return yaml.load((package / name).read_text(encoding="utf-8"), yaml.BaseLoader)


def test_all_metadata_agree(package: Path) -> None:
    about = read_metadata(package / "sources" / "dataset.yaml")
    descriptor, zenodo, croissant, cff = (
        read(package, name) for name in ("datapackage.json", ".zenodo.json", "croissant.json", "CITATION.cff")
    )
    (crate,) = [part for part in read(package, "ro-crate-metadata.json")["@graph"] if part["@id"] == "./"]
    (bibtex,) = parse_string((package / "docs" / "citation.bib").read_text(encoding="utf-8"), "bibtex").entries.values()
    titles = [descriptor["title"], zenodo["title"], croissant["alternateName"], cff["title"], crate["name"]]
    assert set(titles) == {about.title}
    assert bibtex.fields["title"] == r"{Harbour treaty \& its makers}"
    assert {part["version"] for part in (descriptor, zenodo, croissant, cff, crate, bibtex.fields)} == {"2.3.1"}
    days = [descriptor["created"][:10], zenodo["publication_date"], croissant["datePublished"], crate["datePublished"]]
    assert {*days, cff["date-released"]} == {"2021-05-06"}
    assert (descriptor["licenses"][0]["name"], zenodo["license"], cff["license"]) == ("CC0-1.0", "cc0-1.0", "CC0-1.0")
    assert croissant["license"] == crate["license"]["@id"] == LICENSES["CC0-1.0"][1]
    creators = [[c["name"] for c in part] for part in (zenodo["creators"], croissant["creator"], cff["authors"])]
    assert creators == [[c.name for c in about.contributors]] * 3 == [[c["title"] for c in descriptor["contributors"]]] * 3
    assert len(crate["author"]) == len(bibtex.persons["author"]) == 2
    assert zenodo["keywords"] == croissant["keywords"] == cff["keywords"] == crate["keywords"].split(", ")
    assert {descriptor["description"], croissant["description"], cff["abstract"], crate["description"]} == {about.statement}
    assert zenodo["description"] == f"<p>{about.statement.replace('<what>', '&lt;what&gt;')}</p>"
    card = (package / "docs" / "data-card.md").read_text(encoding="utf-8")
    assert all(said in card for said in (about.title, "2.3.1", "CC0-1.0", about.statement))


def test_checksums_are_right(package: Path) -> None:
    sums = dict(reversed(line.split("  ")) for line in (package / "SHA256SUMS").read_text().splitlines())
    assert {"datapackage.json", "datapackage/quotes.csv", "schema/quotes.json", "croissant.json"} <= set(sums)
    for name, digest in sums.items():
        assert hashlib.sha256((package / name).read_bytes()).hexdigest() == digest
    if shutil.which("sha256sum"):
        assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=package, check=False).returncode == 0


def test_files_of_every_description_are_those_of_the_package(package: Path) -> None:
    resources = {resource["path"]: resource for resource in json.loads((package / "datapackage.json").read_bytes())["resources"]}
    croissant = {file["@id"]: file for file in read(package, "croissant.json")["distribution"]}
    crate = {part["@id"]: part for part in read(package, "ro-crate-metadata.json")["@graph"] if part["@type"] == "File"}
    assert set(croissant) == set(resources) == set(crate) - {"datapackage.json"}
    for path, resource in resources.items():
        assert resource["hash"] == "sha256:" + croissant[path]["sha256"] == "sha256:" + crate[path]["sha256"]


def test_every_record_set_loads(package: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed (extra 'croissant')")
    dataset = mlcroissant.Dataset(jsonld=package / "croissant.json")
    assert dataset.metadata.issues.errors == set()
    assert str(dataset.metadata.ctx.conforms_to.value).endswith("croissant/1.1")
    tables = builder.load(package / "datapackage.json")
    loaded = {record_set.name: list(dataset.records(record_set.name)) for record_set in dataset.metadata.record_sets}
    assert {name: len(records) for name, records in loaded.items()} == {name: len(table) for name, table in tables.items()}
    texts = [record["quotes/text"].decode() for record in loaded["quotes"]]
    assert texts == list(tables["quotes"]["text"])
    assert [record["quotes/start"] for record in loaded["quotes"]] == list(tables["quotes"]["start"])


def test_data_card_says_what_is_asked_of_it(package: Path) -> None:
    card = (package / "docs" / "data-card.md").read_text(encoding="utf-8")
    headings = {line.removeprefix("## ") for line in card.splitlines() if line.startswith("## ")}
    assert {"Collection", "Coding", "Accuracy", "Licence", "Known limits", "What was not validated", "Citing"} <= headings
    assert "| articles | 1 |" in card


PERSONS = """
name: harbour-treaty
title: Harbour treaty
description: Who said what at the talks.
doi: https://doi.org/10.5281/zenodo.1234567
homepage: https://example.org/harbour
contributors:
  - given_name: Marta Jean-Anne
    family_name: Oduya
    orcid: https://orcid.org/0000-0002-1825-0097
    organization: Delta University
  - The Treaty Archive
"""


def test_persons_and_the_doi_are_told_in_every_form(project: Path, run: Run) -> None:
    (project / "sources" / "dataset.yaml").write_text(PERSONS, encoding="utf-8")
    assert run("build").returncode == 0
    assert run("validate").returncode == 0
    descriptor, zenodo, croissant, cff = (
        read(project, name) for name in ("datapackage.json", ".zenodo.json", "croissant.json", "CITATION.cff")
    )
    orcid = "https://orcid.org/0000-0002-1825-0097"
    assert (descriptor["id"], descriptor["homepage"]) == ("https://doi.org/10.5281/zenodo.1234567", "https://example.org/harbour")
    person, body = descriptor["contributors"]
    assert person == {
        "title": "Marta Jean-Anne Oduya", "givenName": "Marta Jean-Anne", "familyName": "Oduya", "path": orcid,
        "organization": "Delta University", "roles": ["creator"],
    }  # fmt: skip
    assert body == {"title": "The Treaty Archive", "roles": ["creator"]}
    assert zenodo["creators"][0] == {
        "name": "Oduya, Marta Jean-Anne", "affiliation": "Delta University", "orcid": "0000-0002-1825-0097",
    }  # fmt: skip
    assert (cff["authors"][0]["family-names"], cff["authors"][0]["orcid"], cff["doi"]) == (
        "Oduya",
        orcid,
        "10.5281/zenodo.1234567",
    )
    assert [creator["@type"] for creator in croissant["creator"]] == ["sc:Person", "sc:Organization"]
    parts = {part["@id"]: part for part in read(project, "ro-crate-metadata.json")["@graph"]}
    assert parts["./"]["author"][0] == {"@id": orcid}
    assert parts[parts[orcid]["affiliation"]["@id"]]["name"] == "Delta University"
    (bibtex,) = parse_string((project / "docs" / "citation.bib").read_text(encoding="utf-8"), "bibtex").entries.values()
    assert str(bibtex.persons["author"][0]) == "{Oduya}, Marta Jean-Anne"
    assert run("cite").stdout.startswith("Oduya, M. J.-A., & The Treaty Archive. (n.d.)")
    assert run("cite").stdout.endswith("https://doi.org/10.5281/zenodo.1234567\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("contributors: [{given_name: Ann, family_name: Lee, orcid: 0000-0002-1825-0098}]", "'0000-0002-1825-0098' is no ORCID"),
        ("contributors: [{family: Lee}]", "unknown field 'family'"),
        ("contributors: [{orcid: 0000-0002-1825-0097}]", "each has a name"),
        ("doi: zenodo.123", "doi 'zenodo.123' is none such as"),
    ],
)
def test_identifiers_that_are_none_are_refused(project: Path, run: Run, line: str, said: str) -> None:
    (project / "sources" / "dataset.yaml").write_text(line, encoding="utf-8")
    done = run("build")
    assert done.returncode == 2
    assert said in done.stderr
    assert "dataset.yaml: " in done.stderr


def test_crate_without_a_day_of_release_says_what_its_date_is(project: Path, run: Run) -> None:
    assert run("build", "sources", "--out", "out").returncode == 0
    parts = {part["@id"]: part for part in read(project / "out", "ro-crate-metadata.json")["@graph"]}
    root = parts["./"]
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    assert (root["datePublished"], root["creativeWorkStatus"]) == (builder.__released__, "Draft")
    assert "No day of release is given" in root["description"]
    assert all((project / "out" / part["@id"]).is_file() for part in root["hasPart"])
    assert "created" not in read(project / "out", "datapackage.json")
