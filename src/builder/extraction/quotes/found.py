"""What the quote finder hands on."""

from typing import NamedTuple

from builder.text.span import Span


class FoundQuote(NamedTuple):
    """One quote of a document; the columns of the same names in ``schema/quotes.json`` say what each holds.

    ``continues`` is an index into the list of quotes that the row is part of. ``date`` is one of the spans that were passed in.
    """

    span: Span
    kind: str
    attribution: str
    speaker: Span | None
    cue: Span | None
    addressee: Span | None
    date: Span | None
    continues: int | None
    rule: str
    certainty: str | None = None
