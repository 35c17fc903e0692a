"""Changed, removed and added rows put into the tables of some articles, with all that follows from them."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.coding.forms import Row, layout
from builder.coding.view import View
from builder.tables.arrays import as_mask, integers, strings
from builder.tables.arrow import make_table
from builder.tables.schema import ARTICLE_TABLES, TableSchema, table_schemas

_MEANINGLESS_WITHOUT = {"mentions": ("participant_id", "agency_id")}
"""A row that loses such a reference says nothing any more, though the column may be null."""


class Original(NamedTuple):
    """``machine`` is the row as JSON, None for one that was added."""

    table_name: str
    row_id: str
    article_id: str
    machine: str | None


@dataclass
class Patch:
    """What happens to the rows of one table, by their numbers."""

    status: dict[int, str] = field(default_factory=dict)
    replaced: dict[int, Row] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    added: list[Row] = field(default_factory=list)

    @property
    def moves_rows(self) -> bool:
        return bool(self.replaced or self.removed or self.added)


class Patched(NamedTuple):
    tables: dict[str, pa.Table]
    originals: list[Original]
    changed: frozenset[str]
    """Articles in which more than the column ``coding_status`` has changed."""


def new_patches() -> dict[str, Patch]:
    return {name: Patch() for name in ARTICLE_TABLES}


def apply(view: View, patches: Mapping[str, Patch]) -> Patched:
    """The tables after the patches; what referred to a removed row goes with it, or refers to nothing."""
    _follow_removed(view, patches)
    tables, originals, changed = dict(view.tables), [], set[str]()
    for name in ARTICLE_TABLES:
        patch = patches[name]
        if patch.status:
            tables[name] = _with_status(tables[name], patch.status)
        if patch.moves_rows:
            found = list(_originals(view, name, patch))
            originals += found
            changed |= {original.article_id for original in found}
            tables[name] = _moved(view, name, tables[name], patch, {original.article_id for original in found})
    return Patched(tables, originals, frozenset(changed))


def _follow_removed(view: View, patches: Mapping[str, Patch]) -> None:
    gone = {name: strings(_keys_at(view, name, patch.removed)) for name, patch in patches.items() if patch.removed}
    for name, patch in patches.items():
        schema = table_schemas()[name]
        for column in [key.column for key in schema.foreign_keys if key.table in gone]:
            to = layout(name).references.get(column)
            if to is not None:
                _forget(view, schema, patch, column, gone[to])


def _forget(view: View, schema: TableSchema, patch: Patch, column: str, gone: pa.Array) -> None:
    """Takes references to rows that are gone out of a column, or the rows that have them."""
    name, lost = schema.name, set(gone.to_pylist())
    removes = column in layout(name).required or column in _MEANINGLESS_WITHOUT.get(name, ())
    rows = np.flatnonzero(as_mask(pc.is_in(view.tables[name][column].combine_chunks(), value_set=gone))).tolist()
    for row in rows:
        if row in patch.removed or row in patch.replaced:
            continue
        if removes:
            patch.removed.add(row)
        else:
            original = view.tables[name].slice(row, 1).to_pylist()[0]
            patch.replaced[row] = {**original, column: None, "coding_status": "corrected"}
    for row, values in list(patch.replaced.items()):
        if values[column] in lost:
            if removes:
                patch.removed.add(row)
                del patch.replaced[row]
            else:
                values[column] = None
    patch.added[:] = [
        {**values, column: None} if values[column] in lost else values
        for values in patch.added
        if not (removes and values[column] in lost)
    ]


def _keys_at(view: View, table: str, rows: set[int]) -> list[str]:
    places = integers(np.array(sorted(rows), np.int64))
    keys: list[str] = view.tables[table][layout(table).key].take(places).to_pylist()
    return keys


def _with_status(table: pa.Table, status: Mapping[int, str]) -> pa.Table:
    values = table["coding_status"].to_pylist()
    for row, word in status.items():
        values[row] = word
    place = table.schema.get_field_index("coding_status")
    return table.set_column(place, table.schema.field(place), strings(values))


def _originals(view: View, name: str, patch: Patch) -> Iterator[Original]:
    """Sorted, so that they do not depend on the order in which rows were changed."""
    key = layout(name).key
    rows = sorted({*patch.replaced, *patch.removed})
    machine = view.tables[name].take(integers(np.array(rows, np.int64))).to_pylist()
    made = [Original(name, row[key], row["article_id"], row_json(row)) for row in machine]
    added = [Original(name, row[key], row["article_id"], None) for row in patch.added]
    return iter(sorted(made + added))


def row_json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str)


def _moved(view: View, name: str, table: pa.Table, patch: Patch, changed: set[str]) -> pa.Table:
    """Rows of articles that have changed stand by place and key, all others as they stood."""
    gone = patch.removed | patch.replaced.keys()
    kept = [row for row in range(table.num_rows) if row not in gone]
    new = [*(patch.replaced[row] for row in sorted(patch.replaced)), *patch.added]
    parts = [table.take(integers(np.array(kept, np.int64)))] if gone else [table]
    whole = pa.concat_tables([*parts, rows_table(name, new)]).combine_chunks()
    if name == "articles":
        owners = [view.numbers[article_id] for article_id in whole["article_id"].to_pylist()]
        return whole.take(integers(np.array(np.argsort(owners, kind="stable"), np.int64)))
    return whole.take(integers(np.array(_order(view, name, whole, changed), np.int64)))


def _order(view: View, name: str, table: pa.Table, changed: set[str]) -> list[int]:
    columns = (table[column].to_pylist() for column in ("article_id", "start", "end", layout(name).key))
    places = [
        (view.numbers[article_id], start, end, key) if article_id in changed else (view.numbers[article_id], row, 0, "")
        for row, (article_id, start, end, key) in enumerate(zip(*columns, strict=True))
    ]
    return sorted(range(len(places)), key=places.__getitem__)


def rows_table(name: str, rows: Sequence[Row]) -> pa.Table:
    columns: dict[str, list[Any]] = defaultdict(list)
    for column in table_schemas()[name].column_names:
        columns[column] = [row.get(column) for row in rows]
    return make_table(name, **columns)
