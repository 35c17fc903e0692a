"""What validation found: values, not exceptions."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Finding(NamedTuple):
    """``row`` counts a table's rows from 1, the header aside; None where the finding is about the whole file."""

    severity: Severity
    file: str
    row: int | None
    column: str | None
    check: str
    expected: str
    found: str

    def __str__(self) -> str:
        place = self.file + (f", row {self.row}" if self.row is not None else "") + (f", {self.column}" if self.column else "")
        return f"{place}: {self.check}: expected {self.expected}, found {self.found}"


def errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]
