"""People's decisions as a published package has them."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from builder.coding.folder import DECISION, FOLDER, files_of, read_lines
from builder.coding.patch import Original
from builder.coding.unmerge import machine_tables
from builder.errors import InputError
from builder.publish.package import PackageFiles, descriptor_path, read_package, read_table, read_tables

STATUSES = ("applied", "not-needed", "conflict", "orphaned", "disputed", "superseded")
_NEED_A_PERSON = ("conflict", "orphaned", "disputed")


class CodingState(NamedTuple):
    """``problems`` are lines about decisions that need a person; ``waiting`` decisions came after the last build."""

    counts: dict[str, int]
    problems: list[str]
    waiting: int


def coding_folder(package: Path, coding: Path | None) -> Path:
    """By default the one beside the descriptor."""
    return coding if coding is not None else descriptor_path(package).parent / FOLDER


def coding_state(package: Path, coding: Path | None = None) -> CodingState:
    """Raises InputError."""
    files = read_package(package)
    rows = read_table(files, "reviews").to_pylist() if "reviews" in files.parquet else []
    counts = Counter(row["merge_status"] for row in rows)
    told = {(row["coder_id"], row["line"], row["decision"]) for row in rows}
    folder = coding_folder(package, coding)
    waiting = sum(
        (path.stem, line.number, line.raw.decode("utf-8", "replace")) not in told
        for path in files_of(folder, DECISION)
        for line in read_lines(path)
    )
    problems = [_problem(row) for row in rows if row["merge_status"] in _NEED_A_PERSON]
    return CodingState({status: counts[status] for status in STATUSES}, problems, waiting)


def _problem(row: dict[str, object]) -> str:
    what = row["row_id"] or row["text"] or row["article_id"] or "an article that is gone"
    return f"{row['coder_id']}.jsonl, line {row['line']}: {row['merge_status']}: {row['verdict']} {what!r}: {row['explanation']}"


def published_machine_tables(files: PackageFiles) -> dict[str, pa.Table]:
    """The machine's rows of a package. Raises InputError."""
    tables = read_tables(files)
    originals = [Original(**row) for row in tables["originals"].to_pylist()] if "originals" in tables else []
    try:
        return machine_tables(tables, originals)
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{files.root}: the table originals holds what is no row: {error}") from error
