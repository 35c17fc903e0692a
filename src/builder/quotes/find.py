"""Quotes of a document: marks are paired, genuine ones chosen, speakers attached; then the reported clauses in what is left."""

from bisect import bisect_left
from collections.abc import Sequence

from builder.document import Document
from builder.learned import load
from builder.quotes import genuine, reported, speakers
from builder.quotes.found import FoundQuote
from builder.quotes.layout import Layout
from builder.quotes.marks import Passage, find_passages
from builder.quotes.phrases import Mention, Phrases, Tokens
from builder.quotes.subjects import NOBODY
from builder.quotes.words import WordClass
from builder.span import Span

MIN_CHARACTERS = 8


def find_quotes(document: Document, names: Sequence[Tokens], dates: Sequence[Span]) -> list[FoundQuote]:
    """Quotes in the order in which they stand; no two overlap."""
    layout = Layout(document, find_passages(document))
    phrases = Phrases(layout, names, dates)
    marked = _marked(layout, phrases) if layout.passages else []
    return _in_order(marked, _reported(layout, phrases, [quote.span for quote in marked]))


def _in_order(marked: list[FoundQuote], reported: list[FoundQuote]) -> list[FoundQuote]:
    """Both lists by place; ``continues``, which points into the first, is moved along."""
    ordered = sorted([*marked, *reported])
    index = {quote.span: i for i, quote in enumerate(ordered)}
    moved = [None if quote.continues is None else index[marked[quote.continues].span] for quote in ordered]
    return [quote._replace(continues=place) for quote, place in zip(ordered, moved, strict=True)]


def _reported(layout: Layout, phrases: Phrases, marked: list[Span]) -> list[FoundQuote]:
    """Rows of the reported clauses, cut around the marked quotes inside them."""
    clauses = reported.find_clauses(layout, load("quotes-cue"), load("quotes-source"))
    found: list[FoundQuote] = []
    columns = zip(*(column.tolist() for column in clauses), strict=True)
    for first, stop, cue, source in columns:
        span = _longest_free(layout.document.span(first, stop), marked)
        if span is not None:
            found.append(_reported_row(layout, phrases, span, cue, source))
    return found


def _longest_free(span: Span, taken: list[Span]) -> Span | None:
    """The longest stretch of a span that no taken one covers, if it is long enough to tell something."""
    at = bisect_left(taken, span)
    at -= at > 0 and taken[at - 1].end > span.start
    longest, start = Span(0, 0), span.start
    while at < len(taken) and taken[at].start < span.end:
        longest = max(longest, Span(start, taken[at].start), key=_length)
        start = taken[at].end
        at += 1
    longest = max(longest, Span(start, span.end), key=_length)
    return longest if longest.end - longest.start >= MIN_CHARACTERS else None


def _length(span: Span) -> int:
    return span.end - span.start


def _reported_row(layout: Layout, phrases: Phrases, span: Span, cue: int, source: int) -> FoundQuote:
    document = layout.document
    cue_span = document.span(cue, cue + 1)
    rule = "reported-clause"
    if source == NOBODY:
        return FoundQuote(span, "indirect", "unattributed", None, cue_span, None, phrases.date(cue, None), None, rule)
    mention = phrases.mention(source)
    speaker = document.span(mention.first, mention.stop)
    date = phrases.date(cue, mention.first)
    return FoundQuote(span, "indirect", mention.form, speaker, cue_span, phrases.addressee(cue), date, None, rule)


def _marked(layout: Layout, phrases: Phrases) -> list[FoundQuote]:
    edge = speakers.edges(layout)
    kept = (genuine.scores(layout, edge, load("quotes-genuine")) > 0).tolist()
    pairs = speakers.candidates(layout)
    score = speakers.scores(layout, pairs, load("quotes-speaker"))
    heads = speakers.chosen(pairs, score, len(layout.passages)).tolist()
    found: list[FoundQuote] = []
    head: int | None = None
    last: int | None = None
    for passage, keep, chosen in zip(layout.passages, kept, heads, strict=True):
        continues = chosen == speakers.CONTINUES
        head = head if continues else chosen
        if not keep:
            continue
        if continues and last is not None and head is not None:
            found.append(_continued(layout, passage, found[last], last))
        else:
            found.append(_attributed(layout, phrases, passage, head))
        last = len(found) - 1
    return found


def _continued(layout: Layout, passage: Passage, source: FoundQuote, index: int) -> FoundQuote:
    return FoundQuote(
        passage.span(layout.document),
        _kind(layout, passage),
        "continued",
        source.speaker,
        None,
        None,
        None,
        index,
        "continued-quote",
    )


def _attributed(layout: Layout, phrases: Phrases, passage: Passage, head: int | None) -> FoundQuote:
    document = layout.document
    span, kind = passage.span(document), _kind(layout, passage)
    if head is None:
        return FoundQuote(span, kind, "unattributed", None, None, None, None, None, "unattributed-quote")
    mention = phrases.mention(head)
    cue, rule = _cue(document, phrases, passage, mention)
    speaker = document.span(mention.first, mention.stop)
    if cue is None:
        return FoundQuote(span, kind, mention.form, speaker, None, None, None, None, rule)
    cue_span = document.span(cue - (rule == "according-to"), cue + 1)
    date = phrases.date(cue, mention.first)
    return FoundQuote(span, kind, mention.form, speaker, cue_span, phrases.addressee(cue), date, None, rule)


def _cue(document: Document, phrases: Phrases, passage: Passage, mention: Mention) -> tuple[int | None, str]:
    words = document.words
    first, stop = mention.first, mention.stop
    if first > 1 and words[first - 1] == "to" and words[first - 2].lower() == "according":
        return first - 1, "according-to"
    if stop <= passage.mark:
        cue = phrases.cue_between(stop, passage.mark)
        if cue is None and words[stop : stop + 1] == [":"]:
            return None, "speaker-colon-quote"
        return cue, "speaker-verb-quote" if cue is not None else "nearest-speaker"
    if first > 0 and phrases.is_cue(first - 1):
        return first - 1, "quote-verb-speaker"
    cue = phrases.cue_between(stop, document.sentence(first)[1])
    return cue, "quote-speaker-verb" if cue is not None else "nearest-speaker"


def _kind(layout: Layout, passage: Passage) -> str:
    """A clause has a finite verb, and a sentence of its own or a subject."""
    classes = layout.classes[passage.first : passage.stop].tolist()
    finite = {WordClass.PAST, WordClass.VERB_S, WordClass.AUXILIARY, WordClass.VERB}
    starts_clause = layout.document.words[passage.first][:1].isupper() or classes[0] == WordClass.PRONOUN
    ends_sentence = classes[-1] in (WordClass.STOP, WordClass.COMMA)
    has_verb = any(word_class in finite for word_class in classes)
    return "direct" if has_verb and (starts_clause or (ends_sentence and len(classes) > 6)) else "partial"
