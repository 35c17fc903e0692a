"""Reported speech without marks: which cues report something, and the clause that they report."""

from typing import NamedTuple

import numpy as np

from builder.extraction.quotes.ends import ends
from builder.extraction.quotes.hashing import Templates
from builder.extraction.quotes.layout import KINDS, Layout, members
from builder.extraction.quotes.ranking import FAR, bucket, where
from builder.extraction.quotes.subjects import AFTER, BEFORE, NOBODY, subjects
from builder.extraction.quotes.words import Bools, CueClass, Ints, Particle, WordClass
from builder.knowledge.learned import Integers, LinearModel

REPORTS_ABOVE = -44
"""Score; below 0 because a report lost harms more than a doubtful one kept. Verbs that seldom report must reach 0."""
NEGATED_ABOVE = -20
"""The same for a negated cue, which often tells what was not said: They did not discuss the road."""
MIN_WORDS = 2
MAX_ADJUNCT = 7
_ENDS_SENTENCE = members(WordClass.STOP, WordClass.MARK, WordClass.COMMA, WordClass.COLON, WordClass.DASH)
_THRESHOLDS = np.full(len(CueClass), REPORTS_ABOVE, np.int32)
_THRESHOLDS[[CueClass.MAKE, CueClass.ATTEND]] = 0
_SPEAKING = [KINDS.index(kind) + 1 for kind in ("person", "organisation")]
_OPENS_ADJUNCT = members(WordClass.PREPOSITION, WordClass.TIME, WordClass.STOP)
_ADDRESSED = np.isin(list(CueClass), (CueClass.TELL, CueClass.ASK))

TEMPLATES = Templates(
    (
        "w0",
        "cue form",
        "w0 w1",
        "w-1 w0",
        "w0 c1",
        "w0 c-1",
        "cue form c-1 c1",
        "cue form c1 c2 c3",
        "cue w1",
        "cue w1 w2",
        "cue w2",
        "cue w-1",
        "w-1 form",
        "w1 form",
        "cue that_gap",
        "w0 that_gap",
        "cue form to_end",
        "w0 to_end",
        "cue form from_start",
        "w0 from_start",
        "cue next_mark to_end",
        "w0 next_mark",
        "cue last_mark",
        "w0 last_mark",
        "cue form comma_before to_end",
        "cue comma_after to_end",
        "cue c-1 subject_start",
        "cue subject_class subject_prior",
        "cue subject_prior c1 to_end",
        "cue cues_before cues_after",
        "w0 cues_before",
        "cue last_cue last_cue_gap",
        "cue next_cue next_cue_gap",
        "end_word cue to_end",
    ),
    bits=19,
)


def candidates(layout: Layout) -> Ints:
    """Cues outside the passages; a colon is one after the name of a person or a body."""
    at = np.flatnonzero((layout.cues != CueClass.NONE) & ~layout.is_quoted).astype(np.int32)
    by_name = np.isin(layout.kinds_of_names(at - 1), _SPEAKING)
    found: Ints = at[(layout.cues[at] != CueClass.COLON) | by_name]
    return found


def columns(layout: Layout, at: Ints) -> dict[str, Integers]:
    classes, words, commas, cues = layout.classes, layout.words, layout.commas, layout.verbal_cues
    first, stop = layout.sentence_ranges(at)
    subject = layout.heads.last(at)
    in_sentence = subject >= first
    subject_start = where(in_sentence, layout.phrase_starts.take(subject) - first, 0) + first
    last, following = np.append(np.int32(-1), at[:-1]), np.append(at[1:], np.int32(layout.count))
    has_last, has_next = last >= first, following < stop
    next_that, next_mark, last_mark = layout.thats.next(at), layout.marks.next(at), layout.marks.last(at)
    inside = {k: (at + k >= first) & (at + k < stop) for k in (-1, 1, 2, 3)}
    return {
        "w0": words.take(at),
        **{f"w{k}": where(inside[k], words.take(at + k), 1) for k in (-1, 1, 2)},
        **{f"c{k}": where(inside[k], classes.take(at + k), -1) for k in inside},
        "cue": layout.cues.take(at),
        "form": classes.take(at),
        "that_gap": np.minimum(next_that - at, 9) * (next_that < stop),
        "to_end": bucket(stop - at),
        "from_start": bucket(at - first),
        "next_mark": bucket(np.minimum(next_mark - at, 12)) * (next_mark < stop),
        "last_mark": bucket(np.minimum(at - last_mark, 12)) * (last_mark >= first),
        "comma_before": np.minimum(commas.between(first, at), 3),
        "comma_after": np.minimum(commas.between(at, stop), 3),
        "subject_start": where(in_sentence, bucket(at - subject_start), 20),
        "subject_class": where(in_sentence, classes.take(subject) * np.int32(8) + np.minimum(at - subject, 7), 7),
        "subject_prior": where(subject_start > first, classes.take(subject_start - 1), -1),
        "cues_before": np.minimum(cues.between(first, at), 3),
        "cues_after": np.minimum(cues.between(at, stop), 3),
        "last_cue": where(has_last, layout.cues.take(last), -1),
        "last_cue_gap": where(has_last, bucket(at - last), FAR),
        "next_cue": where(has_next, layout.cues.take(following), -1),
        "next_cue_gap": where(has_next, bucket(following - at), FAR),
        "end_word": where(stop - 2 >= first, words.take(stop - 2), 1),
    }


