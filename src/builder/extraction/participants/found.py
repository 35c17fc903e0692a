"""What the participant finder hands on."""

from typing import NamedTuple

from builder.text.span import Span


class ParticipantMention(NamedTuple):
    """``form``: ``name`` for the name or a part of it, ``alias`` for other names and metonyms, ``nominal`` for common nouns."""

    span: Span
    form: str
    rule: str


class FoundAffiliation(NamedTuple):
    """``agency`` is an index into the article's agencies; ``span`` is the evidence."""

    agency: int
    relation: str
    span: Span
    rule: str


class FoundParticipant(NamedTuple):
    """One person, delegation, group or state of one article.

    ``span`` is where ``name`` stands, or the first reference; ``role`` where the office or description stands. ``mentions``
    ascend and hold ``span``, ``tokens`` are their token ranges; no two affiliations name the same agency. ``roles`` are all
    descriptions that stand beside a name of the person, ``role`` first.
    """

    kind: str
    name: str
    span: Span
    role: Span | None
    country_iso3: str | None
    country_rule: str | None
    rule: str
    mentions: tuple[ParticipantMention, ...]
    affiliations: tuple[FoundAffiliation, ...]
    tokens: tuple[tuple[int, int], ...]
    roles: tuple[Span, ...] = ()
