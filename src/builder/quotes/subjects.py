"""Whose cue it is: the noun phrases of a cue's sentence are scored, and the best one is the source of what is reported."""

from typing import NamedTuple

import numpy as np

from builder.learned import LinearModel
from builder.quotes.hashing import Templates
from builder.quotes.layout import Layout
from builder.quotes.ranking import best_rows, bucket
from builder.quotes.words import Ints

MAX_HEADS_BEFORE = 7
MAX_HEADS_AFTER = 3
AFTER, BEFORE, GOES_ON = 0, 1, 2
"""Where a cue has what it reports: after it, or before it; or the clause goes on from the one before it."""
NOBODY = -1
"""In place of a head: the sentence does not say whose it is."""

TEMPLATES = Templates(
    (
        "side rank",
        "side rank head_class",
        "side gap commas",
        "side head_word",
        "side rank next_class",
        "side rank next_word",
        "side rank prior_class",
        "side prior_word",
        "side rank prior_class next_class",
        "side prior_word next_class",
        "side rank commas cue",
        "side rank cue form",
        "side cue_word rank",
        "side rank cue_prior",
        "side gap cue_prior head_class",
        "side rank cue_prior2 cue_prior",
        "side rank cue_next",
        "side gap cue_next form",
        "side rank cues_between commas",
        "side cues_between head_class next_class",
        "side starts_sentence commas rank",
        "side starts_sentence prior_class head_class",
        "side starts_sentence next_class gap",
        "side verbs_between commas head_class",
        "side verbs_between rank",
        "side direction rank head_class",
        "side direction gap commas",
        "side direction prior_class commas",
        "direction cue cue_prior side",
    )
)


class Candidates(NamedTuple):
    """Pairs of a cue (by its number) and a head or NOBODY; pairs of a cue stand together."""

    cue: Ints
    head: Ints


def candidates(layout: Layout, at: Ints) -> Candidates:
    heads = layout.heads
    first, stop = layout.sentence_ranges(at)
    low = np.maximum(np.searchsorted(heads, first), np.searchsorted(heads, at) - MAX_HEADS_BEFORE)
    high = np.minimum(np.searchsorted(heads, stop), np.searchsorted(heads, at) + MAX_HEADS_AFTER)
    sizes = np.maximum(high - low, 0) + 1
    cue = np.repeat(np.arange(len(at), dtype=np.int32), sizes)
    offset = np.arange(len(cue)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    head = np.append(heads, 0)[np.minimum(low[cue] + offset - 1, len(heads))]
    return Candidates(cue, np.where(offset == 0, NOBODY, head).astype(np.int32))


def columns(layout: Layout, at: Ints, direction: Ints, pairs: Candidates) -> dict[str, Ints]:
    classes, words = layout.classes, layout.words
    token = at[pairs.cue]
    first, _ = layout.sentence_ranges(token)
    nobody = pairs.head == NOBODY
    head = np.where(nobody, token, pairs.head)
    before = head < token
    near, far = np.where(before, head, token), np.where(before, token, head)
    start = layout.phrase_starts.take(head)
    return {
        "side": np.where(nobody, 2, before.astype(np.int32)),
        "direction": direction[pairs.cue],
        "rank": np.minimum(layout.heads_before.take(far) - layout.heads_before.take(near), 7),
        "gap": bucket(layout.free_before.take(far) - layout.free_before.take(near)),
        "commas": np.minimum(layout.commas_before.take(far) - layout.commas_before.take(near), 4),
        "cues_between": np.minimum(layout.cues_before.take(far) - layout.cues_before.take(near + 1), 3),
        "verbs_between": np.minimum(layout.finite_before.take(far) - layout.finite_before.take(near + 1), 3),
        "head_class": classes.take(head),
        "head_word": words.take(head),
        "next_class": classes.take(head + 1),
        "next_word": words.take(head + 1),
        "prior_class": classes.take(start - 1),
        "prior_word": words.take(start - 1),
        "starts_sentence": start == first,
        "cue": layout.cues.take(token),
        "form": classes.take(token),
        "cue_word": words.take(token),
        "cue_prior": classes.take(token - 1),
        "cue_prior2": classes.take(token - 2),
        "cue_next": classes.take(token + 1),
    }


def subjects(layout: Layout, at: Ints, direction: Ints, model: LinearModel) -> Ints:
    """Head of the source of each cue, or NOBODY."""
    if not len(at):
        return at
    pairs = candidates(layout, at)
    score = TEMPLATES.scores(columns(layout, at, direction, pairs), model)[:, 0]
    return pairs.head[best_rows(pairs.cue, score, len(at))]
