"""One shard: from units to checked tables. Runs on any process; whatever an article holds, it returns."""

import time
from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from builder.errors import InputError
from builder.reading import Unit, parse
from builder.reading.fields import Defaults
from builder.reading.rejects import Reject, unexpected
from builder.tables.arrow import ArrowTables, no_rows
from builder.text.article import Article
from builder.validate.findings import errors
from builder.validate.rows import check_rows


class Summary(NamedTuple):
    """What the parent process needs to know of a shard's result; ``rejects`` are (index of the item, reason)."""

    article_ids: list[str]
    rejects: list[tuple[int, str]]
    undated: list[str]
    warnings: int
    characters: int
    seconds: float


class ShardResult(NamedTuple):
    tables: ArrowTables
    summary: Summary


class Options(NamedTuple):
    """What a result depends on beside its units and the code."""

    defaults: Defaults


def extract_shard(items: Sequence[Unit | Reject], options: Options, taken: frozenset[str] = frozenset()) -> ShardResult:
    """The tables of the articles of ``items``; no article may have an identifier of ``taken``."""
    started = time.perf_counter()
    articles, rejects = _read(items, options.defaults, taken)
    tables, warnings = _extract([article for _, article in articles], rejects, [index for index, _ in articles])
    article_ids, days, lengths = (tables["articles"][name].to_pylist() for name in ("article_id", "published", "n_characters"))
    summary = Summary(
        article_ids=article_ids,
        rejects=sorted(rejects),
        undated=[article_id for article_id, day in zip(article_ids, days, strict=True) if day is None],
        warnings=warnings,
        characters=sum(lengths),
        seconds=time.perf_counter() - started,
    )
    return ShardResult(tables, summary)


def _read(
    items: Sequence[Unit | Reject], defaults: Defaults, taken: frozenset[str]
) -> tuple[list[tuple[int, Article]], list[tuple[int, str]]]:
    """The articles with the index of their item, and why there is none for the others."""
    articles: list[tuple[int, Article]] = []
    rejects: list[tuple[int, str]] = []
    seen = set(taken)
    for index, item in enumerate(items):
        if isinstance(item, Reject):
            rejects.append((index, item.reason))
            continue
        try:
            article = parse(item, defaults)
        except InputError as error:
            rejects.append((index, str(error)))
            continue
        except Exception as error:
            rejects.append((index, unexpected(error)))
            continue
        if article.article_id in seen:
            rejects.append((index, f"article_id {article.article_id!r} is already that of an earlier article"))
            continue
        seen.add(article.article_id)
        articles.append((index, article))
    return articles, rejects


def _extract(articles: Sequence[Article], rejects: list[tuple[int, str]], indexes: Sequence[int]) -> tuple[ArrowTables, int]:
    """Tables that pass every check; an article that extraction or a check fails on is set aside, found by halving."""
    try:
        tables, wrong, warnings = _checked(articles)
    except Exception as error:
        if not articles:
            raise
        tables, wrong, warnings = {}, f"extraction failed: {type(error).__name__}: {error}", 0
    if wrong is None:
        return tables, warnings
    if len(articles) == 1:
        rejects.append((indexes[0], " ".join(wrong.split())))
        return _extract([], rejects, [])
    middle = len(articles) // 2
    first, first_warnings = _extract(articles[:middle], rejects, indexes[:middle])
    second, second_warnings = _extract(articles[middle:], rejects, indexes[middle:])
    joined = {name: pa.concat_tables([first[name], second[name]]).combine_chunks() for name in first}
    return joined, first_warnings + second_warnings


def _checked(articles: Sequence[Article]) -> tuple[ArrowTables, str | None, int]:
    """Tables, the first thing wrong with them, and the number of warnings."""
    from builder.extraction import extract_articles  # noqa: PLC0415 (reading a package must not need extraction)
    from builder.tables.rows import make_tables  # noqa: PLC0415

    tables = make_tables(extract_articles(articles)) if articles else no_rows()
    findings = check_rows(tables)
    wrong = errors(findings)
    return tables, f"a row did not pass: {wrong[0]}" if wrong else None, len(findings) - len(wrong)
