"""The one door to disk: read, extract, check, stage, read back, swap."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from builder.coding.folder import FOLDER as CODING_FOLDER
from builder.coding.folder import Index
from builder.corpus.coded import Coded, merge_corpus
from builder.corpus.extract import Corpus, Observer, extract_corpus
from builder.corpus.kept import KeptParts
from builder.corpus.parts import PartFile, PartTask, TableFiles, csv_path, published, write_part
from builder.corpus.seals import own_key
from builder.corpus.shard import Options
from builder.corpus.sharding import PART_BYTES, shards
from builder.corpus.store import DiskStore, MemoryStore, Store, code_fingerprint
from builder.corpus.workers import Workers, available_cores, cluster_workers, local_workers
from builder.errors import InputError, PublishError
from builder.publish.companions import with_companions
from builder.publish.descriptor import SCHEMA_FOLDER, describe
from builder.publish.files import CsvTable, keep_equal_parquet
from builder.publish.metadata import Metadata, read_metadata
from builder.publish.names import DATA_FOLDER, DESCRIPTOR, WORK_FOLDER, is_package_file
from builder.publish.package import PackageFiles, fingerprint
from builder.publish.swap import Publication
from builder.reading import Unit, find_units
from builder.reading.columns import Columns
from builder.reading.days import DayOrder
from builder.reading.fields import Defaults
from builder.reading.rejects import Reject
from builder.reading.units import HowToRead
from builder.tables.arrow import rejects_table
from builder.tables.schema import ARTICLE_TABLES, CODING_TABLES, TABLES, table_schemas
from builder.validate.findings import errors

CODERS_NOTE = "README.md"
MOST_OF_NOTE = 4000
SOURCES_FOLDER = "sources"
METADATA_FILE = "dataset.yaml"
PAGE_FILE = "page/index.html"
SMALL_BYTES = 2 * PART_BYTES[0]
"""Sources up to this size are one part for certain; they are built in this process and memory."""


_USUAL_COLUMNS = Columns()


@dataclass(frozen=True)
class Settings:
    """How sources are read, what is published of them, and how a build runs."""

    encoding: str | None = None
    join_lines: bool = False
    urls: Path | None = None
    columns: Columns = _USUAL_COLUMNS
    day_order: DayOrder | None = None
    include_text: bool = True
    csv: bool = False
    by_year: bool = False
    strict: bool = False
    follow_links: bool = False
    jobs: int | None = None
    scheduler: str | None = None


@dataclass
class Build:
    """What a build did."""

    root: Path
    rows: dict[str, int]
    corpus: Corpus
    coded: Coded | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    def report(self) -> dict[str, Any]:
        """Counts, rejects and seconds by stage, for a file beside the package."""
        corpus = self.corpus
        return {
            "rows": self.rows,
            "characters": corpus.characters,
            "articles_without_date": corpus.undated,
            "warnings": corpus.warnings,
            "shards": corpus.shards,
            "shards_reused": corpus.reused_shards,
            "seconds": {name: round(seconds, 3) for name, seconds in self.seconds.items()},
            "worker_seconds": round(corpus.worker_seconds, 3),
            "rejects": [reject._asdict() for reject in corpus.rejects],
        }


class Silent:
    """An observer that takes no notice."""

    def stage(self, name: str) -> None: ...

    def shard(self, articles: int, characters: int, read_bytes: int) -> None: ...

    def reject(self, reject: Reject) -> None: ...

    def note(self, source: str, note: str) -> None: ...


@dataclass(frozen=True)
class _Plan:
    """Where from, where to, and what the package says about itself."""

    paths: tuple[Path, ...]
    root: Path
    metadata: Metadata
    own: bool
    """Whether this is the project's own package, which is cited."""
    coding: Path
    """The folder of people's decisions, which need not be there."""


def build(
    paths: Iterable[str | Path] = (),
    out: str | Path | None = None,
    *,
    metadata: str | Path | None = None,
    settings: Settings = Settings(),
    observer: Observer | None = None,
    coding: str | Path | None = None,
) -> Build:
    """Make a package of the articles in ``paths`` and put it into the folder ``out``.

    Without either, the project in the working directory is built: ``sources/`` into ``datapackage/``. Decisions of people are
    read from the folder ``coding``, by default the one of that name beside the descriptor. Raises InputError or PublishError;
    then the package that stood there before still stands.
    """
    plan = _plan(tuple(map(Path, paths)), Path(out) if out is not None else None, metadata, coding)
    made_here = not os.path.lexists(plan.root)
    try:
        with Publication(plan.root) as publication:
            return _build(plan, settings, publication, observer or Silent())
    except OSError as error:
        where = error.filename or plan.root
        raise PublishError(f"{where}: {error.strerror or error}; the package is as it was") from error
    finally:
        if made_here:
            with suppress(OSError):
                plan.root.rmdir()


