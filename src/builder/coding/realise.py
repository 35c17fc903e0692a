"""A row of a table from the values of a coder: offsets and keys as they are in the text and the tables of this build."""

from collections import defaultdict
from datetime import date
from typing import Any

from builder.coding.anchors import find_again, stands_at
from builder.coding.claims import Machine, same_value
from builder.coding.forms import Form, Row, anchor_of, layout
from builder.coding.view import IMPORT_RULE, NAME_COLUMN, Named, View
from builder.tables.schema import table_schemas
from builder.text.slug import slug

_LETTER = {"quotes": "q", "dates": "d", "mentions": "m"}
HUMAN_RULE = "human"


class CannotBeAppliedError(Exception):
    """Why a coder's values cannot become a row of this build."""


class Realiser:
    """Makes rows of articles; those that are added can be referred to by name."""

    def __init__(self, view: View, rule: str = HUMAN_RULE) -> None:
        """``rule`` is that of added rows; the keys of imported ones end with their run, and so never take that of another."""
        self._view = view
        self._rule = rule
        self._mark = f".import-{rule.removeprefix(IMPORT_RULE)}" if rule.startswith(IMPORT_RULE) else ""
        self._added: dict[tuple[str, str], list[Named]] = defaultdict(list)
        self._keys: dict[str, set[str]] = {}

    def key_of(self, table: str, article_id: str, values: Form, exact: bool) -> str:
        """A key for a row that is added, taken from now on."""
        key = self._key(table, article_id, values, exact) + self._mark
        taken = self._taken(article_id)
        while key in taken:
            key += f"-{values['text']['start']}"
        taken.add(key)
        if table in NAME_COLUMN:
            start, _ = self._span(article_id, values["text"], exact)
            name = values["name"] if NAME_COLUMN[table] == "name" else values["text"]["text"]
            self._added[table, article_id].append(Named(key, name, start))
        return key

    def _key(self, table: str, article_id: str, values: Form, exact: bool) -> str:
        start, end = self._span(article_id, values["text"], exact)
        if table in ("participants", "agencies"):
            return f"{article_id}.{slug(values['name']) or f'at-{start}'}"
        if table == "affiliations":
            participant, agency = (
                self._reference(f"{side}s" if side == "participant" else "agencies", article_id, values[f"{side}_id"], exact)
                for side in ("participant", "agency")
            )
            return f"{participant}.{agency.partition('.')[2]}"
        return f"{article_id}.{_LETTER[table]}{start}" + (f"-{end}" if table == "mentions" else "")

    def _taken(self, article_id: str) -> set[str]:
        if article_id not in self._keys:
            tables = [name for name in self._view.tables if name != "articles" and name in table_schemas()]
            self._keys[article_id] = {key for table in tables for key in self._view.keys(table, article_id)}
        return self._keys[article_id]

    def row(self, table: str, article_id: str, values: Form, machine: Machine | None, key: str | None, exact: bool) -> Row:
        """``machine`` is the row that is changed; without one, ``key`` is that of the row that is added."""
        row = dict(machine.row) if machine else self._blank(table, article_id, str(key))
        about = layout(table)
        for name, value in values.items():
            if machine and name in machine.form and same_value(value, machine.form[name], exact):
                continue
            if name == "text" or name in about.spans:
                places = about.spans.get(name, ("start", "end"))
                start, end = self._span(article_id, value, exact) if value is not None else (None, None)
                row |= {name: value and value["text"], places[0]: start, places[1]: end}
            elif name in about.references and value is not None:
                row[name] = self._reference(about.references[name], article_id, value, exact)
            else:
                row[name] = _parsed(table, name, value)
        return row

    def _blank(self, table: str, article_id: str, key: str) -> Row:
        row: Row = dict.fromkeys(table_schemas()[table].column_names)
        row[layout(table).key] = key
        return row | {"article_id": article_id, "rule": self._rule}

    def _span(self, article_id: str, form: Form, exact: bool) -> tuple[int, int]:
        text, anchor = self._view.text(article_id), anchor_of(form)
        start: int | None = anchor.start
        if text is not None and exact and not stands_at(text, anchor):
            start = None
        elif not exact:
            start = find_again(text, anchor) if text is not None else None
        if start is None:
            raise CannotBeAppliedError(f"{anchor.text[:40]!r} is not found at its place")
        return start, start + len(anchor.text)

    def _reference(self, table: str, article_id: str, form: Form, exact: bool) -> str:
        """The key of the row that is meant: the key that was seen if it still has that name, else the only row of that name."""
        added = self._added[table, article_id]
        own = self._mark and form["key"].endswith(self._mark)
        rows = added if own else [*self._view.names(table, article_id), *added]
        same = [row for row in rows if row.name == form["name"]]
        if "start" in form and len(same) > 1:
            start, _ = self._span(article_id, {"text": form["name"], **form}, exact)
            same = [row for row in same if row.start == start]
        if len(same) > 1:
            same = [row for row in same if row.key == form["key"]]
        if len(same) != 1:
            raise CannotBeAppliedError(f"{form['name'][:40]!r} is no row of {table}")
        return same[0].key


def _parsed(table: str, name: str, value: Any) -> Any:
    column = layout(table).columns[name]
    if value is None or column.type != "date":
        return int(value) if column.type == "integer" and value is not None else value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise CannotBeAppliedError(f"{name} is {value[:20]!r}, which is no day") from None
