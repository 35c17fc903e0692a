"""From masks over a table's rows to findings with row, value and expectation."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from builder.arrays import Mask
from builder.schema import TableSchema
from builder.validate.findings import Finding, Severity

MOST_ROWS = 20
"""Findings listed for one check of one column in one batch of articles; the last one counts the rest."""


class Report:
    """A table in hand, and where its rows stand in the package."""

    def __init__(self, schema: TableSchema, table: pa.Table, rows_before: int) -> None:
        self.schema = schema
        self.table = table
        self._rows_before = rows_before
        self._values: dict[str, pa.Array] = {}

    def values(self, column: str) -> pa.Array:
        if column not in self._values:
            values = self.table[column]
            self._values[column] = values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()
        return self._values[column]

    def rows(self, wrong: Mask, column: str, check: str, expected: str, severity: Severity = "error") -> Iterator[Finding]:
        """A finding for each row of the mask, at most MOST_ROWS of them."""
        places = np.flatnonzero(wrong).tolist()
        for count, place in enumerate(places[:MOST_ROWS], 1):
            more = len(places) - MOST_ROWS if count == MOST_ROWS else 0
            found = _shown(self.table[column][place].as_py()) + (f" (and {more} more rows like this)" if more > 0 else "")
            row = self._rows_before + place + 1
            yield Finding(severity, f"{self.schema.name}.csv", row, column, check, expected, found)


def _shown(value: object) -> str:
    text = "null" if value is None else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
