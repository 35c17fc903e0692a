"""From the tagged names and the agencies of an article to its participants."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.document import Document
from builder.participants.found import FoundParticipant
from builder.span import Span

if TYPE_CHECKING:
    from builder.agencies import FoundAgency
    from builder.names import Name


def find_participants(
    document: Document, names: "Sequence[Name]", agencies: "Sequence[FoundAgency]", title: Span | None = None
) -> list[FoundParticipant]:
    """The participants of an article in the order of their spans; ``title`` is the headline's span in the text.

    Each person among ``names`` is a mention of exactly one participant, with the same span.
    """
    return []
