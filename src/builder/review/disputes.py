"""Rows on which coders differ, with what each says: for the one who settles them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from builder.coding.forms import layout
from builder.errors import InputError
from builder.review.work import Item, Work

_SHOWN = ("id", "coder", "verdict", "columns", "set", "reason")


def only_disputed(work: Work, reviews: Iterable[Mapping[str, Any]]) -> Work:
    """The rows of ``work`` on which coders differ, and rows that one of them would add. Raises InputError where there is none."""
    voices: dict[tuple[str, str, int | None, int | None, tuple[str, ...]], list[Item]] = defaultdict(list)
    for row in reviews:
        if row["merge_status"] == "disputed":
            decision = json.loads(row["decision"])
            voices[_place(decision, row["start"], row["end"])].append(decision)
    items = []
    for item in work.items:
        said = voices.pop(_place(item, item.get("start"), item.get("end")), None)
        if said:
            items.append({**item, "voices": [_voice(each) for each in said]})
    items += [_added(said, work) for said in voices.values() if said[0]["article_id"] in work.articles]
    if not items:
        raise InputError("no row is disputed in the last build; run `builder build` after coders have decided")
    return work._replace(items=items)


def _place(fields: Item, start: int | None, end: int | None) -> tuple[str, str, int | None, int | None, tuple[str, ...]]:
    form = fields.get("seen") or fields.get("set") or {}
    sides = ("participant_id", "agency_id") if fields["table"] == "affiliations" else ()
    return fields["table"], fields["article_id"], start, end, tuple((form.get(side) or {}).get("name", "") for side in sides)


def _voice(decision: Item) -> Item:
    return {name: decision.get(name) for name in _SHOWN}


def _added(said: list[Item], work: Work) -> Item:
    """A row that coders would add in different ways; it is shown as the first of them has it."""
    first = said[0]
    values = first.get("set") or first.get("seen") or {}
    seen = {name: values.get(name) for name in layout(first["table"]).columns}
    fields = {name: first[name] for name in ("table", "article_id", "article_sha256", "start", "end", "text", "prefix", "suffix")}
    return {
        **fields,
        "seen": seen,
        "key": first["id"],
        "kind": seen.get("kind"),
        "rule": "added",
        "voices": list(map(_voice, said)),
    }
