"""Which tokens can be part of a name, and what stands around them, for many documents at once."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from builder.document import Document, Vocabulary
from builder.learned import Integers
from builder.names.words import CAPITAL, CAPITALS, HAS_CAPITAL, LOWER, ONE_CAPITAL, SHAPE, listed, word_facts

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Number = TypeVar("Number", bound=np.integer)

LONGEST_GAP = 3
"""Most tokens without a capital between two parts of a name ("Ministry of the Interior")."""
LONGEST_RUN = 48
"""Runs of candidates are cut after so many tokens, so that hostile text costs no more than other text."""
MARGIN = 4
"""Empty places before, between and after documents, so that no window sees the neighbouring document."""

JOINS, OPENS, TIGHT = 1, 2, 4
"""Stands between two parts of a name without a capital; may open one too ("van der Bellen"); is a mark written on to them."""

_JOINING = dict.fromkeys("of the and for in on del della do dos das des les y e / s".split(), JOINS)
_JOINING |= dict.fromkeys("de der den van von la le el al bin ibn abu du da di".split(), JOINS | OPENS)
_JOINING |= dict.fromkeys("& - . ' ’".split(), JOINS | TIGHT)


def joining(words: list[str]) -> Ints:
    return listed(_JOINING, words)


PLAIN_LINE, TITLE_LINE, SHOUTED_LINE = range(3)


class Words:
    """The words of a grid: what is known of words, looked up for all places; 0 for an empty place.

    ``ids`` are word numbers, -1 where a place is empty.
    """

    def __init__(self, vocabulary: Vocabulary, ids: Ints) -> None:
        self.vocabulary = vocabulary
        self.ids = ids
        self._empty = np.flatnonzero(ids < 0)
        self._facts = vocabulary.table(word_facts)
        self._facts_found: dict[str, Integers] = {}
        self._signs_found: dict[Callable[[list[str]], Ints], Ints] = {}

    def signs(self, of: Callable[[list[str]], Ints]) -> Ints:
        """``of`` each word; kept, and not to be changed. ``of`` must be a pure module-level function."""
        if of not in self._signs_found:
            self._signs_found[of] = self.look_up(self.vocabulary.table(of))
        return self._signs_found[of]

    def fact(self, field: str) -> Integers:
        """A field of :data:`builder.names.words.FACTS`; kept, and not to be changed."""
        if field not in self._facts_found:
            self._facts_found[field] = self.look_up(self._facts[field])
        return self._facts_found[field]

    def look_up(self, of_words: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """A value for each place from one for each word number."""
        if not len(of_words):
            return np.zeros(len(self.ids), of_words.dtype)
        found = of_words.take(self.ids, mode="clip")
        found[self._empty] = 0
        return found

    def at(self, place: int) -> str:
        """The word at a place, "" if it is empty."""
        number = self.ids[place]
        return self.vocabulary.words[number] if number >= 0 else ""

    def are(self, places: Integers, words: Collection[str]) -> Bools:
        """At which of these places one of the words stands."""
        return self.have(places, self.vocabulary.numbers(words))

    def have(self, places: Integers | slice, numbers: Integers | list[int]) -> Bools:
        """At which of these places a word with one of the numbers stands."""
        wanted = np.zeros(len(self.vocabulary.words) + 1, np.bool_)
        wanted[numbers] = True
        wanted[-1] = False
        found: Bools = wanted[self.ids[places]]
        return found

    def distinct(self, places: Integers) -> Longs:
        """Numbers of the words at these places, ascending and each once, without the empty place."""
        used = np.zeros(len(self.vocabulary.words) + 1, np.bool_)
        used[self.ids[places]] = True
        return np.flatnonzero(used[:-1])

    def renumbered(self, places: Integers) -> tuple[Longs, Ints]:
        """Numbers of the words at these places, and for each place of the grid its word's index there, -1 if it has none."""
        used = self.distinct(places)
        index = np.full(len(self.vocabulary.words) + 1, -1, np.int32)
        index[used] = np.arange(len(used))
        return used, index[self.ids]

    def features(self, numbers: Longs) -> npt.NDArray[np.uint16]:
        """Features of the words with these numbers."""
        found: npt.NDArray[np.uint16] = self._facts["features"][numbers]
        return found


@dataclass(frozen=True)
class Grid:
    """Documents of one vocabulary laid end to end with empty places between; a place is a token or an empty place.

    ``firsts`` is the place of each document's first token. ``places`` are the candidates, ascending; the other arrays of
    candidates go with it. ``run_starts`` are indexes into ``places``.
    """

    words: Words
    firsts: list[int]
    document: Ints
    spaced: Bools
    capital: Bools
    opens_sentence: Bools
    line_style: Ints
    places: Ints
    core_first: Ints
    core_last: Ints
    run_starts: Ints

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.document)

    @cached_property
    def distinct_words(self) -> tuple[Longs, Longs, Ints, Longs]:
        """The words of the candidates, case aside, of each document.

        An order of candidates in which equal ones of a document stand side by side, where in it each distinct word starts,
        the number of its distinct word for each candidate, and how often it has each.
        """
        keys = self.words.fact("lower_hash")[self.places].astype(np.int64)
        keys |= self.document[self.places].astype(np.int64) << 32
        order = np.argsort(keys)
        ascending = keys[order]
        new = np.append(True, ascending[1:] != ascending[:-1])[: len(keys)]
        number = np.empty(len(keys), np.int32)
        number[order] = np.cumsum(new) - 1
        starts = np.flatnonzero(new)
        return order, starts, number, np.diff(np.append(starts, len(keys)))

    def word_keys(self, places: Integers) -> Longs:
        """One number for each word of each document; its last 32 bits are the number of the word."""
        return self.document[places].astype(np.int64) << 32 | self.words.ids[places]

    @cached_property
    def run_lengths(self) -> Ints:
        return np.diff(np.append(self.run_starts, len(self.places))).astype(np.int32)


