"""Rows that were drawn to be judged: how they are drawn, and where they are in a later build."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from builder.coding.decisions import NAME, Decision, Line, parse_decision, read_object
from builder.coding.forms import layout
from builder.coding.targets import Lost, find_targets, place
from builder.coding.view import View
from builder.errors import InputError
from builder.tables.arrow import ArrowTables

_OWN = frozenset({"position", "stratum", "stratum_rows", "stratum_drawn", "row_id"})


class Drawn(NamedTuple):
    """A row of a sample; ``row`` anchors it as a decision does, with the sample's name for a coder."""

    row: Decision
    position: int
    stratum: str
    stratum_rows: int
    stratum_drawn: int
    row_id: str | None = None
    start: int | None = None


def parse_drawn(line: Line, name: str) -> Drawn:
    """Raises InputError."""
    content = read_object(line)
    own = {field: content.pop(field, None) for field in _OWN}
    numbers = [own[field] for field in ("position", "stratum_rows", "stratum_drawn")]
    if not all(type(number) is int and number > 0 for number in numbers) or own["stratum_drawn"] > own["stratum_rows"]:
        raise InputError(f"{line.place}: position, stratum_rows and stratum_drawn must be whole numbers that fit")
    if not isinstance(own["stratum"], str) or not own["stratum"]:
        raise InputError(f"{line.place}: stratum is missing")
    if content.pop("sample", None) != name or not NAME.fullmatch(name):
        raise InputError(f"{line.place}: the sample is not {name!r}, which the file is called after")
    head = {**content, "coder": name, "id": f"{name}.{own['position']}", "verdict": "unsure"}
    row = parse_decision(line._replace(raw=json.dumps(head).encode()))
    return Drawn(replace(row, line=line), own["position"], own["stratum"], own["stratum_rows"], own["stratum_drawn"])


def locate(tables: ArrowTables, drawn: Sequence[Drawn]) -> list[Drawn]:
    """With the keys of their rows among the machine's, where they are there."""
    view = View(tables)
    found: dict[str, Drawn] = {each.row.id: each for each in drawn}
    placed = []
    for each in drawn:
        at = place(view, each.row)
        if not isinstance(at, Lost):
            placed.append(at[0])
    for target, decisions in find_targets(view, placed):
        key = None
        if target.row is not None:
            key = view.tables[target.table][layout(target.table).key][target.row].as_py()
        for one in decisions:
            start = one.start if one.decision.anchor else None
            found[one.decision.id] = found[one.decision.id]._replace(row_id=key, start=start)
    return sorted(found.values(), key=lambda each: (each.row.coder, each.position))
