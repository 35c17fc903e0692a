"""Quotes of documents: marks are paired, genuine ones chosen, speakers attached; then the reported clauses in what is left."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from builder.document import Document
from builder.learned import load
from builder.quotes import genuine, reported, speakers
from builder.quotes.batch import Batch
from builder.quotes.found import FoundQuote
from builder.quotes.layout import Layout, NamedTokens
from builder.quotes.marks import Passage, find_passages
from builder.quotes.phrases import Mention, Phrases
from builder.quotes.subjects import NOBODY
from builder.span import Span

EDGE = " \n\t\"“”„«»'‘’,;:-–—"
GENUINE_ABOVE = -12
"""Score; below 0 because a title taken for a quote harms less than a quote lost."""
NEGATIONS = ("not", "never")
MIN_CHARACTERS = 8
"""A shorter reported clause makes no row."""
MIN_SPACES = 3
"""A reported clause of which marked quotes leave less than four words or a third in one piece makes no row."""


def find_quotes(
    documents: Sequence[Document], names: Sequence[Sequence[NamedTokens]], dates: Sequence[Sequence[Span]]
) -> list[list[FoundQuote]]:
    """Quotes of each document in the order in which they stand; no two overlap. ``names`` and ``dates`` ascend."""
    if not documents:
        return []
    batch = Batch(documents)
    layout = Layout(batch, find_passages(batch), names)
    phrases = Phrases(layout, dates)
    marked: list[list[FoundQuote]] = [[] for _ in documents]
    for choice in _choices(layout):
        _add_marked(batch, phrases, choice, marked[batch.document_of(choice.passage.mark)])
    spans = [[quote.span for quote in quotes] for quotes in marked]
    told: list[list[FoundQuote]] = [[] for _ in documents]
    for clause in reported.find_clauses(layout, load("quotes-cue"), load("quotes-source"), load("quotes-end")):
        number = batch.document_of(clause.cue)
        span = _told_span(documents[number].text, batch.span(clause.first, clause.stop), spans[number])
        if span is not None:
            told[number].append(_told(batch, phrases, span, clause))
    return [_in_order(*both) for both in zip(marked, told, strict=True)]


class _Choice(NamedTuple):
    """``continues``: the quote goes on from the one before; ``head``: of the speaker's noun phrase, None where there is none."""

    passage: Passage
    continues: bool
    head: int | None


def _choices(layout: Layout) -> list[_Choice]:
    """The genuine quotes of the batch and whom each was given to."""
    if not layout.passages:
        return []
    genuine_score = genuine.scores(layout, speakers.edges(layout), load("quotes-genuine")).tolist()
    heads = speakers.choose(layout, load("quotes-speaker"), load("quotes-source")).tolist()
    found: list[_Choice] = []
    head: int | None = None
    limit = 0
    for passage, score, chosen in zip(layout.passages, genuine_score, heads, strict=True):
        if passage.mark >= limit:
            head, limit = None, layout.batch.stops[layout.batch.document_of(passage.mark)]
        head = head if chosen == speakers.CONTINUES else chosen
        if score > GENUINE_ABOVE:
            continues = head is not None and bool(found) and found[-1].head == head
            found.append(_Choice(passage, continues, head))
    return found


def _add_marked(batch: Batch, phrases: Phrases, choice: _Choice, found: list[FoundQuote]) -> None:
    """Appends the quote to those of its document."""
    passage = choice.passage
    span = passage.span(batch)
    kind = "direct" if phrases.holds_clause(passage.first, passage.stop) else "partial"
    if choice.continues and found and (speaker := found[-1].speaker) is not None:
        row = FoundQuote(span, kind, "continued", speaker, None, None, None, len(found) - 1, "continued-quote")
    elif choice.head is None:
        row = FoundQuote(span, kind, "unattributed", None, None, None, None, None, "unattributed-quote")
    else:
        mention = phrases.mention(choice.head)
        cue, rule = _cue(batch, phrases, passage, mention)
        row = _attributed(batch, phrases, span, kind, mention, cue, rule)
    found.append(row)


