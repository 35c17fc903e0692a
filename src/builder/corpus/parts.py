"""From stored shards to published files. Runs on any process."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from builder.corpus.store import Store
from builder.publish.files import CsvTable, ParquetTable
from builder.publish.names import DATA_FOLDER
from builder.publish.package import Fingerprint
from builder.tables.arrow import ArrowTables, without_text
from builder.tables.schema import ARTICLE_TABLES, table_schemas

_PART = "part-"
YEAR_FOLDER = "published_year="
NO_YEAR = "unknown"
"""Of articles without a date. Hive's own word for a missing value makes pandas fail."""


class PartTask(NamedTuple):
    """``number`` is None for the only part of a package, which has a CSV file beside each Parquet file."""

    number: int | None
    keys: tuple[str, ...]
    store: Store
    root: Path
    by_year: bool
    include_text: bool = True


class PartFile(NamedTuple):
    """A published Parquet file; ``path`` is relative to the package. Files of one ``group`` hold the same articles."""

    table: str
    group: str
    path: str
    rows: int
    fingerprint: Fingerprint
    csv: Fingerprint | None = None
    """Of the CSV file beside it."""


def write_part(task: PartTask) -> list[PartFile]:
    """Write the shards' rows, read them back, and say what was written."""
    files: dict[tuple[str, str], TableFiles] = {}
    for key in task.keys:
        for group, tables in _grouped(task, published(task.store.tables(key), task.include_text)):
            for name in ARTICLE_TABLES:
                if (group, name) not in files:
                    files[group, name] = TableFiles(task.root, group, name)
                files[group, name].write(tables[name])
    return [files[group_and_name].close() for group_and_name in sorted(files)]


def published(tables: ArrowTables, include_text: bool) -> ArrowTables:
    """The tables of articles' rows, with or without the texts."""
    own = {name: tables[name] for name in ARTICLE_TABLES}
    return own if include_text else without_text(own)


class TableFiles:
    """A table, or its rows of one group, as a Parquet file, with a CSV file beside it where the table has no other parts."""

    def __init__(self, root: Path, group: str, table: str, csv: bool = True) -> None:
        self._table, self._group = table, group
        path, schema = root / part_path(table, group), table_schemas()[table]
        self._parquet = ParquetTable(path, schema)
        self._csv = None if group or not csv else CsvTable(root / csv_path(table), schema)

    def write(self, rows: pa.Table) -> None:
        self._parquet.write(rows)
        if self._csv:
            self._csv.write(rows)

    def close(self) -> PartFile:
        """What is on disk; raises PublishError where that is not what was written."""
        path = part_path(self._table, self._group)
        parquet, csv = self._parquet.close(), self._csv.close() if self._csv else None
        return PartFile(self._table, self._group, path, self._parquet.rows, parquet, csv)


def renumbered(file: PartFile, number: int) -> PartFile:
    """The same rows as part ``number``."""
    group = f"{file.group.rpartition(_PART)[0]}{_PART}{number:05}"
    return file._replace(group=group, path=part_path(file.table, group))


def part_path(table: str, group: str) -> str:
    return f"{DATA_FOLDER}/{table}/{group}.parquet" if group else f"{DATA_FOLDER}/{table}.parquet"


def csv_path(table: str) -> str:
    return f"{DATA_FOLDER}/{table}.csv"


def _grouped(task: PartTask, tables: ArrowTables) -> Iterator[tuple[str, ArrowTables]]:
    """The tables by the files they go to; '' is the one set of files of a package that has no parts."""
    if task.number is None:
        yield "", tables
    elif not task.by_year:
        yield f"{_PART}{task.number:05}", tables
    else:
        for year, of_year in _by_year(tables):
            yield f"{YEAR_FOLDER}{year}/{_PART}{task.number:05}", of_year


def _by_year(tables: ArrowTables) -> Iterator[tuple[str, ArrowTables]]:
    import pyarrow.compute as pc  # noqa: PLC0415 (slow to import, and few builds need it)

    articles = tables["articles"]
    years = pc.year(articles["published"].combine_chunks())
    for year in sorted(set(years.to_pylist()), key=lambda year: (year is None, year)):
        mine = years.is_null() if year is None else pc.equal(years, year)
        ids = articles["article_id"].filter(mine).combine_chunks()
        of_year = {name: table.filter(pc.is_in(table["article_id"], value_set=ids)) for name, table in tables.items()}
        yield NO_YEAR if year is None else str(year), of_year
