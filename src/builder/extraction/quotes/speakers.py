"""Who says a quote: every noun phrase near it is scored, and the best one, or the speaker of the quote before it, is taken."""

from typing import NamedTuple

import numpy as np

from builder.extraction.quotes.hashing import Templates
from builder.extraction.quotes.heads import whole
from builder.extraction.quotes.layout import Layout
from builder.extraction.quotes.ranking import FAR, Places, best_rows, bucket, in_groups, margins, where
from builder.extraction.quotes.subjects import AFTER, BEFORE, subjects
from builder.extraction.quotes.words import Bools, CueClass, Ints, Particle, WordClass
from builder.knowledge.learned import Integers, LinearModel

MAX_HEADS_BEFORE = 14
MAX_HEADS_AFTER = 10
CONTINUES = -1
"""In place of a head: the quote goes on from the one before it."""
MAX_TO_OWNED = 3
"""Most tokens from a possessor to the noun: "Lee", "'", "s", "charge"."""
PAIRS_AT_ONCE = 1 << 17
"""Of which the columns are kept at a time, which take as much memory as the text of some articles."""


class Candidates(NamedTuple):
    """Pairs of a passage (by its number) and the head of a noun phrase, or CONTINUES; pairs of a passage stand together."""

    passage: Places
    head: Places


def candidates(layout: Layout) -> Candidates:
    """For each passage the heads around it: in its line and in the line before."""
    marks, stops, _ = layout.passages
    lines, line = layout.batch.line_starts, layout.line_of.take(marks)
    heads_before = layout.heads.before
    first, last = lines.take(np.maximum(line - 1, 0)), lines.take(line + 1)
    low = np.maximum(heads_before(first), heads_before(marks) - MAX_HEADS_BEFORE)
    high = np.minimum(heads_before(last), heads_before(stops) + MAX_HEADS_AFTER)
    passage, number = in_groups(high - low + 1)
    head = np.append(CONTINUES, layout.heads.tokens).take((low.take(passage) + number) * (number > 0))
    return Candidates(passage, head.astype(np.intp))


def edges(layout: Layout) -> dict[str, Ints]:
    """What stands at the edges of each passage; -1 where the line starts or ends."""
    classes, words, lines = layout.classes, layout.words, layout.line_of
    mark, stop, closed = layout.passages
    after = stop + closed
    document = layout.batch.document_numbers(mark)
    starts_line = lines[mark - 1] != lines[mark]
    ends_line = lines[after] != lines[mark]
    before_class = np.where(starts_line, -1, classes[mark - 1])
    after_class = np.where(ends_line, -1, classes[after])
    return {
        "is_first": np.append(True, document[1:] != document[:-1]),
        "mark": mark,
        "close": stop,
        "after": after,
        "before_class": before_class,
        "before_word": np.where(starts_line, -1, words[mark - 1]),
        "before2_word": np.where(starts_line, -1, words[mark - 2]),
        "after_class": after_class,
        "after_word": np.where(ends_line, -1, words[after]),
        "end": classes[stop - 1] * 2 + closed,
        "first_class": classes[mark + 1],
        "starts_line": starts_line,
        "ends_line": ends_line,
        "length": bucket(stop - mark - 1),
    }


TEMPLATES = Templates(
    (
        "continues side gap",
        "side rank commas",
        "where",
        "where rank",
        "where cues",
        "where end",
        "side head_class rank",
        "side head_word",
        "side touches next_class prior_cue",
        "side prior_word",
        "side prior2_word prior_word",
        "side prior_class head_class next_class",
        "side next_word",
        "side next2_word next_class",
        "where prior_cue head_class",
        "where to_cue heads_to_cue cue_side",
        "where to_cue cue_kind",
        "side to_cue heads_to_cue cue_form",
        "cue_side heads_to_cue head_class cue_kind",
        "where starts_line ends_line length",
        "where cue_side touches end",
        "side head_class prior_class cue_side",
        "where head_class starts_line ends_line",
        "where commas rank cue_side end",
        "where previous_end previous_ends_line",
        "side rank head_kind",
        "where head_kind head_class",
        "side head_kind prior_class next_class",
        "side head_kind touches cue_side",
        "head_kind source_before source_after side",
        "side head_kind cues commas",
        "where source_before source_after",
        "side source_before source_after cue_side",
        "source_before side cue_before cue_before_gap",
        "source_before side cue_before_word",
        "source_before side cue_before before_class",
        "source_before side cue_before_gap before_word",
        "source_before commas rank side",
        "source_before where starts_line end",
        "source_after where end",
        "source_after side cue_after cue_after_gap",
        "source_after side cue_after_word touches",
        "source_before source_after starts_line ends_line end side",
    )
)


