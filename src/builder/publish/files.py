"""Each table as CSV and as Parquet, written as its rows come and in bounded memory."""

import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from builder.schema import TableSchema, table_schemas
from builder.tables import ArrowTables

DATA_FOLDER = "datapackage"


class TableWriters:
    """Writes ``FOLDER/NAME.csv`` and ``FOLDER/NAME.parquet`` for every table; one row group for each call of :meth:`write`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.rows = dict.fromkeys(table_schemas(), 0)
        self._writers = {name: _TableWriter(folder, schema) for name, schema in table_schemas().items()}

    def write(self, tables: ArrowTables) -> None:
        for name, table in tables.items():
            self._writers[name].write(table)
            self.rows[name] += table.num_rows

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for writer in self._writers.values():
            writer.close()


class _TableWriter:
    def __init__(self, folder: Path, schema: TableSchema) -> None:
        self._csv = pa_csv.CSVWriter(folder / f"{schema.name}.csv", schema.arrow)
        self._parquet = pq.ParquetWriter(
            folder / f"{schema.name}.parquet",
            schema.arrow,
            version="2.6",
            compression="zstd",
            use_dictionary=_repeating_columns(schema),
            write_page_index=True,
        )

    def write(self, table: pa.Table) -> None:
        whole = table.combine_chunks()
        self._csv.write_table(whole)
        self._parquet.write_table(whole, row_group_size=max(1, whole.num_rows))

    def close(self) -> None:
        self._csv.close()
        self._parquet.close()


def _repeating_columns(schema: TableSchema) -> list[str]:
    """Columns whose values come again and again; the others gain nothing from a dictionary."""
    keys = {key.column for key in schema.foreign_keys}
    return [c.name for c in schema.columns if c.enum or c.name in keys or c.name in ("rule", "language", "country_iso3")]


def keep_equal_parquet(staged: Path, current: Path) -> None:
    """Where another version of the Parquet library wrote the same rows in other bytes, the file in place is kept."""
    for new in sorted(staged.glob("*.parquet")):
        old = current / new.name
        if old.is_file() and _same_rows_by_other_library(old, new):
            shutil.copyfile(old, new)


def _same_rows_by_other_library(old: Path, new: Path) -> bool:
    try:
        one, other = pq.ParquetFile(old), pq.ParquetFile(new)
        return (
            one.metadata.created_by != other.metadata.created_by
            and one.num_row_groups == other.num_row_groups
            and one.schema_arrow.equals(other.schema_arrow, check_metadata=True)
            and all(one.read_row_group(i).equals(other.read_row_group(i)) for i in range(one.num_row_groups))
        )
    except (pa.ArrowException, OSError):
        return False
