"""Tables from rows and rows from tables, so that a test says what it means row by row."""

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pyarrow as pa

from builder.extraction import extract_articles
from builder.tables.arrow import make_table
from builder.tables.rows import make_tables
from builder.tables.schema import ARTICLE_TABLES, table_schemas
from builder.text.article import Article


def row(table: str, *cells: Any) -> dict[str, Any]:
    """The first columns in their order, and last the rule; columns between that have no cell are null, and no person decided."""
    *first, rule = cells
    columns = table_schemas()[table].column_names
    assert columns[-2:] == ["rule", "coding_status"] and len(first) < len(columns)
    return dict.fromkeys(columns) | dict(zip(columns, first, strict=False)) | {"rule": rule, "coding_status": "machine"}


def tables_of(rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, pa.Table]:
    """A table of each name; those without rows need not be given."""
    return {name: _table(name, list(rows.get(name, ()))) for name in ARTICLE_TABLES}


def _table(name: str, rows: list[Mapping[str, Any]]) -> pa.Table:
    return make_table(name, **{column: [row[column] for row in rows] for column in table_schemas()[name].column_names})


def rows_of(table: pa.Table) -> list[Any]:
    """Each with its columns as attributes."""
    return [SimpleNamespace(**row) for row in table.to_pylist()]


def extracted(articles: Sequence[Article]) -> dict[str, pa.Table]:
    """The tables that a build makes of ``articles``."""
    return make_tables(extract_articles(articles))
