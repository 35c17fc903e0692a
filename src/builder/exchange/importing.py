"""``builder import``: rows of another tool, proved against a published package, as a file in ``coding/imports/``."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from builder.coding.decisions import MAX_LINE_BYTES, NAME
from builder.coding.folder import IMPORTS, MOST_LINES_OF_AN_ARTICLE, SUFFIX
from builder.coding.imported import RunLine, with_imports, without_imports
from builder.coding.runs import Covered, ImportedRow, Reject, Run, dumped, head_line, listed
from builder.coding.view import View
from builder.errors import InputError, PublishError
from builder.exchange.claimed import Claimed, Document, Read, Refused
from builder.exchange.proof import NotProvedError, Proved, Prover, unknown_columns
from builder.exchange.references import Keys
from builder.publish.package import read_package, read_parquet
from builder.publish.reviewed import coding_folder, machine_parts
from builder.publish.writing import write_whole
from builder.tables.schema import table_schemas
from builder.validate.imports import wrong_rows


@dataclass
class Report:
    """What came of a file."""

    path: Path
    rows: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    placed: Counter[str] = field(default_factory=Counter)
    """Accepted rows by how their place was found."""
    ignored: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Columns that the tables do not have, with the number of rows that had a value there."""


class _Line(NamedTuple):
    """A row of the file of an import, in the order of the file that it came from."""

    order: int
    row: ImportedRow
    proved: Proved


class _Known(NamedTuple):
    """Articles of the package."""

    sha256: dict[str, str]
    by_sha256: dict[str, str]

    def find(self, document: Document) -> str | None:
        if document.article_id in self.sha256:
            return document.article_id
        sha256 = document.sha256 or (hashlib.sha256(document.text.encode()).hexdigest() if document.text is not None else None)
        return self.by_sha256.get(sha256 or "")


def import_rows(package: Path, coding: Path | None, run: Run, read: Iterable[Read], *, strict: bool, again: bool) -> Report:
    """Write ``coding/imports/RUN.jsonl``. Raises InputError where no row can be imported; then nothing is written.

    With ``strict`` nothing is written where a single row is rejected; ``again`` allows another file of this name to be replaced.
    """
    if not NAME.fullmatch(run.run):
        raise InputError(f"the name of an import, {run.run!r}, must match {NAME.pattern}")
    files = read_package(package)
    report = Report(coding_folder(package, coding) / IMPORTS / f"{run.run}{SUFFIX}")
    known = _Known({}, {})
    for path in files.parquet["articles"]:
        ids = read_parquet(files, path, table_schemas()["articles"], ["article_id", "sha256"]).to_pylist()
        known.sha256.update({row["article_id"]: row["sha256"] for row in ids})
        known.by_sha256.update({row["sha256"]: row["article_id"] for row in ids})
    claims = _by_article(read, known, report)
    lines: list[_Line] = []
    for tables in machine_parts(files):
        lines += _part(without_imports(tables), claims, run, report)
    if not lines:
        why = f"; the first is {report.rejects[0].place}: {report.rejects[0].reason}" if report.rejects else ""
        raise InputError(f"{run.source}: no row to import, {len(report.rejects):,} rejected{why}")
    if not (strict and report.rejects):
        covered = sorted(article_id for article_id in claims if article_id is not None)
        _write(report, run, lines, [(article_id, known.sha256[article_id]) for article_id in covered], again)
    return report


def _by_article(read: Iterable[Read], known: _Known, report: Report) -> dict[str, list[tuple[int, Claimed]]]:
    claims: dict[str, list[tuple[int, Claimed]]] = defaultdict(list)
    for order, each in enumerate(read):
        if isinstance(each, Refused):
            report.rejects.append(Reject(each.place, each.reason))
            continue
        article_id = known.find(each.document)
        if article_id is not None:
            claims[article_id] += [(order, each)] if isinstance(each, Claimed) else []
        elif isinstance(each, Claimed):
            report.rejects.append(Reject(each.place, _no_article(each.document)))
    return claims


