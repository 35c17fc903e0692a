"""The tables of some articles, column by column, from what was found in each."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from builder.extraction import Findings
from builder.extraction.agencies import FoundAgency
from builder.extraction.dates import FoundDate
from builder.extraction.participants import FoundParticipant
from builder.extraction.quotes import FoundQuote
from builder.extraction.resolution import FoundMention
from builder.tables.arrays import integers, joined
from builder.tables.arrow import make_table
from builder.tables.columns import NamedKeys, Rows, Texts, bounds, numbers
from builder.tables.keys import name_keys
from builder.text.article import Article
from builder.text.head import Head
from builder.text.slug import slug
from builder.text.span import Span

R = TypeVar("R", bound=NamedTuple)


def make_tables(findings: Sequence[Findings]) -> dict[str, pa.Table]:
    """The rows of the articles in their order, each article's by place."""
    batch = _Batch(findings)
    return {
        "articles": _articles(batch),
        "participants": _participants(batch),
        "agencies": _agencies(batch),
        "affiliations": _affiliations(batch),
        "quotes": _quotes(batch),
        "dates": _dates(batch),
        "mentions": _mentions(batch),
    }


class _Batch:
    """The findings of some articles."""

    def __init__(self, findings: Sequence[Findings]) -> None:
        self.findings = findings
        self.texts = Texts([found.article for found in findings])
        self.named_ids = list(map(_named_ids, findings))
        participants = [len(found.participants) for found in findings]
        self.participant_ids = [keys[:count] for keys, count in zip(self.named_ids, participants, strict=True)]
        self.agency_ids = [keys[count:] for keys, count in zip(self.named_ids, participants, strict=True)]
        self.named = NamedKeys(participants, self.named_ids)

    def rows(self, kind: type[R], found: Sequence[Sequence[R]]) -> tuple[Rows, Any]:
        """Rows for what was found in each article, and its fields, each as a sequence over all rows."""
        every = list(chain.from_iterable(found))
        columns: Iterable[Any] = zip(*every, strict=True) if every else [()] * len(kind._fields)
        return Rows(self.texts, list(map(len, found))), kind(*columns)


def _named_ids(found: Findings) -> list[str]:
    """Keys of the participants, then of the agencies."""
    named = [(participant.name, participant.span.start) for participant in found.participants]
    named += [(agency.name, agency.span.start) for agency in found.agencies]
    return name_keys(found.article.article_id, named)


def _articles(batch: _Batch) -> pa.Table:
    articles = [found.article for found in batch.findings]
    heads = [found.head for found in batch.findings]
    rows = Rows(batch.texts, [1] * len(articles))
    titles = [head.title.of(article.text) if head.title else None for article, head in zip(articles, heads, strict=True)]
    publishers = list(map(_publisher, batch.findings))
    return make_table(
        "articles",
        article_id=batch.texts.ids,
        title=[article.title or title for article, title in zip(articles, titles, strict=True)],
        publisher=publishers,
        publisher_agency_id=list(map(_publisher_agency, batch.findings, batch.agency_ids, publishers)),
        published=[found.published for found in batch.findings],
        **rows.spans("dateline", [head.dateline.span if head.dateline else None for head in heads]),
        language=[article.language or "en" for article in articles],
        text=batch.texts.column,
        n_characters=[len(article.text) for article in articles],
        sha256=[article.sha256 for article in articles],
        source=[article.source for article in articles],
        rights=[article.rights for article in articles],
        extra=[article.extra for article in articles],
        rule=list(map(_article_rule, articles, heads)),
        coding_status=rows.untouched,
    )


def _publisher(found: Findings) -> str | None:
    article, dateline = found.article, found.head.dateline
    return article.publisher or (dateline.publisher.of(article.text) if dateline and dateline.publisher else None)


def _publisher_agency(found: Findings, agency_ids: list[str], publisher: str | None) -> str | None:
    """The agency that stands in the dateline's brackets or bears the publisher's name."""
    dateline = found.head.dateline
    place = dateline.publisher if dateline else None
    wanted = slug(publisher) if publisher else None
    for agency, key in zip(found.agencies, agency_ids, strict=True):
        if place and any(mention.span == place for mention in agency.mentions):
            return key
        if wanted and wanted in (slug(agency.name), agency.registry_key):
            return key
    return None


def _article_rule(article: Article, head: Head) -> str:
    """Where title and date come from; see :data:`builder.text.head.RULES`."""
    if article.title and article.published:
        return "metadata"
    if head.dateline:
        return "headline-and-dateline" if head.title or article.title else "dateline"
    return "headline" if head.title or article.title else "text-only"


def _participants(batch: _Batch) -> pa.Table:
    rows, found = batch.rows(FoundParticipant, [one.participants for one in batch.findings])
    return make_table(
        "participants",
        participant_id=list(chain.from_iterable(batch.participant_ids)),
        article_id=rows.article_id,
        kind=found.kind,
        name=found.name,
        **rows.place(found.span),
        **rows.spans("role", found.role),
        country_iso3=found.country_iso3,
        country_rule=found.country_rule,
        rule=found.rule,
        coding_status=rows.untouched,
    )


