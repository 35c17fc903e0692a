"""Findings about what the rows of single tables say: checksums, overlaps, weekdays."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import numpy as np
import pyarrow.compute as pc

from builder.coding.view import IMPORT_RULE
from builder.tables.arrays import Ints, as_integers, as_mask, integers
from builder.validate.findings import Finding
from builder.validate.report import Report
from builder.validate.verbatim import ArticleTexts

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?i)\b(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"


def check_articles(report: Report) -> Iterator[Finding]:
    """The text's checksum and length; nothing where the text is left out."""
    texts = report["text"].values
    wrong = report["text"].given & (as_integers(pc.utf8_length(texts)) != report["n_characters"].integers)
    yield from report.rows(wrong, "n_characters", "length", "the number of code points of text")
    digests = report["sha256"].values.to_pylist()
    differs = [
        text.is_valid and hashlib.sha256(text.as_buffer()).hexdigest() != digest
        for text, digest in zip(texts, digests, strict=True)
    ]
    yield from report.rows(np.array(differs, np.bool_), "sha256", "checksum", "the SHA-256 of text")


def check_quotes(report: Report, articles: Ints, texts: ArticleTexts) -> Iterator[Finding]:
    """No two quotes of an article and of one source, the machine or an import, share a character."""
    start, end = (texts.places(articles, report[column].integers) for column in ("start", "end"))
    overlaps = np.zeros(len(start), np.bool_)
    for rows in _by_source(report):
        order = rows[np.lexsort((end[rows], start[rows]))]
        overlaps[order[1:]] = start[order[1:]] < np.maximum.accumulate(end[order])[:-1]
    yield from report.rows(overlaps, "start", "overlap", "a quote that begins where the one before it has ended")


def _by_source(report: Report) -> Iterator[Ints]:
    """Numbers of the machine's rows, with those of people, and of each import's."""
    rules = report["rule"].values
    imported = as_mask(pc.starts_with(rules, IMPORT_RULE))
    yield np.flatnonzero(~imported)
    if imported.any():
        for rule in pc.unique(rules.filter(pc.starts_with(rules, IMPORT_RULE))):
            yield np.flatnonzero(as_mask(pc.equal(rules, rule)))


def check_dates(report: Report) -> Iterator[Finding]:
    """First day not after the last; and a weekday that does not fit its date is the article's error, so a warning."""
    bounded = report["date_start"].given & report["date_end"].given
    backwards = bounded & (report["date_start"].integers > report["date_end"].integers)
    yield from report.rows(backwards, "date_end", "interval", "a day not before date_start")
    text, value = report["text"].values, report["value"].values
    rows = np.flatnonzero(as_mask(pc.match_substring_regex(value, r"^\d{4}-\d\d-\d\d")))
    rows = rows[as_mask(pc.match_substring_regex(pc.take(text, integers(rows)), _WEEKDAY))]
    pairs = zip(*(pc.take(values, integers(rows)).to_pylist() for values in (text, value)), strict=True)
    wrong = np.zeros(len(text), np.bool_)
    wrong[rows] = [not _weekday_fits(*pair) for pair in pairs]
    yield from report.rows(wrong, "text", "weekday", "the weekday of value", severity="warning")


@lru_cache(maxsize=1 << 12)
def _weekday_fits(text: str, value: str) -> bool:
    """False only where the text names one weekday and the day is another."""
    named = {_WEEKDAYS.index(word[:3].lower()) for word in re.findall(_WEEKDAY, text)}
    try:
        return len(named) != 1 or date.fromisoformat(value[:10]).weekday() in named
    except ValueError:
        return True
