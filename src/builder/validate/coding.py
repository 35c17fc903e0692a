"""That the published rows are what the machine's rows and people's decisions give: the merge is done again and compared."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from builder.coding.decisions import Decision, Line, parse_decision
from builder.coding.merge import Merged, merge
from builder.coding.patch import Original
from builder.coding.records import originals_table, reviews_table
from builder.coding.unmerge import machine_tables
from builder.errors import InputError
from builder.tables.arrays import as_mask, strings
from builder.tables.arrow import ArrowTables
from builder.tables.schema import ARTICLE_TABLES
from builder.validate.findings import Finding, errors
from builder.validate.rows import check_rows

Rows = list[dict[str, Any]]


class CodingProof:
    """``reviews`` and ``originals`` are those of the package; :meth:`check` is asked article by article."""

    def __init__(self, reviews: pa.Table, originals: pa.Table, coders: pa.Table) -> None:
        self._reviews = _by_article(reviews)
        self._originals = _by_article(originals)
        self._coders = set(coders["coder_id"].to_pylist())

    def check(self, tables: ArrowTables) -> Iterator[Finding]:
        """Whether the rows of some articles, those with decisions among them, follow from the machine's and the decisions."""
        ids = set(tables["articles"]["article_id"].to_pylist())
        touched = sorted(ids & (self._reviews.keys() | self._originals.keys()))
        yield from _untouched(tables, touched)
        touched = self._provable(tables, touched)
        reviews = [row for article_id in touched for row in self._reviews.get(article_id, ())]
        originals = [Original(**row) for article_id in touched for row in self._originals.get(article_id, ())]
        if not touched:
            return
        own = {name: _of(tables[name], touched) for name in ARTICLE_TABLES}
        try:
            machine = machine_tables(own, originals)
            merged = merge(machine, [_decision(row) for row in reviews], _first_error)
        except (InputError, ValueError, TypeError, KeyError, LookupError, pa.ArrowException) as error:
            yield _finding("reviews", "decisions that can be applied", " ".join(str(error).split())[:200])
            return
        yield from _compare(own, merged, reviews, originals)

    def _provable(self, tables: ArrowTables, touched: Sequence[str]) -> list[str]:
        """Articles with their texts, or coded in the very text of this package: places that moved need the text to be found."""
        columns = (tables["articles"][name].to_pylist() for name in ("article_id", "text"))
        silent = {article_id for article_id, text in zip(*columns, strict=True) if text is None}
        moved = {
            article_id
            for article_id in silent & self._reviews.keys()
            if any(row["anchor"] not in ("exact", "none") for row in self._reviews[article_id])
        }
        return [article_id for article_id in touched if article_id not in moved]

    def strays(self, article_ids: set[str | None]) -> Iterator[Finding]:
        """Rows about articles that the package does not have, and coders who are not listed."""
        for name, rows in (("reviews", self._reviews), ("originals", self._originals)):
            for article_id in sorted(rows.keys() - article_ids, key=str):
                if article_id is not None:
                    yield _finding(name, "an article of the package", repr(article_id))
        named = {row["coder_id"] for rows in self._reviews.values() for row in rows}
        for coder in sorted(named - self._coders):
            yield _finding("reviews", "a coder of table coders", repr(coder))


def _by_article(table: pa.Table) -> dict[str | None, Rows]:
    rows: dict[str | None, Rows] = defaultdict(list)
    for row in table.to_pylist():
        rows[row["article_id"]].append(row)
    return dict(rows)


def _decision(row: dict[str, Any]) -> Decision:
    decision = parse_decision(Line("reviews", row["line"], row["decision"].encode()))
    if (decision.id, decision.coder) != (row["review_id"], row["coder_id"]):
        raise InputError(f"decision {decision.id!r} of {decision.coder!r} is told as {row['review_id']!r}")
    return decision


def _first_error(tables: ArrowTables) -> str | None:
    wrong = errors(check_rows(tables))
    return str(wrong[0]) if wrong else None


def _of(table: pa.Table, article_ids: Sequence[str]) -> pa.Table:
    return table.filter(pc.is_in(table["article_id"].combine_chunks(), value_set=strings(article_ids))).combine_chunks()


def _untouched(tables: ArrowTables, touched: Sequence[str]) -> Iterator[Finding]:
    """Rows of articles on which no one has decided are the machine's."""
    for name in ARTICLE_TABLES:
        table = tables[name]
        marked = pc.not_equal(table["coding_status"].combine_chunks(), "machine")
        if not as_mask(marked).any():
            continue
        known = pc.is_in(table["article_id"].combine_chunks(), value_set=strings(touched))
        if (count := int(as_mask(pc.and_(marked, pc.invert(known))).sum())) > 0:
            yield _finding(name, "machine where no one has decided", f"{count} rows with another coding_status")


def _compare(own: ArrowTables, merged: Merged, reviews: Rows, originals: Sequence[Original]) -> Iterator[Finding]:
    for name in ARTICLE_TABLES:
        if not own[name].equals(merged.tables[name].combine_chunks()):
            yield _finding(name, "the rows that the machine's rows and the decisions give", _first_other(own[name], merged, name))
    if originals_table(sorted(originals)) != originals_table(sorted(merged.originals)):
        yield _finding("originals", "the machine's rows where they were changed", "others")
    again = {row["review_id"]: row for row in reviews_table(merged.reviews).to_pylist()}
    for row in reviews:
        other = again.get(row["review_id"], {})
        for column in row:
            if row[column] != other.get(column):
                yield _finding("reviews", f"{column} {other.get(column)!r} of {row['review_id']}", repr(row[column]))


def _first_other(table: pa.Table, merged: Merged, name: str) -> str:
    pairs = zip(table.to_pylist(), merged.tables[name].to_pylist(), strict=False)
    first = next((row for row, other in pairs if row != other), None)
    return f"{table.num_rows} rows" if first is None else f"a row {next(iter(first.values()))!r} that differs"


def _finding(name: str, expected: str, found: str) -> Finding:
    return Finding("error", f"{name}.parquet", None, None, "coding", expected, found)
