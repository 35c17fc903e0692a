"""The rows of articles packed for the page: as arrays, with nothing in them that the page can read off the text itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from builder.tables.arrow import ArrowTables
from builder.tables.schema import ARTICLE_TABLES, TableSchema, table_schemas

Row = dict[str, Any]
Packed = dict[str, Any]


def table_descriptions() -> Packed:
    """What the page must know of the schemas to unpack, link and explain a row."""
    return {
        name: {
            "title": schema.title,
            "columns": schema.column_names,
            "about": [column.description for column in schema.columns],
            "key": schema.primary_key,
            "references": {key.column: key.table for key in schema.foreign_keys},
            "spans": {column.name: column.verbatim for column in schema.columns if column.verbatim},
        }
        for name, schema in _article_schemas()
    }


def pack_articles(tables: ArrowTables) -> Iterator[Packed]:
    """One packed article after the other, in the order of the table ``articles``."""
    rows: dict[str, dict[str, list[Row]]] = {name: defaultdict(list) for name, _ in _article_schemas()}
    for name in rows:
        for row in tables[name].to_pylist():
            rows[name][row["article_id"]].append(row)
    for article_id, (article,) in rows["articles"].items():
        text = article["text"]
        packed = {name: _pack(rows[name].get(article_id, ()), schema, text) for name, schema in _article_schemas()}
        yield {"id": article_id, "text": text, "rows": packed}


def list_entry(packed: Packed) -> Packed:
    """What the list of articles shows and searches of one: its own row, the names in it, and how many rows it has."""
    rows = packed["rows"]
    names = [
        row[table_schemas()[table].column_names.index("name")] for table in ("participants", "agencies") for row in rows[table]
    ]
    return {
        "id": packed["id"],
        "row": rows["articles"][0],
        "names": list(dict.fromkeys(names)),
        "counts": {name: len(rows[name]) for name in ("quotes", "participants", "agencies", "dates")},
    }


def quote_entries(tables: ArrowTables) -> Iterator[tuple[list[Any], list[list[Any]]]]:
    """Of each article with quotes: what the search shows of it, and its quotes as key, text and speaker's name."""
    names = {}
    for table, key in (("participants", "participant_id"), ("agencies", "agency_id")):
        names[key] = dict(zip(tables[table][key].to_pylist(), tables[table]["name"].to_pylist(), strict=True))
    columns = ["article_id", "quote_id", "text", "speaker", "participant_id", "agency_id"]
    found: dict[str, list[list[Any]]] = defaultdict(list)
    for row in tables["quotes"].select(columns).to_pylist():
        who = names["participant_id"].get(row["participant_id"]) or names["agency_id"].get(row["agency_id"]) or row["speaker"]
        found[row["article_id"]].append([row["quote_id"].removeprefix(f"{row['article_id']}."), row["text"], who])
    for row in tables["articles"].select(["article_id", "title", "published"]).to_pylist():
        if row["article_id"] in found:
            day = None if row["published"] is None else str(row["published"])
            yield [row["article_id"], row["title"], day], found[row["article_id"]]


def _article_schemas() -> list[tuple[str, TableSchema]]:
    """The tables whose rows belong to an article."""
    return [(name, table_schemas()[name]) for name in ARTICLE_TABLES]


def _pack(rows: Any, schema: TableSchema, text: str | None) -> list[list[Any]]:
    keys = {schema.primary_key, *(key.column for key in schema.foreign_keys)} - {"article_id"}
    return [[_cell(row, column.name, column.verbatim, keys, text) for column in schema.columns] for row in rows]


def _cell(row: Row, name: str, span: tuple[str, str] | None, keys: set[str | None], text: str | None) -> Any:
    """A key without the article's part; nothing for the article's text and id, and for a cell that repeats the text."""
    value = row[name]
    if value is None or name == "article_id" or (name == "text" and span is None):
        return None
    if span and text is not None and text[row[span[0]] : row[span[1]]] == value:
        return None
    if name in keys:
        return value.removeprefix(f"{row['article_id']}.")
    return value if isinstance(value, int) else str(value)


def dataset(descriptor: Mapping[str, Any]) -> Packed:
    """The few words that the page says about the dataset."""
    return {"title": descriptor["title"], "version": descriptor["version"]}