class Clauses(NamedTuple):
    """Reported clauses: tokens ``[first, stop)``, the cue, the head of the source or NOBODY, and AFTER or BEFORE the cue."""

    first: Ints
    stop: Ints
    cue: Ints
    source: Ints
    direction: Ints


def find_clauses(layout: Layout, taken: Ints, cues: LinearModel, sources: LinearModel, end_model: LinearModel) -> Clauses:
    """Clauses in ascending order, apart from each other, of cues that are not ``taken``."""
    at = candidates(layout)
    at = at[~np.isin(at, taken)]
    score = TEMPLATES.scores(columns(layout, at), cues)
    after, before = score.T
    negated = layout.particles[at - 1] == Particle.NOT
    least = np.maximum(_THRESHOLDS[layout.cues[at]], np.where(negated, NEGATED_ABOVE, REPORTS_ABOVE))
    reports = np.maximum(after, before) > least
    at, direction = at[reports], np.where(before > after, BEFORE, AFTER)[reports].astype(np.int32)
    source = subjects(layout, at, direction, sources)
    direction[_ends_with_adjunct(layout, at, source)] = BEFORE
    first, stop = before_cue(layout, at, source)
    follows = np.flatnonzero(direction == AFTER)
    first[follows], stop[follows] = after_cue(layout, at[follows])
    stop[follows] = ends(layout, at[follows], first[follows], stop[follows], end_model)
    kept = _apart(first, stop)
    return Clauses(*(column[kept] for column in (first, stop, at, source, direction)))


def _ends_with_adjunct(layout: Layout, at: Ints, source: Ints) -> Bools:
    """ ", officials said on Monday.": only an adjunct follows the cue, and a comma stands before its source."""
    _, stop = layout.sentence_ranges(at)
    adjunct = layout.are_in(at + 1, _OPENS_ADJUNCT) & (stop - at <= MAX_ADJUNCT)
    comma = layout.classes[layout.phrase_starts[np.maximum(source, 0)] - 1] == WordClass.COMMA
    found: Bools = adjunct & comma & (source >= 0) & (source < at) & (layout.thats.next(at) >= stop)
    return found


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
    first = np.where(kinds == CueClass.ACCORDING, layout.commas.next(at) + 1, first)
    first += (classes[first] == WordClass.COMMA) | (classes[first] == WordClass.COLON)
    for _ in range(3):
        stop = stop - layout.are_in(stop - 1, _ENDS_SENTENCE)
    return first.astype(np.int32), np.maximum(first, stop).astype(np.int32)


def before_cue(layout: Layout, at: Ints, source: Ints) -> tuple[Ints, Ints]:
    """From the start of the sentence to the comma before the cue and its source."""
    begin, _ = layout.sentence_ranges(at)
    named = (source != NOBODY) & (source < at) & (source >= begin)
    stop = np.where(named, layout.phrase_starts[np.maximum(source, 0)], at)
    stop = np.where(stop <= begin, at, stop)
    return begin, (stop - (layout.classes[stop - 1] == WordClass.COMMA)).astype(np.int32)


def _apart(first: Ints, stop: Ints) -> Ints:
    """Ascending numbers of ranges of which none overlaps another; the one that begins first, then the longest, is kept."""
    order = np.lexsort((-stop, first))
    kept: list[int] = []
    edge = 0
    for i, begin, end in zip(order.tolist(), first[order].tolist(), stop[order].tolist(), strict=True):
        if begin >= edge and end - begin >= MIN_WORDS:
            kept.append(i)
            edge = end
    return np.fromiter(kept, np.int32)
