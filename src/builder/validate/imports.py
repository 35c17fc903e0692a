"""Imported rows: what is wrong with them as rows, and that a package has those, and as many, as its table ``runs`` says."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from builder.coding.forms import layout
from builder.coding.imported import WrongRow, counts_of_runs
from builder.coding.runs import IMPORTED_TABLES
from builder.coding.view import IMPORT_RULE
from builder.tables.arrow import ArrowTables
from builder.validate.findings import Finding, errors
from builder.validate.rows import check_rows


def wrong_rows(tables: ArrowTables) -> list[WrongRow]:
    """What the checks of rows find in tables of whole articles."""
    return [
        WrongRow(
            finding.file.removesuffix(".csv"),
            None if finding.row is None else finding.row - 1,
            f"{finding.column}: {finding.check}: expected {finding.expected}, found {finding.found}",
        )
        for finding in errors(check_rows(tables))
    ]


class RunsProof:
    """Counts imported rows by run, article by article; ``originals`` tell of those that people have rejected."""

    def __init__(self, runs: pa.Table | None, originals: Iterable[dict[str, Any]]) -> None:
        self._expected = {row["run_id"]: row["rows"] for row in runs.to_pylist()} if runs is not None else {}
        self._found: Counter[str] = Counter()
        self._originals = [row for row in originals if row["machine"] is not None]

    def add(self, tables: ArrowTables) -> None:
        for name in IMPORTED_TABLES:
            self._found.update(counts_of_runs(tables[name]))
        ids = set(tables["articles"]["article_id"].to_pylist())
        self._found.update(_removed(tables, [row for row in self._originals if row["article_id"] in ids]))

    def contradictions(self) -> Iterator[Finding]:
        for run in sorted(self._expected.keys() | self._found.keys()):
            expected, found = self._expected.get(run), self._found[run]
            if expected != found:
                allowed = "no imported row without its run" if expected is None else f"{expected} rows of the run {run!r}"
                yield Finding("error", "runs.parquet", None, "rows", "import", allowed, f"{found} rows")


def _removed(tables: ArrowTables, originals: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Runs of imported rows that are not published, once for each row."""
    keys: dict[str, set[str]] = {}
    for row in originals:
        name = row["table_name"]
        try:
            rule = str(json.loads(row["machine"]).get("rule"))
        except (ValueError, AttributeError):
            continue
        if name in IMPORTED_TABLES and rule.startswith(IMPORT_RULE):
            if name not in keys:
                keys[name] = set(tables[name][layout(name).key].to_pylist())
            if row["row_id"] not in keys[name]:
                yield rule.removeprefix(IMPORT_RULE)
