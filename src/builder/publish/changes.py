"""What differs between two packages, row by row: added, removed, changed, and moved where a text has grown before them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pyarrow as pa

from builder.publish.differing import rows_that_differ
from builder.publish.package import read_package
from builder.publish.pairing import Places, Row, Rows, pairs
from builder.tables.schema import ARTICLE_TABLES, TableSchema, table_schemas

_LONGEST_CELL = 60


class Change(NamedTuple):
    """``column``, ``old`` and ``new`` are None for a row that is added or removed; of one that has moved they are its keys, or
    where it begins if the key is the same."""

    table: str
    key: str
    what: Literal["added", "removed", "changed", "moved"]
    column: str | None = None
    old: Any = None
    new: Any = None


def changes(old: Path, new: Path) -> list[Change]:
    """In the order of the tables, then of keys. Raises InputError where one of the two is no package."""
    differing = rows_that_differ(read_package(old), read_package(new))
    before, after = ({name: _by_key(name, table) for name, table in tables.items()} for tables in differing)
    places = Places(before["articles"], after["articles"])
    paired = pairs(before, after, places)
    compare = _Comparison(before, after, places, paired)
    return [change for name in ARTICLE_TABLES for change in compare.table(table_schemas()[name])]


def _by_key(name: str, table: pa.Table) -> dict[str, Row]:
    key = table_schemas()[name].primary_key or ""
    return {row[key]: row for row in table.to_pylist()}


class _Comparison(NamedTuple):
    before: Rows
    after: Rows
    places: Places
    paired: Mapping[str, Mapping[str, str]]

    def table(self, schema: TableSchema) -> Iterator[Change]:
        before, after, paired = self.before[schema.name], self.after[schema.name], self.paired[schema.name]
        added = after.keys() - set(paired.values())
        for key, is_new in sorted([*((key, False) for key in before), *((key, True) for key in added)]):
            if is_new:
                yield Change(schema.name, key, "added")
            elif key not in paired:
                yield Change(schema.name, key, "removed")
            else:
                yield from self._row(schema, key, before[key], after[paired[key]])

    def _row(self, schema: TableSchema, key: str, old: Row, new: Row) -> Iterator[Change]:
        """That it has moved is one change, by key or else by place; what follows from that is none."""
        primary = schema.primary_key or ""
        moved = {column for column in ("start", "end") if self._has_moved(old, new, "start", "end")}
        if key != new[primary]:
            yield Change(schema.name, key, "moved", primary, key, new[primary])
        elif moved and old["start"] != new["start"]:
            yield Change(schema.name, key, "moved", "start", old["start"], new["start"])
        for column in schema.columns:
            if column.verbatim and old.get(column.name) == new.get(column.name) and self._has_moved(old, new, *column.verbatim):
                moved |= {*column.verbatim}
        references = {key.column: self.paired.get(key.table, {}) for key in schema.foreign_keys}
        for name in {**old, **new}:
            one, other = old.get(name), new.get(name)
            same = one == other or name in moved or (one is not None and references.get(name, {}).get(one) == other)
            if name != primary and not same:
                yield Change(schema.name, key, "changed", name, one, other)

    def _has_moved(self, old: Row, new: Row, start: str, end: str) -> bool:
        """Whether a span of both rows is one passage, as far as that can be told, in an article whose text has changed."""
        spans = [(row.get(start), row.get(end)) for row in (old, new)]
        if None in (*spans[0], *spans[1]) or not self.places.has_changed(old["article_id"]):
            return False
        return self.places.start(old["article_id"], *spans[0]) in (None, spans[1][0])


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
        counts = [f"{len(kinds[what]):,} {what}" for what in ("added", "removed", "changed", "moved") if what in kinds]
        which = f" ({', '.join(sorted(columns[table]))})" if columns[table] else ""
        lines.append(f"- {table}: {', '.join(counts)}{which}")
    return "\n".join(lines or ["- No row has changed."]) + "\n"


def shown(value: Any) -> str:
    """A cell on one line, cut where it is long."""
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
