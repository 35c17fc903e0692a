"""Whose cue it is: the noun phrases of a cue's sentence are scored, and the best one is the source of what is reported."""

from typing import NamedTuple

import numpy as np

from builder.extraction.quotes.hashing import Templates
from builder.extraction.quotes.heads import whole
from builder.extraction.quotes.layout import Layout
from builder.extraction.quotes.ranking import LOWEST, Places, best_rows, bucket, in_groups
from builder.extraction.quotes.words import Bools, Ints, Particle, are_among, lower_hashes_of
from builder.knowledge.learned import Integers, LinearModel

MAX_HEADS_BEFORE = 7
MAX_HEADS_AFTER = 3
AFTER, BEFORE, GOES_ON = 0, 1, 2
"""Where a cue has what it reports: after it, or before it; or the clause goes on from the one before it."""
NOBODY = -1
"""In place of a head: the sentence does not say whose it is."""

_MEANS = lower_hashes_of("phone telephone email e-mail mail text message letter fax radio video link skype zoom whatsapp".split())

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

    cue: Places
    head: Places


def candidates(layout: Layout, at: Ints) -> Candidates:
    first, stop = layout.sentence_ranges(at)
    here = layout.heads.before(at)
    low = np.maximum(layout.heads.before(first), here - MAX_HEADS_BEFORE)
    high = np.minimum(layout.heads.before(stop), here + MAX_HEADS_AFTER)
    cue, number = in_groups(high - low + 1)
    head = np.append(NOBODY, layout.heads.tokens).take((low.take(cue) + number) * (number > 0))
    return Candidates(cue, head.astype(np.intp))


def columns(layout: Layout, at: Ints, direction: Ints, pairs: Candidates) -> dict[str, Integers]:
    classes, words = layout.classes, layout.words
    token = at.astype(np.intp).take(pairs.cue)
    first, _ = layout.sentence_ranges(at)
    nobody = pairs.head == NOBODY
    head = pairs.head + nobody * (token - NOBODY)
    near, far = np.minimum(head, token), np.maximum(head, token)
    past_near = near + 1
    start = layout.phrase_starts.take(head).astype(np.intp)
    prior = start - 1
    return {
        "side": 2 * nobody + (head < token),
        "direction": direction.take(pairs.cue),
        "rank": np.minimum(layout.heads.between(near, far), 7),
        "gap": bucket(layout.free.between(near, far)),
        "commas": np.minimum(layout.commas.between(near, far), 4),
        "cues_between": np.minimum(layout.verbal_cues.between(past_near, far), 3),
        "verbs_between": np.minimum(layout.finite.between(past_near, far), 3),
        "head_class": classes.take(head),
        "head_word": words.take(head),
        "next_class": classes.take(head + 1),
        "next_word": words.take(head + 1),
        "prior_class": classes.take(prior),
        "prior_word": words.take(prior),
        "starts_sentence": start == first.take(pairs.cue),
        "cue": layout.cues.take(token),
        "form": classes.take(token),
        "cue_word": words.take(token),
        "cue_prior": classes.take(token - 1),
        "cue_prior2": classes.take(token - 2),
        "cue_next": classes.take(token + 1),
    }


def subjects(layout: Layout, at: Ints, direction: Ints, model: LinearModel) -> Ints:
    """Head of the source of each cue, or NOBODY."""
    pairs = candidates(layout, at)
    score = TEMPLATES.scores(columns(layout, at, direction, pairs), model)[:, 0]
    score = np.where(_are_means(layout, pairs.head), LOWEST, score)
    return whole(layout, pairs.head[best_rows(pairs.cue, score)].astype(np.int32))


def _are_means(layout: Layout, head: Places) -> Bools:
    """ "phone" in "said by phone", "message" in "said by text message"."""
    start = layout.phrase_starts.take(head)
    found: Bools = (head > 0) & (layout.particles.take(start - 1) == Particle.BY) & are_among(layout.words.take(head), _MEANS)
    return found
