"""That a verbatim column equals the text of its span, compared for all rows at once, byte by byte."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from builder.validate.findings import Finding
from builder.validate.report import Mask, Report, as_mask

Ints = npt.NDArray[np.int64]


class ArticleTexts:
    """The texts of some articles end to end, as UTF-8; places count code points from the start of the first."""

    def __init__(self, articles: pa.Table) -> None:
        self._ids = articles["article_id"].combine_chunks()
        texts = articles["text"].combine_chunks()
        self.known: Mask = as_mask(texts.is_valid())
        self.bytes = _utf8(texts)[1]
        self.lengths = _to_ints(articles["n_characters"].combine_chunks())
        held = np.where(self.known, self.lengths, 0)
        self._first = np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.int64)
        self._first_held = np.concatenate([[0], np.cumsum(held)]).astype(np.int64)
        self._boundaries = _boundaries(self.bytes)

    def articles_of(self, ids: pa.Array) -> Ints:
        """Index of each identifier's article; -1 for one that is not here."""
        return _to_ints(pc.index_in(ids, value_set=self._ids), missing=-1)

    def code_points(self, ids: pa.Array, offsets: pa.Array) -> Ints:
        """Offsets within articles as places over all of them, in the order of the articles."""
        return self._first[self.articles_of(ids)] + _to_ints(offsets)

    def byte_places(self, articles: Ints, offsets: Ints) -> Ints:
        """Where in ``bytes`` offsets into articles with a known text are."""
        places = self._first_held[articles] + offsets
        return places if self._boundaries is None else self._boundaries[np.minimum(places, len(self._boundaries) - 1)]


def check_verbatim(report: Report, texts: ArticleTexts) -> Iterator[Finding]:
    for column in report.schema.columns:
        if column.verbatim:
            yield from _check_column(report, column.name, column.verbatim, texts)


def _check_column(report: Report, name: str, span: tuple[str, str], texts: ArticleTexts) -> Iterator[Finding]:
    values = report.values(name)
    given = as_mask(values.is_valid())
    for end in span:
        together = as_mask(report.values(end).is_valid()) == given
        yield from report.rows(~together, end, "span", f"a value exactly where {name} has one")
        given &= together
    articles = texts.articles_of(report.values("article_id"))
    start, end = (_to_ints(report.values(column)) for column in span)
    fits = (articles >= 0) & (start >= 0) & (start < end) & (end <= texts.lengths[articles])
    yield from report.rows(given & ~fits, span[1], "span", f"{span[0]} < {span[1]} <= n_characters")
    rows = np.flatnonzero(given & fits & texts.known[articles])
    if len(rows):
        wrong = np.zeros(len(given), np.bool_)
        where = [texts.byte_places(articles[rows], offsets[rows]) for offsets in (start, end)]
        wrong[rows] = _differs(values.take(pa.array(rows)), where[0], where[1], texts.bytes)
        yield from report.rows(wrong, name, "verbatim", f"text[{span[0]}:{span[1]}]")


def _differs(values: pa.Array, start: Ints, end: Ints, text: npt.NDArray[np.uint8]) -> Mask:
    """Which values are not ``text[start:end]``."""
    offsets, content = _utf8(values)
    lengths = np.diff(offsets)
    differs: Mask = lengths != end - start
    same_length = np.where(differs, 0, lengths)
    rows = np.repeat(np.arange(len(lengths)), same_length)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(same_length) - same_length, same_length)
    unequal = content[offsets[rows] + within] != text[start[rows] + within]
    differs[rows[unequal]] = True
    return differs


def _utf8(values: pa.Array) -> tuple[Ints, npt.NDArray[np.uint8]]:
    """Offsets and bytes of a string array; offsets count from the first byte returned."""
    _, offset_buffer, data = values.buffers()
    if not len(values) or data is None:
        return np.zeros(len(values) + 1, np.int64), np.empty(0, np.uint8)
    offsets = np.frombuffer(offset_buffer, np.int32)[values.offset : values.offset + len(values) + 1].astype(np.int64)
    return offsets - offsets[0], np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]


def _boundaries(content: npt.NDArray[np.uint8]) -> Ints | None:
    """Byte place of each code point and of the end; None where they are the same."""
    if not len(content) or content.max() < 0x80:
        return None
    return np.append(np.flatnonzero((content & 0xC0) != 0x80), len(content))


def _to_ints(values: pa.Array, missing: int = 0) -> Ints:
    result: Any = values.fill_null(missing).to_numpy(zero_copy_only=False)
    return result.astype(np.int64)  # type: ignore[no-any-return]
