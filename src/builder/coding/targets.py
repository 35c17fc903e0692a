"""Which row of a build each decision is about."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from builder.coding.anchors import find_again, stands_at
from builder.coding.claims import Placed
from builder.coding.decisions import Decision
from builder.coding.forms import Form
from builder.coding.view import View

AnchorStatus = Literal["exact", "moved", "lost", "none"]
_IDENTITY = {"affiliations": ("participant_id", "agency_id")}
"""Columns that tell apart rows at one place; several affiliations may have one passage as evidence."""

Names = tuple[str, ...]


class Target(NamedTuple):
    """A row, or the place of a row that the machine does not have."""

    table: str
    article_id: str
    start: int
    end: int
    names: Names
    source: str | None
    row: int | None


class Lost(NamedTuple):
    """A decision whose row's place is not known any more, and why."""

    decision: Decision
    why: str


def place(view: View, decision: Decision) -> tuple[Placed, AnchorStatus] | Lost:
    """Where the row stands in the text of this build."""
    article_id = decision.article_id
    exact = view.sha256(article_id) == decision.sha256
    anchor = decision.anchor
    if anchor is None:
        return Placed(decision, 0, exact), "none"
    text = view.text(article_id)
    if exact:
        if text is not None and not stands_at(text, anchor):
            return Lost(decision, f"{anchor.text[:40]!r} does not stand at {anchor.start} of this text")
        return Placed(decision, anchor.start, True), "exact"
    if text is None:
        return Lost(decision, "the text is another, and it is not at hand")
    found = find_again(text, anchor)
    if found is not None:
        return Placed(decision, found, False), "moved"
    count = text.count(anchor.text)
    if not count:
        return Lost(decision, f"the words are gone; {_nearest(view, decision)}")
    where = min((at for at in _occurrences(text, anchor.text)), key=lambda at: abs(at - anchor.start))
    times = "once, among other words" if count == 1 else f"{count} times, and no surroundings tell which"
    return Lost(decision, f"the words stand there {times}; the nearest at {where}")


def _occurrences(text: str, passage: str) -> Iterable[int]:
    at = text.find(passage)
    while at >= 0:
        yield at
        at = text.find(passage, at + 1)


def _nearest(view: View, decision: Decision) -> str:
    """The row of the table that stands nearest to the old place."""
    if decision.table is None or decision.anchor is None:
        return "no row is near"
    starts, _ = view.bounds(decision.table)
    old = decision.anchor.start
    row = min(view.rows_of(decision.table, decision.article_id), key=lambda number: abs(starts[number] - old), default=None)
    return "no row is near" if row is None else f"the nearest row of {decision.table} begins at {starts[row]}"


def find_targets(view: View, placed: Sequence[Placed]) -> list[tuple[Target, list[Placed]]]:
    """Decisions on rows, by the row they are about, in a fixed order."""
    by_place: dict[Target, list[Placed]] = defaultdict(list)
    for each in placed:
        by_place[_wanted(each)].append(each)
    found: dict[Target, list[Placed]] = defaultdict(list)
    missing = []
    for wanted, decisions in by_place.items():
        row = _row_at(view, wanted)
        if row is None:
            missing.append(wanted)
        found[wanted._replace(row=row)] += decisions
    taken = {(target.table, target.row) for target in found}
    elsewhere: dict[tuple[str, int], list[Target]] = defaultdict(list)
    for wanted in missing:
        if all(each.decision.verdict != "add" for each in found[wanted]):
            row = _row_elsewhere(view, wanted, taken, found[wanted][0].decision.seen or {})
            if row is not None:
                elsewhere[wanted.table, row].append(wanted)
    for (_, row), claimants in elsewhere.items():
        if len(claimants) == 1:
            found[claimants[0]._replace(row=row)] = found.pop(claimants[0])
    return sorted(found.items(), key=lambda item: _order(item[0]))


def _order(target: Target) -> tuple[str, str, int, int, Names, str, int]:
    return (*target[:5], target.source or "", -1 if target.row is None else target.row)


def _wanted(placed: Placed) -> Target:
    decision = placed.decision
    table = str(decision.table)
    form = (decision.set if decision.verdict == "add" else decision.seen) or {}
    return Target(table, decision.article_id, placed.start, placed.end, _names(table, form), decision.source, None)


def _names(table: str, form: Form) -> Names:
    return tuple((form.get(column) or {}).get("name", "") for column in _IDENTITY.get(table, ()))


def _row_at(view: View, wanted: Target) -> int | None:
    if wanted.table == "articles":
        return view.numbers[wanted.article_id]
    rows = view.at(wanted.table, wanted.article_id, wanted.start, wanted.end)
    return _only(_same(view, wanted, rows))


def _same(view: View, wanted: Target, rows: Iterable[int]) -> list[int]:
    """Rows of the same source, and with the same identity where the table's rows have more than their place."""
    rows = [row for row in rows if view.source(wanted.table, row) == wanted.source]
    if wanted.table in _IDENTITY and rows:
        names = view.identities(wanted.table, _IDENTITY[wanted.table])
        rows = [row for row in rows if names[row] == wanted.names]
    return rows


def _row_elsewhere(view: View, wanted: Target, taken: set[tuple[str, int | None]], seen: Form) -> int | None:
    """The row that the machine has instead: of the same name, or the only one that has characters in common."""
    table, article_id = wanted.table, wanted.article_id
    rows = [row for row in view.rows_of(table, article_id) if (table, row) not in taken]
    if table in ("participants", "agencies"):
        first, names = view.rows_of(table, article_id).start, view.names(table, article_id)
        same = _same(view, wanted, [row for row in rows if names[row - first].name == seen.get("name")])
        if same:
            return _only(same)
    starts, ends = view.bounds(table)
    return _only(_same(view, wanted, [row for row in rows if starts[row] < wanted.end and wanted.start < ends[row]]))


def _only(rows: Sequence[int]) -> int | None:
    return rows[0] if len(rows) == 1 else None
