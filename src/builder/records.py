"""One immutable record for each table; the fields stand in the order of ``schema/NAME.json``, which says what they hold."""

from datetime import date
from typing import NamedTuple


class ArticleRow(NamedTuple):
    article_id: str
    title: str | None
    publisher: str | None
    publisher_agency_id: str | None
    published: date | None
    dateline: str | None
    dateline_start: int | None
    dateline_end: int | None
    language: str | None
    text: str | None
    n_characters: int
    sha256: str
    source: str | None
    rights: str | None
    rule: str


class Participant(NamedTuple):
    participant_id: str
    article_id: str
    kind: str
    name: str
    text: str
    start: int
    end: int
    role: str | None
    role_start: int | None
    role_end: int | None
    country_iso3: str | None
    rule: str


class Agency(NamedTuple):
    agency_id: str
    article_id: str
    kind: str
    name: str
    text: str
    start: int
    end: int
    parent_agency_id: str | None
    registry_key: str | None
    country_iso3: str | None
    rule: str


class Affiliation(NamedTuple):
    affiliation_id: str
    article_id: str
    participant_id: str
    agency_id: str
    relation: str
    text: str
    start: int
    end: int
    rule: str


class Quote(NamedTuple):
    quote_id: str
    article_id: str
    kind: str
    text: str
    start: int
    end: int
    attribution: str
    speaker: str | None
    speaker_start: int | None
    speaker_end: int | None
    participant_id: str | None
    agency_id: str | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    continues_quote_id: str | None
    addressee_agency_id: str | None
    date_id: str | None
    rule: str


class Date(NamedTuple):
    date_id: str
    article_id: str
    text: str
    start: int
    end: int
    type: str
    value: str
    mod: str | None
    function_in_document: str | None
    anchor_date_id: str | None
    edtf: str | None
    date_start: date | None
    date_end: date | None
    precision: str | None
    rule: str


class Mention(NamedTuple):
    mention_id: str
    article_id: str
    text: str
    start: int
    end: int
    participant_id: str | None
    agency_id: str | None
    form: str
    rule: str


class Reject(NamedTuple):
    """What a source holds that became no article, and why."""

    source: str
    place: str | None
    reason: str

    def __str__(self) -> str:
        return f"{self.source}, {self.place}: {self.reason}" if self.place else f"{self.source}: {self.reason}"


class Tables(NamedTuple):
    """The rows of one or more articles, each table in the order in which its rows are published."""

    articles: list[ArticleRow]
    participants: list[Participant]
    agencies: list[Agency]
    affiliations: list[Affiliation]
    quotes: list[Quote]
    dates: list[Date]
    mentions: list[Mention]
