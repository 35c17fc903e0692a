"""The one door to disk: read, extract, check, stage, read back, swap."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.article import Article
from builder.errors import InputError, PublishError
from builder.metadata import Metadata, read_metadata
from builder.package import DESCRIPTOR, Fingerprint, PackageFiles, read_package
from builder.publish.citation import BIBTEX_FILE, CITATION_FILE, bibtex, citation_cff
from builder.publish.descriptor import SCHEMA_FOLDER, describe
from builder.publish.files import DATA_FOLDER, TableWriters, keep_equal_parquet
from builder.publish.swap import locked, staging, swap
from builder.reading import read_articles
from builder.reading.fields import Defaults
from builder.schema import table_schemas
from builder.tables import to_arrow, without_text
from builder.validate.files import fingerprint
from builder.validate.findings import Finding, errors
from builder.validate.package import check_tables
from builder.validate.rows import check_rows

SOURCES_FOLDER = "sources"
METADATA_FILE = "dataset.yaml"
SHARD_CHARACTERS = 1 << 20
"""Articles are extracted together until their texts reach this length."""

Progress = Callable[[int, int], None]
"""Called with the articles and the characters done so far."""


@dataclass
class Build:
    """What a build did."""

    root: Path
    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    warnings: int = 0


@dataclass(frozen=True)
class _Plan:
    """Where from, where to, and what the package says about itself."""

    paths: tuple[Path, ...]
    root: Path
    metadata: Metadata
    include_text: bool
    cited: bool
    """Whether citation files are made: for a project's own package."""


def build(
    paths: Iterable[str | Path] = (),
    out: str | Path | None = None,
    *,
    metadata: str | Path | None = None,
    include_text: bool = True,
    progress: Progress | None = None,
) -> Build:
    """Make a package of the articles in ``paths`` and put it into the folder ``out``.

    Without either, the project in the working directory is built: ``sources/`` into ``datapackage/``. Raises InputError or
    PublishError; then the package that stood there before still stands.
    """
    plan = _plan(tuple(map(Path, paths)), Path(out) if out is not None else None, metadata, include_text)
    result = Build(plan.root)
    made_here = not plan.root.exists()
    try:
        with locked(plan.root), staging(plan.root) as staged:
            _write_tables(plan, staged, result, progress)
            _check_staged(staged)
            _complete(plan, staged)
            swap(plan.root, remove=_published_before(plan.root))
    except OSError as error:
        where = error.filename or plan.root
        raise PublishError(f"{where}: {error.strerror or error}; the package is as it was") from error
    finally:
        if made_here and plan.root.is_dir() and not any(plan.root.iterdir()):
            plan.root.rmdir()
    return result


def _plan(paths: tuple[Path, ...], out: Path | None, metadata: str | Path | None, include_text: bool) -> _Plan:
    if paths and out is None:
        raise InputError("--out DIR is needed to build a package of other articles than the project's own")
    sources = Path(SOURCES_FOLDER)
    if not paths and not sources.is_dir():
        raise InputError(f"{sources.absolute()}: no such folder; name the articles to build from, or run in a project")
    own = sources / METADATA_FILE
    if metadata is None and not paths and own.is_file():
        metadata = own
    return _Plan(
        paths=paths or (sources,),
        root=out or Path(),
        metadata=read_metadata(Path(metadata)) if metadata is not None else Metadata(),
        include_text=include_text,
        cited=out is None,
    )


def _write_tables(plan: _Plan, staged: Path, result: Build, progress: Progress | None) -> None:
    from builder.extraction import extract_articles  # noqa: PLC0415 (reading a package must not need extraction)

    defaults = Defaults(plan.metadata.rights, plan.metadata.language)
    characters = 0
    with TableWriters(staged / DATA_FOLDER) as writers:
        for shard in _shards(read_articles(plan.paths, defaults)):
            records = extract_articles(shard)
            result.notes += [
                f"{row.article_id}: no publication date, so its relative dates stay unresolved"
                for row in records.articles
                if row.published is None
            ]
            tables = to_arrow(records)
            findings = check_rows(tables, writers.rows)
            refuse(findings)
            result.warnings += len(findings)
            writers.write(tables if plan.include_text else without_text(tables))
            characters += sum(len(article.text) for article in shard)
            if progress:
                progress(writers.rows["articles"], characters)
        result.rows = writers.rows


def _shards(articles: Iterable[Article]) -> Iterator[Sequence[Article]]:
    shard: list[Article] = []
    size = 0
    for article in articles:
        shard.append(article)
        size += len(article.text)
        if size >= SHARD_CHARACTERS:
            yield shard
            shard, size = [], 0
    if shard:
        yield shard


def refuse(findings: list[Finding]) -> None:
    """Raises PublishError where there is an error among the findings."""
    if found := errors(findings):
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise PublishError(f"nothing published, for a row did not pass: {found[0]}{more}")


def _check_staged(staged: Path) -> None:
    """Read back what was written: the two files of a table must hold the same cells."""
    csv, parquet = ({name: f"{DATA_FOLDER}/{name}.{kind}" for name in table_schemas()} for kind in ("csv", "parquet"))
    refuse(check_tables(PackageFiles(staged, csv, parquet, {})))


def _complete(plan: _Plan, staged: Path) -> None:
    """Everything of the package beside its tables."""
    keep_equal_parquet(staged / DATA_FOLDER, plan.root / DATA_FOLDER)
    files: dict[str, Fingerprint] = {path.name: fingerprint(path) for path in (staged / DATA_FOLDER).iterdir()}
    sources = [path.name for path in plan.paths]
    texts = {DESCRIPTOR: describe(plan.metadata, sources, files)}
    texts |= {f"{SCHEMA_FOLDER}/{name}.json": schema.source for name, schema in table_schemas().items()}
    if plan.cited:
        texts |= {CITATION_FILE: citation_cff(plan.metadata), BIBTEX_FILE: bibtex(plan.metadata)}
    for name, text in texts.items():
        (staged / name).parent.mkdir(parents=True, exist_ok=True)
        (staged / name).write_text(text, encoding="utf-8", newline="\n")


def _published_before(root: Path) -> list[str]:
    """Data files of the package in place, as far as they are in its data folder."""
    try:
        files = read_package(root)
    except InputError:
        return []
    return [name for name in files.fingerprints if name.startswith(f"{DATA_FOLDER}/")]
