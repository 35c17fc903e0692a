"""The features in their fixed order: articles in, records out. Pure: no files, no clock."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from builder.agencies import FoundAgency, find_agencies
from builder.article import Article
from builder.dates import FoundDate, Written, find_dates
from builder.document import Document, documents_of
from builder.headline import Head, read_head
from builder.keys import name_keys, place_key, slug
from builder.names import find_names
from builder.participants import FoundParticipant, find_participants
from builder.quotes import FoundQuote, find_quotes
from builder.records import Affiliation, Agency, ArticleRow, Date, Mention, Participant, Quote, Tables
from builder.resolution import Referent, ReferringMention, ResolvedQuote, resolve_speakers
from builder.span import Span
from builder.tagged import TaggedDocument, tag_documents
from builder.tuples import make_all


def extract_articles(articles: Sequence[Article]) -> Tables:
    """The rows of ``articles``, in their order, each article's by place; no article's rows depend on the others."""
    documents = documents_of([article.text for article in articles])
    tables = Tables([], [], [], [], [], [], [])
    names = find_names(documents)
    times = _times(articles, documents)
    quotes = find_quotes(documents, names, [[found.span for found in time.dates] for time in times])
    found = map(_find, tag_documents(documents, names), times, quotes)
    for article, findings in zip(articles, found, strict=True):
        for table, rows in zip(tables, _Rows(article, findings).tables(), strict=True):
            table.extend(rows)  # type: ignore[attr-defined]
    return tables


class _Findings(NamedTuple):
    head: Head
    published: date | None
    dates: list[FoundDate]
    agencies: list[FoundAgency]
    participants: list[FoundParticipant]
    quotes: list[FoundQuote]
    resolved: list[ResolvedQuote]
    referring: list[ReferringMention]


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


def _find(tagged: TaggedDocument, times: _Times, quotes: list[FoundQuote]) -> _Findings:
    head, published, dates = times
    agencies = find_agencies(tagged, head.dateline.publisher if head.dateline else None)
    participants = find_participants(tagged, agencies, head.title)
    resolved, referring = resolve_speakers(tagged.document, participants, agencies, quotes)
    return _Findings(head, published, dates, agencies, participants, quotes, resolved, referring)


class _Rows:
    """Turns the findings of one article into its rows, with their keys."""

    def __init__(self, article: Article, findings: _Findings) -> None:
        self.article = article
        self.findings = findings
        self.body = article.text
        key = article.article_id
        named = [(found.name, found.span.start) for found in findings.participants]
        named += [(found.name, found.span.start) for found in findings.agencies]
        keys = name_keys(key, named)
        self.participant_ids = keys[: len(findings.participants)]
        self.agency_ids = keys[len(findings.participants) :]
        self.date_ids = [place_key(key, "d", found.span.start) for found in findings.dates]
        self.quote_ids = [place_key(key, "q", found.span.start) for found in findings.quotes]

    def tables(self) -> Tables:
        return Tables(
            [self.article_row()],
            list(map(self.participant, self.participant_ids, self.findings.participants)),
            list(map(self.agency, self.agency_ids, self.findings.agencies)),
            list(self.affiliations()),
            self.quotes(),
            self.dates(),
            self.mentions(),
        )

    def article_row(self) -> ArticleRow:
        article, head = self.article, self.findings.head
        dateline = head.dateline
        publisher = article.publisher or self.text(dateline.publisher if dateline else None)
        return ArticleRow(
            article.article_id,
            article.title or self.text(head.title),
            publisher,
            self.publisher_agency(publisher),
            self.findings.published,
            *self.verbatim(dateline.span if dateline else None),
            article.language or "en",
            article.text,
            len(article.text),
            article.sha256,
            article.source,
            article.rights,
            _article_rule(article, head),
        )

    def publisher_agency(self, publisher: str | None) -> str | None:
        """The agency that stands in the dateline's brackets or bears the publisher's name."""
        dateline = self.findings.head.dateline
        place = dateline.publisher if dateline else None
        wanted = slug(publisher) if publisher else None
        for found, key in zip(self.findings.agencies, self.agency_ids, strict=True):
            if place and any(mention.span == place for mention in found.mentions):
                return key
            if wanted and wanted in (slug(found.name), found.registry_key):
                return key
        return None

    def participant(self, key: str, found: FoundParticipant) -> Participant:
        return Participant(
            key,
            self.article.article_id,
            found.kind,
            found.name,
            *self.place(found.span),
            *self.verbatim(found.role),
            found.country_iso3,
            found.rule,
        )

    def agency(self, key: str, found: FoundAgency) -> Agency:
        return Agency(
            key,
            self.article.article_id,
            found.kind,
            found.name,
            *self.place(found.span),
            self.agency_ids[found.parent] if found.parent is not None else None,
            found.registry_key,
            found.country_iso3,
            found.rule,
        )

    def affiliations(self) -> Iterable[Affiliation]:
        prefix = len(self.article.article_id) + 1
        rows = (
            (evidence.span, participant_id, self.agency_ids[evidence.agency], evidence)
            for participant_id, found in zip(self.participant_ids, self.findings.participants, strict=True)
            for evidence in found.affiliations
        )
        for span, participant_id, agency_id, evidence in sorted(rows, key=lambda row: (row[0], row[1], row[2])):
            key = f"{participant_id}.{agency_id[prefix:]}"
            article_id = self.article.article_id
            yield Affiliation(key, article_id, participant_id, agency_id, evidence.relation, *self.place(span), evidence.rule)

    def quotes(self) -> list[Quote]:
        article_id, quote_ids, agency_ids = self.article.article_id, self.quote_ids, self.agency_ids
        rows = []
        for key, found, (speaker, addressee) in zip(quote_ids, self.findings.quotes, self.findings.resolved, strict=True):
            rows.append(
                (
                    key,
                    article_id,
                    found.kind,
                    *self.place(found.span),
                    found.attribution,
                    *self.verbatim(found.speaker),
                    *self.referent(speaker),
                    *self.verbatim(found.cue),
                    quote_ids[found.continues] if found.continues is not None else None,
                    agency_ids[addressee] if addressee is not None else None,
                    place_key(article_id, "d", found.date.start) if found.date else None,
                    found.rule,
                )
            )
        return make_all(Quote, rows)

    def dates(self) -> list[Date]:
        article_id, date_ids = self.article.article_id, self.date_ids
        rows = []
        for key, (span, *described, anchor, edtf, start, end, precision, rule) in zip(date_ids, self.findings.dates, strict=True):
            anchor_id = date_ids[anchor] if anchor is not None else None
            rows.append((key, article_id, *self.place(span), *described, anchor_id, edtf, start, end, precision, rule))
        return make_all(Date, rows)

    def mentions(self) -> list[Mention]:
        """Mentions by place; where two findings name the same span, a participant goes before an agency."""
        found: dict[tuple[int, int], tuple[str | None, str | None, str, str]] = {}
        for participant_id, participant in zip(self.participant_ids, self.findings.participants, strict=True):
            for span, form, rule in participant.mentions:
                found.setdefault(span, (participant_id, None, form, rule))
        for agency_id, agency in zip(self.agency_ids, self.findings.agencies, strict=True):
            for span, form, rule in agency.mentions:
                found.setdefault(span, (None, agency_id, form, rule))
        for span, referent, form, rule in self.findings.referring:
            found.setdefault(span, (*self.referent(referent), form, rule))
        article_id, text = self.article.article_id, self.body
        rows = [
            (f"{article_id}.m{start}-{end}", article_id, text[start:end], start, end, *found[start, end])
            for start, end in sorted(found)
        ]
        return make_all(Mention, rows)

    def referent(self, referent: Referent | None) -> tuple[str | None, str | None]:
        if referent is None:
            return None, None
        if referent.participant is not None:
            return self.participant_ids[referent.participant], None
        return None, self.agency_ids[referent.agency] if referent.agency is not None else None

    def text(self, span: Span | None) -> str | None:
        return span.of(self.body) if span else None

    def place(self, span: Span) -> tuple[str, int, int]:
        start, end = span
        return self.body[start:end], start, end

    def verbatim(self, span: Span | None) -> tuple[str | None, int | None, int | None]:
        return self.place(span) if span else _NOWHERE


_NOWHERE = (None, None, None)


def _article_rule(article: Article, head: Head) -> str:
    """Where title and date come from; see :data:`builder.headline.RULES`."""
    if article.title and article.published:
        return "metadata"
    if head.dateline:
        return "headline-and-dateline" if head.title or article.title else "dateline"
    return "headline" if head.title or article.title else "text-only"
