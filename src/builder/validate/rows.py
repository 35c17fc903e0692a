"""Findings about rows: what the schemas demand of each column, and keys and references between tables.

Works on the rows of whole articles at a time, in Arrow and NumPy; no check looks at a row on its own.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.tables.arrays import Ints, Mask, as_integers, as_mask, as_utf8, strings
from builder.tables.arrow import ArrowTables
from builder.tables.schema import Column, table_schemas
from builder.validate.content import check_articles, check_dates, check_quotes
from builder.validate.findings import Finding
from builder.validate.report import Report
from builder.validate.verbatim import ArticleTexts, check_verbatim

_FORMULA_BYTES = np.zeros(256, np.bool_)
_FORMULA_BYTES[list(b"=+-@\t\r")] = True


def check_rows(tables: ArrowTables, rows_before: dict[str, int] | None = None) -> list[Finding]:
    """Every finding about the rows of some articles; ``rows_before`` counts the rows of earlier articles of the package."""
    return list(_findings(tables, rows_before or dict.fromkeys(tables, 0)))


def _findings(tables: ArrowTables, rows_before: dict[str, int]) -> Iterator[Finding]:
    reports = {name: Report(table_schemas()[name], table, rows_before[name]) for name, table in tables.items()}
    for report in reports.values():
        for column in report.schema.columns:
            yield from _check_column(report, column)
        for one, other in report.schema.exclusive:
            yield from report.rows(report[one].given & report[other].given, other, "exclusive", f"null where {one} is given")
    if "articles" not in tables:
        return
    texts = ArticleTexts(reports["articles"])
    articles = {name: texts.articles_of(report["article_id"].values) for name, report in reports.items()}
    for name, report in reports.items():
        yield from _check_keys(report)
        yield from _check_references(report, reports, articles)
        yield from check_verbatim(report, articles[name], texts)
        yield from _check_order(report, articles[name], texts)
    yield from check_articles(reports["articles"])
    yield from check_quotes(reports["quotes"], articles["quotes"], texts)
    yield from check_dates(reports["dates"])


def _check_column(report: Report, column: Column) -> Iterator[Finding]:
    cells = report[column.name]
    if column.required and cells.values.null_count:
        yield from report.rows(~cells.given, column.name, "required", "a value")
    if column.minimum is not None:
        below = cells.given & (cells.integers < column.minimum)
        yield from report.rows(below, column.name, "minimum", f"at least {column.minimum}")
    if column.type != "string" or cells.values.null_count == len(cells.values):
        return
    yield from _check_texts(report, column.name)
    if column.enum:
        known = as_mask(pc.is_in(cells.values, value_set=strings(column.enum)))
        yield from report.rows(cells.given & ~known, column.name, "enum", "one of " + ", ".join(column.enum))
    if column.pattern:
        fits = as_mask(pc.match_substring_regex(cells.values, f"^(?:{column.pattern})$"))
        yield from report.rows(cells.given & ~fits, column.name, "pattern", column.pattern)


def _check_texts(report: Report, name: str) -> Iterator[Finding]:
    """How texts begin, or that they are there at all."""
    offsets, content = as_utf8(report[name].values)
    starts = offsets[:-1]
    empty = offsets[1:] == starts
    yield from report.rows(empty & report[name].given, name, "missing", "null instead of an empty text")
    if len(content):
        formula = _FORMULA_BYTES[content[np.minimum(starts, len(content) - 1)]] & ~empty
        yield from report.rows(formula, name, "formula", "no cell that a spreadsheet takes for a formula", severity="warning")


def _check_keys(report: Report) -> Iterator[Finding]:
    name = report.schema.primary_key
    if name is None:
        return
    keys = report[name].values
    if pc.count_distinct(keys, mode="all").as_py() < len(keys):
        yield from report.rows(_repeats(keys.to_pylist()), name, "unique", "a key that no other row has")
    articles = report["article_id"].values
    if name != "article_id" and not _all_begin_with(keys, articles):
        pairs = zip(keys.to_pylist(), articles.to_pylist(), strict=True)
        wrong = [key is not None and not key.startswith(f"{article}.") for key, article in pairs]
        yield from report.rows(np.array(wrong, np.bool_), name, "key", "a key that begins with its article's")


def _repeats(keys: Sequence[str | None]) -> Mask:
    """Rows whose key stands in an earlier row."""
    first = {key: row for row, key in reversed(list(enumerate(keys)))}
    return np.array([first[key] != row for row, key in enumerate(keys)], np.bool_)


def _all_begin_with(keys: pa.Array, articles: pa.Array) -> bool:
    """Whether each key begins with its article's and a full stop; false where one is null."""
    offsets, content = as_utf8(keys)
    article_offsets, expected = as_utf8(articles)
    lengths = np.diff(article_offsets)
    stops = offsets[:-1] + lengths
    if keys.null_count or articles.null_count or not (stops < offsets[1:]).all():
        return False
    places = np.repeat(offsets[:-1] - article_offsets[:-1], lengths) + np.arange(len(expected))
    return bool((content[stops] == ord(".")).all()) and np.array_equal(content[places], expected)


def _check_references(report: Report, reports: dict[str, Report], articles: dict[str, Ints]) -> Iterator[Finding]:
    """``articles`` are the indexes of the articles of each table's rows."""
    own = articles[report.schema.name]
    for key in report.schema.foreign_keys:
        cells, expected = report[key.column], f"a {key.key} of table {key.table}"
        if key.column == "article_id":
            yield from report.rows((own < 0) & cells.given, key.column, "reference", expected)
        elif cells.values.null_count < len(own):
            place = as_integers(pc.index_in(cells.values, value_set=reports[key.table][key.key].values), missing=-1)
            yield from report.rows(cells.given & (place < 0), key.column, "reference", expected)
            elsewhere = cells.given & (place >= 0)
            elsewhere[elsewhere] = articles[key.table][place[elsewhere]] != own[elsewhere]
            yield from report.rows(elsewhere, key.column, "reference", "a row of the same article")


def _check_order(report: Report, articles: Ints, texts: ArticleTexts) -> Iterator[Finding]:
    """By article as in ``articles``, then by place."""
    if "start" not in report.schema.column_names:
        return
    places = texts.places(articles, report["start"].integers)
    falls = np.zeros(len(places), np.bool_)
    falls[1:] = places[1:] < places[:-1]
    yield from report.rows(falls, "start", "order", "rows by article, then by place")