def is_among(keys: Longs, known: Longs) -> Bools:
    """Which of the keys are known; ``known`` is ascending."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    found: Bools = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return found


def lay_out(documents: Sequence[Document]) -> Grid:
    """The grid of documents that share a vocabulary."""
    firsts, size = [], MARGIN
    for document in documents:
        firsts.append(size)
        size += len(document) + MARGIN
    ids = np.full(size, -1, np.int32)
    number = np.zeros(size, np.int32)
    spaced, opens_sentence = np.ones(size, np.bool_), np.zeros(size, np.bool_)
    line_starts = [np.zeros(1, np.int64)]
    for k, (first, document) in enumerate(zip(firsts, documents, strict=True)):
        stop = first + len(document)
        ids[first:stop] = document.ids
        number[first:stop] = k
        spaced[first + 1 : stop] = document.start_array[1:] > document.end_array[:-1]
        opens_sentence[np.asarray(document.sentence_starts, np.int64) + first] = True
        line_starts.append(np.asarray(document.line_starts, np.int64) + first)
    words = Words(documents[0].vocabulary, ids)
    forms, joins = words.fact("form"), words.signs(joining)
    capital, tight = forms & HAS_CAPITAL != 0, joins & TIGHT != 0
    candidate = _candidates(capital, joins, tight, spaced, opens_sentence)
    initial = np.append(False, forms[:-1] == ONE_CAPITAL | HAS_CAPITAL)
    inner = candidate & tight & ~spaced & (initial | np.append(~spaced[1:], False))
    core_first, core_last = _stretches(capital | inner, opens_sentence)
    places = np.flatnonzero(candidate)
    run_starts = np.flatnonzero(_run_starts(candidate, opens_sentence)[places])
    line_style = _line_styles(words, np.concatenate(line_starts))
    return Grid(
        words, firsts, number, spaced, capital, opens_sentence, line_style,
        places.astype(np.int32), core_first[places], core_last[places], _cut_long_runs(run_starts, len(places)),
    )  # fmt: skip


def _candidates(capital: Bools, joiner: Ints, tight: Bools, spaced: Bools, opens_sentence: Bools) -> Bools:
    """Capitalised words, short gaps of joining words between them, and what is written on to them."""
    joins_on = (joiner != 0) & ~capital & ~opens_sentence
    found = capital.copy()
    ending_here = capital.copy()
    for length in range(1, LONGEST_GAP + 1):
        ending_here = np.append(False, ending_here[:-1]) & joins_on
        closes = np.append(ending_here[:-1] & capital[1:] & ~opens_sentence[1:], False)
        for back in range(length):
            found |= np.append(closes[back:], np.zeros(back, np.bool_))
    before_capital = np.append(capital[1:] & spaced[1:] & ~opens_sentence[1:], False)
    found |= before_capital & (joiner & OPENS != 0)
    stop_after = np.append(False, capital[:-1]) & tight & ~spaced
    hyphened = np.append(False, stop_after[:-1]) & ~spaced & (joiner & (JOINS | OPENS) != JOINS) & ~tight
    found |= stop_after | (hyphened & ~opens_sentence)
    return found


def _run_starts(member: Bools, opens_sentence: Bools) -> Bools:
    starts: Bools = member & (opens_sentence | ~np.append(False, member[:-1]))
    return starts


def _stretches(member: Bools, opens_sentence: Bools) -> tuple[Ints, Ints]:
    """First and last place of the stretch of members that holds each place; a place outside of any is its own."""
    here = np.arange(len(member), dtype=np.int32)
    starts = _run_starts(member, opens_sentence) | ~member
    first = np.maximum.accumulate(np.where(starts, here, 0))
    ends = np.append(starts[1:], True)
    last = np.minimum.accumulate(np.where(ends, here, len(member))[::-1])[::-1]
    return first.astype(np.int32), last.astype(np.int32)


def _cut_long_runs(starts: npt.NDArray[np.int64], count: int) -> Ints:
    lengths = np.diff(np.append(starts, count))
    if len(lengths) == 0 or lengths.max() <= LONGEST_RUN:
        return starts.astype(np.int32)
    cut = [np.arange(start, start + length, LONGEST_RUN) for start, length in zip(starts, lengths, strict=True)]
    return np.concatenate(cut).astype(np.int32)


def _line_styles(words: Words, line_starts: Longs) -> Ints:
    """How the line of each place is written; capitals say less in a headline. The first start is 0."""
    shapes, lengths = words.fact("form") & SHAPE, words.fact("length")
    lower, capitals, capitalised = (
        np.add.reduceat((shapes == kind) & (lengths >= shortest), line_starts, dtype=np.int32)
        for kind, shortest in ((LOWER, 4), (CAPITALS, 3), (CAPITAL, 3))
    )
    style = np.where((lower == 0) & (capitalised > 2), TITLE_LINE, PLAIN_LINE)
    style = np.where((capitals > 1) & (lower + capitalised <= capitals // 4), SHOUTED_LINE, style)
    return np.repeat(style, np.diff(np.append(line_starts, len(shapes)))).astype(np.int32)
