"""That a verbatim column equals the text of its span, compared for all rows at once, byte by byte."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.tables.arrays import Bytes, Ints, Mask, as_integers, as_utf8, byte_places, continuations, integers
from builder.validate.findings import Finding
from builder.validate.report import Report

_SHORT = 32


class ArticleTexts:
    """The texts of some articles end to end, as UTF-8; places count code points from the start of the first."""

    def __init__(self, articles: Report) -> None:
        self._ids = articles["article_id"].values
        self.known = articles["text"].given
        self.raw = as_utf8(articles["text"].values)[1].tobytes()
        self.bytes = np.frombuffer(self.raw, np.uint8)
        self.lengths = articles["n_characters"].integers
        held = np.where(self.known, self.lengths, 0)
        self._first = np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.int64)
        self._first_held = np.concatenate([[0], np.cumsum(held)]).astype(np.int64)
        self._continuations = continuations(self.bytes)

    def articles_of(self, ids: pa.Array) -> Ints:
        """Index of each identifier's article; -1 for one that is not here."""
        return as_integers(pc.index_in(ids, value_set=self._ids), missing=-1)

    def places(self, articles: Ints, offsets: Ints) -> Ints:
        """Offsets within articles as places over all of them, whether their texts are known or not."""
        places: Ints = self._first[articles] + offsets
        return places

    def byte_places(self, articles: Ints, offsets: Ints) -> Ints:
        """Where in ``bytes`` offsets into articles with a known text are."""
        return byte_places(self._continuations, self._first_held[articles] + offsets)


def check_verbatim(report: Report, articles: Ints, texts: ArticleTexts) -> Iterator[Finding]:
    """``articles`` are the indexes of the rows' articles."""
    for column in report.schema.columns:
        if column.verbatim:
            yield from _check_column(report, column.name, column.verbatim, articles, texts)


def _check_column(report: Report, name: str, span: tuple[str, str], articles: Ints, texts: ArticleTexts) -> Iterator[Finding]:
    values, given = report[name].values, report[name].given
    for place in span:
        together = report[place].given == given
        yield from report.rows(~together, place, "span", f"a value exactly where {name} has one")
        given = given & together
    start, end = (report[column].integers for column in span)
    fits = (articles >= 0) & (start >= 0) & (start < end) & (end <= texts.lengths[articles])
    yield from report.rows(given & ~fits, span[1], "span", f"{span[0]} < {span[1]} <= n_characters")
    rows = np.flatnonzero(given & fits & texts.known[articles])
    if len(rows):
        wrong = np.zeros(len(given), np.bool_)
        where = [texts.byte_places(articles[rows], offsets[rows]) for offsets in (start, end)]
        compared = values if len(rows) == len(values) else pc.take(values, integers(rows))
        wrong[rows] = _differs(compared, where[0], where[1], texts)
        yield from report.rows(wrong, name, "verbatim", f"text[{span[0]}:{span[1]}]")


def _differs(values: pa.Array, start: Ints, end: Ints, texts: ArticleTexts) -> Mask:
    """Which values are not the bytes from ``start`` to ``end``."""
    offsets, content = as_utf8(values)
    differs: Mask = np.diff(offsets) != end - start
    if not differs.any() and _same_bytes(offsets, content, start, texts):
        return differs
    said, places = content.tobytes(), offsets.tolist()
    spans = zip(places, places[1:], start.tolist(), end.tolist(), strict=False)
    return np.array([said[a:b] != texts.raw[c:d] for a, b, c, d in spans], np.bool_)


def _same_bytes(offsets: Ints, content: Bytes, start: Ints, texts: ArticleTexts) -> bool:
    """Whether every value stands at its ``start``: short values are gathered byte by byte, long ones value by value."""
    lengths = np.diff(offsets)
    if len(content) <= _SHORT * len(lengths):
        places = np.repeat(start - offsets[:-1], lengths) + np.arange(len(content))
        return np.array_equal(texts.bytes[places], content)
    spans = zip(start.tolist(), (start + lengths).tolist(), strict=True)
    return b"".join([texts.raw[a:b] for a, b in spans]) == content.data
