"""Quotes of documents: marks are paired, genuine ones chosen, speakers attached; then the reported clauses in what is left."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.extraction.quotes import apostrophes, genuine, reported, speakers
from builder.extraction.quotes.batch import Batch
from builder.extraction.quotes.certainty import GRADES, UNSCORED, grades, weakest
from builder.extraction.quotes.found import FoundQuote
from builder.extraction.quotes.landmarks import TokenRanges, TokenRuns
from builder.extraction.quotes.layout import Layout, NamedTokens
from builder.extraction.quotes.leads import leads
from builder.extraction.quotes.marks import find_passages
from builder.extraction.quotes.phrases import FORMS, Phrases
from builder.extraction.quotes.ranking import select
from builder.extraction.quotes.signatures import signatures
from builder.extraction.quotes.statements import Blocks, find_blocks
from builder.extraction.quotes.subjects import AFTER, BEFORE, GOES_ON, NOBODY, subjects
from builder.extraction.quotes.turns import Turn, find_turns
from builder.extraction.quotes.words import AT_EDGE, CueClass, Ints, Particle, are_among, lower_hashes_of
from builder.knowledge.learned import LinearModel, load
from builder.text.document import Document
from builder.text.span import Span

GENUINE_ABOVE = -12
"""Score; below 0 because a title taken for a quote harms less than a quote lost."""
WORD_GENUINE_ABOVE = 0
"""The same for a word alone between marks, which is oftener a so-called word."""
MIN_CHARACTERS = 8
"""A shorter reported clause makes no row."""
MIN_TOKENS_LEFT = 4
"""A shorter piece that marked quotes leave of a reported clause makes no row."""
NONE = -1
_OCCASIONS = lower_hashes_of(
    "statement interview speech conference briefing letter email post tweet message report column address".split()
)

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
    "signed-quote",
    "nearest-speaker",
    "continued-quote",
    "unattributed-quote",
    "reported-after-cue",
    "reported-before-cue",
    "statement",
    "turn",
)
(
    QUOTE_VERB_SPEAKER,
    QUOTE_SPEAKER_VERB,
    SPEAKER_VERB_QUOTE,
    SPEAKER_COLON_QUOTE,
    ACCORDING_TO,
    SIGNED_QUOTE,
    NEAREST_SPEAKER,
    CONTINUED_QUOTE,
    UNATTRIBUTED_QUOTE,
    REPORTED_AFTER_CUE,
    REPORTED_BEFORE_CUE,
    STATEMENT,
    TURN,
) = range(len(RULES))


class Models(NamedTuple):
    """What the finder has learned; the files of these names stand in ``models/``."""

    genuine: LinearModel
    speaker: LinearModel
    source: LinearModel
    cue: LinearModel
    end: LinearModel


class Quotes(NamedTuple):
    """Quotes of a batch as columns; NONE for a head, a cue or a quote to continue that there is not.

    ``head`` is of the speaker's noun phrase; ``continues`` numbers a quote of the same columns; ``score`` is that of
    :mod:`builder.extraction.quotes.certainty`.
    """

    quote: TokenRanges
    kind: Ints
    head: Ints
    cue: Ints
    continues: Ints
    rule: Ints
    score: Ints


def shipped_models() -> Models:
    return Models(*(load(f"quotes-{name}") for name in Models._fields))


def find_quotes(
    documents: Sequence[Document],
    names: Sequence[Sequence[NamedTokens]],
    dates: Sequence[Sequence[Span]],
    turns: Sequence[Sequence[Turn]] | None = None,
    begins: Sequence[int] | None = None,
) -> list[list[FoundQuote]]:
    """Quotes of each document in the order in which they stand; no two overlap. The documents were made together.

    ``names`` and ``dates`` ascend. ``turns`` are those of :func:`find_turns`, which is asked where they are not given.
    ``begins`` says where each report begins, if a dateline stands before it.
    """
    if not any(map(len, documents)):
        return [[] for _ in documents]
    batch, phrases, found = find_columns(documents, names, dates, turns, begins, shipped_models())
    rows = _rows(batch, phrases, found, dates)
    stops = np.searchsorted(found.quote.first, batch.stops).tolist()
    return [rows[start:stop] for start, stop in zip([0, *stops], stops, strict=False)]


def find_columns(
    documents: Sequence[Document],
    names: Sequence[Sequence[NamedTokens]],
    dates: Sequence[Sequence[Span]],
    turns: Sequence[Sequence[Turn]] | None,
    begins: Sequence[int] | None,
    models: Models,
) -> tuple[Batch, Phrases, Quotes]:
    """The same as columns over the tokens of all documents, found with these models."""
    batch = Batch(documents, begins)
    blocks = find_blocks(batch, find_turns(documents) if turns is None else turns)
    layout = Layout(batch, blocks.without(find_passages(batch)), names, blocks)
    phrases = Phrases(layout, dates)
    marked = _marked(layout, phrases, models)
    indirect = _indirect(layout, blocks, marked.quote, models)
    return batch, phrases, _in_order(marked, indirect, _spoken(layout, blocks, models))


def _marked(layout: Layout, phrases: Phrases, models: Models) -> Quotes:
    """The genuine quotes between marks and whom each was given to."""
    passages = layout.passages
    if not len(passages.mark):
        none = np.empty(0, np.int32)
        return Quotes(TokenRanges(none, none), none, none, none, none, none, none)
    least = np.where(passages.stop - passages.first == 1, WORD_GENUINE_ABOVE, GENUINE_ABOVE)
    edge = speakers.edges(layout)
    score = genuine.scores(layout, edge, models.genuine)
    is_genuine = score > least
    signed = signatures(layout, edge)
    chosen, margin = speakers.choose(layout, edge, models.speaker, models.source)
    led = leads(layout, edge, chosen)
    head = _given_on(layout, select([signed != NONE, led != NONE], [signed, led], chosen))[is_genuine]
    first, stop = passages.first[is_genuine], passages.stop[is_genuine]
    kind = np.where(phrases.hold_clauses(first, stop), DIRECT, PARTIAL)
    has_head, goes_on = head != NONE, np.append(False, head[1:] == head[:-1])[: len(head)]
    cue, rule = _cues(layout, phrases, passages.mark[is_genuine], np.maximum(head, 0))
    is_signed = signed[is_genuine] != NONE
    continues = has_head & goes_on
    return Quotes(
        TokenRanges(first, stop),
        kind,
        head,
        np.where(has_head & ~continues & ~is_signed, cue, NONE),
        np.where(continues, np.arange(len(head)) - 1, NONE),
        select([~has_head, continues, is_signed], [UNATTRIBUTED_QUOTE, CONTINUED_QUOTE, SIGNED_QUOTE], rule),
        np.where(is_signed, UNSCORED, weakest(score, margin)[is_genuine]),
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
    limit = np.where(precedes, mark, layout.sentence_ranges(first).stop)
    between = phrases.cues_between(stop, limit)
    cue = select([according, colon, inverted], [first - 2, NONE, first - 1], between)
    tied = select([between == NONE, precedes], [NEAREST_SPEAKER, SPEAKER_VERB_QUOTE], QUOTE_SPEAKER_VERB)
    rule = select([according, colon, inverted], [ACCORDING_TO, SPEAKER_COLON_QUOTE, QUOTE_VERB_SPEAKER], tied)
    return cue, rule


def _indirect(layout: Layout, blocks: Blocks, marked: TokenRanges, models: Models) -> Quotes:
    """Reported clauses, as far as marked quotes leave them and without the marks and punctuation at their edges."""
    clauses = reported.find_clauses(layout, blocks.cues, models.cue, models.source, models.end)
    clauses = apostrophes.widened(layout, clauses)
    left, clause = _remainders(layout, TokenRanges(clauses.first, clauses.stop), marked)
    source, direction = clauses.source[clause], clauses.direction[clause]
    before = np.arange(len(clause)) - 1
    continues = (direction == GOES_ON) & (before >= 0) & (clause[before] >= clause - 1) & (source != NOBODY)
    rule = select([continues, direction == BEFORE], [CONTINUED_QUOTE, REPORTED_BEFORE_CUE], REPORTED_AFTER_CUE)
    return Quotes(
        left,
        np.full(len(clause), INDIRECT),
        np.where(source == NOBODY, NONE, source),
        np.where(continues, NONE, clauses.cue[clause]),
        np.where(continues, before, NONE),
        rule,
        clauses.score[clause],
    )


def _spoken(layout: Layout, blocks: Blocks, models: Models) -> Quotes:
    """Paragraphs of statements and turns; the first of each block bears its cue, the others go on from the one before."""
    count = len(blocks.first)
    has_cue = np.flatnonzero(blocks.cue != NONE)
    head = blocks.label.copy()
    after = np.full(len(has_cue), AFTER, np.int32)
    head[has_cue] = subjects(layout, blocks.cue[has_cue], after, models.source)
    has_head = (head != NONE) & (head != NOBODY)
    continues = has_head & ~blocks.opens
    rule = np.where(blocks.cue == NONE, TURN, STATEMENT)
    return Quotes(
        TokenRanges(blocks.first, blocks.stop),
        np.full(count, DIRECT, np.int32),
        np.where(has_head, head, NONE),
        np.where(has_head & blocks.opens, blocks.cue, NONE),
        np.where(continues, np.arange(count) - 1, NONE),
        select([~has_head, continues], [UNATTRIBUTED_QUOTE, CONTINUED_QUOTE], rule),
        np.full(count, UNSCORED, np.int32),
    )


def _remainders(layout: Layout, clauses: TokenRanges, marked: TokenRanges) -> tuple[TokenRanges, Ints]:
    """The pieces that marked quotes leave of clauses and that are long enough for a row, and the number of each one's clause."""
    batch = layout.batch
    low = np.searchsorted(marked.stop, clauses.first, side="right")
    cuts = np.maximum(np.searchsorted(marked.first, clauses.stop) - low, 0)
    clause = np.repeat(np.arange(len(cuts), dtype=np.int32), cuts + 1)
    piece = np.arange(len(clause)) - np.repeat(np.cumsum(cuts + 1) - cuts - 1, cuts + 1)
    taken = low[clause] + piece
    first = np.where(piece == 0, clauses.first[clause], np.append(0, marked.stop)[taken])
    stop = np.where(piece == cuts[clause], clauses.stop[clause], np.append(marked.first, 0)[np.minimum(taken, len(marked.first))])
    edges = TokenRuns(batch.facts & AT_EDGE != 0)
    first, stop = edges.after(first), edges.before(stop - 1) + 1
    length = np.where(first < stop, batch.ends[stop - 1] - batch.starts[first], 0)
    is_adjunct = (piece > 0) & (layout.particles[first] == Particle.ADJUNCT) & _tell_occasion(layout, first)
    kept = (length >= MIN_CHARACTERS) & ((cuts[clause] == 0) | (stop - first >= MIN_TOKENS_LEFT)) & ~is_adjunct
    return TokenRanges(first[kept], stop[kept]), clause[kept]


