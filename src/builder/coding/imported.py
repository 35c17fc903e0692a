"""Imported rows put beside the machine's, or in their place; each row is proved in the text of this build."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from builder.coding.forms import Row, layout
from builder.coding.merge import TABLES_IN_ORDER
from builder.coding.patch import apply, new_patches
from builder.coding.realise import CannotBeAppliedError, Realiser
from builder.coding.runs import Covered, ImportedRow, rule_of
from builder.coding.view import IMPORT_RULE, View
from builder.tables.arrays import as_mask, strings
from builder.tables.arrow import ArrowTables


class WrongRow(NamedTuple):
    """What a check finds; ``row`` counts a table's rows from 0, and is None for what is about no row."""

    table: str
    row: int | None
    what: str


Check = Callable[[ArrowTables], Sequence[WrongRow]]


class RunLine(NamedTuple):
    run: str
    number: int
    content: Covered | ImportedRow


class NotImported(NamedTuple):
    """A row for which there is no place in this build."""

    run: str
    number: int
    place: str
    reason: str


class WithImports(NamedTuple):
    tables: dict[str, pa.Table]
    rejects: list[NotImported]


@dataclass
class _Made:
    """Rows that came of the lines, by table and key."""

    rows: dict[tuple[str, str], tuple[RunLine, Row]] = field(default_factory=dict)
    rejects: list[NotImported] = field(default_factory=list)

    def refuse(self, line: RunLine, reason: str) -> None:
        assert isinstance(line.content, ImportedRow)
        self.rejects.append(NotImported(line.run, line.number, line.content.place, reason))


def with_imports(tables: ArrowTables, lines: Iterable[RunLine], check: Check) -> WithImports:
    """``tables`` are the machine's, of whole articles, and ``lines`` are about these articles only.

    A row whose passage is not there, that refers to no row, or that does not pass the ``check`` becomes a reject.
    """
    ordered = sorted(lines, key=lambda line: (line.run, line.number))
    view = View(_without_replaced(View(tables), ordered))
    made = _Made()
    by_run: dict[str, list[RunLine]] = defaultdict(list)
    for line in ordered:
        if isinstance(line.content, ImportedRow):
            by_run[line.run].append(line)
    for run, own in by_run.items():
        _make(view, run, own, made)
    merged = _put_in(view, made)
    while made.rows and (wrong := check(_of_articles(merged, {row["article_id"] for _, row in made.rows.values()}))):
        _refuse(merged, made, wrong)
        merged = _put_in(view, made)
    return WithImports(merged, sorted(made.rejects))


def _without_replaced(view: View, lines: Sequence[RunLine]) -> dict[str, pa.Table]:
    patches = new_patches()
    for line in lines:
        if isinstance(line.content, Covered):
            for table in line.content.instead_of:
                patches[table].removed.update(view.rows_of(table, line.content.article_id))
    if not any(patch.moves_rows for patch in patches.values()):
        return dict(view.tables)
    return {name: _unjudged(table) for name, table in apply(view, patches).tables.items()}


def _unjudged(table: pa.Table) -> pa.Table:
    """No person has judged a row that lost a reference to a row that was replaced."""
    place = table.schema.get_field_index("coding_status")
    return table.set_column(place, table.schema.field(place), strings(["machine"] * table.num_rows))


def _make(view: View, run: str, lines: Sequence[RunLine], made: _Made) -> None:
    """Keys first, as rows may refer to those after them."""
    realiser = Realiser(view, rule_of(run))
    keyed = []
    for line in sorted(lines, key=lambda each: (TABLES_IN_ORDER.index(each.content.table), each.number)):  # type: ignore[union-attr]
        content = line.content
        assert isinstance(content, ImportedRow)
        exact = view.sha256(content.article_id) == content.sha256
        try:
            keyed.append((line, content, exact, realiser.key_of(content.table, content.article_id, content.values, exact)))
        except (CannotBeAppliedError, KeyError, TypeError) as error:
            made.refuse(line, _why(error))
    for line, content, exact, key in keyed:
        try:
            row = realiser.row(content.table, content.article_id, content.values, None, key, exact)
        except (CannotBeAppliedError, KeyError, TypeError) as error:
            made.refuse(line, _why(error))
        else:
            made.rows[content.table, key] = line, {**row, "coding_status": "machine"}


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, CannotBeAppliedError) else f"values are missing ({error})"


def _put_in(view: View, made: _Made) -> dict[str, pa.Table]:
    patches = new_patches()
    for (table, _), (_, row) in made.rows.items():
        patches[table].added.append(row)
    return apply(view, patches).tables


def _refuse(tables: ArrowTables, made: _Made, wrong: Sequence[WrongRow]) -> None:
    """Takes back the imported rows that are wrong; all, where what is wrong is about none of them."""
    articles = {row["article_id"] for _, row in made.rows.values()}
    checked = _of_articles(tables, articles)
    refused = {}
    for table, number, what in wrong:
        if number is not None:
            refused[table, checked[table][layout(table).key][number].as_py()] = what
    own = {key: what for key, what in refused.items() if key in made.rows}
    for key, what in (own or dict.fromkeys(made.rows, wrong[0].what)).items():
        line, _ = made.rows.pop(key)
        made.refuse(line, what)


def _of_articles(tables: ArrowTables, article_ids: Iterable[str]) -> dict[str, pa.Table]:
    wanted = strings(sorted(article_ids))
    return {
        name: table.filter(pc.is_in(table["article_id"].combine_chunks(), value_set=wanted)).combine_chunks()
        for name, table in tables.items()
    }


def without_imports(tables: ArrowTables) -> dict[str, pa.Table]:
    """The tables without imported rows."""
    imported = {name: pc.starts_with(table["rule"].combine_chunks(), IMPORT_RULE) for name, table in tables.items()}
    return {name: table.filter(pc.invert(imported[name])).combine_chunks() for name, table in tables.items()}


def counts_of_runs(table: pa.Table) -> dict[str, int]:
    """Imported rows by their run."""
    rules = table["rule"].combine_chunks()
    imported = rules.filter(pc.starts_with(rules, IMPORT_RULE))
    if not as_mask(pc.is_valid(imported)).any():
        return {}
    counted = imported.value_counts()
    pairs = zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True)
    return {rule.removeprefix(IMPORT_RULE): count for rule, count in pairs}
