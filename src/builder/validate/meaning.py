"""Findings about what rows say, beyond their form: what no build could have written, whoever has recomputed the hashes since."""

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.coding.view import IMPORT_RULE
from builder.extraction.dates.calendar import period_of
from builder.knowledge.bodies import bodies
from builder.knowledge.countries import country_names
from builder.knowledge.lexicon import columns
from builder.publish.codebook import rules_of
from builder.tables.arrays import Mask, as_mask, joined, strings
from builder.tables.arrow import ArrowTables
from builder.tables.schema import table_schemas
from builder.validate.findings import Finding
from builder.validate.report import Report

_TIME = r"T(?:\d\d|XX):(?:\d\d|XX)|TMO|TMI|TAF|TEV|TNI|TDT"
_YEAR = r"\d{4}|\d{3}X|\d\dXX|XXXX"
_VALUE = re.compile(
    rf"(?:{_YEAR})(?:-(?:\d\d|XX)(?:-(?:\d\d|XX)(?:{_TIME})?)?|-W(?:\d\d|XX)(?:-(?:[1-7]|WE)(?:{_TIME})?)?|-Q[1-4X]|-H[12X]|-S[PU]|-FA|-WI)?"
    rf"|{_TIME}|(?:PAST|PRESENT|FUTURE)_REF|P(?:(?:\d+(?:\.\d+)?|X)(?:CE|DE|Y|M|W|D|Q|X|WE))*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?"
)
_PLACES = {"quotes": ".q", "dates": ".d", "mentions": ".m"}
_OWN_REFERENCES = {"agencies": "parent_agency_id", "quotes": "continues_quote_id", "dates": "anchor_date_id"}


def check_meaning(tables: ArrowTables, rows_before: dict[str, int]) -> Iterator[Finding]:
    """Of the tables of some articles; rows that people have decided on, or imported, may say what no rule does."""
    for name, table in tables.items():
        report = Report(table_schemas()[name], table, rows_before[name])
        made = _made_by_rules(report)
        yield from _check_names(report, made)
        if name in _PLACES:
            yield from _check_key(report, _PLACES[name], made)
        if name in _OWN_REFERENCES:
            column = _OWN_REFERENCES[name]
            itself = _equal(report[column].values, report[report.schema.primary_key or ""].values)
            yield from report.rows(itself, column, "reference", "another row than this one")
        if name == "quotes":
            yield from _check_attribution(report, made)
        if name == "dates":
            yield from _check_dates(report, made)


def _made_by_rules(report: Report) -> Mask:
    by_machine = _equal(report["coding_status"].values, strings(["machine"] * len(report["rule"].values)))
    return by_machine & ~as_mask(pc.starts_with(report["rule"].values, IMPORT_RULE))


def _check_names(report: Report, made: Mask) -> Iterator[Finding]:
    """Rules, countries and bodies are among those that the builder knows."""
    known = {"rule": _rules(report.schema.name), "country_iso3": _countries(), "registry_key": _registry_keys()}
    for column in known.keys() & set(report.schema.column_names):
        if len(known[column]):
            unknown = made & report[column].given & ~as_mask(pc.is_in(report[column].values, value_set=known[column]))
            yield from report.rows(unknown, column, "known", f"a {column} of this version of builder")


def _check_key(report: Report, mark: str, made: Mask) -> Iterator[Finding]:
    """Keys of what stands at a place tell the place."""
    expected = joined(report["article_id"].values, mark, report["start"].values)
    if report.schema.name == "mentions":
        expected = joined(expected, "-", report["end"].values)
    name = report.schema.primary_key or ""
    yield from report.rows(made & ~_equal(report[name].values, expected), name, "key", "a key that tells the row's place")


def _check_attribution(report: Report, made: Mask) -> Iterator[Finding]:
    kind = report["attribution"].values
    someone = report["speaker"].given | report["participant_id"].given | report["agency_id"].given
    unattributed = _equal(kind, strings(["unattributed"] * len(kind)))
    yield from report.rows(made & unattributed & someone, "attribution", "attribution", "no speaker where none was found")
    goes_on = _equal(kind, strings(["continued"] * len(kind)))
    wrong = made & goes_on & ~report["continues_quote_id"].given
    yield from report.rows(wrong, "continues_quote_id", "attribution", "the quote that this one goes on from")


def _check_dates(report: Report, made: Mask) -> Iterator[Finding]:
    values = report["value"].values.to_pylist()
    malformed = np.array([value is not None and not _is_value(value) for value in values], np.bool_)
    yield from report.rows(made & malformed, "value", "value", "a value of TIMEX3")
    names = ("type", "value", "mod", "edtf", "date_start", "date_end", "precision")
    rows = zip(*(report[name].values.to_pylist() for name in names), strict=True)
    wrong = np.array([not _days_fit(*row) for row in rows], np.bool_)
    yield from report.rows(made & wrong & ~malformed, "value", "days", "edtf, date_start, date_end and precision of this value")


def _is_value(value: str) -> bool:
    return len(value) > 1 and _VALUE.fullmatch(value) is not None


def _days_fit(
    type_: str, value: str, mod: str | None, edtf: str | None, start: object, end: object, precision: str | None
) -> bool:
    """Whether the days are those that the value means; a duration may have the days that it is reckoned from or to."""
    period = period_of(value) if type_ in ("DATE", "TIME") and value else None
    if period is None:
        return edtf is None and precision is None and (type_ == "DURATION" or start is None is end)
    about = "~" if mod == "APPROX" and "/" not in period.edtf else ""
    return (edtf, start, end, precision) == (period.edtf + about, period.start, period.end, period.precision)


def _equal(one: pa.Array, other: pa.Array) -> Mask:
    """False where either is null."""
    return as_mask(pc.equal(one, other))


@cache
def _rules(table: str) -> pa.Array:
    return strings(list(rules_of(table)))


@cache
def _countries() -> pa.Array:
    return strings(list(country_names()))


@cache
def _registry_keys() -> pa.Array:
    """Of the bodies that are written out, and of those that every country has."""
    organs = columns("organs.tsv")["organ"]
    return strings([*bodies(), *(f"{country.lower()}-{organ}" for country in country_names() for organ in organs)])
