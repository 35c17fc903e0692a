"""A machine's row as a coder is shown it: all of a decision but the verdict."""

from collections.abc import Iterator
from typing import Any

from builder.coding.anchors import anchor_at
from builder.coding.forms import Named, form_of, layout
from builder.coding.view import NAME_COLUMN, View
from builder.tables.schema import ARTICLE_TABLES

Template = dict[str, Any]


def templates(view: View, article_id: str, tables: tuple[str, ...] = ARTICLE_TABLES) -> Iterator[tuple[str, Template]]:
    """The article's rows by key. Needs the article's text."""
    text, named = view.text(article_id) or "", _named(view, article_id)
    for table in tables:
        rows = view.rows_of(table, article_id)
        for number, row in zip(rows, view.tables[table].slice(rows.start, len(rows)).to_pylist(), strict=True):
            template: Template = {"table": table, "article_id": article_id, "article_sha256": view.sha256(article_id)}
            if layout(table).anchored:
                anchor = anchor_at(text, row["start"], row["end"])
                template |= {"start": row["start"], "end": row["end"], "text": anchor.text}
                template |= {"prefix": anchor.prefix, "suffix": anchor.suffix}
            template["seen"] = form_of(table, row, text, named)
            if (source := view.source(table, number)) is not None:
                template["source"] = source
            yield row[layout(table).key], template


def _named(view: View, article_id: str) -> Named:
    known = {(table, row.key): (row.name, row.start) for table in NAME_COLUMN for row in view.names(table, article_id)}
    return lambda table, key: known.get((table, key))