def _tell_occasion(layout: Layout, first: Ints) -> npt.NDArray[np.bool_]:
    """Whether a phrase tells where something was said: "in a statement"."""
    found: npt.NDArray[np.bool_] = np.any(
        [are_among(layout.words.take(first + k, mode="clip"), _OCCASIONS) for k in range(1, 5)], axis=0
    )
    return found


def _in_order(*parts: Quotes) -> Quotes:
    """All of them by place; ``continues`` is moved along."""
    first = np.concatenate([part.quote.first for part in parts])
    stop = np.concatenate([part.quote.stop for part in parts])
    order = np.argsort(first, kind="stable")
    place = np.empty(len(order) + 1, np.int32)
    place[order], place[-1] = np.arange(len(order)), NONE
    shifts = np.cumsum([0, *(len(part.head) for part in parts)])
    moved = [
        part._replace(continues=np.where(part.continues == NONE, NONE, part.continues + shift))
        for part, shift in zip(parts, shifts.tolist(), strict=False)
    ]
    columns = [np.concatenate(column)[order] for column in zip(*(part[1:] for part in moved), strict=True)]
    found = Quotes(TokenRanges(first[order], stop[order]), *columns)
    return found._replace(continues=place[found.continues])


def _rows(batch: Batch, phrases: Phrases, found: Quotes, dates: Sequence[Sequence[Span]]) -> list[FoundQuote]:
    quote, head, cue = found.quote, np.maximum(found.head, 0), np.maximum(found.cue, 0)
    has_head, has_cue = found.head != NONE, found.cue != NONE
    mentions = phrases.mentions(head)
    attribution = select([~has_head, found.continues != NONE], [UNATTRIBUTED, CONTINUED], phrases.forms(head, mentions))
    speaker = mentions.where(has_head)
    addressee = phrases.addressees(cue).where(has_cue & has_head)
    addressee = addressee.where((addressee.stop <= quote.first) | (addressee.first >= quote.stop))
    date = np.where(has_cue, phrases.dates(cue, speaker.first, quote), NONE)
    grade = np.where(found.kind == INDIRECT, grades(found.score, "indirect"), grades(found.score, "marked"))
    columns = (
        _spans(batch, quote),
        map(KINDS.__getitem__, found.kind.tolist()),
        map(ATTRIBUTIONS.__getitem__, attribution.tolist()),
        _spans(batch, speaker),
        _spans(batch, phrases.cues_with_company(cue).where(has_cue)),
        _spans(batch, addressee),
        map([*chain.from_iterable(dates), None].__getitem__, date.tolist()),
        _indices(batch, found),
        map(RULES.__getitem__, found.rule.tolist()),
        map(GRADES.__getitem__, grade.tolist()),
    )
    return list(map(FoundQuote._make, zip(*columns, strict=True)))


def _indices(batch: Batch, found: Quotes) -> list[int | None]:
    """``continues`` as an index into the quotes of a document."""
    document = batch.document_numbers(found.quote.first)
    indices = (found.continues - np.searchsorted(document, document)).tolist()
    return [None if index < 0 else index for index in indices]


def _spans(batch: Batch, tokens: TokenRanges) -> list[Span | None]:
    """Characters in their document; None where there are no tokens."""
    present = tokens.first >= 0
    starts, ends = batch.starts[tokens.first[present]], batch.ends[tokens.stop[present] - 1]
    spans = [*list(map(Span._make, zip(starts.tolist(), ends.tolist(), strict=True))), None]
    return list(map(spans.__getitem__, np.where(present, np.cumsum(present) - 1, -1).tolist()))