def _plan(paths: tuple[Path, ...], out: Path | None, metadata: str | Path | None, coding: str | Path | None) -> _Plan:
    if paths and out is None:
        raise InputError("--out DIR is needed to build a package of other articles than the project's own")
    sources = Path(SOURCES_FOLDER)
    if not paths and not sources.is_dir():
        raise InputError(f"{sources.absolute()}: no such folder; name the articles to build from, or run in a project")
    own = sources / METADATA_FILE
    if metadata is None and not paths and own.is_file():
        metadata = own
    about = read_metadata(Path(metadata)) if metadata is not None else Metadata()
    folder = Path(coding) if coding is not None else (out or Path()) / CODING_FOLDER
    if coding is not None and not folder.is_dir():
        raise InputError(f"{folder}: no such folder of decisions")
    return _Plan(paths or (sources,), out or Path(), about, own=out is None, coding=folder)


def _build(plan: _Plan, settings: Settings, publication: Publication, observer: Observer) -> Build:
    staged = publication.staged
    clock = _Clock(observer)
    defaults = Defaults(plan.metadata.rights, plan.metadata.language, settings.columns, settings.day_order)
    options = Options(defaults)
    how = HowToRead(settings.encoding, settings.join_lines, observer.note)
    found = find_units(
        plan.paths,
        how,
        _output(plan.root),
        follow_links=settings.follow_links,
        page_table=settings.urls,
        columns=settings.columns,
    )
    small, units = _peek(found, 0 if settings.scheduler else SMALL_BYTES)
    key = own_key()
    store: Store = MemoryStore() if small else DiskStore((plan.root / WORK_FOLDER / "shards").absolute(), key)
    salt = "" if small else f"{code_fingerprint()} {options!r}"
    kept = KeptParts(plan.root, key)
    with closing(_workers(settings, small)) as workers:
        clock.start("extract")
        corpus = extract_corpus(shards(units, salt), options, store, workers, observer, strict=settings.strict)
        coded = _coded(plan.coding, corpus, store, workers, clock)
        clock.start("write")
        parts = _write_parts(corpus, settings, store, staged, workers, kept)
    files, rows = _package_files(list(chain.from_iterable(parts.values())), corpus, coded, settings, store, staged)
    clock.start("check")
    for path in keep_equal_parquet(staged / DATA_FOLDER, plan.root / DATA_FOLDER):
        files.fingerprints[path.relative_to(staged).as_posix()] = fingerprint(path)
    _write_texts(plan, files, rows)
    clock.start("swap")
    publication.publish(without=[PAGE_FILE] if plan.own else [])
    kept.save(parts)
    store.keep_only(chain(coded.machine_keys if coded else (), *corpus.parts))
    clock.stop()
    return Build(plan.root, rows, corpus, coded, clock.seconds)


def _output(root: Path) -> list[Path]:
    """Where a build writes, and ``builder page`` by default, and the files of the package there: none of it is a source."""
    real = root.resolve()
    if not (real / DESCRIPTOR).is_file():
        return [real]
    beside = (path for folder in (".", SCHEMA_FOLDER, "docs") for path in (real / folder).glob("*"))
    files = (path for path in beside if is_package_file(path.relative_to(real).as_posix()))
    return [real, real / DATA_FOLDER, real / Path(PAGE_FILE).parent, *files]


class _Clock:
    def __init__(self, observer: Observer) -> None:
        self.seconds: dict[str, float] = {}
        self._observer = observer
        self._stage = ""
        self._since = 0.0

    def start(self, stage: str) -> None:
        self.stop()
        self._stage, self._since = stage, time.perf_counter()
        self._observer.stage(stage)

    def stop(self) -> None:
        if self._stage:
            self.seconds[self._stage] = time.perf_counter() - self._since


def _coded(folder: Path, corpus: Corpus, store: Store, workers: Workers, clock: _Clock) -> Coded | None:
    """What people decided, put into the corpus; None where no one did."""
    if not folder.is_dir():
        return None
    clock.start("coding")
    index = Index(folder)
    return merge_corpus(corpus, index, store, workers) if index else None


def _peek(units: Iterator[Unit | Reject], most: int) -> tuple[bool, Iterator[Unit | Reject]]:
    """Whether the sources have at most so many bytes, and all their units."""
    held: list[Unit | Reject] = []
    size = 0
    for unit in units:
        held.append(unit)
        size += len(unit.raw) if isinstance(unit, Unit) else len(unit.reason)
        if size > most:
            return False, chain(held, units)
    return True, iter(held)


