"""Records as Arrow tables, in the columns and types of the schemas."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from builder.arrays import to_array
from builder.package import PackageFiles
from builder.records import Reject, Tables
from builder.schema import TableSchema, table_schemas

ArrowTables = Mapping[str, pa.Table]
"""A table for each name in :func:`builder.schema.table_schemas`, in that order."""


def to_arrow(tables: Tables) -> dict[str, pa.Table]:
    """One Arrow table of one chunk for each list of records."""
    return {name: _table(getattr(tables, name), table_schemas()[name]) for name in tables._fields}


def rejects_table(rejects: Sequence[Reject]) -> pa.Table:
    return _table(rejects, table_schemas()["rejects"])


def _table(rows: Sequence[tuple[Any, ...]], schema: TableSchema) -> pa.Table:
    arrow = schema.arrow
    columns = zip(*rows, strict=True) if rows else ((),) * len(arrow)
    return pa.Table.from_arrays([to_array(c, f.type) for c, f in zip(columns, arrow, strict=True)], schema=arrow)


def read_tables(files: PackageFiles) -> dict[str, pa.Table]:
    """All rows of a published package."""
    return {name: read_table(files, name) for name in files.parquet}


def read_table(files: PackageFiles, name: str) -> pa.Table:
    return pa.concat_tables(pq.ParquetFile(files.root / path).read() for path in files.parquet[name])


def without_text(tables: ArrowTables) -> dict[str, pa.Table]:
    """The same tables with ``articles.text`` null; offsets and checksums stay."""
    articles = tables["articles"]
    place = articles.schema.get_field_index("text")
    nulls = pa.nulls(articles.num_rows, pa.string())
    return {**tables, "articles": articles.set_column(place, articles.schema.field(place), nulls)}
