"""Findings about published files: size, hash, columns, and that CSV and Parquet hold the same cells."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from builder.arrays import as_mask
from builder.package import Fingerprint, PackageFiles
from builder.schema import TableSchema
from builder.validate.findings import Finding
from builder.validate.report import Report

_BLOCK_BYTES = 1 << 22
_ROWS = 1 << 15


def fingerprint(path: Path) -> Fingerprint:
    with path.open("rb") as file:
        return Fingerprint(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


def check_fingerprints(files: PackageFiles) -> list[Finding]:
    """Files that are missing, or not those that the descriptor means."""
    findings = []
    for name, expected in files.fingerprints.items():
        path = files.root / name
        if not path.is_file():
            findings.append(Finding("error", name, None, None, "file", "a file", "none"))
            continue
        found = fingerprint(path)
        if found.n_bytes != expected.n_bytes:
            findings.append(Finding("error", name, None, None, "bytes", str(expected.n_bytes), str(found.n_bytes)))
        if found.sha256 != expected.sha256:
            findings.append(Finding("error", name, None, None, "hash", expected.sha256, found.sha256))
    return findings


def check_columns(path: Path, name: str, schema: TableSchema) -> list[Finding]:
    """Whether a Parquet file can be read and has the columns and types of the schema."""
    try:
        found = pq.ParquetFile(path).schema_arrow
    except (pa.ArrowException, OSError) as error:
        return [Finding("error", name, None, None, "readable", "a Parquet file", " ".join(str(error).split()))]
    if found.equals(schema.arrow, check_metadata=False):
        return []
    return [Finding("error", name, None, None, "columns", _columns(schema.arrow), _columns(found))]


def _columns(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {field.type}" for field in schema)


def check_same_cells(csv: Path, parquet: Sequence[Path], schema: TableSchema, longest_text: int) -> list[Finding]:
    """CSV = Parquet; ``longest_text`` in code points bounds the size of a row. Reads both in pieces."""
    rows = (batch for path in parquet for batch in pq.ParquetFile(path).iter_batches(_ROWS))
    try:
        return list(_compare(read_csv_batches(csv, schema, longest_text), rows, schema))
    except (pa.ArrowException, OSError) as error:
        return [Finding("error", csv.name, None, None, "readable", "CSV like the Parquet file", " ".join(str(error).split()))]


def read_csv_batches(path: Path, schema: TableSchema, longest_text: int) -> Iterator[pa.RecordBatch]:
    """The rows of a CSV file in the types of the schema; an empty cell is null. Raises pa.ArrowInvalid."""
    reader = pa_csv.open_csv(
        path,
        read_options=pa_csv.ReadOptions(block_size=max(_BLOCK_BYTES, min(8 * longest_text + (1 << 16), (1 << 31) - 1))),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=schema.arrow,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    if reader.schema.names != schema.column_names:
        raise pa.ArrowInvalid(f"the header is {','.join(reader.schema.names)} and not {','.join(schema.column_names)}")
    yield from reader


def _compare(csv: Iterator[pa.RecordBatch], parquet: Iterator[pa.RecordBatch], schema: TableSchema) -> Iterator[Finding]:
    """Cells that differ, in the first piece where any does."""
    rows = 0
    for left, right in _aligned(csv, parquet):
        if left is None or right is None:
            sizes = [str(rows + len(side)) if side else str(rows) for side in (left, right)]
            yield Finding(
                "error", f"{schema.name}.csv", rows + 1, None, "same rows", "as many rows as in Parquet", " or more, ".join(sizes)
            )
            return
        report = Report(schema, pa.Table.from_batches([left]), rows)
        for name in schema.column_names:
            if not left[name].equals(right[name]):
                same = as_mask(pc.equal(left[name], right[name]))
                both_null = as_mask(pc.and_(pc.is_null(left[name]), pc.is_null(right[name])))
                yield from report.rows(~(same | both_null), name, "same cells", "what the Parquet file has")
        rows += len(left)


def _aligned(
    one: Iterator[pa.RecordBatch], other: Iterator[pa.RecordBatch]
) -> Iterator[tuple[pa.RecordBatch | None, pa.RecordBatch | None]]:
    """Pieces of equal length from both; None where one side has ended before the other."""
    left = right = None
    while True:
        left = left if left is not None else next(one, None)
        right = right if right is not None else next(other, None)
        if left is None and right is None:
            return
        if left is None or right is None:
            yield left, right
            return
        rows = min(len(left), len(right))
        if rows:
            yield left.slice(0, rows), right.slice(0, rows)
        left = left.slice(rows) if rows < len(left) else None
        right = right.slice(rows) if rows < len(right) else None