def _attributed(
    batch: Batch, phrases: Phrases, span: Span, kind: str, mention: Mention, cue: int | None, rule: str
) -> FoundQuote:
    speaker = batch.span(mention.first, mention.stop)
    if cue is None:
        return FoundQuote(span, kind, mention.form, speaker, None, None, None, None, rule)
    addressee, date = _apart(span, phrases.addressee(cue)), _apart(span, phrases.date(cue, mention.first))
    return FoundQuote(span, kind, mention.form, speaker, _cue_span(batch, cue), addressee, date, None, rule)


def _apart(quote: Span, part: Span | None) -> Span | None:
    """What belongs to the quote's own text tells nothing of its saying."""
    return None if part is None or part.overlaps(quote) else part


def _cue_span(batch: Batch, cue: int) -> Span:
    """The cue with what belongs to it: "according to", "not sure"."""
    is_according_to = batch.words[cue + 1] == "to" and batch.words[cue].lower() == "according"
    return batch.span(cue - (batch.words[cue - 1] in NEGATIONS), cue + 1 + is_according_to)


def _cue(batch: Batch, phrases: Phrases, passage: Passage, mention: Mention) -> tuple[int | None, str]:
    """The reporting verb that ties the mention to the passage, and the rule that this follows."""
    words, first, stop = batch.words, mention.first, mention.stop
    if words[first - 1] == "to" and words[first - 2].lower() == "according":
        return first - 2, "according-to"
    if stop <= passage.mark:
        if words[stop] == ":":
            return None, "speaker-colon-quote"
        cue = phrases.cue_between(stop, passage.mark)
        return cue, "nearest-speaker" if cue is None else "speaker-verb-quote"
    if phrases.is_cue(first - 1):
        return first - 1, "quote-verb-speaker"
    cue = phrases.cue_between(stop, phrases.sentence_stop(first))
    return cue, "nearest-speaker" if cue is None else "quote-speaker-verb"


def _told(batch: Batch, phrases: Phrases, span: Span, clause: reported.Clause) -> FoundQuote:
    if clause.source == NOBODY:
        date = _apart(span, phrases.date(clause.cue, None))
        cue = _cue_span(batch, clause.cue)
        return FoundQuote(span, "indirect", "unattributed", None, cue, None, date, None, clause.rule)
    return _attributed(batch, phrases, span, "indirect", phrases.mention(clause.source), clause.cue, clause.rule)


def _told_span(text: str, clause: Span, marked: list[Span]) -> Span | None:
    """What the marked quotes leave of a clause in one piece, None if that is too little."""
    free = _longest_free(clause, marked) if marked else clause
    span = _trimmed(text, free)
    if free is not clause and (_length(span) * 3 < _length(clause) or span.of(text).count(" ") < MIN_SPACES):
        return None
    return span if _length(span) >= MIN_CHARACTERS else None


def _longest_free(span: Span, taken: list[Span]) -> Span:
    """The longest stretch of a span that no taken one covers."""
    at = bisect_left(taken, span)
    at -= at > 0 and taken[at - 1].end > span.start
    if at == len(taken) or taken[at].start >= span.end:
        return span
    longest, start = Span(0, 0), span.start
    while at < len(taken) and taken[at].start < span.end:
        longest = max(longest, Span(start, taken[at].start), key=_length)
        start = taken[at].end
        at += 1
    return max(longest, Span(start, span.end), key=_length)


def _trimmed(text: str, span: Span) -> Span:
    """Without the marks and punctuation at its edges."""
    start, end = span
    stretch = text[start:end]
    kept = stretch.strip(EDGE)
    if len(kept) == end - start:
        return span
    kept = stretch.lstrip(EDGE)
    start = end - len(kept)
    return Span(start, start + len(kept.rstrip(EDGE)))


def _length(span: Span) -> int:
    return span.end - span.start


def _in_order(marked: list[FoundQuote], told: list[FoundQuote]) -> list[FoundQuote]:
    """Both lists by place; ``continues``, which points into the first, is moved along."""
    if not told:
        return marked
    ordered = sorted([*marked, *told], key=_place)
    index = {quote.span: i for i, quote in enumerate(ordered)}
    return [
        quote if quote.continues is None else quote._replace(continues=index[marked[quote.continues].span]) for quote in ordered
    ]


def _place(quote: FoundQuote) -> Span:
    return quote.span
