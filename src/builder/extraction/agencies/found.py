"""What the agency finder hands on."""

from typing import NamedTuple

from builder.text.span import Span


class AgencyMention(NamedTuple):
    """``form``: ``name`` where all its words belong to the complete name, ``alias`` for acronyms, other names and metonyms."""

    span: Span
    form: str
    rule: str


class FoundAgency(NamedTuple):
    """One body of one article. ``name`` is complete; ``span`` is where its fullest form stands, a coordinated name's own part.

    ``parent`` is the index of the body it is a part of in the list that holds this one. ``mentions`` ascend and hold ``span``;
    ``tokens`` are their token ranges.
    """

    kind: str
    name: str
    span: Span
    parent: int | None
    registry_key: str | None
    country_iso3: str | None
    country_rule: str | None
    rule: str
    mentions: tuple[AgencyMention, ...]
    tokens: tuple[tuple[int, int], ...]
