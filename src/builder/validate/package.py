"""Everything that can be wrong with a published package, as findings."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from builder.arrays import as_mask
from builder.package import DESCRIPTOR, PackageFiles, read_package, seal_holds
from builder.publish.descriptor import SCHEMA_FOLDER
from builder.publish.swap import finish
from builder.schema import table_schemas
from builder.validate.files import check_fingerprints, check_same_cells
from builder.validate.findings import Finding
from builder.validate.rows import check_rows

_ARTICLES = 512
_ROWS = 1 << 15


def validate_package(path: Path) -> list[Finding]:
    """All findings about the package at ``path`` (its descriptor or folder), those of frictionless first.

    Raises InputError where there is no package to validate.
    """
    finish(path if path.is_dir() else path.parent)
    files = read_package(path)
    descriptor = path / DESCRIPTOR if path.is_dir() else path
    return [*_check_seal(descriptor), *_frictionless_findings(descriptor), *check_package(files)]


def _check_seal(descriptor: Path) -> list[Finding]:
    if seal_holds(descriptor.read_bytes()):
        return []
    return [Finding("error", descriptor.name, None, None, "checksum", "the descriptor as it was written", "a changed one")]


def check_package(files: PackageFiles) -> list[Finding]:
    """What frictionless cannot see, and hashes and sizes, which it can."""
    findings = check_fingerprints(files)
    missing = {finding.file for finding in findings if finding.check == "file"}
    if missing:
        return findings
    findings += _check_schemas(files)
    different = check_tables(files)
    return findings + (different or list(_check_rows(files)))


def check_tables(files: PackageFiles) -> list[Finding]:
    """CSV = Parquet for each table."""
    try:
        articles = pq.ParquetFile(files.root / files.parquet["articles"]).read(columns=["n_characters"])
        longest = pc.max(articles["n_characters"]).as_py() or 0
    except (pa.ArrowException, OSError) as error:
        return [
            Finding("error", files.parquet["articles"], None, None, "readable", "a Parquet file", " ".join(str(error).split()))
        ]
    return [
        finding
        for name, schema in table_schemas().items()
        for finding in check_same_cells(files.root / files.csv[name], files.root / files.parquet[name], schema, longest)
    ]


def _check_schemas(files: PackageFiles) -> list[Finding]:
    """The package carries the schemas this builder works by."""
    findings = []
    for name, schema in table_schemas().items():
        path = files.root / SCHEMA_FOLDER / f"{name}.json"
        if not path.is_file() or path.read_text(encoding="utf-8") != schema.source:
            file = f"{SCHEMA_FOLDER}/{name}.json"
            findings.append(
                Finding("error", file, None, None, "schema", "the schema of this version of builder", "another or none")
            )
    return findings


def _check_rows(files: PackageFiles) -> Iterator[Finding]:
    """Row checks over the Parquet files, some articles at a time."""
    readers = {name: _Rows(files.root / path) for name, path in files.parquet.items()}
    rows_before = dict.fromkeys(table_schemas(), 0)
    seen: set[str] = set()
    for batch in pq.ParquetFile(files.root / files.parquet["articles"]).iter_batches(_ARTICLES):
        tables = {"articles": pa.Table.from_batches([batch])}
        ids = batch["article_id"]
        for name in table_schemas():
            if name != "articles":
                tables[name] = readers[name].take(ids)
        yield from check_rows(tables, rows_before)
        for name in ids.to_pylist():
            if name in seen:
                yield Finding("error", "articles.csv", None, "article_id", "unique", "a key that no other row has", repr(name))
            seen.add(name)
        for name, table in tables.items():
            rows_before[name] += table.num_rows
    for name in table_schemas():
        if name != "articles" and (rest := readers[name].rest()):
            expected = "rows of articles in the order of the table articles"
            yield Finding("error", f"{name}.csv", rows_before[name] + 1, "article_id", "reference", expected, f"{rest} others")


class _Rows:
    """Rows of a table, taken article by article in the order in which they stand."""

    def __init__(self, path: Path) -> None:
        file = pq.ParquetFile(path)
        self._batches = file.iter_batches(_ROWS)
        self._pending = file.schema_arrow.empty_table()

    def take(self, ids: pa.Array) -> pa.Table:
        """The next rows, as long as they belong to one of the articles."""
        taken = []
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
        return pa.concat_tables([self._pending.slice(0, 0), *taken])

    def rest(self) -> int:
        """How many rows no article has taken."""
        return int(self._pending.num_rows) + sum(len(batch) for batch in self._batches)


def _frictionless_findings(descriptor: Path) -> Iterator[Finding]:
    """The errors of ``frictionless validate``, the library's own checks run in this process."""
    from frictionless import FrictionlessException, Package  # noqa: PLC0415 (slow to import, and only this needs it)

    try:
        report = Package(str(descriptor)).validate()
    except FrictionlessException as exception:
        yield Finding("error", descriptor.name, None, None, "frictionless", "a valid descriptor", exception.error.message)
        return
    for error in report.errors:
        yield Finding("error", descriptor.name, None, None, "frictionless", "a valid descriptor", error.message)
    for task in report.tasks:
        for error in task.errors:
            row = getattr(error, "row_number", None)
            column = getattr(error, "field_name", None)
            yield Finding("error", task.place, row and row - 1, column, f"frictionless {error.type}", "no error", error.message)
