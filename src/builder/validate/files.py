"""Findings about published files: size, hash and columns."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from builder.publish.package import PackageFiles, fingerprint
from builder.tables.schema import TableSchema
from builder.validate.findings import Finding

READ_ERRORS = (pa.ArrowException, OSError, UnicodeDecodeError)
"""What reading a damaged file raises."""


def unreadable(file: str, expected: str, error: Exception) -> Finding:
    return Finding("error", file, None, None, "readable", expected, " ".join(str(error).split()))


def check_fingerprints(files: PackageFiles) -> list[Finding]:
    """Files that are missing, or not those that the descriptor means."""
    findings = []
    for name, expected in files.fingerprints.items():
        path = files.root / name
        if not path.is_file():
            findings.append(Finding("error", name, None, None, "file", "a file", "none"))
            continue
        found = fingerprint(path)
        if found.n_bytes != expected.n_bytes:
            findings.append(Finding("error", name, None, None, "bytes", str(expected.n_bytes), str(found.n_bytes)))
        if found.sha256 != expected.sha256:
            findings.append(Finding("error", name, None, None, "hash", expected.sha256, found.sha256))
    return findings


def check_columns(path: Path, name: str, schema: TableSchema) -> list[Finding]:
    """Whether a Parquet file can be read and has the columns and types of the schema."""
    try:
        found = pq.ParquetFile(path).schema_arrow
    except READ_ERRORS as error:
        return [unreadable(name, "a Parquet file", error)]
    if found.equals(schema.arrow, check_metadata=False):
        return []
    return [Finding("error", name, None, None, "columns", _columns(schema.arrow), _columns(found))]


def _columns(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {field.type}" for field in schema)
