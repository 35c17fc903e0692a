"""From the tagged names of an article to its agencies."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.agencies.found import FoundAgency
from builder.document import Document
from builder.span import Span

if TYPE_CHECKING:
    from builder.names import Name


def find_agencies(document: Document, names: "Sequence[Name]", publisher: Span | None = None) -> list[FoundAgency]:
    """The agencies of an article in the order of their spans.

    ``publisher`` is the span of the publisher's name in the dateline. Each organisation among ``names`` is a mention of
    exactly one agency, with the same span, unless it names a group or delegation: those are participants.
    """
    return []
