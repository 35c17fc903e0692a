"""Plain rows: CSV, or JSON lines, with the columns of a table. Offsets are in code points, as in the tables."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from builder.coding.forms import layout
from builder.coding.runs import IMPORTED_TABLES
from builder.errors import InputError
from builder.exchange.claimed import Claimed, Columns, Document, Labels, Read, Refused
from builder.exchange.files import MOST_DIGITS, is_place, json_lines, text_or_none
from builder.tables.schema import table_schemas

_MOST_CELL_CHARACTERS = 1 << 22
_WHOLE = re.compile(rf"-?[0-9]{{1,{MOST_DIGITS}}}")
_OF_FILES = frozenset({"table", "article_sha256", "prefix", "suffix"})
_PLACES = ("start", "end")


def read(path: Path, labels: Labels, table: str | None = None) -> Iterator[Read]:
    """``table`` is that of all rows; else each row has a column ``table``, or the file is called after its table.

    Raises InputError for a column that no table has: a misspelt one would be lost without a word.
    """
    table = table or (path.stem if path.stem in IMPORTED_TABLES else None)
    rows = _csv_rows(path) if path.suffix.lower() in (".csv", ".tsv") else json_lines(path)
    for place, row in rows:
        yield _claimed(path, place, row, table)


def _claimed(path: Path, place: str, row: Mapping[str, Any], table: str | None) -> Read:
    name = row.get("table") or table
    if name not in IMPORTED_TABLES:
        given = f"{str(name)[:40]!r} is none of" if name else "is missing; it must be one of"
        return Refused(place, f"table {given} {', '.join(IMPORTED_TABLES)}; --table names it for a whole file")
    if unknown := [column for column in row if column not in table_schemas()[name].column_names and column not in _OF_FILES]:
        raise InputError(f"{path}, {place}: {str(unknown[0])[:80]!r} is no column of {name}")
    columns: Columns = dict(row)
    for column in _place_columns(name):
        value = columns.get(column)
        if isinstance(value, str):
            columns[column] = int(value) if _WHOLE.fullmatch(value) else value
        if columns.get(column) not in (None, "") and not is_place(columns[column]):
            return Refused(place, f"{column} is {str(value)[:40]!r}, which is no whole number")
    start, end = (columns.get(column) if columns.get(column) != "" else None for column in _PLACES)
    article_id, sha256 = text_or_none(row.get("article_id")), text_or_none(row.get("article_sha256"))
    document = Document(article_id, sha256=sha256)
    prefix, suffix = (text_or_none(row.get(side)) or "" for side in ("prefix", "suffix"))
    text = row.get("text")
    if text is not None and not isinstance(text, str):
        return Refused(place, "text is not a text")
    if not text and (start is not None or end is not None):
        return Refused(place, "text is missing, so that the offsets cannot be proved")
    return Claimed(place, document, name, text or None, start, end, _own(columns), prefix=prefix, suffix=suffix)


def _own(columns: Columns) -> Columns:
    return {name: value for name, value in columns.items() if name not in _OF_FILES and name not in _PLACES and name != "text"}


def _place_columns(table: str) -> Iterable[str]:
    return [*_PLACES, *(column for pair in layout(table).spans.values() for column in pair)]


def _csv_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    csv.field_size_limit(_MOST_CELL_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True)
            names = reader.fieldnames or []
            if len(set(names)) < len(names):
                raise InputError(f"{path}, line 1: a column stands there twice")
            for row in reader:
                if None in row or None in row.values():
                    raise InputError(f"{path}, line {reader.line_num}: {'more' if None in row else 'fewer'} cells than columns")
                yield f"line {reader.line_num}", row
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}") from None
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num + 1}: {error}") from None