def sources(layout: Layout, edge: dict[str, Ints], model: LinearModel) -> dict[str, Ints]:
    """For each passage the reporting verbs around it in its sentence, and the heads of their sources; -1 where there is none."""
    mark, after = edge["mark"], edge["after"]
    first, _ = layout.sentence_ranges(mark)
    _, stop = layout.sentence_ranges(after)
    before, behind = layout.verbal_cues.last(mark), layout.verbal_cues.next(after)
    has_before = before >= first
    has_after = (behind < stop) & (layout.line_of[behind] == layout.line_of[mark])
    has_cue = np.flatnonzero(np.append(has_before, has_after))
    direction = np.repeat(np.array([AFTER, BEFORE], np.int32), len(mark))
    heads = np.full(len(direction), -1, np.int32)
    heads[has_cue] = subjects(layout, np.append(before, behind)[has_cue], direction[has_cue], model)
    head_before, head_after = np.split(heads, 2)
    return {
        "before": before,
        "behind": behind,
        "head_before": head_before,
        "head_after": head_after,
        "cue_before": np.where(has_before, layout.cues[before], -1),
        "cue_after": np.where(has_after, layout.cues[behind], -1),
        "cue_before_word": np.where(has_before, layout.words[before], -1),
        "cue_after_word": np.where(has_after, layout.words[behind], -1),
        "cue_before_gap": np.where(has_before, bucket(layout.free.between(before, mark)), FAR),
        "cue_after_gap": np.where(has_after, bucket(layout.free.between(after, behind)), FAR),
    }


def columns(layout: Layout, edge: dict[str, Ints], source: dict[str, Ints], pairs: Candidates) -> dict[str, Integers]:
    """Values of the templates' columns for each pair; for CONTINUES the quote before stands in place of a head."""
    passage, continues = pairs.passage, pairs.head == CONTINUES
    previous = passage - 1 + edge["is_first"].take(passage)
    head = pairs.head + continues * (edge["close"].take(previous) - CONTINUES)
    return {
        **{name: values.take(passage) for name, values in (edge | source).items() if name in TEMPLATES.columns},
        **_places(layout, edge, passage, head, continues),
        **_phrases(layout, edge, passage, head),
        **_next_cues(layout, source, passage, head),
        "source_before": _match(source["head_before"].take(passage), head),
        "source_after": _match(source["head_after"].take(passage), head),
        "previous_end": edge["end"].take(previous),
        "previous_ends_line": edge["ends_line"].take(previous),
    }


def _places(layout: Layout, edge: dict[str, Ints], passage: Places, head: Places, continues: Bools) -> dict[str, Integers]:
    """Where the head of each pair stands beside the passage, and what stands between them."""
    mark, close = (edge[name].take(passage).astype(np.intp) for name in ("mark", "close"))
    is_after = head >= mark
    near, far = np.minimum(head, close), np.maximum(head, mark)
    lines = np.minimum(np.abs(layout.line_of.take(mark) - layout.line_of.take(head)), 3)
    side = 4 * continues + is_after + 8 * lines
    sentences = np.minimum(layout.sentences.between(near + 1, far + is_after), 3)
    between = np.minimum(np.abs(layout.openings.between(near + 1, far)), 3)
    return {
        "continues": continues,
        "side": side,
        "where": side * 64 + sentences * 16 + between * 4,
        "gap": bucket(layout.free.between(near, far)),
        "commas": np.minimum(layout.commas.between(near, far), 4),
        "rank": np.minimum(layout.heads.between(near, far), 6),
        "cues": np.minimum(layout.verbal_cues.between(near, far), 3),
    }


