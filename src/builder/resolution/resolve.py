"""Who the speaker and the addressee of each quote are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from builder.document import Document
from builder.span import Span

if TYPE_CHECKING:
    from builder.agencies import FoundAgency
    from builder.participants import FoundParticipant
    from builder.quotes import FoundQuote


class Referent(NamedTuple):
    """A row meant: exactly one of ``participant`` and ``agency`` is an index into its list."""

    participant: int | None
    agency: int | None


class ReferringMention(NamedTuple):
    """A pronoun or common noun that a quote needs; never at the span of a mention that the participants or agencies hold."""

    span: Span
    referent: Referent
    form: str
    rule: str


class ResolvedQuote(NamedTuple):
    """``speaker`` is None where nobody in the article fits; ``addressee_agency`` is an index into the agencies."""

    speaker: Referent | None
    addressee_agency: int | None


def resolve_speakers(
    document: Document,
    participants: "Sequence[FoundParticipant]",
    agencies: "Sequence[FoundAgency]",
    quotes: "Sequence[FoundQuote]",
) -> tuple[list[ResolvedQuote], list[ReferringMention]]:
    """One ResolvedQuote for each quote, in the same order, and the further mentions found on the way, ascending."""
    return [ResolvedQuote(None, None) for _ in quotes], []