def _agencies(batch: _Batch) -> pa.Table:
    rows, found = batch.rows(FoundAgency, [one.agencies for one in batch.findings])
    return make_table(
        "agencies",
        agency_id=list(chain.from_iterable(batch.agency_ids)),
        article_id=rows.article_id,
        kind=found.kind,
        name=found.name,
        **rows.place(found.span),
        parent_agency_id=batch.named.agencies(rows.articles, numbers(found.parent)),
        registry_key=found.registry_key,
        country_iso3=found.country_iso3,
        country_rule=found.country_rule,
        rule=found.rule,
        coding_status=rows.untouched,
    )


class _Affiliation(NamedTuple):
    participant_id: str
    agency_id: str
    relation: str
    span: Span
    rule: str


def _affiliations(batch: _Batch) -> pa.Table:
    rows, found = batch.rows(_Affiliation, list(map(_affiliations_of, batch.findings, batch.named_ids)))
    pairs = zip(found.participant_id, found.agency_id, strict=True)
    return make_table(
        "affiliations",
        affiliation_id=[f"{participant}.{agency.partition('.')[2]}" for participant, agency in pairs],
        article_id=rows.article_id,
        participant_id=found.participant_id,
        agency_id=found.agency_id,
        relation=found.relation,
        **rows.place(found.span),
        rule=found.rule,
        coding_status=rows.untouched,
    )


def _affiliations_of(found: Findings, named_ids: list[str]) -> list[_Affiliation]:
    agency_ids = named_ids[len(found.participants) :]
    rows = [
        _Affiliation(participant_id, agency_ids[agency], relation, span, rule)
        for participant_id, participant in zip(named_ids, found.participants, strict=False)
        for agency, relation, span, rule in participant.affiliations
    ]
    return sorted(rows, key=lambda row: (row.span, row.participant_id, row.agency_id))


def _quotes(batch: _Batch) -> pa.Table:
    rows, found = batch.rows(FoundQuote, [one.quotes for one in batch.findings])
    place = rows.place(found.span)
    quote_id = rows.place_keys("q", place["start"])
    speakers = numbers([number for one in batch.findings for number in one.resolved.speakers])
    participant_id, agency_id = batch.named.split(rows.articles, speakers)
    said_on, _ = bounds(found.date)
    addressees = numbers([number for one in batch.findings for number in one.resolved.addressees])
    return make_table(
        "quotes",
        quote_id=quote_id,
        article_id=rows.article_id,
        kind=found.kind,
        **place,
        attribution=found.attribution,
        **rows.spans("speaker", found.speaker),
        participant_id=participant_id,
        agency_id=agency_id,
        **rows.spans("cue", found.cue),
        continues_quote_id=rows.siblings(quote_id, numbers(found.continues)),
        addressee_agency_id=batch.named.all.of(rows.articles, addressees),
        date_id=rows.place_keys("d", integers(said_on, said_on >= 0)),
        certainty=found.certainty,
        rule=found.rule,
        coding_status=rows.untouched,
    )


def _dates(batch: _Batch) -> pa.Table:
    rows, found = batch.rows(FoundDate, [one.dates for one in batch.findings])
    place = rows.place(found.span)
    date_id = rows.place_keys("d", place["start"])
    return make_table(
        "dates",
        date_id=date_id,
        article_id=rows.article_id,
        **place,
        type=found.type,
        value=found.value,
        mod=found.mod,
        function_in_document=found.function_in_document,
        anchor_date_id=rows.siblings(date_id, numbers(found.anchor)),
        edtf=found.edtf,
        date_start=found.date_start,
        date_end=found.date_end,
        precision=found.precision,
        rule=found.rule,
        coding_status=rows.untouched,
    )


def _mentions(batch: _Batch) -> pa.Table:
    """Where two findings name the same span, a participant goes before an agency."""
    rows, found = batch.rows(FoundMention, [one.resolved.mentions for one in batch.findings])
    starts, ends, whom = map(numbers, (found.start, found.end, found.whom))
    text, start, end = rows.verbatim(starts, ends)
    participant_id, agency_id = batch.named.split(rows.articles, whom)
    table = make_table(
        "mentions",
        mention_id=joined(rows.place_keys("m", start), "-", end),
        article_id=rows.article_id,
        text=text,
        start=start,
        end=end,
        participant_id=participant_id,
        agency_id=agency_id,
        form=found.form,
        rule=found.rule,
        coding_status=rows.untouched,
    )
    repeated = np.flatnonzero((np.diff(starts) == 0) & (np.diff(ends) == 0) & (np.diff(rows.articles) == 0)) + 1
    return pc.take(table, integers(np.delete(np.arange(len(starts)), repeated))) if len(repeated) else table
