"""The features in their fixed order: articles in, tables out. Pure: no files, no clock."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from builder.agencies import find_agencies
from builder.article import Article
from builder.dates import FoundDate, Written, find_dates
from builder.document import Document, documents_of
from builder.headline import Head, read_head
from builder.names import find_names
from builder.participants import find_participants
from builder.quotes import FoundQuote, find_quotes
from builder.resolution import resolve_speakers
from builder.rows import Findings, make_tables
from builder.tagged import TaggedDocument, tag_documents


def extract_articles(articles: Sequence[Article]) -> dict[str, pa.Table]:
    """The rows of ``articles``, in their order, each article's by place; no article's rows depend on the others."""
    documents = documents_of([article.text for article in articles])
    names = find_names(documents)
    times = _times(articles, documents)
    quotes = find_quotes(documents, names, [[found.span for found in time.dates] for time in times])
    return make_tables(list(map(_find, articles, tag_documents(documents, names), times, quotes)))


class _Times(NamedTuple):
    head: Head
    published: date | None
    dates: list[FoundDate]


def _times(articles: Sequence[Article], documents: Sequence[Document]) -> list[_Times]:
    heads = [read_head(article.text) for article in articles]
    datelines = [head.dateline.span if head.dateline else None for head in heads]
    dates = find_dates(list(map(Written, documents, [article.published for article in articles], datelines)))
    return list(map(_time, articles, heads, dates))


def _time(article: Article, head: Head, dates: list[FoundDate]) -> _Times:
    created = (found.date_start for found in dates if found.function_in_document and found.precision == "day")
    return _Times(head, article.published or next(created, None), dates)


def _find(article: Article, tagged: TaggedDocument, times: _Times, quotes: list[FoundQuote]) -> Findings:
    head, published, dates = times
    agencies = find_agencies(tagged, head.dateline.publisher if head.dateline else None)
    participants = find_participants(tagged, agencies, head.title)
    resolved = resolve_speakers(tagged.document, participants, agencies, quotes)
    return Findings(article, head, published, dates, agencies, participants, quotes, resolved)
