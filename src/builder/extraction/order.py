"""The features in their fixed order: articles in, findings out. Pure: no files, no clock."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from builder.extraction.agencies import FoundAgency, survey
from builder.extraction.dates import FoundDate, Written, find_dates
from builder.extraction.head import names_of_report, quotes_of_report
from builder.extraction.labels import names_with_labels
from builder.extraction.names import find_names
from builder.extraction.participants import FoundParticipant, find_participants
from builder.extraction.quotes import FoundQuote, find_quotes, find_turns
from builder.extraction.resolution import Resolved, resolve_speakers
from builder.extraction.tagged import TaggedDocument, tag_documents
from builder.knowledge.day_orders import day_order
from builder.knowledge.towns import is_town
from builder.text.article import Article
from builder.text.document import Document, documents_of
from builder.text.head import Head, read_head


class Findings(NamedTuple):
    """What was found in one article."""

    article: Article
    head: Head
    published: date | None
    dates: list[FoundDate]
    agencies: list[FoundAgency]
    participants: list[FoundParticipant]
    quotes: list[FoundQuote]
    resolved: Resolved


def extract_articles(articles: Sequence[Article]) -> list[Findings]:
    """What is found in each of ``articles``, in their order; nothing of it depends on the others."""
    documents = documents_of([article.text for article in articles])
    heads = [read_head(article.text, is_town) for article in articles]
    turns = find_turns(documents)
    names = list(map(names_with_labels, documents, map(names_of_report, documents, find_names(documents), heads), turns))
    times = _times(articles, documents, heads)
    begins = [head.dateline.stop if head.dateline else 0 for head in heads]
    quotes = find_quotes(documents, names, [[found.span for found in time.dates] for time in times], turns, begins)
    quotes = list(map(quotes_of_report, quotes, heads))
    return list(map(_find, articles, tag_documents(documents, names), times, quotes))


class _Times(NamedTuple):
    head: Head
    published: date | None
    dates: list[FoundDate]


def _times(articles: Sequence[Article], documents: Sequence[Document], heads: Sequence[Head]) -> list[_Times]:
    dates = find_dates(list(map(_written, articles, documents, heads)))
    return list(map(_time, articles, heads, dates))


def _written(article: Article, document: Document, head: Head) -> Written:
    dateline = head.dateline
    publisher = article.publisher or (dateline.publisher.of(article.text) if dateline and dateline.publisher else None)
    order = day_order(article.language, publisher) or article.day_order
    return Written(document, article.published, head.days, dateline.span if dateline else None, order)


def _time(article: Article, head: Head, dates: list[FoundDate]) -> _Times:
    created = (found.date_start for found in dates if found.function_in_document and found.precision == "day")
    return _Times(head, article.published or next(created, None), dates)


def _find(article: Article, tagged: TaggedDocument, times: _Times, quotes: list[FoundQuote]) -> Findings:
    head, published, dates = times
    title = article.title if article.title and article.title not in article.text else None
    agencies, setting = survey(tagged, head.dateline.publisher if head.dateline else None, article.publisher, title)
    participants = find_participants(tagged, agencies, head.title, setting)
    resolved = resolve_speakers(tagged.document, participants, agencies, quotes)
    return Findings(article, head, published, dates, agencies, participants, quotes, resolved)
