"""Reported speech without marks: which cues report something, and the clause that they report."""

from enum import IntEnum
from functools import cache
from typing import NamedTuple

import numpy as np

from builder.extraction.quotes.ends import ends
from builder.extraction.quotes.extents import after_cue, before_cue, ends_with_adjunct, holds_relative_report, inversions
from builder.extraction.quotes.hashing import Templates
from builder.extraction.quotes.layout import KINDS, Layout, members
from builder.extraction.quotes.ranking import FAR, bucket, select, where
from builder.extraction.quotes.subjects import AFTER, BEFORE, NOBODY, subjects
from builder.extraction.quotes.words import (
    CueClass,
    Ints,
    Particle,
    WordClass,
    act_forms,
    are_among,
    lower_hash,
    lower_hashes_of,
)
from builder.knowledge.learned import Integers, LinearModel

REPORTS_ABOVE = -44
"""Score; below 0 because a report lost harms more than a doubtful one kept."""
LOOSE_ABOVE, JUDGED_ABOVE, NOUN_ABOVE, NEGATED_ABOVE = -24, -14, -14, 0
"""The same where no clause follows ("spoke of the road"), where a judgement does ("praised the plan"), for nouns of reporting
("their plan to leave"), and for what was not said of something ("did not discuss the road")."""
NEVER = 1 << 15
MIN_WORDS = 2
MAX_SUBJECT = 12
"""Most tokens of the subject of a reported clause that no "that" opens."""
_IS_PARTICIPLE = members(WordClass.PARTICIPLE, WordClass.PAST)
_IS_AUXILIARY = members(WordClass.AUXILIARY)
_IS_ADVERB = members(WordClass.ADVERB)
_SPEAKING = [KINDS.index(kind) + 1 for kind in ("person", "organisation")]


class Opening(IntEnum):
    """What follows a cue."""

    NOTHING = 0
    THAT = 1
    TO = 2
    PREPOSITION = 3
    ING = 4
    QUESTION = 5
    CLAUSE = 6
    PHRASE = 7
    ADJUNCT = 8


_IS_LOOSE = np.isin(list(Opening), (Opening.PREPOSITION, Opening.PHRASE, Opening.ADJUNCT))
_IS_OBJECT_ALONE = np.isin(list(Opening), (Opening.PREPOSITION, Opening.PHRASE, Opening.ING))
_LEAST_BY_OPENING = np.full(len(Opening), REPORTS_ABOVE, np.int32)
_LEAST_BY_OPENING[[Opening.TO, Opening.PREPOSITION, Opening.ADJUNCT]] = LOOSE_ABOVE
_LEAST_BY_CUE = np.full(len(CueClass), REPORTS_ABOVE, np.int32)
_LEAST_BY_CUE[CueClass.NOUN] = NOUN_ABOVE
_LEAST_BY_CUE[[CueClass.MAKE, CueClass.ATTEND]] = NEVER
_BY, _BE_AND_BY = 2, 3
_ON, _CONDITION = lower_hash("on"), lower_hash("condition")
_GO = lower_hashes_of("go goes going went gone".split())
"""Cues before "on" alone: who went back to work said nothing."""


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
        "cue opening",
        "w0 opening",
        "cue form opening passive",
        "w0 passive",
        "opening subject_start cue",
        "opening c-1 form",
        "opening cue subject_class",
        "opening cue to_end",
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
        "opening": openings(layout, at),
        "passive": passives(layout, at),
        "end_word": where(stop - 2 >= first, words.take(stop - 2), 1),
    }


def openings(layout: Layout, at: Ints) -> Ints:
    """What form the words after each cue have, by Opening."""
    classes = layout.classes
    first, stop = after_cue(layout, at)
    verb = layout.finite.next(first)
    is_clause = (verb < stop) & (verb - first <= MAX_SUBJECT) & (layout.breaks.between(first, verb) == 0)
    opens = classes[first]
    return select(
        [
            first >= stop,
            np.isin(layout.particles[first - 1], (Particle.THAT, Particle.WHETHER)),
            opens == WordClass.TO,
            (layout.particles[first] == Particle.ADJUNCT) & ~is_clause,
            opens == WordClass.PREPOSITION,
            opens == WordClass.ING,
            opens == WordClass.SUBORDINATOR,
            is_clause,
        ],
        [
            Opening.NOTHING,
            Opening.THAT,
            Opening.TO,
            Opening.ADJUNCT,
            Opening.PREPOSITION,
            Opening.ING,
            Opening.QUESTION,
            Opening.CLAUSE,
        ],
        Opening.PHRASE,
    )


