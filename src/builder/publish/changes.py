"""What differs between two packages, row by row: added, removed, changed, and moved where a text has grown before them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from builder.errors import InputError
from builder.publish.package import PackageFiles, read_package
from builder.tables.schema import ARTICLE_TABLES, TableSchema, table_schemas

Row = dict[str, Any]

_LONGEST_CELL = 60


class Change(NamedTuple):
    """``column``, ``old`` and ``new`` are None for a row that is added or removed; of one that has moved, they are its keys."""

    table: str
    key: str
    what: Literal["added", "removed", "changed", "moved"]
    column: str | None = None
    old: Any = None
    new: Any = None


def changes(old: Path, new: Path) -> list[Change]:
    """In the order of the tables, then of keys. Raises InputError where one of the two is no package."""
    before, after = (_tables(read_package(path)) for path in (old, new))
    found: list[Change] = []
    for name in ARTICLE_TABLES:
        schema = table_schemas()[name]
        rows = [{row[schema.primary_key or ""]: row for row in tables[name].to_pylist()} for tables in (before, after)]
        found += _of_table(schema, *rows)
    return found


def _tables(files: PackageFiles) -> dict[str, pa.Table]:
    """As they stand: an older version may have other columns, and those that only one has count as changed."""
    try:
        return {
            name: pa.concat_tables(map(pq.read_table, map(files.root.joinpath, files.parquet[name]))) for name in ARTICLE_TABLES
        }
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{files.root}: a table that cannot be read: {' '.join(str(error).split())}") from None


def _of_table(schema: TableSchema, before: dict[str, Row], after: dict[str, Row]) -> Iterator[Change]:
    moved = _moved(
        schema, [before[key] for key in before if key not in after], [after[key] for key in after if key not in before]
    )
    for key in sorted(before.keys() | after.keys()):
        if key in moved:
            yield Change(schema.name, key, "moved", schema.primary_key, key, moved[key])
        elif key not in after:
            yield Change(schema.name, key, "removed")
        elif key not in before:
            if key not in moved.values():
                yield Change(schema.name, key, "added")
        else:
            for column in {**before[key], **after[key]}:
                one, other = before[key].get(column), after[key].get(column)
                if one != other:
                    yield Change(schema.name, key, "changed", column, one, other)


def _moved(schema: TableSchema, lost: Iterable[Row], won: Iterable[Row]) -> dict[str, str]:
    """New key by old key of rows that say the same at another place, in their order within the article."""
    keys = {schema.primary_key, *(key.column for key in schema.foreign_keys if key.table != "articles")}
    waiting: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    for row in won:
        waiting[_content(row, keys)].append(row[schema.primary_key or ""])
    found = {}
    for row in lost:
        if same := waiting[_content(row, keys)]:
            found[row[schema.primary_key or ""]] = same.pop(0)
    return found


def _content(row: Row, keys: set[str | None]) -> tuple[Any, ...]:
    """What the row says, without its keys and its places in the text."""
    places = ("start", "end")
    named = (name for name in sorted(row) if name not in keys and (name.startswith("date_") or not name.endswith(places)))
    return tuple(row[name] for name in named)


def changelog(found: Iterable[Change]) -> str:
    """A section for a CHANGELOG: by table, how many rows, and which columns of those that changed."""
    counted: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    columns: defaultdict[str, set[str]] = defaultdict(set)
    for change in found:
        counted[change.table][change.what].add(change.key)
        if change.what == "changed" and change.column:
            columns[change.table].add(change.column)
    lines = []
    for table, kinds in counted.items():
        told = [f"{len(kinds[what]):,} {what}" for what in ("added", "removed", "changed", "moved") if what in kinds]
        which = f" ({', '.join(sorted(columns[table]))})" if columns[table] else ""
        lines.append(f"- {table}: {', '.join(told)}{which}")
    return "\n".join(lines or ["- No row has changed."]) + "\n"


def shown(value: Any) -> str:
    """A cell on one line, cut where it is long."""
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
