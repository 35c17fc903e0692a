"""From stored shards to published files. Runs on any process."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from builder.corpus.store import Store
from builder.errors import PublishError
from builder.package import Fingerprint
from builder.publish.files import DATA_FOLDER, TableWriter
from builder.records import Tables
from builder.schema import table_schemas
from builder.tables import ArrowTables
from builder.validate.files import fingerprint

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


class PartFile(NamedTuple):
    """A published file; ``path`` is relative to the package. Files of one ``group`` hold the same articles."""

    table: str
    group: str
    path: str
    rows: int
    fingerprint: Fingerprint


def write_part(task: PartTask) -> list[PartFile]:
    """Write the shards' rows, one row group each, read them back, and say what was written."""
    writers: dict[tuple[str, str], TableWriter] = {}
    written: dict[tuple[str, str], list[pa.Table]] = {}
    for key in task.keys:
        for group, tables in _grouped(task, task.store.tables(key)):
            for name in Tables._fields:
                if (group, name) not in writers:
                    writers[group, name] = _open(task, group, name)
                    written[group, name] = []
                writers[group, name].write(tables[name])
                written[group, name].append(tables[name])
    for writer in writers.values():
        writer.close()
    return [_read_back(task, group, name, written[group, name]) for group, name in sorted(writers)]


def renumbered(file: PartFile, number: int) -> PartFile:
    """The same rows as part ``number``."""
    group = f"{file.group.rpartition(_PART)[0]}{_PART}{number:05}"
    return file._replace(group=group, path=part_path(file.table, group))


def part_path(table: str, group: str) -> str:
    return f"{DATA_FOLDER}/{table}/{group}.parquet" if group else f"{DATA_FOLDER}/{table}.parquet"


def _open(task: PartTask, group: str, name: str) -> TableWriter:
    parquet = task.root / part_path(name, group)
    return TableWriter(table_schemas()[name], parquet=parquet, csv=None if group else parquet.with_suffix(".csv"))


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
    articles = tables["articles"]
    years = pc.year(articles["published"].combine_chunks())
    for year in sorted(set(years.to_pylist()), key=lambda year: (year is None, year)):
        mine = years.is_null() if year is None else pc.equal(years, year)
        ids = articles["article_id"].filter(mine).combine_chunks()
        of_year = {name: table.filter(pc.is_in(table["article_id"], value_set=ids)) for name, table in tables.items()}
        yield NO_YEAR if year is None else str(year), of_year


def _read_back(task: PartTask, group: str, name: str, expected: list[pa.Table]) -> PartFile:
    """Compares with what was to be written, unless there is a CSV file to which the whole package is compared later."""
    path = part_path(name, group)
    file = pq.ParquetFile(task.root / path)
    if group and not file.read().equals(pa.concat_tables(expected)):
        raise PublishError(f"{path}: what was read back is not what was written")
    return PartFile(name, group, path, file.metadata.num_rows, fingerprint(task.root / path))
