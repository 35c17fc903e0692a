"""People's decisions as a published package has them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from builder.coding.decisions import Line, parse_decision
from builder.coding.folder import DECISION, FOLDER, SAMPLE, Index, name_of
from builder.coding.patch import Original
from builder.coding.runs import parse_line
from builder.coding.samples import parse_drawn
from builder.coding.unmerge import machine_tables
from builder.errors import InputError
from builder.publish.package import PackageFiles, descriptor_path, read_package, read_table
from builder.tables.schema import ARTICLE_TABLES

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
    """Raises InputError, also for a folder of decisions that no build would take."""
    files = read_package(package)
    rows = read_table(files, "reviews").to_pylist() if "reviews" in files.parquet else []
    counts = Counter(row["merge_status"] for row in rows)
    merged = {(row["coder_id"], row["line"], row["decision"]) for row in rows}
    waiting = sum(
        (name_of(Path(line.file)), line.number, line.raw.decode("utf-8")) not in merged
        for line in _checked_decisions(coding_folder(package, coding))
    )
    problems = [_problem(row) for row in rows if row["merge_status"] in _NEED_A_PERSON]
    return CodingState({status: counts[status] for status in STATUSES}, problems, waiting)


def _checked_decisions(folder: Path) -> Iterator[Line]:
    """All decisions, of a folder in which every line is as a build wants it. Raises InputError."""
    index = Index(folder)
    for article_id in sorted(index.articles):
        for kind, line in index.of([article_id]):
            if kind == DECISION:
                parse_decision(line)
                yield line
            elif kind == SAMPLE:
                parse_drawn(line, name_of(Path(line.file)))
            else:
                parse_line(line)


def review_rows(package: Path, *coders: str) -> list[dict[str, Any]]:
    """The table ``reviews``. Raises InputError for a coder who is not in it."""
    files = read_package(package)
    rows: list[dict[str, Any]] = read_table(files, "reviews").to_pylist() if "reviews" in files.parquet else []
    known = {str(row["coder_id"]) for row in rows}
    for coder in coders:
        if coder not in known:
            raise InputError(f"{package}: no decision of {coder!r}; those who decided are {', '.join(sorted(known)) or 'none'}")
    return rows


def _problem(row: dict[str, object]) -> str:
    what = row["row_id"] or row["text"] or row["article_id"] or "an article that is gone"
    return f"{row['coder_id']}.jsonl, line {row['line']}: {row['merge_status']}: {row['verdict']} {what!r}: {row['explanation']}"


def machine_parts(files: PackageFiles) -> Iterator[dict[str, pa.Table]]:
    """The machine's rows of a package, some whole articles at a time. Raises InputError."""
    rows = read_table(files, "originals").to_pylist() if "originals" in files.parquet else []
    originals: dict[str, list[Original]] = defaultdict(list)
    for row in rows:
        originals[row["article_id"]].append(Original(**row))
    for part in range(len(files.parquet["articles"])):
        yield _machine_part(files, part, originals)


def _machine_part(files: PackageFiles, part: int, originals: Mapping[str, list[Original]]) -> dict[str, pa.Table]:
    try:
        tables = {name: pq.ParquetFile(files.root / files.parquet[name][part]).read() for name in ARTICLE_TABLES}
        ids = tables["articles"]["article_id"].to_pylist()
        return machine_tables(tables, [each for article_id in ids for each in originals.get(article_id, ())])
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{files.root}: {' '.join(str(error).split())}") from error
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{files.root}: the table originals holds what is no row: {error}") from error
