"""References of imported rows: to rows of the same file by its keys, or to rows of the package by theirs."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from builder.coding.anchors import anchor_at
from builder.coding.forms import Form, layout
from builder.coding.merge import TABLES_IN_ORDER
from builder.coding.realise import Realiser
from builder.coding.runs import Reject, Run, rule_of
from builder.coding.view import NAME_COLUMN, View
from builder.exchange.proof import Proved

_WITH_PLACE = frozenset({"quotes", "dates"})


class _Meant(NamedTuple):
    """A row that others refer to."""

    key: str
    name: str
    start: int


Resolved = tuple[int, Proved, Form]


class Keys:
    """Of one article."""

    def __init__(self, view: View, article_id: str, run: Run) -> None:
        self._view = view
        self._article_id = article_id
        self._run = run
        self._package: dict[tuple[str, str], _Meant] = {}
        for table in NAME_COLUMN:
            if table not in run.instead_of:
                self._package.update({(table, row.key): _Meant(*row) for row in self._view.names(table, article_id)})

    def resolve(self, proved: Sequence[tuple[int, Proved]]) -> tuple[list[Resolved], list[Reject]]:
        """Rows with their references; one that refers to no row, or only to a rejected one, is rejected."""
        kept, rejects = list(proved), []
        while True:
            own = self._own(kept)
            wrong = {order: why for order, each in kept if (why := self._dangling(each, own))}
            if not wrong:
                break
            rejects += [Reject(each.claimed.place, wrong[order]) for order, each in kept if order in wrong]
            kept = [(order, each) for order, each in kept if order not in wrong]
        return [(order, each, self._with_references(each, own)) for order, each in kept], rejects

    def _own(self, proved: Sequence[tuple[int, Proved]]) -> dict[tuple[str, str], _Meant]:
        """Rows of the file by the keys that they have there, with those that they get here."""
        realiser = Realiser(self._view, rule_of(self._run.run))
        own = {}
        for _, each in sorted(proved, key=lambda pair: (TABLES_IN_ORDER.index(pair[1].claimed.table), pair[0])):
            table = each.claimed.table
            if table in NAME_COLUMN:
                name = each.values["name"] if NAME_COLUMN[table] == "name" else each.values["text"]["text"]
                key = realiser.key_of(table, self._article_id, each.values, True)
                if each.key is not None:
                    own[table, each.key] = _Meant(key, name, each.values["text"]["start"])
        return own

    def _dangling(self, each: Proved, own: Mapping[tuple[str, str], _Meant]) -> str | None:
        for column, key in each.references.items():
            table = layout(each.claimed.table).references[column]
            if (table, key) not in own and (table, key) not in self._package:
                return f"{column} {key[:80]!r} is no row of {table} of this article, in the file or in the package"
        return None

    def _with_references(self, each: Proved, own: Mapping[tuple[str, str], _Meant]) -> Form:
        about = layout(each.claimed.table)
        values = dict(each.values)
        text = self._view.text(self._article_id) or ""
        for column in about.references:
            values[column] = None
        for column, key in each.references.items():
            table = about.references[column]
            meant = own.get((table, key)) or self._package[table, key]
            form: Form = {"key": meant.key, "name": meant.name}
            if table in _WITH_PLACE:
                anchor = anchor_at(text, meant.start, meant.start + len(meant.name))
                form |= {"start": meant.start, "prefix": anchor.prefix, "suffix": anchor.suffix}
            values[column] = form
        return values
