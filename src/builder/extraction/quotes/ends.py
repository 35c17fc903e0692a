"""Where a reported clause ends: the places in its sentence where something may stop are scored, and the best one is taken."""

from typing import NamedTuple

import numpy as np

from builder.extraction.quotes.hashing import Templates
from builder.extraction.quotes.layout import Layout, members
from builder.extraction.quotes.ranking import Places, best_rows, bucket, in_groups
from builder.extraction.quotes.words import Ints, WordClass
from builder.knowledge.learned import Integers, LinearModel

MAX_PLACES = 14

FOR_THE_WHOLE = 45
"""Added to the score of the last place: a clause is cut short only where that is much likelier, for half of one is no report."""

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

    clause: Places
    place: Places


def candidates(layout: Layout, first: Ints, stop: Ints) -> Candidates:
    """The nearest places in each clause, and its ``stop``."""
    places = np.flatnonzero(layout.is_in(_MAY_END)).astype(np.int32)
    low = np.searchsorted(places, first + 1)
    high = np.minimum(np.searchsorted(places, stop), low + MAX_PLACES)
    sizes = np.maximum(high - low, 0) + 1
    clause, number = in_groups(sizes)
    place = np.append(places, 0).take(np.minimum(low.take(clause) + number, len(places)))
    place[np.cumsum(sizes) - 1] = stop
    return Candidates(clause, place.astype(np.intp))


def columns(layout: Layout, at: Ints, first: Ints, stop: Ints, pairs: Candidates) -> dict[str, Integers]:
    classes, words, place = layout.classes, layout.words, pairs.place
    start, end, cue = (column.astype(np.intp).take(pairs.clause) for column in (first, stop, at))
    after, prior = place + 1, place - 1
    return {
        "last": place == end,
        "place_word": words.take(place),
        "place_class": classes.take(place),
        "next_word": words.take(after),
        "next_class": classes.take(after),
        "prior_word": words.take(prior),
        "prior_class": classes.take(prior),
        "length": bucket(place - start),
        "rest": bucket(end - place),
        "rank": np.minimum(layout.commas.between(start, place), 3),
        "commas": np.minimum(layout.commas.between(place, end), 3),
        "verbs": np.minimum(layout.finite.between(start, place), 3),
        "verbs_after": np.minimum(layout.finite.between(place, end), 2),
        "cue": layout.cues.take(cue),
        "cue_word": words.take(cue),
        "opening": classes.take(start) * 2 + (words.take(start - 1) == layout.that),
        "quoted": layout.is_quoted.take(place) + 2 * layout.is_quoted.take(prior),
    }


def ends(layout: Layout, at: Ints, first: Ints, stop: Ints, model: LinearModel) -> Ints:
    """The token before which each clause ends; ``stop`` or earlier."""
    pairs = candidates(layout, first, stop)
    values = columns(layout, at, first, stop, pairs)
    score = TEMPLATES.scores(values, model)[:, 0] + FOR_THE_WHOLE * values["last"]
    return pairs.place[best_rows(pairs.clause, score)].astype(np.int32)
