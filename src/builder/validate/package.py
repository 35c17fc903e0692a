"""Everything that can be wrong with a published package, as findings."""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.errors import InputError
from builder.publish.descriptor import SCHEMA_FOLDER, describe
from builder.publish.metadata import described_metadata
from builder.publish.names import DATA_FOLDER, files_below
from builder.publish.package import PackageFiles, ReplacedError, descriptor_path, read_package, read_table, seal_holds
from builder.tables.schema import ARTICLE_TABLES, CODING_TABLES, table_schemas
from builder.validate.batches import ArticleBatches, UnreadableError, read_batches
from builder.validate.beside import Page, check_beside, stray_files
from builder.validate.cells import WrittenAgain, differing_cells
from builder.validate.coding import CodingProof
from builder.validate.files import check_columns, check_fingerprints
from builder.validate.findings import Finding, errors
from builder.validate.imports import RunsProof
from builder.validate.meaning import check_meaning
from builder.validate.rows import check_rows

_PAUSE = 0.1


def validate_package(path: Path, frictionless: bool = False, page: Page | None = None) -> list[Finding]:
    """All findings about the package at ``path`` (its descriptor or folder).

    The checks here find all that frictionless finds, in a fraction of the time; with ``frictionless`` its own stand before them.
    Only reads. Where a file of the package is replaced meanwhile, what was found is forgotten and looked for again.

    Raises InputError where there is no package.
    """
    descriptor = descriptor_path(path)
    while True:
        before = _state(descriptor)
        failed: InputError | None = None
        try:
            findings = _validate(descriptor, frictionless, page)
        except InputError as error:
            findings, failed = [], error
        except OSError as error:
            findings, failed = [], InputError(f"{error.filename or descriptor}: {error.strerror or error}")
        if not failed and not errors(findings):
            return findings
        time.sleep(_PAUSE)
        if _state(descriptor) == before:
            break
    if failed:
        raise failed
    return findings


def _state(descriptor: Path) -> dict[str, tuple[int, int, int]]:
    """What changes when files of the package are replaced."""
    state = {}
    with suppress(OSError):
        for name in [descriptor.name, *(f"{DATA_FOLDER}/{name}" for name in files_below(descriptor.parent / DATA_FOLDER))]:
            status = (descriptor.parent / name).stat()
            state[name] = status.st_ino, status.st_mtime_ns, status.st_size
    return state


def _validate(descriptor: Path, frictionless: bool, page: Page | None) -> list[Finding]:
    files = read_package(descriptor)
    findings = list(_frictionless_findings(descriptor)) if frictionless else []
    findings += [*_check_descriptor(descriptor, files), *check_package(files)]
    beside = check_beside(files, descriptor.read_text("utf-8"), page) if not errors(findings) else stray_files(files)
    return [*findings, *beside]


def check_package(files: PackageFiles) -> list[Finding]:
    """Findings about the files that the descriptor lists, and about every row."""
    findings = check_fingerprints(files)
    if any(finding.check == "file" for finding in findings):
        return findings
    findings += _check_schemas(files)
    columns = list(_check_columns(files, files.parquet))
    try:
        return findings + (columns or _check_content(files))
    except ReplacedError:
        if not errors(findings):
            raise
        return findings


def check_tables(files: PackageFiles) -> list[Finding]:
    """Columns, and that CSV = Parquet, of each table that has both; parts without CSV were compared when they were written."""
    columns = list(_check_columns(files, files.csv))
    try:
        return columns or [finding for name in files.csv for finding in _check_csv(files, name)]
    except UnreadableError as error:
        return [error.finding]


