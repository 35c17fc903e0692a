"""Quotes of documents: marks are paired, genuine ones chosen, speakers attached; then the reported clauses in what is left."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from builder.document import Document
from builder.learned import load
from builder.quotes import genuine, reported, speakers
from builder.quotes.batch import Batch
from builder.quotes.found import FoundQuote
from builder.quotes.layout import Layout
from builder.quotes.marks import Passage, find_passages
from builder.quotes.phrases import Mention, Phrases, TokenRange
from builder.quotes.subjects import NOBODY
from builder.quotes.words import FINITE, WordClass
from builder.span import Span

MIN_CHARACTERS = 8
"""A reported clause that is shorter, or cut shorter by the marked quotes in it, makes no row."""
_MAY_BE_FINITE = {word_class: word_class in FINITE or word_class == WordClass.PARTICIPLE for word_class in WordClass}


def find_quotes(
    documents: Sequence[Document], names: Sequence[Sequence[TokenRange]], dates: Sequence[Sequence[Span]]
) -> list[list[FoundQuote]]:
    """Quotes of each document in the order in which they stand; no two overlap. ``names`` and ``dates`` ascend."""
    if not documents:
        return []
    batch = Batch(documents)
    layout = Layout(batch, find_passages(batch))
    phrases = Phrases(layout, names, dates)
    marked: list[list[FoundQuote]] = [[] for _ in documents]
    for choice in _choices(layout):
        _add_marked(layout, phrases, choice, marked[batch.document_of(choice.passage.mark)])
    spans = [[quote.span for quote in quotes] for quotes in marked]
    told: list[list[FoundQuote]] = [[] for _ in documents]
    for clause in reported.find_clauses(layout, load("quotes-cue"), load("quotes-source")):
        number = batch.document_of(clause.cue)
        span = _longest_free(batch.span(clause.first, clause.stop), spans[number])
        if span is not None:
            told[number].append(_told(layout, phrases, span, clause))
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
    heads = speakers.choose(layout, load("quotes-speaker")).tolist()
    found: list[_Choice] = []
    head: int | None = None
    limit = 0
    for passage, score, chosen in zip(layout.passages, genuine_score, heads, strict=True):
        if passage.mark >= limit:
            head, limit = None, layout.batch.stops[layout.batch.document_of(passage.mark)]
        head = head if chosen == speakers.CONTINUES else chosen
        if score > 0:
            continues = head is not None and bool(found) and found[-1].head == head
            found.append(_Choice(passage, continues, head))
    return found


def _add_marked(layout: Layout, phrases: Phrases, choice: _Choice, found: list[FoundQuote]) -> None:
    """Appends the quote to those of its document."""
    passage, head = choice.passage, choice.head
    span, kind = passage.span(layout.batch), _kind(layout, passage)
    row = FoundQuote(span, kind, "unattributed", None, None, None, None, None, "unattributed-quote")
    if choice.continues and found and found[-1].speaker is not None:
        row = row._replace(attribution="continued", speaker=found[-1].speaker, continues=len(found) - 1, rule="continued-quote")
    elif head is not None:
        mention = phrases.mention(head)
        cue, rule = _cue(layout, phrases, passage, mention)
        row = _with_speaker(layout.batch, phrases, row, mention, cue)._replace(rule=rule)
    found.append(row)


def _with_speaker(batch: Batch, phrases: Phrases, row: FoundQuote, mention: Mention, cue: int | None) -> FoundQuote:
    row = row._replace(attribution=mention.form, speaker=batch.span(mention.first, mention.stop))
    return row if cue is None else _with_cue(batch, phrases, row, cue, mention.first)


def _with_cue(batch: Batch, phrases: Phrases, row: FoundQuote, cue: int, subject: int | None) -> FoundQuote:
    last = cue + (batch.words[cue].lower() == "according" and batch.words[cue + 1] == "to")
    return row._replace(cue=batch.span(cue, last + 1), addressee=phrases.addressee(cue), date=phrases.date(cue, subject))


def _cue(layout: Layout, phrases: Phrases, passage: Passage, mention: Mention) -> tuple[int | None, str]:
    """The reporting verb that ties the mention to the passage, and the rule that this follows."""
    words, first, stop = layout.batch.words, mention.first, mention.stop
    if words[first - 1] == "to" and words[first - 2].lower() == "according":
        return first - 2, "according-to"
    if stop <= passage.mark:
        if words[stop] == ":":
            return None, "speaker-colon-quote"
        cue = phrases.cue_between(stop, passage.mark)
        return cue, "nearest-speaker" if cue is None else "speaker-verb-quote"
    if phrases.is_cue(first - 1):
        return first - 1, "quote-verb-speaker"
    _, sentence_stop = layout.sentence_range(first)
    cue = phrases.cue_between(stop, sentence_stop)
    return cue, "nearest-speaker" if cue is None else "quote-speaker-verb"


def _kind(layout: Layout, passage: Passage) -> str:
    """Direct: has a finite verb, and begins like a sentence or ends like one."""
    classes = layout.classes[passage.first : passage.stop].tolist()
    opens = layout.batch.words[passage.first][0].isupper() or classes[0] == WordClass.PRONOUN
    closes = classes[-1] in (WordClass.STOP, WordClass.COMMA)
    if not any(_MAY_BE_FINITE[word_class] for word_class in classes):
        return "partial"
    return "direct" if opens or (closes and len(classes) > 6) else "partial"


def _told(layout: Layout, phrases: Phrases, span: Span, clause: reported.Clause) -> FoundQuote:
    row = FoundQuote(span, "indirect", "unattributed", None, None, None, None, None, clause.rule)
    if clause.source == NOBODY:
        return _with_cue(layout.batch, phrases, row, clause.cue, None)
    return _with_speaker(layout.batch, phrases, row, phrases.mention(clause.source), clause.cue)


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
    return longest if _length(longest) >= MIN_CHARACTERS else None


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
