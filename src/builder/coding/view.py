"""The rows of a shard by their places, so that those that people decided on are found without looking at each of the others."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.coding.claims import Machine
from builder.coding.forms import Form, Row, layout
from builder.tables.arrays import Ints, as_integers, as_mask, integers, strings, to_array
from builder.tables.arrow import ArrowTables

IMPORT_RULE = "import:"
NAME_COLUMN = {"participants": "name", "agencies": "name", "quotes": "text", "dates": "text"}
"""What rows that others refer to are called."""


class Named(NamedTuple):
    key: str
    name: str
    start: int


class View:
    """Tables of some articles; each table's rows stand in the order of the articles."""

    def __init__(self, tables: ArrowTables) -> None:
        self.tables = {name: table.combine_chunks() for name, table in tables.items()}
        articles = self.tables["articles"]
        self.article_ids: list[str] = articles["article_id"].to_pylist()
        self.numbers = {article_id: number for number, article_id in enumerate(self.article_ids)}
        self._sha256: list[str] = articles["sha256"].to_pylist()
        self._firsts: dict[str, Ints] = {}
        self._places: dict[tuple[str, int], dict[tuple[int, int], list[int]]] = {}
        self._names: dict[tuple[str, int], list[Named]] = {}
        self._imported: dict[str, list[str] | None] = {}
        self._bounds: dict[str, tuple[list[int], list[int]]] = {}
        self._identities: dict[str, list[tuple[str, ...]]] = {}
        self.text = cache(self._text)

    def sha256(self, article_id: str) -> str:
        return self._sha256[self.numbers[article_id]]

    def _text(self, article_id: str) -> str | None:
        """None in a package without texts."""
        value: str | None = self.tables["articles"]["text"][self.numbers[article_id]].as_py()
        return value

    def rows_of(self, table: str, article_id: str) -> range:
        """Numbers of the article's rows."""
        if table not in self._firsts:
            owners = as_integers(
                pc.index_in(_column(self.tables[table], "article_id"), value_set=strings(self.article_ids)), missing=-1
            )
            self._firsts[table] = np.searchsorted(owners, np.arange(len(self.article_ids) + 1))
        first, last = self._firsts[table][self.numbers[article_id] :][:2].tolist()
        return range(first, last)

    def at(self, table: str, article_id: str, start: int, end: int) -> list[int]:
        """Rows that stand exactly there."""
        key = table, self.numbers[article_id]
        if key not in self._places:
            places: dict[tuple[int, int], list[int]] = {}
            starts, ends = self.bounds(table)
            for number in self.rows_of(table, article_id):
                places.setdefault((starts[number], ends[number]), []).append(number)
            self._places[key] = places
        return self._places[key].get((start, end), [])

    def source(self, table: str, row: int) -> str | None:
        """The rule of an imported row; None for one that the machine made."""
        if table not in self._imported:
            rules = _column(self.tables[table], "rule")
            any_imported = as_mask(pc.starts_with(rules, IMPORT_RULE)).any()
            self._imported[table] = rules.to_pylist() if any_imported else None
        imported = self._imported[table]
        return imported[row] if imported is not None and imported[row].startswith(IMPORT_RULE) else None

    def bounds(self, table: str) -> tuple[list[int], list[int]]:
        """Starts and ends of all rows."""
        if table not in self._bounds:
            starts, ends = (as_integers(_column(self.tables[table], name)).tolist() for name in ("start", "end"))
            self._bounds[table] = starts, ends
        return self._bounds[table]

    def names(self, table: str, article_id: str) -> list[Named]:
        """Keys, names and places of the article's rows that others may refer to."""
        key = table, self.numbers[article_id]
        if key not in self._names:
            rows = self.rows_of(table, article_id)
            part = self.tables[table].slice(rows.start, len(rows))
            columns = (part[name].to_pylist() for name in (layout(table).key, NAME_COLUMN[table], "start"))
            self._names[key] = list(map(Named, *columns))
        return self._names[key]

    def keys(self, table: str, article_id: str) -> list[str]:
        rows = self.rows_of(table, article_id)
        keys: list[str] = self.tables[table][layout(table).key].slice(rows.start, len(rows)).to_pylist()
        return keys

    def machines(self, table: str, rows: Iterable[int]) -> dict[int, Machine]:
        """Rows by number, with what is judged of each."""
        numbers = sorted(set(rows))
        found: list[Row] = self.tables[table].take(integers(np.array(numbers, np.int64))).to_pylist()
        about = layout(table)
        referred = {name: self._referred(to, [row[name] for row in found]) for name, to in about.references.items()}
        return {
            number: Machine(number, row, _form(table, row, {name: forms[place] for name, forms in referred.items()}))
            for place, (number, row) in enumerate(zip(numbers, found, strict=True))
        }

    def identities(self, table: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
        """For each row the names of the rows that these columns refer to; empty where one refers to none."""
        if table not in self._identities:
            references = layout(table).references
            forms = [self._referred(references[name], self.tables[table][name].to_pylist()) for name in columns]
            self._identities[table] = [tuple((form or {}).get("name", "") for form in row) for row in zip(*forms, strict=True)]
        return self._identities[table]

    def _referred(self, table: str, keys: list[str | None]) -> list[Form | None]:
        """What the keys of other rows stand for."""
        places = pc.index_in(to_array(keys, pa.string()), value_set=_column(self.tables[table], layout(table).key))
        names = self.tables[table].select([NAME_COLUMN[table], "start"]).take(places)
        pairs = zip(keys, *(names[column].to_pylist() for column in (NAME_COLUMN[table], "start")), strict=True)
        with_place = table in ("quotes", "dates")
        return [
            None if key is None else {"key": key, "name": name, **({"start": start} if with_place else {})}
            for key, name, start in pairs
        ]


def _form(table: str, row: Row, references: Mapping[str, Form | None]) -> Form:
    """What is judged of a row, as far as it is needed to compare it."""
    about = layout(table)
    form: Form = {}
    for name in about.columns:
        value = row[name]
        if value is None or isinstance(value, int | float):
            form[name] = value
        elif name in about.references:
            form[name] = references[name]
        elif name in about.spans:
            form[name] = {"text": value, "start": row[about.spans[name][0]]}
        else:
            form[name] = str(value)
    if about.anchored:
        form["text"] = {"text": row["text"], "start": row["start"]}
    return form


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table[name]
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