def _phrases(layout: Layout, edge: dict[str, Ints], passage: Places, head: Places) -> dict[str, Integers]:
    """The noun phrase of each pair's head, and the words beside it."""
    start = layout.phrase_starts.take(head).astype(np.intp)
    prior, past = start - 1, head + 1
    return {
        "head_class": layout.classes.take(head),
        "head_kind": layout.kinds_of_names(head),
        "head_word": layout.words.take(head),
        "next_class": layout.classes.take(past),
        "next_word": layout.words.take(past),
        "next2_word": layout.words.take(head + 2),
        "prior_class": layout.classes.take(prior),
        "prior_word": layout.words.take(prior),
        "prior2_word": layout.words.take(start - 2),
        "prior_cue": layout.cues.take(prior),
        "touches": (start == edge["after"].take(passage)) + 2 * (past == edge["mark"].take(passage)),
    }


def _next_cues(layout: Layout, source: dict[str, Ints], passage: Places, head: Places) -> dict[str, Integers]:
    """The first reporting verb after each pair's head, in its sentence."""
    next_cue = layout.verbal_cues.next(head + 1).astype(np.intp)
    heads_to_cue = layout.heads.between(head, next_cue)
    has_cue = (next_cue < layout.count) & (layout.sentences.between(head + 1, next_cue + 1) == 0)
    return {
        "to_cue": where(has_cue, bucket(layout.free.between(head, next_cue)), FAR),
        "heads_to_cue": where(has_cue, np.minimum(heads_to_cue, 4), -1),
        "cue_form": where(has_cue, layout.classes.take(next_cue), -1),
        "cue_kind": where(has_cue, layout.cues.take(next_cue), -1),
        "cue_side": (next_cue == source["before"].take(passage)) + 2 * (next_cue == source["behind"].take(passage)),
    }


def _match(source: Ints, head: Places) -> Integers:
    """0: the cue has no source; 1: another one; 2: this head."""
    found: Integers = (source >= 0) * (1 + (source == head))
    return found


def choose(layout: Layout, edge: dict[str, Ints], model: LinearModel, source_model: LinearModel) -> tuple[Ints, Ints]:
    """For each passage the head of its speaker, or CONTINUES, and by how much its score is above that of the next best."""
    pairs, source = candidates(layout), sources(layout, edge, source_model)
    scores = []
    for first in range(0, len(pairs.head), PAIRS_AT_ONCE):
        some = Candidates(*(column[first : first + PAIRS_AT_ONCE] for column in pairs))
        scores.append(TEMPLATES.scores(columns(layout, edge, source, some), model)[:, 0])
    score = np.concatenate([np.empty(0, np.int32), *scores])
    best = best_rows(pairs.passage, score)
    head = whole(layout, pairs.head[best].astype(np.int32))
    possessor = _possessors(layout, edge["mark"])
    passages = np.arange(len(head))
    goes_on_past = np.append(False, possessor[:-1] >= 0)[: len(head)] & (head == CONTINUES)
    last_named = np.maximum.accumulate(np.where(head != CONTINUES, passages, 0))
    head = np.where(goes_on_past, head[last_named], head)
    return np.where(possessor >= 0, possessor, head).astype(np.int32), margins(pairs.passage, score, best)


def _possessors(layout: Layout, mark: Ints) -> Ints:
    """Whose words stand between marks after a noun of reporting with a possessor, "[Lee]'s charge of “theft”"; else -1."""
    noun = mark - 2
    owner = layout.heads.last(noun)
    reports = (layout.particles[mark - 1] == Particle.OF) & (layout.cues[noun] != CueClass.NONE) & (owner >= 0)
    owns = (layout.classes[owner + 1] == WordClass.POSSESSIVE) | (layout.particles[owner] == Particle.POSSESSIVE)
    return np.where(reports & owns & (noun - owner <= MAX_TO_OWNED), owner, -1)
