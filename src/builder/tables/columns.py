"""Columns that several tables have: keys, references, and what stands at a span, for the rows of many articles at once."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.tables.arrays import Ints, as_utf8, byte_places, continuations, cut, integers, joined, strings
from builder.text.article import Article
from builder.text.span import Span

Verbatim = tuple[pa.Array, pa.Array, pa.Array]
"""Texts, starts and ends of spans; null where there is none."""

_NOWHERE = (-1, -1)


class Texts:
    """Identifiers and texts of some articles, which are numbered from 0 on."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.ids = strings([article.article_id for article in articles])
        self.column = strings([article.text for article in articles])
        content = as_utf8(self.column)[1]
        self.content = content.tobytes()
        self.continuations = continuations(content)
        self.firsts = _firsts([len(article.text) for article in articles])


class Rows:
    """Rows of one table, of each article so many; ``articles`` are the numbers of their articles."""

    def __init__(self, texts: Texts, counts: Sequence[int]) -> None:
        self._texts = texts
        self.articles: Ints = np.repeat(np.arange(len(counts)), counts)
        self.article_id: pa.Array = pc.take(texts.ids, integers(self.articles))
        self._firsts = _firsts(counts)

    @property
    def untouched(self) -> pa.Array:
        """The column ``coding_status`` of rows that no person has looked at."""
        return strings(["machine"] * len(self.articles))

    def place_keys(self, kind: str, start: pa.Array) -> pa.Array:
        """``article.d12`` for a row of kind ``d``; null where ``start`` is."""
        return joined(self.article_id, f".{kind}", start)

    def siblings(self, keys: pa.Array, numbers: Ints) -> pa.Array:
        """Of the ``keys`` of these rows those of the rows numbered within their article; null for -1."""
        return Keys(keys, self._firsts).of(self.articles, numbers)

    def place(self, spans: Sequence[Span]) -> dict[str, pa.Array]:
        """The columns ``text``, ``start`` and ``end``."""
        return dict(zip(("text", "start", "end"), self.verbatim(*bounds(spans)), strict=True))

    def spans(self, column: str, spans: Sequence[Span | None]) -> dict[str, pa.Array]:
        """The columns ``column``, ``column_start`` and ``column_end``."""
        return dict(zip((column, f"{column}_start", f"{column}_end"), self.verbatim(*bounds(spans)), strict=True))

    def verbatim(self, starts: Ints, ends: Ints) -> Verbatim:
        """Spans of the rows' articles; none where ``starts`` is -1."""
        texts, given = self._texts, starts >= 0
        first = texts.firsts[self.articles]
        places = [np.where(given, byte_places(texts.continuations, first + at), 0) for at in (starts, ends)]
        return cut(texts.content, places[0], places[1], given), integers(starts, given), integers(ends, given)


class Keys:
    """Keys of the rows of one table, article by article; ``firsts`` are the places of each article's first."""

    def __init__(self, values: pa.Array, firsts: Ints) -> None:
        self._values = values
        self._firsts = firsts

    def of(self, articles: Ints, numbers: Ints) -> pa.Array:
        """Keys of rows numbered within their article; null for -1."""
        return pc.take(self._values, integers(self._firsts[articles] + numbers, numbers >= 0))


class NamedKeys:
    """Keys of participants and agencies; an article's participants are numbered from 0 on, then its agencies."""

    def __init__(self, participants: Sequence[int], keys: Sequence[list[str]]) -> None:
        """``participants`` are how many ``keys`` of each article are those of participants."""
        self._first_agencies = np.array(participants, np.int64)
        self.all = Keys(strings(list(chain.from_iterable(keys))), _firsts(list(map(len, keys))))

    def split(self, articles: Ints, numbers: Ints) -> tuple[pa.Array, pa.Array]:
        """Participants and agencies, each null where the other is meant; both for -1."""
        is_agency = numbers >= self._first_agencies[articles]
        return tuple(self.all.of(articles, np.where(is_agency == wanted, numbers, -1)) for wanted in (False, True))

    def agencies(self, articles: Ints, agencies: Ints) -> pa.Array:
        return self.all.of(articles, np.where(agencies < 0, -1, self._first_agencies[articles] + agencies))


def numbers(values: Sequence[int | None]) -> Ints:
    """-1 for none."""
    return np.fromiter([-1 if value is None else value for value in values], np.int64, len(values))


def bounds(spans: Sequence[Span | None]) -> tuple[Ints, Ints]:
    """Starts and ends, -1 for none."""
    both = np.fromiter(chain.from_iterable([span or _NOWHERE for span in spans]), np.int64, 2 * len(spans))
    return both[::2], both[1::2]


def _firsts(counts: Sequence[int]) -> Ints:
    """Where the things of each article begin, if so many of each follow each other."""
    return np.cumsum([0, *counts[:-1]], dtype=np.int64)
