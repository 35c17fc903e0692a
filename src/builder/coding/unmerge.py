"""The machine's tables again, from published ones and the originals of the rows that people's decisions changed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.coding.forms import Row, layout
from builder.coding.patch import Original, rows_table
from builder.tables.arrays import integers, strings
from builder.tables.arrow import ArrowTables
from builder.tables.schema import ARTICLE_TABLES, table_schemas


def machine_tables(tables: ArrowTables, originals: Iterable[Original]) -> dict[str, pa.Table]:
    """Tables of whole articles as they were before people decided. Raises ValueError for an original that is no row."""
    changed: dict[str, list[Original]] = defaultdict(list)
    for original in originals:
        changed[original.table_name].append(original)
    numbers = {article_id: number for number, article_id in enumerate(tables["articles"]["article_id"].to_pylist())}
    return {name: _machine(name, tables[name], changed[name], numbers) for name in ARTICLE_TABLES}


def _machine(name: str, table: pa.Table, originals: Sequence[Original], numbers: dict[str, int]) -> pa.Table:
    key = layout(name).key
    if originals:
        ours = strings(sorted({original.row_id for original in originals}))
        kept = table.filter(pc.invert(pc.is_in(table[key].combine_chunks(), value_set=ours)))
        rows = [row_of(name, original.machine) for original in originals if original.machine is not None]
        table = pa.concat_tables([kept, rows_table(name, rows)]).combine_chunks()
        table = table.take(integers(np.array(_order(name, table, numbers, originals), np.int64)))
    place = table.schema.get_field_index("coding_status")
    return table.set_column(place, table.schema.field(place), strings(["machine"] * table.num_rows))


def _order(name: str, table: pa.Table, numbers: dict[str, int], originals: Sequence[Original]) -> list[int]:
    """As the merge puts rows of articles that it changed, all others as they stood."""
    changed = {original.article_id for original in originals}
    if name == "articles":
        owners = table["article_id"].to_pylist()
        return sorted(range(len(owners)), key=lambda row: numbers.get(owners[row], -1))
    columns = (table[column].to_pylist() for column in ("article_id", "start", "end", layout(name).key))
    places = [
        (numbers.get(article_id, -1), start, end, key) if article_id in changed else (numbers.get(article_id, -1), row, 0, "")
        for row, (article_id, start, end, key) in enumerate(zip(*columns, strict=True))
    ]
    return sorted(range(len(places)), key=places.__getitem__)


def row_of(name: str, machine: str) -> Row:
    """Raises ValueError."""
    content = json.loads(machine)
    if not isinstance(content, dict):
        raise ValueError("an original is not a JSON object")
    return {column.name: _value(column.type, content.get(column.name)) for column in table_schemas()[name].columns}


def _value(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if type(value) is not {"string": str, "date": str, "integer": int, "number": float}[kind]:
        raise ValueError(f"an original has {value!r} where a {kind} is expected")
    return date.fromisoformat(str(value)) if kind == "date" else value
