"""Where the clause that a cue reports stands: after it, or before it and its source.

Every array has one entry for each cue, of which ``at`` holds the tokens.
"""

import numpy as np

from builder.extraction.quotes.heads import whole, with_complement
from builder.extraction.quotes.layout import Layout, members
from builder.extraction.quotes.subjects import NOBODY
from builder.extraction.quotes.words import FINITE, Bools, CueClass, Ints, Particle, WordClass

MAX_TO_CUE = 2
"""Most tokens from a source to its cue at the end of a sentence: "officials later said"."""
LONGEST_BRACKET = 6
"""Most tokens of a bracket between a source and the end of its sentence, its marks among them."""
_ENDS_SENTENCE = members(WordClass.STOP, WordClass.MARK, WordClass.COMMA, WordClass.COLON, WordClass.DASH)
_ENDS_INVERSION = members(WordClass.COMMA, WordClass.STOP, WordClass.MARK)
_IS_FINITE = members(*FINITE, WordClass.PARTICIPLE)
_IS_OBJECT = members(WordClass.PRONOUN)
_IS_RELATIVE = members(WordClass.RELATIVE)
_OPENS_APPOSITION = members(WordClass.DETERMINER, WordClass.NOUN, WordClass.ADJECTIVE)
_OPENS_ADJUNCT = members(WordClass.PREPOSITION, WordClass.TIME, WordClass.STOP)
_OPENS_SIDE_CLAUSE = members(WordClass.SUBORDINATOR, WordClass.PARTICIPLE, WordClass.ING, WordClass.TO)
_IS_VERB = members(*FINITE)
_ADDRESSED = np.isin(list(CueClass), (CueClass.TELL, CueClass.ASK))


def inversions(layout: Layout, at: Ints) -> tuple[Ints, Ints]:
    """The subject of ", says Minister Ann Lee," and the token after it; NOBODY where a cue and its subject stand otherwise."""
    nearest = layout.heads.next(at + 1)
    head = whole(layout, nearest)
    past = _past_bracket(layout, with_complement(layout, head + 1))
    after = layout.are_in(past, _ENDS_INVERSION) | layout.batch.opens_sentence[past]
    adjoins = (layout.phrase_starts[nearest] == at + 1) & (layout.classes[at - 1] == WordClass.COMMA)
    says = layout.is_verbal_cue[at] & layout.are_in(at, _IS_FINITE) & ~layout.are_in(at - 2, _ENDS_INVERSION)
    found = adjoins & says & after & ~_ADDRESSED[layout.cues[at]] & ~layout.are_in(nearest, _IS_OBJECT)
    return np.where(found, head, NOBODY).astype(np.int32), past + (layout.classes[past] == WordClass.COMMA)


def _past_bracket(layout: Layout, stop: Ints) -> Ints:
    """The token after a short bracket that opens at ``stop``: "the Dockers' Union (DU)"; else ``stop``."""
    closing = layout.brackets.next(stop + 1)
    found = (layout.classes[stop] == WordClass.BRACKET) & (closing - stop <= LONGEST_BRACKET)
    return np.where(found, closing + 1, stop)


def after_cue(layout: Layout, at: Ints) -> tuple[Ints, Ints]:
    """From the cue, or from the "that" that belongs to it, to the end of the sentence."""
    classes, kinds = layout.classes, layout.cues[at]
    _, stop = layout.sentence_ranges(at)
    that = layout.thats.next(at)
    far_that = ((kinds == CueClass.SAY) | (kinds == CueClass.TELL)) & (layout.particles[that] == Particle.THAT)
    with_that = (that < stop) & (that - at <= np.where(far_that, 10, 3)) & (kinds != CueClass.COLON)
    with_that &= classes[that + 1] != WordClass.POSSESSIVE
    head = layout.heads.next(at + 1)
    addressed = _ADDRESSED[kinds] & (layout.phrase_starts[head] == at + 1)
    first = np.where(addressed, head, at) + 1
    first = np.where(with_that, that + 1, first)
    first = np.where(kinds == CueClass.ACCORDING, _past_apposition(layout, at) + 1, first)
    first += (classes[first] == WordClass.COMMA) | (classes[first] == WordClass.COLON)
    for _ in range(3):
        stop = stop - layout.are_in(stop - 1, _ENDS_SENTENCE)
    return first.astype(np.int32), np.maximum(first, stop).astype(np.int32)


def _past_apposition(layout: Layout, at: Ints) -> Ints:
    """The first comma after each cue, or the one that closes ", head of the port," there, which holds no verb."""
    _, stop = layout.sentence_ranges(at)
    comma = layout.commas.next(at)
    opening = np.minimum(comma, stop)
    inner = np.minimum(opening + 1, stop)
    closing = np.minimum(layout.commas.next(inner), stop)
    verbs = layout.verbs_anywhere
    apposed = (closing < stop) & (verbs.between(opening, closing) == 0) & (verbs.between(closing, stop) > 0)
    apposed &= layout.are_in(inner, _OPENS_APPOSITION) & (layout.commas.next(np.minimum(closing + 1, stop)) >= stop)
    return np.where(apposed, closing, comma)


def before_cue(layout: Layout, at: Ints, source: Ints) -> tuple[Ints, Ints]:
    """From the start of the sentence, or the last semicolon in it, to the comma before the cue and its source."""
    begin, _ = layout.sentence_ranges(at)
    begin = np.maximum(begin, layout.semicolons.last(at) + 1)
    named = (source != NOBODY) & (source < at) & (source >= begin)
    stop = np.where(named, layout.phrase_starts[np.maximum(source, 0)], at)
    stop = np.where(stop <= begin, np.where(named, begin, at), stop)
    return begin, (stop - (layout.classes[stop - 1] == WordClass.COMMA)).astype(np.int32)


def ends_with_adjunct(layout: Layout, at: Ints, source: Ints) -> Bools:
    """ ", officials said on Monday.": only an adjunct follows the cue, and a clause and a comma stand before its source."""
    begin, stop = layout.sentence_ranges(at)
    that = layout.thats.next(at)
    relative = (layout.particles[that] == Particle.THAT) & layout.are_in(that + 1, _IS_VERB)
    adjunct = layout.are_in(at + 1, _OPENS_ADJUNCT) & ((that >= stop) | relative)
    comma = layout.phrase_starts[np.maximum(source, 0)] - 1
    clause = (layout.verbs.between(begin, comma) > 0) & ~layout.are_in(begin, _OPENS_SIDE_CLAUSE)
    spoken = (layout.cues[at] == CueClass.SAY) & (source >= 0) & (source < at) & (at - source <= MAX_TO_CUE)
    found: Bools = adjunct & clause & (layout.classes[comma] == WordClass.COMMA) & spoken
    return found


def holds_relative_report(layout: Layout, at: Ints) -> Bools:
    """ "praised a plan that she said would work": not the object of the judgement is reported, but what she said of it."""
    relative = layout.are_in(at - 2, _IS_RELATIVE) | (layout.particles[at - 2] == Particle.THAT)
    says = (layout.cues[at] == CueClass.SAY) & layout.are_in(at - 1, _IS_OBJECT) & layout.are_in(at + 1, _IS_VERB)
    inner = np.append(at[relative & says], np.int32(layout.count))
    following = inner[inner[:-1].searchsorted(at, "right")]
    _, stop = layout.sentence_ranges(at)
    found: Bools = (layout.cues[at] == CueClass.JUDGE) & (following < stop) & (at + 1 < following - 2)
    return found
