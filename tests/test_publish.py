"""Files of the committed package: what others' tools and readers make of them."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest
import yaml
from conftest import ROOT, Run, contents
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from builder.coding.realise import HUMAN_RULE
from builder.errors import PublishError
from builder.pipeline import own_page
from builder.publish.citation import bibtex, citation_cff
from builder.publish.codebook import codebook, rules_of
from builder.publish.contributors import Contributor
from builder.publish.files import CsvTable, ParquetTable, keep_equal_parquet
from builder.publish.metadata import Metadata, read_metadata
from builder.publish.package import fingerprint, read_package, read_tables, seal, seal_holds
from builder.tables.schema import table_schemas
from builder.validate.package import validate_package

METADATA = read_metadata(ROOT / "sources" / "dataset.yaml")
FRICTIONLESS = [str(Path(sys.executable).with_name("frictionless")), "validate", "datapackage.json"]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A copy of the committed package, with all that its checksums list."""
    listed = [line.partition("  ")[2] for line in (ROOT / "SHA256SUMS").read_text(encoding="utf-8").splitlines()]
    for name in ["SHA256SUMS", *listed]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_frictionless_accepts_the_package(published: Path) -> None:
    assert subprocess.run(FRICTIONLESS, cwd=published, capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_any_changed_byte_is_found(published: Path, run: Run) -> None:
    for name, content in contents(published).items():
        place = len(content) // 2
        (published / name).write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        if name != "datapackage.json":
            findings = validate_package(published, frictionless=False, page=own_page)
            assert [finding for finding in findings if name.endswith(finding.file)], name
        else:
            assert run("validate", cwd=published).returncode in (1, 2)
        (published / name).write_bytes(content)
    assert run("validate", cwd=published).returncode == 0


def test_frictionless_finds_a_changed_byte_too(published: Path) -> None:
    for name in ("datapackage/quotes.csv", "datapackage/quotes.parquet"):
        content = (published / name).read_bytes()
        (published / name).write_bytes(content[:-5] + bytes([content[-5] ^ 1]) + content[-4:])
        assert subprocess.run(FRICTIONLESS, cwd=published, capture_output=True, check=False).returncode == 1, name
        (published / name).write_bytes(content)


def test_csv_and_parquet_that_differ_are_found(published: Path, run: Run) -> None:
    path = published / "datapackage" / "dates.csv"
    path.write_bytes(path.read_bytes().replace(b'"DURATION"', b'"SET"', 1))
    done = run("validate", cwd=published)
    assert done.returncode == 1
    assert "same cells" in done.stdout


def test_missing_file_is_found(published: Path, run: Run) -> None:
    (published / "datapackage" / "dates.parquet").unlink()
    done = run("validate", cwd=published)
    assert (done.returncode, "dates.parquet" in done.stdout) == (1, True)


def test_csv_is_utf_8_with_line_feeds() -> None:
    for path in (ROOT / "datapackage").glob("*.csv"):
        raw = path.read_bytes()
        assert raw.decode("utf-8").endswith("\n")
        assert b"\r" not in raw
        assert not raw.startswith(b"\xef\xbb\xbf")


def test_parquet_carries_types_and_descriptions() -> None:
    for name in read_package(ROOT).parquet:
        file = pq.ParquetFile(ROOT / "datapackage" / f"{name}.parquet")
        assert file.schema_arrow.equals(table_schemas()[name].arrow, check_metadata=True)
        if file.num_row_groups:
            assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_same_rows_by_another_library_version_are_left_alone(published: Path, tmp_path: Path) -> None:
    name, staged = "quotes.parquet", tmp_path / "staged"
    staged.mkdir()
    shutil.copy(published / "datapackage" / name, staged)
    old = (published / "datapackage" / name).read_bytes()
    other_version = old.replace(b"parquet-cpp-arrow version ", b"parquet-cpp-arrow version_")
    (published / "datapackage" / name).write_bytes(other_version)
    keep_equal_parquet(staged, published / "datapackage")
    assert (staged / name).read_bytes() == other_version


def test_damaged_file_in_place_is_replaced(project: Path, run: Run) -> None:
    """A build looks into the Parquet files of the package it replaces, whoever made them."""
    assert run("build").returncode == 0
    path = project / "datapackage" / "quotes.parquet"
    whole = path.read_bytes()
    for damaged in (whole.replace(b"parquet-cpp-arrow version ", b"parquet-cpp-arrow version\xff"), whole[:-40], b""):
        path.write_bytes(damaged)
        done = run("build")
        assert (done.returncode, path.read_bytes()) == (0, whole), done.stderr


@pytest.mark.parametrize(("kind", "name"), [(ParquetTable, "dates.parquet"), (CsvTable, "dates.csv")])
def test_file_that_is_not_what_was_written_is_refused(tmp_path: Path, kind: type[ParquetTable | CsvTable], name: str) -> None:
    path = tmp_path / name

    def write() -> ParquetTable | CsvTable:
        file = kind(path, table_schemas()["dates"])
        file.write(pq.read_table(ROOT / "datapackage" / "dates.parquet"))
        return file

    assert write().close() == fingerprint(path)
    file = write()
    path.write_bytes(bytes(1 << 20))
    with pytest.raises(PublishError, match=f"^{name}: "):
        file.close()


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_seal_shows_any_change(title: str, data: st.DataObject) -> None:
    sealed = seal(json.dumps({"title": title, "checksum": "sha256:"}, ensure_ascii=False)).encode()
    assert seal_holds(sealed)
    place = data.draw(st.integers(0, len(sealed) - 1))
    assert not seal_holds(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])