def _no_article(document: Document) -> str:
    named = f"article_id {document.article_id[:80]!r}" if document.article_id else "no article_id"
    by_text = "" if document.text is None else ", nor one with this text"
    return f"{named}: no such article in the package{by_text}"


def _part(tables: Mapping[str, pa.Table], claims: Mapping[str, Any], run: Run, report: Report) -> list[_Line]:
    """Rows of some articles, those that the package could not hold taken out."""
    view = View(tables)
    articles = [article_id for article_id in view.article_ids if article_id in claims]
    lines = [line for article_id in articles for line in _article(view, article_id, claims[article_id], run, report)]
    given = [RunLine(run.run, -1, Covered(article_id, run.instead_of)) for article_id in articles]
    given += [RunLine(run.run, order, row) for order, row, _ in lines]
    refused = {each.number: each for each in with_imports(tables, given, wrong_rows).rejects} if lines else {}
    report.rejects += [Reject(each.place, each.reason) for each in refused.values()]
    kept = [line for line in lines if line.order not in refused]
    for line in kept:
        report.rows[line.row.table] += 1
        report.placed[line.proved.placed] += 1
        report.ignored.update((line.row.table, name) for name in unknown_columns(line.proved.claimed))
    return kept


def _article(view: View, article_id: str, claims: Sequence[tuple[int, Claimed]], run: Run, report: Report) -> list[_Line]:
    text, sha256 = view.text(article_id), view.sha256(article_id)
    if text is None:
        raise InputError(f"article {article_id!r} has no text in this package, so that no passage can be proved")
    prover = Prover(text)
    proved: list[tuple[int, Proved]] = []
    for order, claimed in claims:
        document = claimed.document
        same = document.text in (None, text) and document.sha256 in (None, sha256)
        try:
            proved.append((order, prover.prove(claimed, same)))
        except NotProvedError as error:
            report.rejects.append(Reject(claimed.place, str(error)))
    resolved, refused = Keys(view, article_id, run).resolve(proved)
    report.rejects += refused
    seen: dict[bytes, str] = {}
    lines = []
    for order, each, values in resolved:
        row = ImportedRow(each.claimed.table, article_id, sha256, values, each.claimed.place)
        said = dumped({"table": row.table, "values": values})
        if said in seen:
            report.rejects.append(Reject(row.place, f"the same row as {seen[said]}"))
        elif len(_dumped_row(row)) > MAX_LINE_BYTES:
            report.rejects.append(Reject(row.place, f"longer than {MAX_LINE_BYTES:,} bytes"))
        else:
            seen[said] = row.place
            lines.append(_Line(order, row, each))
    if len(lines) >= MOST_LINES_OF_AN_ARTICLE:
        raise InputError(f"{run.source}: {len(lines):,} rows of article {article_id!r}; at most {MOST_LINES_OF_AN_ARTICLE:,}")
    return lines


def _dumped_row(row: ImportedRow) -> bytes:
    head = {"article_id": row.article_id, "article_sha256": row.sha256, "table": row.table, "place": row.place}
    return dumped({**head, "values": row.values})


def _write(report: Report, run: Run, lines: list[_Line], covered: Sequence[tuple[str, str]], again: bool) -> None:
    counted = replace(run, rejected=len(report.rejects))
    replaced = list(run.instead_of)
    about = [{"article_id": article_id, "article_sha256": sha256, "instead_of": replaced} for article_id, sha256 in covered]
    rows: Iterator[ImportedRow] = (line.row for line in sorted(lines, key=lambda line: (line.row.article_id, line.order)))
    rejects = [{"place": place, "reject": reason} for place, reason in listed(report.rejects)]
    content = b"".join([dumped(head_line(counted)), *map(dumped, about), *map(_dumped_row, rows), *map(dumped, rejects)])
    if report.path.exists() and not again:
        raise InputError(f"{report.path}: is there already; give another name with --as, or replace it with --again")
    try:
        report.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(report.path, content, synced=True)
    except OSError as error:
        raise PublishError(f"{report.path}: {error.strerror or error}") from error
