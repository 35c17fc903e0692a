"""What a coder is shown: rows of the machine to judge, the articles they stand in, and the coder's own earlier decisions."""

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from builder.coding.decisions import parse_decision
from builder.coding.drawing import DRAWN_FROM
from builder.coding.folder import SAMPLES, SUFFIX, read_lines
from builder.coding.forms import layout
from builder.coding.samples import locate, parse_drawn
from builder.coding.templates import templates
from builder.coding.view import View
from builder.errors import InputError
from builder.publish.package import PackageFiles
from builder.publish.reviewed import machine_parts
from builder.tables.schema import ARTICLE_TABLES, table_schemas

Item = dict[str, Any]


class Choice(NamedTuple):
    """Which rows: those of a sample, of articles, of tables; all of a package where nothing is chosen."""

    sample: str | None = None
    articles: tuple[str, ...] = ()
    tables: tuple[str, ...] = DRAWN_FROM
    rows: frozenset[str] | None = None
    """Keys of rows; None for all."""


class Work(NamedTuple):
    """``items`` are templates of decisions, each with its ``key``, ``kind`` and ``rule``; ``mine`` are lines of the coder."""

    items: list[Item]
    articles: dict[str, Item]
    mine: list[Item]


def gather(files: PackageFiles, folder: Path, coder: str, choice: Choice) -> Work:
    """Raises InputError where there is nothing to judge."""
    wanted = _drawn_keys(files, folder, choice) if choice.sample else None
    items: list[Item] = []
    articles: dict[str, Item] = {}
    for view in _views(files):
        for article_id in view.article_ids:
            if choice.articles and article_id not in choice.articles:
                continue
            own = [item for item in _items(view, article_id, choice.tables) if _is_wanted(item, wanted, choice.rows)]
            if own or article_id in choice.articles:
                if view.text(article_id) is None:
                    raise InputError(f"{files.root}: the package has no texts; build it with --text to code it")
                articles[article_id] = _article(view, article_id)
                items += own
    if wanted is not None:
        items.sort(key=lambda item: wanted[item["table"], item["key"]])
    if not articles:
        raise InputError(f"{files.root}: no row to judge")
    return Work(items, articles, _mine(folder / f"{coder}{SUFFIX}", articles))


def _views(files: PackageFiles) -> Iterator[View]:
    return map(View, machine_parts(files))


def _items(view: View, article_id: str, tables: tuple[str, ...]) -> Iterator[Item]:
    for (key, template), row in zip(templates(view, article_id, tables), _rows(view, article_id, tables), strict=True):
        kind = next((row[name] for name in ("kind", "relation", "type", "form") if name in row), None)
        yield {**template, "key": key, "kind": kind, "rule": row["rule"]}


def _rows(view: View, article_id: str, tables: tuple[str, ...]) -> Iterator[Mapping[str, Any]]:
    ranges = ((table, view.rows_of(table, article_id)) for table in tables)
    return chain.from_iterable(view.tables[table].slice(rows.start, len(rows)).to_pylist() for table, rows in ranges)


def _is_wanted(item: Item, drawn: Mapping[tuple[str, str], int] | None, rows: frozenset[str] | None) -> bool:
    return (drawn is None or (item["table"], item["key"]) in drawn) and (rows is None or item["key"] in rows)


def _article(view: View, article_id: str) -> Item:
    """With the names that a coder may refer to."""
    about = view.tables["articles"].slice(view.numbers[article_id], 1).to_pylist()[0]
    names = {
        table: [{"key": named.key, "name": named.name, "start": named.start} for named in view.names(table, article_id)]
        for table in ("participants", "agencies", "dates", "quotes")
    }
    head = {name: None if about[name] is None else str(about[name]) for name in ("title", "publisher", "published")}
    return {"id": article_id, "sha256": view.sha256(article_id), "text": about["text"], "names": names, **head}


def _drawn_keys(files: PackageFiles, folder: Path, choice: Choice) -> dict[tuple[str, str], int]:
    """Rows of the sample by table and key, with their position in it. Raises InputError."""
    path = folder / SAMPLES / f"{choice.sample}{SUFFIX}"
    if not path.is_file():
        raise InputError(f"{path}: no such sample; `builder sample --name {choice.sample}` draws one")
    drawn = [parse_drawn(line, str(choice.sample)) for line in read_lines(path)]
    found = {}
    for tables in machine_parts(files):
        here = set(tables["articles"]["article_id"].to_pylist())
        for each in locate(tables, [one for one in drawn if one.row.article_id in here]):
            if each.row_id is not None and each.row.table is not None:
                found[each.row.table, each.row_id] = each.position
    return found


def _mine(path: Path, articles: Mapping[str, Item]) -> list[Item]:
    """The coder's own decisions on these articles, and no one else's; a line that was cut off is passed over, not read."""
    mine = []
    for line in read_lines(path) if path.is_file() else ():
        try:
            decision = parse_decision(line)
        except InputError:
            if line.raw.rstrip().endswith(b"}"):
                raise
            continue
        if decision.article_id in articles:
            mine.append(json.loads(line.raw))
    return mine


def table_forms() -> Item:
    """What the page must know of the tables to show and to fill in a row."""
    forms: Item = {}
    for table in ARTICLE_TABLES:
        about, columns = layout(table), {column.name: column for column in table_schemas()[table].columns}
        forms[table] = {
            "title": table_schemas()[table].title,
            "about": table_schemas()[table].description,
            "columns": [
                {
                    "name": name,
                    "about": column.description,
                    "required": column.required,
                    "values": list(column.enum),
                    "span": name in about.spans,
                    "table": about.references.get(name),
                    "pattern": column.pattern,
                    "type": column.type,
                }
                for name, column in about.columns.items()
            ],
            "text": columns["text"].description if "text" in columns else "",
        }
    return forms
