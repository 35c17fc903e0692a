"""Arrow tables in the columns and types of the schemas."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from builder.reading.rejects import Reject
from builder.tables.arrays import to_array
from builder.tables.schema import ARTICLE_TABLES, table_schemas

ArrowTables = Mapping[str, pa.Table]
"""A table for each name in :func:`builder.tables.schema.table_schemas`, in that order."""


def make_table(name: str, /, **columns: pa.Array | Sequence[Any]) -> pa.Table:
    """A table of one chunk from all of its columns, each an array or values of its type, None where there is none."""
    schema = table_schemas()[name].arrow
    if set(columns) != set(schema.names):
        raise TypeError(f"{name} has other columns: {set(columns) ^ set(schema.names)}")
    arrays = [columns[f.name] if isinstance(columns[f.name], pa.Array) else to_array(columns[f.name], f.type) for f in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def no_rows() -> dict[str, pa.Table]:
    return {name: table_schemas()[name].arrow.empty_table() for name in ARTICLE_TABLES}


def rejects_table(rejects: Sequence[Reject]) -> pa.Table:
    source, place, reason = zip(*rejects, strict=True) if rejects else ((), (), ())
    return make_table("rejects", source=source, place=place, reason=reason)


def without_text(tables: ArrowTables) -> dict[str, pa.Table]:
    """The same tables with ``articles.text`` null; offsets and checksums stay."""
    articles = tables["articles"]
    place = articles.schema.get_field_index("text")
    nulls = pa.nulls(articles.num_rows, pa.string())
    return {**tables, "articles": articles.set_column(place, articles.schema.field(place), nulls)}
