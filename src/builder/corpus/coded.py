"""Decisions of people put into the stored results of shards: of those with decisions only, and again only when they change."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from builder.coding.decisions import Line, parse_decision
from builder.coding.folder import DECISION, IMPORT, SAMPLE, Found, Index, name_of
from builder.coding.imported import NotImported, RunLine, WithImports, with_imports
from builder.coding.merge import Review, merge
from builder.coding.records import coders_table, originals_table, reviews_table, samples_table
from builder.coding.runs import ImportedRow, Run, listed, parse_line, rule_of, runs_table
from builder.coding.runs import Reject as RunReject
from builder.coding.samples import locate, parse_drawn
from builder.corpus.extract import Corpus
from builder.corpus.shard import ShardResult, Summary
from builder.corpus.store import Store
from builder.corpus.workers import Workers
from builder.reading.rejects import Reject
from builder.tables.arrow import ArrowTables, rejects_table
from builder.tables.schema import ARTICLE_TABLES, CODING_TABLES, table_schemas
from builder.validate.findings import errors
from builder.validate.imports import wrong_rows
from builder.validate.rows import check_rows

_BY_SHARD = ("reviews", "originals", "samples")
NO_ARTICLE = "the package has no such article"


@dataclass
class Coded:
    """What the folder ``coding/`` adds to a package; ``keys`` are those of results with decisions."""

    index: Index
    keys: list[str] = field(default_factory=list)
    machine_keys: list[str] = field(default_factory=list)
    """Of the results from which these were made; they are kept for the next build."""
    run_rejects: dict[str, list[RunReject]] = field(default_factory=dict)
    """Imported rows for which this build has no place, by run."""

    def rejects(self) -> Iterator[Reject]:
        """All rows of imports that are not in the package, as rows of the table ``rejects``."""
        for run in self.index.runs:
            rejects = [*self.index.run_rejects[run], *self.run_rejects.get(run, ())]
            yield from (Reject(rule_of(run), place, reason) for place, reason in listed(rejects))

    def tables(self, store: Store) -> Iterator[tuple[str, pa.Table]]:
        """Rows of the tables of coding, piece by piece; each table at least once."""
        for key in self.keys:
            tables = store.tables(key)
            yield from ((name, tables[name]) for name in _BY_SHARD)
        yield from self._others()

    def _others(self) -> Iterator[tuple[str, pa.Table]]:
        """Rows of no shard: coders, and what is about articles that the package does not have."""
        yield from ((name, table_schemas()[name].arrow.empty_table()) for name in CODING_TABLES)
        yield "coders", coders_table(self.index.coders())
        lines = self.index.of_other_articles()
        gone = [Review(parse_decision(line), None, None, "lost", "orphaned", NO_ARTICLE) for line in _of(DECISION, lines)]
        yield "reviews", reviews_table(gone, known=False)
        drawn = [parse_drawn(line, name_of(Path(line.file))) for line in _of(SAMPLE, lines)]
        yield "samples", samples_table(drawn, known=False)
        yield "runs", runs_table(self._runs())

    def imported(self) -> Iterator[tuple[str, int, int]]:
        """Imports with their rows in the package, and those that are rejected."""
        yield from ((run.run, rows, rejected) for run, rows, rejected in self._runs())

    def _runs(self) -> Iterator[tuple[Run, int, int]]:
        for name, run in self.index.runs.items():
            rejected = len(self.run_rejects.get(name, ()))
            yield run, self.index.run_rows[name] - rejected, run.rejected + rejected


def _of(kind: str, lines: Iterable[Found]) -> Iterator[Line]:
    return (line for of_kind, line in lines if of_kind == kind)


class _Task(NamedTuple):
    key: str
    """Of the machine's result."""
    coded_key: str
    lines: tuple[Found, ...]


def merge_corpus(corpus: Corpus, index: Index, store: Store, workers: Workers) -> Coded:
    """Puts the keys of coded results into the parts of ``corpus``. Raises InputError for a line that is no decision."""
    coded = Coded(index)
    tasks = _tasks(chain.from_iterable(corpus.parts), index, store)
    merged = {}
    for task, _ in workers.map(partial(_work, store=store), tasks, known=partial(_stored, store=store)):
        merged[task.key] = task.coded_key
        coded.keys.append(task.coded_key)
    coded.machine_keys = list(merged)
    coded.run_rejects = _run_rejects(coded, store) if index.runs else {}
    corpus.parts = [[merged.get(key, key) for key in part] for part in corpus.parts]
    return coded


def _run_rejects(coded: Coded, store: Store) -> dict[str, list[RunReject]]:
    rejects: dict[str, list[RunReject]] = defaultdict(list)
    for key in coded.keys:
        for row in store.tables(key)["rejects"].to_pylist():
            rejects[row["source"]].append(RunReject(row["place"], row["reason"]))
    for line in _of(IMPORT, coded.index.of_other_articles()):
        content = parse_line(line)
        if isinstance(content, ImportedRow):
            rejects[name_of(Path(line.file))].append(RunReject(content.place, NO_ARTICLE))
    return dict(rejects)


def _tasks(keys: Iterable[str], index: Index, store: Store) -> Iterator[_Task]:
    for key in keys:
        summary = store.summary(key)
        lines = index.of(summary.article_ids) if summary else []
        if lines:
            digest = hashlib.blake2b(key.encode(), digest_size=20)
            for kind, line in lines:
                digest.update(repr((kind, name_of(Path(line.file)), line.number, line.raw)).encode())
            yield _Task(key, digest.hexdigest(), tuple(lines))


def _stored(task: _Task, store: Store) -> Summary | None:
    return store.summary(task.coded_key)


def _work(task: _Task, store: Store) -> Summary:
    summary = store.summary(task.key)
    assert summary is not None
    tables = coded_tables(store.tables(task.key), task.lines)
    store.save(task.coded_key, ShardResult(tables, summary))
    return summary


def coded_tables(tables: ArrowTables, lines: Iterable[Found]) -> dict[str, pa.Table]:
    """The machine's tables of some articles with what was imported, the decisions on them, and what became of those."""
    lines = list(lines)
    drawn = [parse_drawn(line, name_of(Path(line.file))) for line in _of(SAMPLE, lines)]
    decisions = [parse_decision(line) for line in _of(DECISION, lines)]
    machine, rejects = _imported({name: tables[name] for name in ARTICLE_TABLES}, list(_of(IMPORT, lines)))
    merged = merge(machine, decisions, first_error)
    return {
        **merged.tables,
        "reviews": reviews_table(merged.reviews),
        "originals": originals_table(merged.originals),
        "samples": samples_table(locate(machine, drawn)),
        "rejects": rejects_table([Reject(each.run, each.place, each.reason) for each in rejects]),
    }


def _imported(machine: dict[str, pa.Table], lines: list[Line]) -> tuple[dict[str, pa.Table], list[NotImported]]:
    """``rejects`` name the run as their source."""
    if not lines:
        return machine, []
    runs = [RunLine(name_of(Path(line.file)), line.number, parse_line(line)) for line in lines]
    imported: WithImports = with_imports(machine, runs, wrong_rows)
    return imported.tables, imported.rejects


def first_error(tables: ArrowTables) -> str | None:
    wrong = errors(check_rows(tables))
    return str(wrong[0]) if wrong else None
