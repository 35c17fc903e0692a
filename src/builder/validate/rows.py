"""Findings about rows: what the schemas demand of each column, and keys and references between tables.

Works on the rows of whole articles at a time, in Arrow and NumPy; no check looks at a row on its own.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.arrays import Mask, as_integers, as_mask, strings
from builder.schema import Column, table_schemas
from builder.tables import ArrowTables
from builder.validate.content import check_articles, check_dates, check_quotes
from builder.validate.findings import Finding
from builder.validate.report import Report
from builder.validate.verbatim import ArticleTexts, check_verbatim


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
    for report in reports.values():
        yield from _check_keys(report)
        yield from _check_references(report, tables)
        yield from check_verbatim(report, texts)
        yield from _check_order(report, texts)
    yield from check_articles(reports["articles"])
    yield from check_quotes(reports["quotes"], texts)
    yield from check_dates(reports["dates"])


def _check_column(report: Report, column: Column) -> Iterator[Finding]:
    values = report.values(column.name)
    if column.required and values.null_count:
        yield from report.rows(as_mask(pc.is_null(values)), column.name, "required", "a value")
    if column.minimum is not None:
        yield from report.rows(
            as_integers(values, column.minimum) < column.minimum, column.name, "minimum", f"at least {column.minimum}"
        )
    if column.type != "string":
        return
    yield from report.rows(as_integers(pc.binary_length(values), 1) == 0, column.name, "missing", "null instead of an empty text")
    if column.enum:
        known = pc.or_kleene(pc.is_in(values, value_set=strings(column.enum)), pc.is_null(values))
        yield from report.rows(~as_mask(known), column.name, "enum", "one of " + ", ".join(column.enum))
    if column.pattern:
        fits = pc.match_substring_regex(values, f"^(?:{column.pattern})$")
        yield from report.rows(as_mask(pc.invert(fits)), column.name, "pattern", column.pattern)
    formula = pc.match_substring_regex(values, r"^[=+\-@\t\r]")
    yield from report.rows(
        as_mask(formula), column.name, "formula", "no cell that a spreadsheet takes for a formula", severity="warning"
    )


def _check_keys(report: Report) -> Iterator[Finding]:
    key = report.schema.primary_key
    if key is None:
        return
    values = report.values(key)
    if pc.count_distinct(values, mode="all").as_py() < len(values):
        yield from report.rows(_repeats(values), key, "unique", "a key that no other row has")
    if key != "article_id":
        own = pc.equal(_article_of(values), report.values("article_id"))
        yield from report.rows(~as_mask(own), key, "key", "a key that begins with its article's")


def _repeats(values: pa.Array) -> Mask:
    """Rows whose value stands in an earlier row."""
    codes = as_integers(values.dictionary_encode().indices)
    repeated = np.ones(len(codes), np.bool_)
    repeated[np.unique(codes, return_index=True)[1]] = False
    return repeated


def _article_of(keys: pa.Array) -> pa.Array:
    """An article's identifier holds no full stop, so it is what stands before a key's first one."""
    return pc.replace_substring_regex(keys, r"(?s)\..*", "")


def _check_references(report: Report, tables: ArrowTables) -> Iterator[Finding]:
    for key in report.schema.foreign_keys:
        values = report.values(key.column)
        if values.null_count == len(values):
            continue
        target = tables[key.table]
        place = pc.index_in(values, value_set=target[key.key].combine_chunks())
        dangling = as_mask(pc.and_(pc.is_valid(values), pc.is_null(place)))
        yield from report.rows(dangling, key.column, "reference", f"a {key.key} of table {key.table}")
        elsewhere = pc.not_equal(pc.take(target["article_id"].combine_chunks(), place), report.values("article_id"))
        yield from report.rows(as_mask(elsewhere), key.column, "reference", "a row of the same article")


def _check_order(report: Report, texts: ArticleTexts) -> Iterator[Finding]:
    """By article as in ``articles``, then by place."""
    if "start" not in report.schema.column_names:
        return
    places = texts.code_points(report.values("article_id"), report.values("start"))
    falls = np.zeros(len(places), np.bool_)
    falls[1:] = places[1:] < places[:-1]
    yield from report.rows(falls, "start", "order", "rows by article, then by place")
