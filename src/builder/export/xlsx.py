"""Excel: a workbook whose first sheet is the codebook, then a sheet a table."""

import re
from itertools import chain
from pathlib import Path
from typing import Any

from builder.export.writing import Content

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write(content: Content, out: Path) -> list[str]:
    from openpyxl import Workbook  # noqa: PLC0415 (an extra)

    book = Workbook(write_only=True)
    notes: dict[str, int] = {}
    codebook = book.create_sheet("codebook")
    codebook.append(["table", "column", "title", "type", "values", "description"])
    for schema in content.schemas.values():
        for column in schema.columns:
            values = "; ".join(f"{value}: {label}" for value, label in zip(column.enum, column.labels, strict=True))
            codebook.append([schema.name, column.name, column.title, column.type, values, column.description])
    for name in content.tables:
        sheet = book.create_sheet(name)
        sheet.append(content.schemas[name].column_names)
        count = 1
        for row in chain.from_iterable(part.to_pylist() for part in content.tables.parts(name)):
            count += 1
            if count <= MOST_ROWS:
                sheet.append([_cell(sheet, _fitting(value, f"{name}.{column}", notes)) for column, value in row.items()])
        if count > MOST_ROWS:
            notes[f"{name}: rows beyond {MOST_ROWS - 1:,} are left out"] = count - MOST_ROWS
    book.save(out / f"{content.descriptor['name']}.xlsx")
    return [f"{what} ({count})" for what, count in notes.items()]


def _cell(sheet: Any, value: Any) -> Any:
    """A text that begins as formulas and errors do is a text; all others are written as they are, which is much faster."""
    if not isinstance(value, str) or value[:1] not in ("=", "#"):
        return value
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 (an extra)

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _fitting(value: Any, column: str, notes: dict[str, int]) -> Any:
    if not isinstance(value, str):
        return value
    kept = _ILLEGAL.sub("\ufffd", value)
    if kept != value:
        _count(notes, f"{column}: texts with control characters, which Excel cannot hold, have \ufffd for them")
    if len(kept) > LONGEST_CELL:
        _count(notes, f"{column}: texts are cut at {LONGEST_CELL:,} characters")
    return kept[:LONGEST_CELL]


def _count(notes: dict[str, int], what: str) -> None:
    notes[what] = notes.get(what, 0) + 1
