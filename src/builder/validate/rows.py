"""Findings about rows: what the schemas demand of each column, and keys and references between tables.

Works on the rows of whole articles at a time, in Arrow and NumPy; no check looks at a row on its own.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.arrays import Ints, Mask, as_integers, as_mask, as_utf8, strings
from builder.schema import Column, table_schemas
from builder.tables import ArrowTables
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
            both = pc.and_(pc.is_valid(report.values(one)), pc.is_valid(report.values(other)))
            yield from report.rows(as_mask(both), other, "exclusive", f"null where {one} is given")
    if "articles" not in tables:
        return
    texts = ArticleTexts(tables["articles"])
    articles = {name: texts.articles_of(report.values("article_id")) for name, report in reports.items()}
    for name, report in reports.items():
        yield from _check_keys(report)
        yield from _check_references(report, reports, articles)
        yield from check_verbatim(report, articles[name], texts)
        yield from _check_order(report, articles[name], texts)
    yield from check_articles(reports["articles"])
    yield from check_quotes(reports["quotes"], articles["quotes"], texts)
    yield from check_dates(reports["dates"])


def _check_column(report: Report, column: Column) -> Iterator[Finding]:
    values = report.values(column.name)
    if column.required and values.null_count:
        yield from report.rows(as_mask(pc.is_null(values)), column.name, "required", "a value")
    if column.minimum is not None:
        yield from report.rows(
            as_integers(values, column.minimum) < column.minimum, column.name, "minimum", f"at least {column.minimum}"
        )
    if column.type != "string" or values.null_count == len(values):
        return
    yield from _check_cells(report, column.name, values)
    if column.enum:
        known = pc.or_kleene(pc.is_in(values, value_set=strings(column.enum)), pc.is_null(values))
        yield from report.rows(~as_mask(known), column.name, "enum", "one of " + ", ".join(column.enum))
    if column.pattern:
        fits = pc.match_substring_regex(values, f"^(?:{column.pattern})$")
        yield from report.rows(as_mask(pc.invert(fits)), column.name, "pattern", column.pattern)


def _check_cells(report: Report, name: str, values: pa.Array) -> Iterator[Finding]:
    """How texts begin, or that they are there at all."""
    offsets, content = as_utf8(values)
    empty = offsets[1:] == offsets[:-1]
    formula = ~empty
    formula[formula] = _FORMULA_BYTES[content[offsets[:-1][formula]]]
    yield from report.rows(empty & as_mask(values.is_valid()), name, "missing", "null instead of an empty text")
    yield from report.rows(formula, name, "formula", "no cell that a spreadsheet takes for a formula", severity="warning")


def _check_keys(report: Report) -> Iterator[Finding]:
    key = report.schema.primary_key
    if key is None:
        return
    values = report.values(key)
    if pc.count_distinct(values, mode="all").as_py() < len(values):
        yield from report.rows(_repeats(values), key, "unique", "a key that no other row has")
    if key != "article_id":
        given = values.is_valid()
        wrong = as_mask(given)
        wrong[wrong] = ~as_mask(pc.equal(_article_of(values.filter(given)), report.values("article_id").filter(given)))
        yield from report.rows(wrong, key, "key", "a key that begins with its article's")


def _repeats(values: pa.Array) -> Mask:
    """Rows whose value stands in an earlier row."""
    codes = as_integers(values.dictionary_encode().indices)
    repeated = np.ones(len(codes), np.bool_)
    repeated[np.unique(codes, return_index=True)[1]] = False
    return repeated


def _article_of(keys: pa.Array) -> pa.Array:
    """An article's identifier holds no full stop, so it is what stands before a key's first one."""
    parts = pc.split_pattern(keys, ".", max_splits=1)
    return parts.values.take(parts.offsets[:-1])


def _check_references(report: Report, reports: dict[str, Report], articles: dict[str, Ints]) -> Iterator[Finding]:
    """``articles`` are the indexes of the articles of each table's rows."""
    own = articles[report.schema.name]
    for key in report.schema.foreign_keys:
        values, expected = report.values(key.column), f"a {key.key} of table {key.table}"
        if key.column == "article_id":
            yield from report.rows((own < 0) & as_mask(values.is_valid()), key.column, "reference", expected)
        elif values.null_count < len(values):
            place = as_integers(pc.index_in(values, value_set=reports[key.table].values(key.key)), missing=-1)
            given = as_mask(values.is_valid())
            yield from report.rows(given & (place < 0), key.column, "reference", expected)
            elsewhere = given & (place >= 0)
            elsewhere[elsewhere] = articles[key.table][place[elsewhere]] != own[elsewhere]
            yield from report.rows(elsewhere, key.column, "reference", "a row of the same article")


def _check_order(report: Report, articles: Ints, texts: ArticleTexts) -> Iterator[Finding]:
    """By article as in ``articles``, then by place."""
    if "start" not in report.schema.column_names:
        return
    places = texts.code_points(articles, report.values("start"))
    falls = np.zeros(len(places), np.bool_)
    falls[1:] = places[1:] < places[:-1]
    yield from report.rows(falls, "start", "order", "rows by article, then by place")
