"""Where a reported clause ends: the places in its sentence where something may stop are scored, and the best one is taken."""

from typing import NamedTuple

import numpy as np

from builder.learned import LinearModel
from builder.quotes.hashing import Templates
from builder.quotes.layout import Layout, members
from builder.quotes.ranking import best_rows, bucket
from builder.quotes.words import Ints, WordClass

MAX_PLACES = 14

TEMPLATES = Templates(
    (
        "last",
        "last place_word",
        "place_word next_word",
        "place_class next_class prior_class",
        "place_word prior_class",
        "place_class prior_word",
        "place_word length",
        "place_class length rank",
        "place_class verbs verbs_after",
        "place_word verbs",
        "place_word commas rank",
        "place_class rest",
        "place_word rest cue",
        "place_class cue rank",
        "place_class cue_word",
        "place_word cue",
        "last cue rest",
        "last cue_word",
        "last length cue",
        "last rank verbs",
        "place_class opening cue",
        "place_word opening",
        "last opening verbs",
        "last opening commas",
        "place_class opening verbs next_class",
        "place_word next_class verbs",
        "last quoted",
        "place_class quoted length",
    )
)
_MAY_END = members(
    WordClass.COMMA,
    WordClass.DASH,
    WordClass.STOP,
    WordClass.COLON,
    WordClass.BRACKET,
    WordClass.MARK,
    WordClass.CONJUNCTION,
    WordClass.PREPOSITION,
    WordClass.SUBORDINATOR,
    WordClass.RELATIVE,
    WordClass.TIME,
    WordClass.TO,
)


class Candidates(NamedTuple):
    """Pairs of a clause (by its number) and the token before which it may end; pairs of a clause stand together."""

    clause: Ints
    place: Ints


def candidates(layout: Layout, first: Ints, stop: Ints) -> Candidates:
    """The nearest places in each clause, and its ``stop``."""
    places = np.flatnonzero(layout.is_in(_MAY_END)).astype(np.int32)
    low = np.searchsorted(places, first + 1)
    high = np.minimum(np.searchsorted(places, stop), low + MAX_PLACES)
    sizes = np.maximum(high - low, 0) + 1
    clause = np.repeat(np.arange(len(first), dtype=np.int32), sizes)
    offset = np.arange(len(clause)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    place = np.append(places, 0)[np.minimum(low[clause] + offset, len(places))]
    return Candidates(clause, np.where(offset == sizes[clause] - 1, stop[clause], place).astype(np.int32))


def columns(layout: Layout, at: Ints, first: Ints, stop: Ints, pairs: Candidates) -> dict[str, Ints]:
    classes, words, place = layout.classes, layout.words, pairs.place
    start, end, cue = first[pairs.clause], stop[pairs.clause], at[pairs.clause]
    return {
        "last": place == end,
        "place_word": words.take(place),
        "place_class": classes.take(place),
        "next_word": words.take(place + 1),
        "next_class": classes.take(place + 1),
        "prior_word": words.take(place - 1),
        "prior_class": classes.take(place - 1),
        "length": bucket(place - start),
        "rest": bucket(end - place),
        "rank": np.minimum(layout.commas_before.take(place) - layout.commas_before.take(start), 3),
        "commas": np.minimum(layout.commas_before.take(end) - layout.commas_before.take(place), 3),
        "verbs": np.minimum(layout.finite_before.take(place) - layout.finite_before.take(start), 3),
        "verbs_after": np.minimum(layout.finite_before.take(end) - layout.finite_before.take(place), 2),
        "cue": layout.cues.take(cue),
        "cue_word": words.take(cue),
        "opening": classes.take(start) * 2 + (words.take(start - 1) == layout.that),
        "quoted": layout.is_quoted.take(place) + 2 * layout.is_quoted.take(place - 1),
    }


def ends(layout: Layout, at: Ints, first: Ints, stop: Ints, model: LinearModel) -> Ints:
    """The token before which each clause ends; ``stop`` or earlier."""
    if not len(at):
        return at
    pairs = candidates(layout, first, stop)
    score = TEMPLATES.scores(columns(layout, at, first, stop, pairs), model)[:, 0]
    return pairs.place[best_rows(pairs.clause, score, len(at))]
