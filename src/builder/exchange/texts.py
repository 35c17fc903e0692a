"""A package's articles with their rows, as exporters go through them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from builder.coding.forms import Row, layout
from builder.coding.runs import IMPORTED_TABLES
from builder.errors import InputError
from builder.export.writing import Content
from builder.tables.arrow import ArrowTables
from builder.text.article import ARTICLE_ID, MAX_ID_CHARACTERS

_BATCH = 256
"""Articles whose rows are turned into Python objects at once."""


class ArticleRows(NamedTuple):
    article_id: str
    text: str
    sha256: str
    published: Any
    tables: dict[str, list[Row]]

    def rows(self) -> Iterator[tuple[str, str, Row]]:
        """Table, key and row of all that stands in the text."""
        for table, rows in self.tables.items():
            for row in rows:
                yield table, row[layout(table).key], row


def articles_of(content: Content, tables: tuple[str, ...] = IMPORTED_TABLES) -> Iterator[ArticleRows]:
    """Raises InputError for a package without texts."""
    for batch, part in _batches(content):
        own = pa.array([article["article_id"] for article in batch])
        rows = {name: _by_article(part[name].filter(pc.is_in(part[name]["article_id"], value_set=own))) for name in tables}
        for article in batch:
            if article["text"] is None:
                raise InputError(f"article {article['article_id']!r} has no text in this package, and so no place to annotate")
            own_rows = {name: rows[name].get(article["article_id"], []) for name in tables}
            _refuse_forged(article["article_id"], article["text"], own_rows)
            yield ArticleRows(**article, tables=own_rows)


def _batches(content: Content) -> Iterator[tuple[list[Row], ArrowTables]]:
    """Some articles after the other, and the part of the tables that holds their rows."""
    for part in content.tables.articles:
        articles = part["articles"].select(["article_id", "text", "sha256", "published"])
        for first in range(0, articles.num_rows, _BATCH):
            yield articles.slice(first, _BATCH).to_pylist(), part


def _refuse_forged(article_id: str, text: str, tables: Mapping[str, list[Row]]) -> None:
    """A package of strangers may name files outside of the folder, or passages that are none."""
    if not ARTICLE_ID.fullmatch(article_id) or len(article_id) > MAX_ID_CHARACTERS:
        raise InputError(f"article_id {article_id[:80]!r} is none; `builder validate` tells more")
    for name, rows in tables.items():
        for row in rows:
            if not 0 <= row["start"] < row["end"] <= len(text) or text[row["start"] : row["end"]] != row["text"]:
                raise InputError(f"{name}: {row['text'][:40]!r} does not stand at its place; `builder validate` tells more")


def _by_article(table: pa.Table) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for row in table.to_pylist():
        rows.setdefault(row["article_id"], []).append(row)
    return rows


def write_texts(content: Content, out: Path) -> None:
    """A file for each article, whose code points are those that offsets count."""
    out.mkdir(exist_ok=True)
    for article in articles_of(content, ()):
        (out / f"{article.article_id}.txt").write_text(article.text, encoding="utf-8", newline="\n")