def test_committed_citation_files_are_made_from_the_metadata() -> None:
    assert (ROOT / "CITATION.cff").read_text(encoding="utf-8") == citation_cff(METADATA)
    assert (ROOT / "docs" / "citation.bib").read_text(encoding="utf-8") == bibtex(METADATA)


def test_committed_codebook_is_made_from_schemas_and_rules() -> None:
    assert (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8") == codebook(read_tables(read_package(ROOT)))


@pytest.mark.parametrize("name", [name for name, schema in table_schemas().items() if "rule" in schema.column_names])
def test_codebook_lists_every_rule_that_a_row_names(name: str) -> None:
    named = set(pq.read_table(ROOT / "datapackage" / f"{name}.parquet")["rule"].to_pylist())
    assert named - {HUMAN_RULE} <= set(rules_of(name))


CFF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["cff-version", "message", "title", "authors"],
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": {"type": "string", "minLength": 1},
        "type": {"enum": ["dataset", "software"]},
        "title": {"type": "string", "minLength": 1},
        "abstract": {"type": "string", "minLength": 1},
        "authors": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["name"],
                "properties": {"name": {"type": "string"}},
                "additionalProperties": False,
            },
        },
        "version": {"type": "string", "minLength": 1},
        "date-released": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])$"},
        "license": {"enum": ["CC-BY-4.0", "CC0-1.0"]},
        "keywords": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string", "minLength": 1}},
        "url": {"type": "string", "pattern": "^(https|http|ftp|sftp)://.+"},
    },
}
"""What the Citation File Format 1.2.0 says of the fields that are used here; entities as authors have a name."""


@pytest.mark.parametrize("metadata", [METADATA, Metadata(), Metadata(homepage="https://example.org", released=date(2021, 5, 4))])
def test_citation_file_is_valid(metadata: Metadata) -> None:
    content = yaml.load(citation_cff(metadata), yaml.BaseLoader)
    jsonschema.validate(content, CFF)
    assert content["type"] == "dataset"


def test_bibtex_is_read_back() -> None:
    metadata = Metadata(
        title="100% of {this} & that_ \\ #1 ~ ^", contributors=(Contributor("The A & B project"),), released=date(2021, 5, 4)
    )
    (entry,) = parse_string(bibtex(metadata), "bibtex").entries.values()
    assert entry.key == metadata.name
    assert entry.fields["year"] == "2021"
    assert entry.fields["version"] == metadata.version
    assert entry.fields["title"].startswith(r"{100\% of \textbraceleft{}this\textbraceright{} \& that\_ \textbackslash{} \#1")
    assert len(entry.persons["author"]) == 1


def test_no_invented_people_or_identifiers() -> None:
    assert METADATA.contributors == (Contributor("The article-tables project"),)
    for name in ("CITATION.cff", "docs/citation.bib", "datapackage.json", "README.md"):
        assert "doi.org" not in (ROOT / name).read_text(encoding="utf-8").lower()
