"""Lines of ``coding/imports/NAME.jsonl``: rows that another program or a language model made, and where they came from.

The first line tells of the run; each other line is an article that the run covers, a row, or a reject with its reason. All are
input from outside, and what is wrong raises InputError with file and line.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import pyarrow as pa

from builder.coding.decisions import FORMAT, Line, read_object
from builder.coding.forms import Form, layout, wrong_form
from builder.coding.patch import rows_table
from builder.coding.view import IMPORT_RULE
from builder.errors import InputError
from builder.tables.schema import ARTICLE_TABLES
from builder.text.article import ARTICLE_ID

IMPORTED_TABLES = tuple(name for name in ARTICLE_TABLES if name != "articles")
MOST_REJECTS = 1000
"""Rejects of a run that are listed; the last one counts the rest."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Run:
    """One import, as its first line and the table ``runs`` tell it."""

    run: str
    form: str
    source: str
    source_sha256: str
    instead_of: tuple[str, ...] = ()
    imported: str | None = None
    model: str | None = None
    prompt_sha256: str | None = None
    parameters: str | None = None
    rejected: int = 0
    """Rows of the source that are not among the lines, listed as rejects or not."""


class Covered(NamedTuple):
    """An article that the run has looked at; where it replaces tables, it does so in these articles."""

    article_id: str
    instead_of: tuple[str, ...]


class ImportedRow(NamedTuple):
    """``values`` are in the form of a decision's ``set``, with the row's own span as ``text``; ``key`` is that of the source."""

    table: str
    article_id: str
    sha256: str
    values: Form
    place: str


class Reject(NamedTuple):
    place: str | None
    reason: str


def rule_of(run: str) -> str:
    return f"{IMPORT_RULE}{run}"


def head_line(run: Run) -> dict[str, Any]:
    return {"format": FORMAT, **asdict(run)}


def parse_head(line: Line, name: str) -> Run:
    content = read_object(line)
    if content.pop("format", None) != FORMAT:
        raise InputError(f"{line.place}: no import of format {FORMAT}; `builder import` writes these files")
    if content.keys() != Run.__dataclass_fields__.keys():
        raise InputError(f"{line.place}: other fields than {', '.join(Run.__dataclass_fields__)}")
    texts = {field: content[field] for field in ("run", "form", "source", "source_sha256")}
    optional = {field: content[field] for field in ("imported", "model", "prompt_sha256", "parameters")}
    for field, value in {**texts, **optional}.items():
        if not (isinstance(value, str) and value) and not (value is None and field in optional):
            raise InputError(f"{line.place}: {field} is not a text")
    if content["run"] != name:
        raise InputError(f"{line.place}: the run is {content['run']!r}, and the file is called after {name!r}")
    if not _SHA256.fullmatch(content["source_sha256"]) or not _SHA256.fullmatch(content["prompt_sha256"] or "0" * 64):
        raise InputError(f"{line.place}: source_sha256 and prompt_sha256 must be 64 hexadecimal digits")
    if type(content["rejected"]) is not int or content["rejected"] < 0:
        raise InputError(f"{line.place}: rejected must be a whole number")
    return Run(**{**content, "instead_of": _tables(line, content["instead_of"])})


def parse_reject(line: Line, content: Mapping[str, Any]) -> Reject:
    place, reason = content.get("place"), content.get("reject")
    if not isinstance(reason, str) or not reason or not (place is None or (isinstance(place, str) and place)):
        raise InputError(f"{line.place}: a reject must have a place and a reason")
    return Reject(place, reason)


def parse_line(line: Line) -> Covered | ImportedRow:
    content = read_object(line)
    article_id, sha256 = content.get("article_id"), content.get("article_sha256")
    if not isinstance(article_id, str) or not ARTICLE_ID.fullmatch(article_id):
        raise InputError(f"{line.place}: article_id {article_id!r} must match {ARTICLE_ID.pattern}")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise InputError(f"{line.place}: article_sha256 must be 64 hexadecimal digits")
    if "instead_of" in content:
        return Covered(article_id, _tables(line, content["instead_of"]))
    table, place = content.get("table"), content.get("place")
    values: Any = content.get("values")
    if table not in IMPORTED_TABLES:
        raise InputError(f"{line.place}: table {table!r} is none of {', '.join(IMPORTED_TABLES)}")
    if not isinstance(place, str):
        raise InputError(f"{line.place}: place is not a text")
    if wrong := wrong_values(table, values):
        raise InputError(f"{line.place}: {wrong}")
    return ImportedRow(table, article_id, sha256, values, place)


def wrong_values(table: str, values: Any) -> str | None:
    """What is wrong with the values of a row that is to be added, whatever the text is."""
    if wrong := wrong_form(table, values, "set"):
        return wrong.replace("set.", "", 1)
    if values.get("text") is None:
        return "the row has no passage"
    missing = sorted(name for name in layout(table).required if values.get(name) is None)
    return f"{missing[0]} is missing" if missing else None


def _tables(line: Line, names: Any) -> tuple[str, ...]:
    if not isinstance(names, list) or not all(name in IMPORTED_TABLES for name in names):
        raise InputError(f"{line.place}: instead_of must be a list of tables of rows")
    return tuple(names)


def listed(rejects: Iterable[Reject]) -> list[Reject]:
    """At most MOST_REJECTS of them."""
    every = list(rejects)
    more = len(every) - MOST_REJECTS
    rest = [Reject(None, f"{more:,} more like these, which are not listed")] if more > 0 else []
    return every[:MOST_REJECTS] + rest


def runs_table(runs: Iterable[tuple[Run, int, int]]) -> pa.Table:
    """Of runs with the rows that the package has of them, and those that were rejected."""
    rows = [
        {
            **{name: value for name, value in asdict(run).items() if name not in ("run", "form", "rejected")},
            "run_id": run.run,
            "format": run.form,
            "instead_of": ",".join(run.instead_of) or None,
            "rows": rows,
            "rejected": rejected,
        }
        for run, rows, rejected in runs
    ]
    return rows_table("runs", rows)


def dumped(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
