"""That a CSV file holds the cells of its table's Parquet files.

A file that was written from these rows has the very bytes that writing them again gives, which takes a tenth of the time that
reading takes. Only where the bytes differ are cells compared one by one, to say which.
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from builder.tables.arrays import as_mask
from builder.tables.schema import TableSchema
from builder.validate.files import READ_ERRORS, unreadable
from builder.validate.findings import Finding
from builder.validate.report import Report

_BLOCK_BYTES = 1 << 22
_ROWS = 1 << 15
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class WrittenAgain:
    """Rows as they would be written to a CSV file, compared with the file that is there."""

    def __init__(self, csv: Path, schema: TableSchema) -> None:
        self._sink = _ComparingSink(csv)
        self._writer = pa_csv.CSVWriter(self._sink, schema.arrow)

    def write(self, table: pa.Table) -> None:
        if self._sink.same:
            self._writer.write_table(table)

    def is_same(self) -> bool:
        """To be asked once, after the last row."""
        self._writer.close()
        with self._sink.file:
            return self._sink.same and not self._sink.file.read(1)


class _ComparingSink(io.RawIOBase):
    def __init__(self, path: Path) -> None:
        self.file = path.open("rb")
        self.same = True

    def writable(self) -> bool:
        return True

    def write(self, written: Any, /) -> int:
        size = len(written)
        self.same = self.same and self.file.read(size) == written
        return size


def differing_cells(csv: Path, parquet: Sequence[Path], schema: TableSchema, longest_text: int) -> Iterator[Finding]:
    """``longest_text`` in code points bounds the size of a row. Reads both in pieces."""
    rows = (batch for path in parquet for batch in pq.ParquetFile(path).iter_batches(_ROWS))
    try:
        yield from _compare(_csv_batches(csv, schema, longest_text), rows, schema)
    except READ_ERRORS as error:
        yield unreadable(csv.name, "CSV like the Parquet file", error)


def _csv_batches(path: Path, schema: TableSchema, longest_text: int) -> Iterator[pa.RecordBatch]:
    """The rows of a CSV file as they are spelt; an empty cell is null. Raises pa.ArrowInvalid."""
    with path.open("rb") as file:
        if file.read(len(_BYTE_ORDER_MARK)) == _BYTE_ORDER_MARK:
            raise pa.ArrowInvalid("the file begins with a byte-order mark")
    reader = pa_csv.open_csv(
        path,
        read_options=pa_csv.ReadOptions(block_size=max(_BLOCK_BYTES, min(8 * longest_text + (1 << 16), (1 << 31) - 1))),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        convert_options=pa_csv.ConvertOptions(
            column_types=dict.fromkeys(schema.column_names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    if reader.schema.names != schema.column_names:
        raise pa.ArrowInvalid(f"the header is {','.join(reader.schema.names)} and not {','.join(schema.column_names)}")
    yield from reader


def _compare(csv: Iterator[pa.RecordBatch], parquet: Iterator[pa.RecordBatch], schema: TableSchema) -> Iterator[Finding]:
    """Cells that differ, as far as both have rows; and whether one has more."""
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
            spelt = right[name].cast(pa.string())
            if not left[name].equals(spelt):
                same = as_mask(pc.equal(left[name], spelt))
                both_null = as_mask(pc.and_(pc.is_null(left[name]), pc.is_null(spelt)))
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
