"""Who says a quote: every noun phrase near it is scored, and the best one, or the speaker of the quote before it, is taken."""

from typing import NamedTuple

import numpy as np

from builder.learned import LinearModel
from builder.quotes.hashing import Templates
from builder.quotes.layout import Layout
from builder.quotes.ranking import FAR, best_rows, bucket
from builder.quotes.subjects import AFTER, BEFORE, subjects
from builder.quotes.words import Ints

MAX_HEADS_BEFORE = 14
MAX_HEADS_AFTER = 10
CONTINUES = -1
"""In place of a head: the quote goes on from the one before it."""


class Candidates(NamedTuple):
    """Pairs of a passage (by its number) and the head of a noun phrase, or CONTINUES; pairs of a passage stand together."""

    passage: Ints
    head: Ints


def candidates(layout: Layout) -> Candidates:
    """For each passage the heads around it: in its line and in the line before."""
    passages, heads, lines = layout.passages, layout.heads, layout.batch.line_starts
    marks, stops, _ = passages
    line = layout.line_of[marks]
    first, last = lines[np.maximum(line - 1, 0)], lines[line + 1]
    at = np.searchsorted(heads, marks)
    low = np.maximum(np.searchsorted(heads, first), at - MAX_HEADS_BEFORE)
    high = np.minimum(np.searchsorted(heads, last), np.searchsorted(heads, stops) + MAX_HEADS_AFTER)
    sizes = np.maximum(high - low, 0) + 1
    passage = np.repeat(np.arange(len(marks), dtype=np.int32), sizes)
    offset = np.arange(len(passage)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    padded = np.append(heads, 0)
    head = np.where(offset == 0, CONTINUES, padded[np.minimum(low[passage] + offset - 1, len(heads))])
    return Candidates(passage, head.astype(np.int32))


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
    before, behind = layout.last_cue[mark - 1], layout.next_cue[after]
    has_before = before >= first
    has_after = (behind < stop) & (layout.line_of[behind] == layout.line_of[mark])
    has_cue = np.flatnonzero(np.append(has_before, has_after))
    direction = np.repeat(np.array([AFTER, BEFORE], np.int32), len(mark))
    heads = np.full(len(direction), -1, np.int32)
    heads[has_cue] = subjects(layout, np.append(before, behind)[has_cue], direction[has_cue], model)
    head_before, head_after = np.split(heads, 2)
    return {
        "head_before": head_before,
        "head_after": head_after,
        "cue_before": np.where(has_before, layout.cues[before], -1),
        "cue_after": np.where(has_after, layout.cues[behind], -1),
        "cue_before_word": np.where(has_before, layout.words[before], -1),
        "cue_after_word": np.where(has_after, layout.words[behind], -1),
        "cue_before_gap": np.where(has_before, bucket(layout.free_before[mark] - layout.free_before[before]), FAR),
        "cue_after_gap": np.where(has_after, bucket(layout.free_before[behind] - layout.free_before[after]), FAR),
    }


def columns(layout: Layout, pairs: Candidates, source_model: LinearModel) -> dict[str, Ints]:
    """Values of the templates' columns for each pair; for CONTINUES the quote before stands in place of a head."""
    edge = edges(layout)
    source = sources(layout, edge, source_model)
    p, continues = pairs.passage, pairs.head == CONTINUES
    previous = np.where(edge["is_first"].take(p), p, p - 1)
    h = np.where(continues, edge["close"].take(previous), pairs.head)
    mark, close, after = edge["mark"].take(p), edge["close"].take(p), edge["after"].take(p)
    is_before = h < mark
    near, far = np.where(is_before, h, close), np.where(is_before, mark, h)
    lines = np.minimum(np.abs(layout.line_of.take(mark) - layout.line_of.take(h)), 3)
    side = np.where(continues, 4, 0) + np.where(is_before, 0, 1) + 8 * lines
    sentences = np.minimum(layout.sentences_before.take(far + ~is_before) - layout.sentences_before.take(near + 1), 3)
    between = np.minimum(np.abs(layout.passages_before.take(far) - layout.passages_before.take(near + 1)), 3)
    rank = np.minimum(np.abs(layout.heads_before.take(far) - layout.heads_before.take(near)), 6)
    start = layout.phrase_starts.take(h)
    next_cue = layout.next_cue.take(h + 1)
    to_cue = bucket(layout.free_before.take(next_cue) - layout.free_before.take(h))
    has_cue = (next_cue < layout.count) & (layout.sentences_before.take(next_cue + 1) == layout.sentences_before.take(h + 1))
    is_cue_before = next_cue == layout.last_cue.take(mark - 1)
    is_cue_after = next_cue == layout.next_cue.take(after)
    return {
        **{name: values.take(p) for name, values in (edge | source).items() if name in TEMPLATES.columns},
        "source_before": _match(source["head_before"].take(p), h),
        "source_after": _match(source["head_after"].take(p), h),
        "continues": continues,
        "side": side,
        "where": side * 64 + sentences * 16 + between * 4,
        "gap": bucket(np.abs(layout.free_before.take(far) - layout.free_before.take(near))),
        "commas": np.minimum(layout.commas_before.take(far) - layout.commas_before.take(near), 4),
        "rank": rank,
        "cues": np.minimum(layout.cues_before.take(far) - layout.cues_before.take(near), 3),
        "head_class": layout.classes.take(h),
        "head_kind": layout.name_kinds.take(h),
        "head_word": layout.words.take(h),
        "next_class": layout.classes.take(h + 1),
        "next_word": layout.words.take(h + 1),
        "next2_word": layout.words.take(h + 2),
        "prior_class": layout.classes.take(start - 1),
        "prior_word": layout.words.take(start - 1),
        "prior2_word": layout.words.take(start - 2),
        "prior_cue": layout.cues.take(start - 1),
        "to_cue": np.where(has_cue, to_cue, FAR),
        "heads_to_cue": np.where(has_cue, np.minimum(layout.heads_before.take(next_cue) - layout.heads_before.take(h), 4), -1),
        "cue_form": np.where(has_cue, layout.classes.take(next_cue), -1),
        "cue_kind": np.where(has_cue, layout.cues.take(next_cue), -1),
        "cue_side": is_cue_before + 2 * is_cue_after,
        "touches": (start == after) + 2 * (h + 1 == mark),
        "previous_end": edge["end"].take(previous),
        "previous_ends_line": edge["ends_line"].take(previous),
    }


def _match(source: Ints, head: Ints) -> Ints:
    """0: the cue has no source; 1: another one; 2: this head."""
    return np.where(source < 0, 0, np.where(source == head, 2, 1)).astype(np.int32)


def choose(layout: Layout, model: LinearModel, source_model: LinearModel) -> Ints:
    """For each passage the head of its speaker, or CONTINUES."""
    pairs = candidates(layout)
    score = TEMPLATES.scores(columns(layout, pairs, source_model), model)[:, 0]
    return pairs.head[best_rows(pairs.passage, score, len(layout.passages.mark))]
