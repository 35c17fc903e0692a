"""Quotes of documents: marks are paired, genuine ones chosen, speakers attached; then the reported clauses in what is left."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from builder.document import Document
from builder.learned import load
from builder.quotes import genuine, reported, speakers
from builder.quotes.batch import Batch
from builder.quotes.found import FoundQuote
from builder.quotes.layout import Layout, NamedTokens
from builder.quotes.marks import find_passages
from builder.quotes.phrases import FORMS, Phrases, Tokens
from builder.quotes.subjects import AFTER, NOBODY
from builder.quotes.words import AT_EDGE, Bools, CueClass, Ints, Particle
from builder.span import Span

GENUINE_ABOVE = -12
"""Score; below 0 because a title taken for a quote harms less than a quote lost."""
MIN_CHARACTERS = 8
"""A shorter reported clause makes no row."""
MIN_SPACES = 3
"""A reported clause of which marked quotes leave less than four words or a third in one piece makes no row."""
NONE = -1

KINDS = ("direct", "partial", "indirect")
DIRECT, PARTIAL, INDIRECT = range(3)
ATTRIBUTIONS = (*FORMS, "continued", "unattributed")
CONTINUED, UNATTRIBUTED = 3, 4
RULES = (
    "quote-verb-speaker",
    "quote-speaker-verb",
    "speaker-verb-quote",
    "speaker-colon-quote",
    "according-to",
    "nearest-speaker",
    "continued-quote",
    "unattributed-quote",
    "reported-after-cue",
    "reported-before-cue",
)
(
    QUOTE_VERB_SPEAKER,
    QUOTE_SPEAKER_VERB,
    SPEAKER_VERB_QUOTE,
    SPEAKER_COLON_QUOTE,
    ACCORDING_TO,
    NEAREST_SPEAKER,
    CONTINUED_QUOTE,
    UNATTRIBUTED_QUOTE,
    REPORTED_AFTER_CUE,
    REPORTED_BEFORE_CUE,
) = range(len(RULES))


def find_quotes(
    documents: Sequence[Document], names: Sequence[Sequence[NamedTokens]], dates: Sequence[Sequence[Span]]
) -> list[list[FoundQuote]]:
    """Quotes of each document in the order in which they stand; no two overlap. ``names`` and ``dates`` ascend."""
    if not documents:
        return []
    batch = Batch(documents)
    layout = Layout(batch, find_passages(batch), names)
    phrases = Phrases(layout, dates)
    marked = _marked(layout, phrases)
    told = _told(layout, marked.quote)
    found = _in_order(marked, told)
    rows = _rows(batch, phrases, found, [date for part in dates for date in part])
    sizes = np.bincount(batch.document_numbers(found.quote.first), minlength=len(documents)).tolist()
    return [[next(rows) for _ in range(size)] for size in sizes]


class _Quotes(NamedTuple):
    """Quotes of a batch as columns; NONE for a head, a cue or a quote to continue that there is not.

    ``head`` is of the speaker's noun phrase; ``continues`` numbers a quote of the same columns.
    """

    quote: Tokens
    kind: Ints
    head: Ints
    cue: Ints
    continues: Ints
    rule: Ints


def _marked(layout: Layout, phrases: Phrases) -> _Quotes:
    """The genuine quotes between marks and whom each was given to."""
    passages = layout.passages
    if not len(passages.mark):
        none = np.empty(0, np.int32)
        return _Quotes(Tokens(none, none), none, none, none, none, none)
    is_genuine = genuine.scores(layout, speakers.edges(layout), load("quotes-genuine")) > GENUINE_ABOVE
    head = _given_on(layout, speakers.choose(layout, load("quotes-speaker"), load("quotes-source")))[is_genuine]
    first, stop = passages.first[is_genuine], passages.stop[is_genuine]
    kind = np.where(phrases.hold_clauses(first, stop), DIRECT, PARTIAL)
    has_head, goes_on = head != NONE, np.append(False, head[1:] == head[:-1])[: len(head)]
    cue, rule = _cues(layout, phrases, passages.mark[is_genuine], np.maximum(head, 0))
    continues = has_head & goes_on
    return _Quotes(
        Tokens(first, stop),
        kind,
        head,
        np.where(has_head & ~continues, cue, NONE),
        np.where(continues, np.arange(len(head)) - 1, NONE),
        np.select([~has_head, continues], [UNATTRIBUTED_QUOTE, CONTINUED_QUOTE], rule),
    )


def _given_on(layout: Layout, chosen: Ints) -> Ints:
    """Heads of the speakers; where one CONTINUES, that of the passage before it in its document, if any."""
    document = layout.batch.document_numbers(layout.passages.mark)
    opens = np.append(True, document[1:] != document[:-1])
    origin = np.maximum.accumulate(np.where(opens | (chosen != speakers.CONTINUES), np.arange(len(chosen)), 0))
    given: Ints = chosen[origin]
    return np.where(given == speakers.CONTINUES, NONE, given)


def _cues(layout: Layout, phrases: Phrases, mark: Ints, head: Ints) -> tuple[Ints, Ints]:
    """The reporting verb that ties each head to the passage after a mark, and the rule that this follows."""
    first, stop = phrases.mentions(head)
    according = (layout.particles[first - 1] == Particle.TO) & (layout.cues[first - 2] == CueClass.ACCORDING)
    precedes = stop <= mark
    colon = precedes & (layout.cues[stop] == CueClass.COLON)
    inverted = ~precedes & layout.is_verbal_cue[first - 1]
    limit = np.where(precedes, mark, layout.sentence_ranges(first)[1])
    between = phrases.cues_between(stop, limit)
    cue = np.select([according, colon, inverted], [first - 2, NONE, first - 1], between)
    tied = np.select([between == NONE, precedes], [NEAREST_SPEAKER, SPEAKER_VERB_QUOTE], QUOTE_SPEAKER_VERB)
    rule = np.select([according, colon, inverted], [ACCORDING_TO, SPEAKER_COLON_QUOTE, QUOTE_VERB_SPEAKER], tied)
    return cue, rule


def _told(layout: Layout, marked: Tokens) -> _Quotes:
    """Reported clauses, as far as marked quotes leave them and without the marks and punctuation at their edges."""
    clauses = reported.find_clauses(layout, load("quotes-cue"), load("quotes-source"), load("quotes-end"))
    quote, kept = _left(layout, Tokens(clauses.first, clauses.stop), marked)
    rule = np.where(clauses.direction == AFTER, REPORTED_AFTER_CUE, REPORTED_BEFORE_CUE)
    source = np.where(clauses.source == NOBODY, NONE, clauses.source)
    none = np.full(len(rule), NONE)
    columns = (np.full(len(rule), INDIRECT), source, clauses.cue, none, rule)
    return _Quotes(Tokens(quote.first[kept], quote.stop[kept]), *(column[kept] for column in columns))


def _left(layout: Layout, clauses: Tokens, marked: Tokens) -> tuple[Tokens, Bools]:
    """What marked quotes leave of each clause in one piece, and whether that is enough for a row."""
    batch = layout.batch
    first, stop = clauses.first.copy(), clauses.stop.copy()
    cut = np.flatnonzero(np.searchsorted(marked.stop, first, side="right") < np.searchsorted(marked.first, stop))
    whole = batch.ends[stop - 1] - batch.starts[first]
    if len(cut):
        first[cut], stop[cut] = _longest_free(batch, Tokens(first[cut], stop[cut]), marked)
    inside = batch.facts & AT_EDGE == 0
    first, stop = layout.next_of(inside)[first], layout.last_of(inside)[stop - 1] + 1
    length = np.where(first < stop, batch.ends[stop - 1] - batch.starts[first], 0)
    kept = length >= MIN_CHARACTERS
    kept[cut] &= length[cut] * 3 >= whole[cut]
    for i in cut[kept[cut]].tolist():
        text = batch.documents[int(batch.document_numbers(first[i]))].text
        kept[i] = text.count(" ", batch.starts[first[i]], batch.ends[stop[i] - 1]) >= MIN_SPACES
    return Tokens(first, stop), kept


def _longest_free(batch: Batch, clauses: Tokens, marked: Tokens) -> tuple[list[int], list[int]]:
    """Of each clause the longest range of tokens between marked quotes; all clauses hold a part of one."""
    taken_firsts, taken_stops = marked.first.tolist(), marked.stop.tolist()
    starts, ends = batch.starts, batch.ends
    found: list[tuple[int, int]] = []
    for first, stop in zip(clauses.first.tolist(), clauses.stop.tolist(), strict=True):
        at = bisect_right(taken_stops, first)
        longest, best = 0, (first, first)
        begin, offset = first, starts[first]
        while at < len(taken_firsts) and taken_firsts[at] < stop:
            length = starts[taken_firsts[at]] - offset
            if length > longest:
                longest, best = length, (begin, taken_firsts[at])
            begin, offset = taken_stops[at], ends[taken_stops[at] - 1]
            at += 1
        if ends[stop - 1] - offset > longest:
            best = (begin, stop)
        found.append(best)
    return [first for first, _ in found], [stop for _, stop in found]


def _in_order(marked: _Quotes, told: _Quotes) -> _Quotes:
    """Both by place; ``continues`` is moved along."""
    first = np.append(marked.quote.first, told.quote.first)
    stop = np.append(marked.quote.stop, told.quote.stop)
    order = np.argsort(first, kind="stable")
    place = np.empty(len(order) + 1, np.int32)
    place[order], place[-1] = np.arange(len(order)), NONE
    columns = [np.append(*both)[order] for both in zip(marked[1:], told[1:], strict=True)]
    found = _Quotes(Tokens(first[order], stop[order]), *columns)
    return found._replace(continues=place[found.continues])


def _rows(batch: Batch, phrases: Phrases, found: _Quotes, dates: list[Span]) -> Iterator[FoundQuote]:
    head, cue = found.head, np.maximum(found.cue, 0)
    has_head, has_cue = head != NONE, found.cue != NONE
    mentions = phrases.mentions(np.maximum(head, 0))
    form = phrases.forms(np.maximum(head, 0), mentions)
    attribution = np.select([~has_head, found.continues != NONE], [UNATTRIBUTED, CONTINUED], form)
    speaker = mentions.where(has_head)
    date = np.where(has_cue, phrases.dates(cue, speaker.first), NONE)
    addressee = phrases.addressees(cue).where(has_cue & has_head)
    addressee = addressee.where((addressee.stop <= found.quote.first) | (addressee.first >= found.quote.stop))
    document = batch.document_numbers(found.quote.first)
    index = found.continues - np.searchsorted(document, document)
    return (
        FoundQuote(
            span,
            kind,
            attribution,
            speaker,
            cue,
            addressee,
            None if date == NONE or dates[date].overlaps(span) else dates[date],
            None if index < 0 else index,
            rule,
        )
        for span, kind, attribution, speaker, cue, addressee, date, index, rule in zip(
            _spans(batch, found.quote),
            map(KINDS.__getitem__, found.kind.tolist()),
            map(ATTRIBUTIONS.__getitem__, attribution.tolist()),
            _spans(batch, speaker),
            _spans(batch, phrases.cues_with_company(cue).where(has_cue)),
            _spans(batch, addressee),
            date.tolist(),
            index.tolist(),
            map(RULES.__getitem__, found.rule.tolist()),
            strict=True,
        )
    )


def _spans(batch: Batch, tokens: Tokens) -> list[Span | None]:
    """Characters in their document; None where there are no tokens."""
    starts, ends = batch.starts[tokens.first], batch.ends[tokens.stop - 1]
    present = (tokens.first >= 0).tolist()
    return [
        Span(start, end) if is_one else None for start, end, is_one in zip(starts.tolist(), ends.tolist(), present, strict=True)
    ]
