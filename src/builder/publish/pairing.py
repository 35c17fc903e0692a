"""Which row of one package is which of another, where texts have grown or shrunk and keys with them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from builder.coding.anchors import anchor_at, find_again
from builder.tables.schema import ARTICLE_TABLES, TableSchema, table_schemas

Row = dict[str, Any]
Rows = Mapping[str, Mapping[str, Row]]
"""By table and key."""

PLACED = ("quotes", "dates", "mentions")
"""Tables whose keys tell the place in the text: after a change of the text the same key may be another row's."""


class Places:
    """Where the passages of old texts stand in the new ones, by their surroundings, as decisions of coders are found again."""

    def __init__(self, before: Mapping[str, Row], after: Mapping[str, Row]) -> None:
        self._texts = {key: (row.get("text"), after[key].get("text")) for key, row in before.items() if key in after}
        self._sums = {key: (row.get("sha256"), after[key].get("sha256")) for key, row in before.items() if key in after}
        self.start = cache(self._start)

    def has_changed(self, article_id: str) -> bool:
        one, other = self._sums.get(article_id, (None, None))
        return one != other

    def _start(self, article_id: str, start: int, end: int) -> int | None:
        """In the new text; None where that is not told by the passage and what stands around it."""
        if not self.has_changed(article_id):
            return start
        old, new = self._texts.get(article_id, (None, None))
        return None if old is None or new is None else find_again(new, anchor_at(old, start, end))


def pairs(before: Rows, after: Rows, places: Places) -> dict[str, dict[str, str]]:
    """New key by old key, of each table."""
    return {name: _of_table(table_schemas()[name], before[name], after[name], places) for name in ARTICLE_TABLES}


def _of_table(schema: TableSchema, before: Mapping[str, Row], after: Mapping[str, Row], places: Places) -> dict[str, str]:
    """By place, then by what the rows say, in their order within the article; then by key alone."""
    placed = schema.name in PLACED
    found = {key: key for key, row in before.items() if key in after and not (placed and places.has_changed(row["article_id"]))}
    _add(found, before, after, lambda row, old: _place(row, places if old else None))
    keys = {schema.primary_key, *(key.column for key in schema.foreign_keys if key.table != "articles")}
    _add(found, before, after, lambda row, old: _content(row, keys))
    taken = set(found.values())
    return found | {key: key for key in before if key in after and key not in found and key not in taken}


def _add(found: dict[str, str], before: Mapping[str, Row], after: Mapping[str, Row], sign: Any) -> None:
    """Pairs of rows that have no pair yet and the same ``sign(row, is_old)``, which is None where there is none."""
    taken = set(found.values())
    waiting: defaultdict[Any, list[str]] = defaultdict(list)
    for key, row in after.items():
        if key not in taken:
            waiting[sign(row, False)].append(key)
    for key, row in before.items():
        if key not in found and (signature := sign(row, True)) is not None and waiting[signature]:
            found[key] = waiting[signature].pop(0)


def _place(row: Row, places: Places | None) -> tuple[Any, ...] | None:
    if row.get("start") is None:
        return None
    article_id, start, end = row["article_id"], row["start"], row["end"]
    new = start if places is None else places.start(article_id, start, end)
    return None if new is None else (article_id, new, new + end - start)


def _content(row: Row, keys: Iterable[str | None]) -> tuple[Any, ...]:
    """What the row says, without its keys and its places in the text."""
    return tuple(row[name] for name in sorted(row) if name not in keys and not is_place(name))


def is_place(column: str) -> bool:
    """Whether the column is an offset; ``date_start`` and ``date_end`` are days."""
    return column.endswith(("start", "end")) and not column.startswith("date_")
