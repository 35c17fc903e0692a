"""What a file of another tool says: rows of documents, before anything of it is proved."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from builder.coding.forms import layout
from builder.coding.runs import IMPORTED_TABLES
from builder.errors import InputError
from builder.tables.schema import table_schemas

KIND_COLUMN: Mapping[str, str] = {
    "participants": "kind",
    "agencies": "kind",
    "affiliations": "relation",
    "quotes": "kind",
    "dates": "type",
    "mentions": "form",
}
"""What the second part of a label says."""

Columns = dict[str, Any]


class Document(NamedTuple):
    """Which article is meant: by its identifier, its text or the text's checksum. ``text`` is what offsets count in."""

    article_id: str | None = None
    text: str | None = None
    sha256: str | None = None


class Claimed(NamedTuple):
    """A row; ``start`` and ``end`` are in code points, None where the file has no place, or one that is none.

    ``also`` is where the row stands if the file's offsets are in another unit.
    """

    place: str
    document: Document
    table: str
    text: str | None
    start: int | None
    end: int | None
    columns: Columns
    also: tuple[int | None, int | None] | None = None
    prefix: str = ""
    suffix: str = ""


class Empty(NamedTuple):
    """A document that the tool has looked at, whether or not it has rows."""

    place: str
    document: Document


class Refused(NamedTuple):
    """What is no row, and why."""

    place: str
    reason: str


Read = Claimed | Empty | Refused


@dataclass(frozen=True)
class Labels:
    """What labels mean: ``TABLE`` or ``TABLE-KIND``, or what the user says of those of another scheme."""

    named: Mapping[str, str] = field(default_factory=dict)

    def meaning(self, label: object) -> tuple[str, Columns] | None:
        """Table and columns; None for a label that says neither."""
        if not isinstance(label, str):
            return None
        table, _, kind = self.named.get(label, label).partition("-")
        if table not in IMPORTED_TABLES:
            return None
        column = layout(table).columns[KIND_COLUMN[table]]
        if kind and kind not in column.enum:
            return None
        return table, {column.name: kind} if kind else {}


def label_of(table: str, row: Mapping[str, Any]) -> str:
    return f"{table}-{row[KIND_COLUMN[table]]}"


def no_label(label: object) -> str:
    return f"label {str(label)[:60]!r} is no TABLE or TABLE-KIND; say what it means: --label NAME=TABLE-KIND"


def all_labels() -> list[str]:
    return [f"{table}-{kind}" for table in IMPORTED_TABLES for kind in layout(table).columns[KIND_COLUMN[table]].enum]


def parse_labels(given: Iterable[str]) -> Labels:
    """``NAME=TABLE-KIND`` each. Raises InputError."""
    named = {}
    for each in given:
        name, _, meaning = each.rpartition("=")
        if not name or Labels().meaning(meaning) is None:
            raise InputError(f"--label {each!r}: must be NAME=TABLE or NAME=TABLE-KIND, such as PER=participants-person")
        named[name] = meaning
    return Labels(named)


def extra_columns(table: str, row: Mapping[str, Any]) -> Columns:
    """What of a row its label and its place do not say, as it goes with it to the other tool and back."""
    said = {"article_id", "start", "end", "text", "rule", "coding_status", KIND_COLUMN[table]}
    return {name: _plain(row[name]) for name in table_schemas()[table].column_names if name not in said and row[name] is not None}


def noted_columns(notes: Iterable[object]) -> Columns:
    """Columns that came back as JSON in notes; nothing of what people have noted."""
    columns: Columns = {}
    for note in notes:
        try:
            content = json.loads(note) if isinstance(note, str) else None
        except (ValueError, RecursionError):
            continue
        columns |= content if isinstance(content, dict) else {}
    return columns


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | float | str) else str(value)
