"""What the head of an article holds is no part of its report: no journalist takes part in it, no quote begins before it."""

from collections.abc import Sequence

from builder.extraction.names import Name
from builder.extraction.quotes import FoundQuote
from builder.text.document import Document
from builder.text.head import Head
from builder.text.span import Span


def names_of_report(document: Document, names: Sequence[Name], head: Head) -> Sequence[Name]:
    """The names without those of a dateline, but for its publisher, and without those of bylines and credit lines."""
    if not head.aside:
        return names
    publisher = head.dateline.publisher if head.dateline else None
    dateline = head.dateline.span if head.dateline else Span(0, 0)

    def is_of_report(name: Name) -> bool:
        if name.kind not in ("person", "organisation"):
            return True
        span = document.span(name.first, name.stop)
        if span.overlaps(dateline):
            return name.kind == "organisation" and publisher is not None and span.overlaps(publisher)
        return not any(span.overlaps(byline) for byline in head.bylines)

    return list(filter(is_of_report, names))


def quotes_of_report(quotes: list[FoundQuote], head: Head) -> list[FoundQuote]:
    """The quotes; one that begins in the dateline is cut to what comes after it."""
    if not head.dateline:
        return quotes
    span, begin = head.dateline.span, head.dateline.stop
    return [
        quote._replace(span=Span(begin, quote.span.end)) if span.start <= quote.span.start < begin < quote.span.end else quote
        for quote in quotes
    ]
