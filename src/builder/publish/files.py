"""Each table as Parquet and as CSV, written as its rows come, and read back."""

import hashlib
import io
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from builder.errors import PublishError
from builder.publish.package import Fingerprint, fingerprint
from builder.tables.schema import TableSchema

ROW_GROUP_BYTES = 1 << 23
"""In memory. Each column of a row group costs a compressor and dictionaries of its own, whatever its size."""


class ParquetTable:
    """Writes a table's rows to a Parquet file, in row groups of about ROW_GROUP_BYTES, and reads them back."""

    def __init__(self, path: Path, schema: TableSchema) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        self._path = path
        self._writer = _parquet_writer(schema, path)
        self._waiting: list[pa.Table] = []
        self._waiting_bytes = 0
        self._written: list[pa.Table] = []

    def write(self, table: pa.Table) -> None:
        self.rows += table.num_rows
        self._waiting.append(table)
        self._waiting_bytes += table.nbytes
        if self._waiting_bytes >= ROW_GROUP_BYTES:
            self._write_row_group()

    def close(self) -> Fingerprint:
        """Raises PublishError where the file does not hold the rows that were written."""
        if self._waiting:
            self._write_row_group()
        self._writer.close()
        if self._written:
            self._read_back()
        return fingerprint(self._path)

    def _read_back(self) -> None:
        try:
            same = pq.ParquetFile(self._path).read(use_threads=False).equals(pa.concat_tables(self._written))
        except (pa.ArrowException, OSError) as error:
            raise PublishError(f"{self._path.name}: cannot be read back: {' '.join(str(error).split())}") from error
        if not same:
            raise PublishError(f"{self._path.name}: what was read back is not what was written")

    def _write_row_group(self) -> None:
        rows = pa.concat_tables(self._waiting).combine_chunks()
        self._writer.write_table(rows, row_group_size=max(1, rows.num_rows))
        self._written.append(rows)
        self._waiting, self._waiting_bytes = [], 0


class CsvTable:
    """Writes a table's rows to a CSV file, and reads back its bytes."""

    def __init__(self, path: Path, schema: TableSchema) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = _HashedFile(path)
        self._writer = pa_csv.CSVWriter(self._file, schema.arrow)

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def close(self) -> Fingerprint:
        """Raises PublishError where the file does not hold the bytes that were written."""
        self._writer.close()
        self._file.close()
        found = fingerprint(self._path)
        if found.sha256 != self._file.sha256.hexdigest():
            raise PublishError(f"{self._path.name}: what was read back is not what was written")
        return found


class _HashedFile(io.BufferedWriter):
    """Knows the SHA-256 of what it was given to write, whatever became of it on disk."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.FileIO(path, "wb"))
        self.sha256 = hashlib.sha256()

    def write(self, content: Any, /) -> int:
        self.sha256.update(content)
        return super().write(content)


def _parquet_writer(schema: TableSchema, path: Path) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path,
        schema.arrow,
        version="2.6",
        compression="zstd",
        use_dictionary=_repeating_columns(schema),
        write_page_index=True,
    )


def _repeating_columns(schema: TableSchema) -> list[str]:
    """Columns whose values come again and again; the others gain nothing from a dictionary."""
    keys = {key.column for key in schema.foreign_keys}
    return [c.name for c in schema.columns if c.enum or c.name in keys or c.name in ("rule", "language", "country_iso3")]


def keep_equal_parquet(staged: Path, current: Path) -> list[Path]:
    """Where another version of the Parquet library wrote the same rows in other bytes, the file in place is kept.

    Returns the staged files that were replaced so. The file in place may be damaged, or a stranger's.
    """
    kept = []
    for new in sorted(staged.rglob("*.parquet")):
        old = current / new.relative_to(staged)
        if old.is_file() and not old.samefile(new) and _same_rows_by_other_library(old, new):
            new.unlink()
            shutil.copyfile(old, new)
            kept.append(new)
    return kept


def _same_rows_by_other_library(old: Path, new: Path) -> bool:
    try:
        one, other = pq.ParquetFile(old), pq.ParquetFile(new)
        return (
            one.metadata.created_by != other.metadata.created_by
            and _row_group_lengths(one) == _row_group_lengths(other)
            and one.schema_arrow.equals(other.schema_arrow, check_metadata=True)
            and all(one.read_row_group(i).equals(other.read_row_group(i)) for i in range(one.num_row_groups))
        )
    except (pa.ArrowException, OSError, ValueError):  # UnicodeDecodeError among them
        return False


def _row_group_lengths(file: pq.ParquetFile) -> list[int]:
    """Told before any row is read: a damaged file can promise more than there is memory."""
    return [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