def _workers(settings: Settings, small: bool) -> Workers:
    if settings.scheduler:
        return cluster_workers(settings.scheduler)
    return local_workers(1 if small else settings.jobs or available_cores())


def _write_parts(
    corpus: Corpus, settings: Settings, store: Store, staged: Path, workers: Workers, kept: KeptParts
) -> dict[PartTask, list[PartFile]]:
    alone = len(corpus.parts) == 1 and not settings.by_year
    tasks = [
        PartTask(None if alone else number, tuple(keys), store, staged.absolute(), settings.by_year, settings.include_text)
        for number, keys in enumerate(corpus.parts)
    ]
    return dict(workers.map(write_part, tasks, known=kept.reuse))


def _package_files(
    parts: Sequence[PartFile], corpus: Corpus, coded: Coded | None, settings: Settings, store: Store, staged: Path
) -> tuple[PackageFiles, dict[str, int]]:
    """The package that is staged, with the files that are made here: rejects, and CSV where it was asked for."""
    files = PackageFiles(staged)
    rows = dict.fromkeys(TABLES, 0)
    rejects = TableFiles(staged, "", "rejects")
    rejects.write(rejects_table([*corpus.rejects, *(coded.rejects() if coded else ())]))
    others = [rejects.close(), *_write_coding(coded, store, staged, csv=settings.csv or not parts[0].group)]
    for part in [*sorted(parts, key=lambda part: part.group), *others]:
        files.parquet.setdefault(part.table, []).append(part.path)
        files.fingerprints[part.path] = part.fingerprint
        rows[part.table] = rows.get(part.table, 0) + part.rows
        if part.csv:
            files.csv[part.table] = csv_path(part.table)
            files.fingerprints[csv_path(part.table)] = part.csv
    if settings.csv and parts[0].group:
        _add_csv(files, corpus, settings, store)
    return files, rows


def _write_coding(coded: Coded | None, store: Store, staged: Path, *, csv: bool) -> list[PartFile]:
    """The tables that only a package with people's decisions has."""
    if coded is None:
        return []
    writers = {name: TableFiles(staged, "", name, csv) for name in CODING_TABLES}
    for name, table in coded.tables(store):
        writers[name].write(table)
    return [writer.close() for writer in writers.values()]


def _add_csv(files: PackageFiles, corpus: Corpus, settings: Settings, store: Store) -> None:
    """One CSV file a table of all parts, compared with them."""
    from builder.validate.package import check_tables  # noqa: PLC0415 (slow to import, and few builds need it)

    writers = {name: CsvTable(files.root / csv_path(name), table_schemas()[name]) for name in ARTICLE_TABLES}
    for key in chain.from_iterable(corpus.parts):
        for name, table in published(store.tables(key), settings.include_text).items():
            writers[name].write(table)
    for name, writer in writers.items():
        files.csv[name] = csv_path(name)
        files.fingerprints[csv_path(name)] = writer.close()
    _refuse_errors(check_tables(files))


def _refuse_errors(findings: list[Any]) -> None:
    if found := errors(findings):
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise PublishError(f"nothing published, for what was written did not pass: {found[0]}{more}")


def _write_texts(plan: _Plan, files: PackageFiles, rows: dict[str, int]) -> None:
    """Descriptor and schemas, and what is made from them."""
    texts = {DESCRIPTOR: describe(plan.metadata, list(map(_name, plan.paths)), files, _note(plan.coding))}
    texts |= {f"{SCHEMA_FOLDER}/{name}.json": table_schemas()[name].source for name in files.parquet}
    page = own_page(texts[DESCRIPTOR], files) if plan.own else {}
    texts = with_companions(texts, files, rows, plan.own, page)
    for name, text in texts.items():
        (files.root / name).parent.mkdir(parents=True, exist_ok=True)
        (files.root / name).write_text(text, encoding="utf-8", newline="\n")


def _note(coding: Path) -> str | None:
    """What the coders say about themselves, for the data card."""
    path = coding / CODERS_NOTE
    return path.read_text(encoding="utf-8", errors="replace").strip()[:MOST_OF_NOTE] if path.is_file() else None


def own_page(descriptor: str, files: PackageFiles) -> dict[str, str]:
    """The page that stands beside a project's own package, by its path; none where that is too large for one file."""
    from builder.page.writing import one_page  # noqa: PLC0415 (jinja2 is slow to import, and few builds need it)

    page = one_page(descriptor, files)
    return {} if page is None else {PAGE_FILE: page}


def _name(path: Path) -> str:
    """Of a file or folder, also of one that is given as ``.`` or ``..``."""
    return path.name if path.name not in ("", "..") else path.resolve().name or "articles"
