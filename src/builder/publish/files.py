"""Each table as Parquet and as CSV, written as its rows come and in bounded memory."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from builder.schema import TableSchema

DATA_FOLDER = "datapackage"


class TableWriter:
    """Writes a table's rows to a Parquet file, one row group for each call of :meth:`write`, to a CSV file, or to both."""

    def __init__(self, schema: TableSchema, *, parquet: Path | None = None, csv: Path | None = None) -> None:
        for path in filter(None, (parquet, csv)):
            path.parent.mkdir(parents=True, exist_ok=True)
        self.rows = 0
        self._csv = pa_csv.CSVWriter(csv, schema.arrow) if csv else None
        self._parquet = _parquet_writer(schema, parquet) if parquet else None

    def write(self, table: pa.Table) -> None:
        whole = table.combine_chunks()
        self.rows += whole.num_rows
        if self._csv:
            self._csv.write_table(whole)
        if self._parquet:
            self._parquet.write_table(whole, row_group_size=max(1, whole.num_rows))

    def close(self) -> None:
        for writer in (self._csv, self._parquet):
            if writer:
                writer.close()


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

    Returns the staged files that were replaced so.
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
            and one.num_row_groups == other.num_row_groups
            and one.schema_arrow.equals(other.schema_arrow, check_metadata=True)
            and all(one.read_row_group(i).equals(other.read_row_group(i)) for i in range(one.num_row_groups))
        )
    except (pa.ArrowException, OSError):
        return False
