"""What somebody has changed who then made every hash fit again, as far as a rule can tell."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ARTICLE, Run, contents
from test_validate_damage import write_sealed

import builder
from builder.page.writing import one_page
from builder.publish.companions import with_companions
from builder.publish.descriptor import describe
from builder.publish.files import CsvTable, ParquetTable
from builder.publish.metadata import described_metadata
from builder.publish.package import read_package
from builder.tables.schema import table_schemas
from builder.validate.findings import errors
from builder.validate.package import validate_package

Change = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forged")
    (folder / "one.txt").write_text(ARTICLE, encoding="utf-8")
    builder.build([folder / "one.txt"], folder / "package")
    return folder / "package"


def forge(package: Path, table: str, where: Change, change: Change) -> None:
    """Change the first row that ``where`` takes, in Parquet and CSV, and make everything fit again."""
    schema = table_schemas()[table]
    rows = pq.read_table(package / f"datapackage/{table}.parquet").to_pylist()
    row = next(row for row in rows if where(row))
    row |= change(row)
    written = pa.Table.from_pylist(rows, schema.arrow)
    for writer in (
        ParquetTable(package / f"datapackage/{table}.parquet", schema),
        CsvTable(package / f"datapackage/{table}.csv", schema),
    ):
        writer.write(written)
        writer.close()
    write_sealed(package, json.loads((package / "datapackage.json").read_text(encoding="utf-8")))
    make_beside_again(package)


def make_beside_again(package: Path) -> None:
    files = read_package(package)
    descriptor = (package / "datapackage.json").read_text(encoding="utf-8")
    texts = {"datapackage.json": describe(described_metadata(json.loads(descriptor)), [], files)}
    assert texts["datapackage.json"] == descriptor
    texts |= {f"schema/{name}.json": table_schemas()[name].source for name in files.parquet}
    for name, text in with_companions(texts, files, {}, False, {}).items():
        (package / name).write_text(text, encoding="utf-8")


def any_row(row: dict[str, Any]) -> dict[str, Any]:
    return row


FORGED: dict[str, tuple[str, Change, Change, str]] = {
    "a rule that there is not": ("quotes", any_row, lambda _: {"rule": "made-up"}, "known"),
    "a country that there is not": ("participants", any_row, lambda _: {"country_iso3": "ZZZ"}, "known"),
    "a body that there is not": ("agencies", any_row, lambda _: {"registry_key": "made-up"}, "known"),
    "a key at another place": ("quotes", any_row, lambda row: {"quote_id": row["quote_id"] + "1"}, "reference"),
    "a date's key at another place": ("dates", any_row, lambda row: {"date_id": row["date_id"] + "1"}, "reference"),
    "a mention's key at another place": ("mentions", any_row, lambda row: {"mention_id": row["mention_id"] + "1"}, "key"),
    "an agency that is part of itself": ("agencies", any_row, lambda row: {"parent_agency_id": row["agency_id"]}, "reference"),
    "a quote that goes on from itself": ("quotes", any_row, lambda row: {"continues_quote_id": row["quote_id"]}, "reference"),
    "a date reckoned from itself": ("dates", any_row, lambda row: {"anchor_date_id": row["date_id"]}, "reference"),
    "a value of no form": ("dates", any_row, lambda _: {"value": "2021-5-3"}, "value"),
    "another day than the value's": ("dates", lambda row: row["edtf"], lambda row: {"date_end": date(2022, 1, 1)}, "days"),
    "another EDTF than the value's": ("dates", lambda row: row["edtf"], lambda _: {"edtf": "2021-05-09"}, "days"),
    "a precision of nothing": ("dates", lambda row: row["edtf"], lambda _: {"precision": "century"}, "days"),
    "nobody's, with a speaker": ("quotes", lambda row: row["speaker"], lambda _: {"attribution": "unattributed"}, "attribution"),
    "continued from nothing": (
        "quotes",
        lambda row: row["continues_quote_id"] is None,
        lambda _: {"attribution": "continued"},
        "attribution",
    ),
    "decided on by nobody": ("quotes", any_row, lambda _: {"coding_status": "accepted"}, "coding"),
    "a rule that there is not, said to be a person's": (
        "quotes",
        any_row,
        lambda _: {"coding_status": "corrected", "rule": "made-up"},
        "coding",
    ),
    "a value of no form, said to be a person's": (
        "dates",
        any_row,
        lambda _: {"coding_status": "added", "value": "2021-5-3"},
        "coding",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("table", "where", "change", "check"), FORGED.values(), ids=FORGED.keys())
def test_forged_row_is_found(package: Path, tmp_path: Path, table: str, where: Change, change: Change, check: str) -> None:
    forged = Path(shutil.copytree(package, tmp_path / "package"))
    forge(forged, table, where, change)
    assert check in {finding.check for finding in errors(validate_package(forged))}


def test_what_is_made_again_unchanged_is_valid(package: Path, tmp_path: Path) -> None:
    same = Path(shutil.copytree(package, tmp_path / "package"))
    forge(same, "quotes", any_row, lambda _: {})
    assert contents(same) == contents(package)
    assert not validate_package(same)


@pytest.mark.slow
def test_every_file_of_a_project_is_checked(run: Run, project: Path) -> None:
    assert run("build").returncode == 0
    assert run("validate").returncode == 0
    for name, raw in contents(project).items():
        if name.startswith("sources/"):
            continue
        (project / name).write_bytes(raw + b" ")
        assert run("validate").returncode in (1, 2), name
        if name != "datapackage.json":
            (project / name).unlink()
            assert run("validate").returncode in (1, 2), f"{name} missing"
        (project / name).write_bytes(raw)
    assert run("validate").returncode == 0


def test_stray_part_is_found(package: Path, tmp_path: Path) -> None:
    """The documented ``pd.read_parquet`` of the folder would give its rows too."""
    stray = Path(shutil.copytree(package, tmp_path / "package"))
    (stray / "datapackage/quotes").mkdir()
    shutil.copyfile(stray / "datapackage/quotes.parquet", stray / "datapackage/quotes/part-00099.parquet")
    (finding,) = validate_package(stray)
    assert (finding.check, finding.file) == ("stray", "datapackage/quotes/part-00099.parquet")


def test_validating_changes_nothing(run: Run, package: Path, tmp_path: Path) -> None:
    same = Path(shutil.copytree(package, tmp_path / "package"))
    before = {path: path.stat().st_mtime_ns for path in same.rglob("*")}
    for command in (["validate", same], ["cite", "--package", same], ["page", same, "--out", "pages"]):
        assert run(*command).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in same.rglob("*")} == before


def test_page_of_one_file_is_that_of_the_project(run: Run, project: Path) -> None:
    assert run("build").returncode == 0
    files = read_package(project)
    assert one_page((project / "datapackage.json").read_text(), files) == (project / "page/index.html").read_text()
    assert (
        f"{hashlib.sha256((project / 'page/index.html').read_bytes()).hexdigest()}  page/index.html"
        in (project / "SHA256SUMS").read_text()
    )