def passives(layout: Layout, at: Ints) -> Ints:
    """1 for a participle after a form of "be", 2 for one before "by", 3 for both."""
    participle = layout.are_in(at, _IS_PARTICIPLE)
    is_be = layout.particles == Particle.BE
    after_be = is_be[at - 1] | (is_be[at - 2] & layout.are_in(at - 1, _IS_ADVERB))
    return np.asarray(participle * (after_be + 2 * (layout.particles[at + 1] == Particle.BY)), np.int32)


class Clauses(NamedTuple):
    """Reported clauses: tokens ``[first, stop)``, the cue, the head of the source or NOBODY, AFTER or BEFORE the cue, and the
    score of the cue."""

    first: Ints
    stop: Ints
    cue: Ints
    source: Ints
    direction: Ints
    score: Ints


def find_clauses(layout: Layout, taken: Ints, cues: LinearModel, sources: LinearModel, end_model: LinearModel) -> Clauses:
    """Clauses in ascending order, apart from each other, of cues that are not ``taken``."""
    at = candidates(layout)
    at = at[~np.isin(at, taken)]
    values = columns(layout, at)
    after, before = TEMPLATES.scores(values, cues).T
    score = np.maximum(after, before).astype(np.int32)
    reports = score > _least(layout, at, values)
    at, score = at[reports], score[reports]
    direction = np.where(before > after, BEFORE, AFTER)[reports].astype(np.int32)
    source = subjects(layout, at, direction, sources)
    inverted, past = inversions(layout, at)
    source = np.where(inverted == NOBODY, source, inverted)
    begin, _ = layout.sentence_ranges(at)
    told_before = (inverted != NOBODY) & (layout.verbs.between(begin, at) > 0)
    direction[ends_with_adjunct(layout, at, source) | told_before] = BEFORE
    direction[(inverted != NOBODY) & ~told_before] = AFTER
    first, stop = before_cue(layout, at, source)
    follows = np.flatnonzero(direction == AFTER)
    first[follows], stop[follows] = after_cue(layout, at[follows])
    first = np.where((inverted != NOBODY) & ~told_before, past, first)
    stop = np.maximum(first, stop)
    stop[follows] = ends(layout, at[follows], first[follows], stop[follows], end_model)
    stop = np.minimum(stop, np.maximum(layout.semicolons.next(first), first))
    lacks_verb = (direction == BEFORE) & layout.are_in(stop - 1, _IS_AUXILIARY)
    kept = _apart(first, np.where(lacks_verb | holds_relative_report(layout, at), first, stop))
    return Clauses(*(column[kept] for column in (first, stop, at, source, direction, score)))


def _least(layout: Layout, at: Ints, values: dict[str, Integers]) -> Ints:
    """What each cue's score must be above: the more, the less likely what follows it is somebody's words."""
    opening, cue = values["opening"], values["cue"]
    negated = (layout.particles[at - 1] == Particle.NOT) & _IS_LOOSE[opening]
    wished = (opening == Opening.PHRASE) & np.isin(cue, (CueClass.SEEM, CueClass.WANT))
    acts = _IS_OBJECT_ALONE[opening] & are_among(layout.words[at], _acts())
    least = np.maximum(_LEAST_BY_OPENING[opening], _LEAST_BY_CUE[cue])
    least = np.where((opening == Opening.PHRASE) & (cue == CueClass.JUDGE), JUDGED_ABOVE, least)
    least = np.where(negated, NEGATED_ABOVE, least)
    anonymous = (layout.words[at + 1] == _ON) & (layout.words[at + 2] == _CONDITION)
    passive = values["passive"]
    by = (passive == _BE_AND_BY) | ((passive == _BY) & (cue != CueClass.SAY))
    by |= (layout.particles[at + 1] == Particle.BY) & layout.batch.opens_sentence[at]
    is_noun = layout.batch.opens_sentence[at] & layout.are_in(at + 1, _IS_AUXILIARY)
    leaves = are_among(layout.words[at], _GO) & (layout.words[at + 1] != _ON)
    return np.where(by | anonymous | acts | wished | is_noun | leaves, NEVER, least).astype(np.int32)


@cache
def _acts() -> Ints:
    return lower_hashes_of(act_forms())


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