def _check_descriptor(path: Path, files: PackageFiles) -> Iterator[Finding]:
    """It is what this builder writes for such metadata and files, to the byte."""
    raw = path.read_bytes()
    if not seal_holds(raw):
        yield _about(path.name, "checksum", "an unchanged file", "another")
        return
    try:
        content = json.loads(raw)
        note = content.get("coding_note")
        expected = describe(described_metadata(content), [], files, note if isinstance(note, str) else None)
    except (InputError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        yield _about(path.name, "descriptor", "the properties that builder writes", repr(error))
    else:
        if expected.encode() != raw or set(files.csv) not in ({"rejects"}, set(files.parquet)):
            yield _about(path.name, "descriptor", "what builder writes for such metadata and files", "something else")


def _check_schemas(files: PackageFiles) -> list[Finding]:
    """The package carries the schemas this builder works by."""
    return [
        _about(f"{SCHEMA_FOLDER}/{name}.json", "schema", "the schema of this version of builder", "another or none")
        for name, schema in table_schemas().items()
        if name in files.parquet
        if _text_of(files.root / SCHEMA_FOLDER / f"{name}.json") != schema.source
    ]


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _check_columns(files: PackageFiles, tables: Iterable[str]) -> Iterator[Finding]:
    for name in tables:
        for path in files.parquet[name]:
            yield from check_columns(files.root / path, path, table_schemas()[name])


def _check_csv(files: PackageFiles, name: str) -> Iterator[Finding]:
    """CSV = Parquet for one table."""
    again = WrittenAgain(files.root / files.csv[name], table_schemas()[name])
    for batch in chain.from_iterable(map(read_batches, _parts(files, name))):
        again.write(pa.Table.from_batches([batch]))
    if not again.is_same():
        yield from _differing_cells(files, name)


def _differing_cells(files: PackageFiles, name: str) -> Iterator[Finding]:
    lengths = chain.from_iterable(read_batches(path, columns=["n_characters"]) for path in _parts(files, "articles"))
    longest = max((pc.max(batch["n_characters"]).as_py() or 0 for batch in lengths), default=0)
    return differing_cells(files.root / files.csv[name], _parts(files, name), table_schemas()[name], longest)


def _parts(files: PackageFiles, name: str) -> list[Path]:
    return [files.root / path for path in files.parquet.get(name, ())]


def _check_content(files: PackageFiles) -> list[Finding]:
    """Every row, and CSV = Parquet; each Parquet file is read once and in pieces."""
    findings: list[Finding] = []
    again = {name: WrittenAgain(files.root / path, table_schemas()[name]) for name, path in files.csv.items()}
    try:
        proof = _coding_proof(files)
        runs = _runs_proof(files)
        for tables, rows_before in _batches(files, findings):
            found = check_rows(tables, rows_before)
            findings += found
            if "articles" in tables and not errors(found):
                findings += check_meaning(tables, rows_before)
            if "articles" in tables and not errors(found):
                findings += proof.check(tables)
            if "articles" in tables and not errors(found):
                runs.add(tables)
            for name in tables.keys() & again.keys():
                again[name].write(tables[name])
        findings += _check_articles_differ(files)
        if not errors(findings):
            findings += runs.contradictions()
        findings += proof.strays(set(chain.from_iterable(_article_ids(files))))
        for name, written in again.items():
            if not written.is_same():
                findings += _differing_cells(files, name)
    except UnreadableError as error:
        findings.append(error.finding)
    return findings


def _coding_proof(files: PackageFiles) -> CodingProof:
    """A package without tables of decisions is one in which no one has decided."""
    tables = {name: read_table(files, name) for name in ("reviews", "originals", "coders") if name in files.parquet}
    if len(tables) < 3:
        tables = {name: table_schemas()[name].arrow.empty_table() for name in ("reviews", "originals", "coders")}
    return CodingProof(**tables)


def _runs_proof(files: PackageFiles) -> RunsProof:
    runs = read_table(files, "runs") if "runs" in files.parquet else None
    return RunsProof(runs, read_table(files, "originals").to_pylist() if "originals" in files.parquet else [])


def _batches(files: PackageFiles, findings: list[Finding]) -> Iterator[tuple[dict[str, pa.Table], dict[str, int]]]:
    """Tables of the same articles, and how many rows stand before theirs; rows of no article become findings."""
    rows_before = dict.fromkeys(table_schemas(), 0)
    for part in range(len(files.parquet["articles"])):
        batches = ArticleBatches({name: _parts(files, name)[part] for name in ARTICLE_TABLES})
        for tables in batches:
            yield dict(tables), rows_before
            for name, table in tables.items():
                rows_before[name] += table.num_rows
        for name, left in batches.left.items():
            expected = "rows of articles in the order of the table articles"
            findings.append(
                Finding("error", f"{name}.csv", rows_before[name] + 1, "article_id", "reference", expected, f"{left} others")
            )
            rows_before[name] += left
    for name in ("rejects", *CODING_TABLES):
        for batch in chain.from_iterable(map(read_batches, _parts(files, name))):
            yield {name: pa.Table.from_batches([batch])}, rows_before
            rows_before[name] += len(batch)


def _check_articles_differ(files: PackageFiles) -> Iterator[Finding]:
    """No two articles anywhere have one identifier. Holds a number for each article, and looks twice only at equal ones."""
    hashes = np.concatenate([np.fromiter(map(hash, ids), np.int64) for ids in _article_ids(files)])
    hashes.sort()
    repeated = set(hashes[1:][hashes[1:] == hashes[:-1]].tolist())
    if not repeated:
        return
    seen: set[str] = set()
    for row, article_id in enumerate(chain.from_iterable(_article_ids(files)), 1):
        if hash(article_id) in repeated:
            if article_id in seen:
                expected, found = "a key that no other row has", repr(article_id)
                yield Finding("error", "articles.csv", row, "article_id", "unique", expected, found)
            seen.add(article_id)


def _article_ids(files: PackageFiles) -> Iterator[list[str]]:
    for path in _parts(files, "articles"):
        for batch in read_batches(path, columns=["article_id"]):
            yield batch["article_id"].to_pylist()


def _frictionless_findings(descriptor: Path) -> Iterator[Finding]:
    """The errors of ``frictionless validate``, the library's own checks run in this process."""
    from frictionless import FrictionlessException, Package  # noqa: PLC0415 (slow to import, and only this needs it)

    try:
        report = Package(str(descriptor)).validate()
    except FrictionlessException as exception:
        yield _about(descriptor.name, "frictionless", "a valid descriptor", exception.error.message)
        return
    for error in report.errors:
        yield _about(descriptor.name, "frictionless", "a valid descriptor", error.message)
    for task in report.tasks:
        for error in task.errors:
            row = getattr(error, "row_number", None)
            column = getattr(error, "field_name", None)
            yield Finding("error", task.place, row and row - 1, column, f"frictionless {error.type}", "no error", error.message)


def _about(file: str, check: str, expected: str, found: str) -> Finding:
    return Finding("error", file, None, None, check, expected, found)
