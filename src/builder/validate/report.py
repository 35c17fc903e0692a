"""From masks over a table's rows to findings with row, value and expectation."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import pyarrow as pa

from builder.tables.arrays import Ints, Mask, as_integers, has_value
from builder.tables.schema import TableSchema
from builder.validate.findings import Finding, Severity

MOST_ROWS = 20
"""Findings listed for one check of one column in one batch of articles; the last one counts the rest."""


class Cells:
    """A column, its numbers and nulls turned into arrays of NumPy once."""

    def __init__(self, values: pa.ChunkedArray) -> None:
        self.values: pa.Array = values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()

    @cached_property
    def given(self) -> Mask:
        """Rows with a value."""
        return has_value(self.values)

    @cached_property
    def integers(self) -> Ints:
        """Whole numbers, or days since 1970; null is 0."""
        return as_integers(self.values)


class Report:
    """A table in hand, and where its rows stand in the package."""

    def __init__(self, schema: TableSchema, table: pa.Table, rows_before: int) -> None:
        self.schema = schema
        self._table = table
        self._rows_before = rows_before
        self._cells: dict[str, Cells] = {}

    def __getitem__(self, column: str) -> Cells:
        if column not in self._cells:
            self._cells[column] = Cells(self._table[column])
        return self._cells[column]

    def rows(self, wrong: Mask, column: str, check: str, expected: str, severity: Severity = "error") -> Iterator[Finding]:
        """A finding for each row of the mask, at most MOST_ROWS of them."""
        if not np.count_nonzero(wrong):
            return
        places = np.flatnonzero(wrong).tolist()
        for count, place in enumerate(places[:MOST_ROWS], 1):
            more = len(places) - MOST_ROWS if count == MOST_ROWS else 0
            found = _shown(self[column].values[place].as_py()) + (f" (and {more} more rows like this)" if more > 0 else "")
            row = self._rows_before + place + 1
            yield Finding(severity, f"{self.schema.name}.csv", row, column, check, expected, found)


def _shown(value: object) -> str:
    text = "null" if value is None else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
