"""Everything that can be wrong with a published package, as findings."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from builder.arrays import as_mask
from builder.package import PackageFiles, descriptor_path, read_package, seal_holds
from builder.publish.descriptor import SCHEMA_FOLDER
from builder.publish.swap import finish
from builder.records import Tables
from builder.schema import table_schemas
from builder.validate.files import check_columns, check_fingerprints, check_same_cells
from builder.validate.findings import Finding
from builder.validate.rows import check_rows

FRICTIONLESS_BYTES = 50_000_000
"""Up to this many bytes of CSV, frictionless reads every row too; it takes minutes where the checks here take seconds."""

_ARTICLES = 512
_ROWS = 1 << 15


def validate_package(path: Path, frictionless: bool | None = None) -> list[Finding]:
    """All findings about the package at ``path`` (its descriptor or folder), those of frictionless first.

    ``frictionless`` says whether that runs; None: where the package is small. Raises InputError where there is no package.
    """
    descriptor = descriptor_path(path)
    finish(descriptor.parent)
    files = read_package(descriptor)
    if frictionless is None:
        frictionless = sum(files.fingerprints[name].n_bytes for name in files.csv.values()) <= FRICTIONLESS_BYTES
    findings = (
        [] if seal_holds(descriptor.read_bytes()) else [_about(descriptor.name, "checksum", "an unchanged file", "another")]
    )
    if frictionless:
        findings += _frictionless_findings(descriptor)
    return findings + check_package(files)


def check_package(files: PackageFiles) -> list[Finding]:
    """What frictionless cannot see, and hashes and sizes, which it can."""
    findings = check_fingerprints(files)
    if any(finding.check == "file" for finding in findings):
        return findings
    findings += _check_schemas(files)
    different = check_tables(files)
    return findings + (different or list(_check_rows(files)))


def check_tables(files: PackageFiles) -> list[Finding]:
    """The columns of every file, and that CSV = Parquet for each table that has both."""
    columns = [
        finding
        for name, paths in files.parquet.items()
        for path in paths
        for finding in check_columns(files.root / path, path, table_schemas()[name])
    ]
    if columns or not files.csv:
        return columns
    longest = _longest_text(files)
    return [
        finding
        for name, path in files.csv.items()
        for finding in check_same_cells(
            files.root / path, [files.root / part for part in files.parquet[name]], table_schemas()[name], longest
        )
    ]


def _longest_text(files: PackageFiles) -> int:
    parts = (pq.ParquetFile(files.root / path).read(columns=["n_characters"]) for path in files.parquet["articles"])
    return max((pc.max(part["n_characters"]).as_py() or 0 for part in parts), default=0)


def _check_schemas(files: PackageFiles) -> list[Finding]:
    """The package carries the schemas this builder works by."""
    return [
        _about(f"{SCHEMA_FOLDER}/{name}.json", "schema", "the schema of this version of builder", "another or none")
        for name, schema in table_schemas().items()
        if _text_of(files.root / SCHEMA_FOLDER / f"{name}.json") != schema.source
    ]


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _check_rows(files: PackageFiles) -> Iterator[Finding]:
    """Row checks over the Parquet files, some articles at a time."""
    rows_before = dict.fromkeys(Tables._fields, 0)
    seen: set[str] = set()
    for part in range(len(files.parquet["articles"])):
        paths = {name: files.root / files.parquet[name][part] for name in Tables._fields}
        yield from _check_part(paths, rows_before, seen)
    for path in files.parquet.get("rejects", []):
        yield from check_rows({"rejects": pq.ParquetFile(files.root / path).read()})


def _check_part(paths: dict[str, Path], rows_before: dict[str, int], seen: set[str]) -> Iterator[Finding]:
    """Findings about files that hold the same articles; adds their rows to ``rows_before``, their articles to ``seen``."""
    readers = {name: _Rows(path) for name, path in paths.items() if name != "articles"}
    for batch in pq.ParquetFile(paths["articles"]).iter_batches(_ARTICLES):
        tables = {"articles": pa.Table.from_batches([batch])}
        tables |= {name: reader.take(batch["article_id"]) for name, reader in readers.items()}
        yield from check_rows(tables, rows_before)
        ids = batch["article_id"].to_pylist()
        for article_id in seen.intersection(ids):
            yield Finding("error", "articles", None, "article_id", "unique", "a key that no other row has", repr(article_id))
        seen.update(ids)
        for name, table in tables.items():
            rows_before[name] += table.num_rows
    for name, reader in readers.items():
        if rest := reader.rest():
            expected = "rows of articles in the order of the table articles"
            yield Finding("error", name, rows_before[name] + 1, "article_id", "reference", expected, f"{rest} others")


class _Rows:
    """Rows of a table, taken article by article in the order in which they stand."""

    def __init__(self, path: Path) -> None:
        file = pq.ParquetFile(path)
        self._batches = file.iter_batches(_ROWS)
        self._pending = pa.Table.from_batches([], file.schema_arrow)

    def take(self, ids: pa.Array) -> pa.Table:
        """The next rows, as long as they belong to one of the articles."""
        taken = [self._pending.slice(0, 0)]
        while True:
            if not self._pending.num_rows:
                batch = next(self._batches, None)
                if batch is None:
                    break
                self._pending = pa.Table.from_batches([batch])
            own = as_mask(pc.is_in(self._pending["article_id"].combine_chunks(), value_set=ids))
            count = len(own) if own.all() else int(own.argmin())
            taken.append(self._pending.slice(0, count))
            self._pending = self._pending.slice(count)
            if self._pending.num_rows:
                break
        return pa.concat_tables(taken)

    def rest(self) -> int:
        """How many rows no article has taken."""
        return int(self._pending.num_rows) + sum(len(batch) for batch in self._batches)


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
