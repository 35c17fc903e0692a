"""Which tokens can be part of a name, and what stands around them, for many documents at once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from builder.extraction.names.forms import CAPITAL, CAPITALS, HAS_CAPITAL, LONG, LOWER, ONE_CAPITAL, SHAPE
from builder.extraction.names.words import word_facts
from builder.knowledge.learned import Integers, UInts
from builder.text.document import Document, Vocabulary

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Shorts = npt.NDArray[np.uint16]
Number = TypeVar("Number", bound=np.integer)
Value = TypeVar("Value", bound=np.generic)

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


def joining() -> Mapping[str, int]:
    return _JOINING


PLAIN_LINE, TITLE_LINE, SHOUTED_LINE = range(3)


class Words:
    """The words of a grid: what is known of words, looked up for places; 0 for an empty place.

    ``ids`` are word numbers, -1 where a place is empty.
    """

    def __init__(self, vocabulary: Vocabulary, ids: Longs) -> None:
        self.vocabulary = vocabulary
        self.ids = ids
        facts = vocabulary.table(word_facts)
        self.traits_by_number: Shorts = _with_empty(facts["traits"])
        self.hashes_by_number: UInts = _with_empty(facts["lower_hash"])
        self.traits = self.traits_by_number.take(ids)
        self._features = facts["features"]
        self._signs_found: dict[Callable[[], Mapping[str, int]], Ints] = {}

    def signs(self, of: Callable[[], Mapping[str, int]]) -> Ints:
        """The sign of each word in ``of()``, which is always the same, 0 for all others; kept, and not to be changed."""
        if of not in self._signs_found:
            signs = of()
            by_number = np.zeros(len(self.vocabulary.words) + 1, np.int32)
            by_number[self.vocabulary.numbers(signs)] = np.fromiter(signs.values(), np.int32, len(signs))
            by_number[-1] = 0
            self._signs_found[of] = by_number.take(self.ids)
        return self._signs_found[of]

    def hashes(self, places: Integers) -> UInts:
        """Of the words, case aside, at these places."""
        return self.hashes_by_number.take(self.ids.take(places))

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
        return wanted.take(self.ids[places])

    def distinct(self, places: Integers) -> Longs:
        """Numbers of the words at these places, ascending and each once, without the empty place."""
        used = np.zeros(len(self.vocabulary.words) + 1, np.bool_)
        used[self.ids[places]] = True
        return np.flatnonzero(used[:-1])

    def features(self, numbers: Longs) -> UInts:
        """Features of the words with these numbers."""
        found: UInts = self._features[numbers]
        return found


def _with_empty(of_words: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """A value for each word number, and last, where -1 looks, 0 for the empty place."""
    return np.append(of_words, of_words.dtype.type(0))


@dataclass(frozen=True)
class Groups:
    """Candidates side by side that belong together. ``starts`` are the indexes of the first ones among all ``count``."""

    starts: Ints
    count: int

    @cached_property
    def stops(self) -> Ints:
        return np.append(self.starts[1:], np.int32(self.count))

    @cached_property
    def lengths(self) -> Ints:
        return self.stops - self.starts

    @cached_property
    def number(self) -> Ints:
        """The number of the group of each candidate."""
        return np.repeat(np.arange(len(self.starts), dtype=np.int32), self.lengths)

    @cached_property
    def before(self) -> Ints:
        """How many of its group stand before each candidate."""
        return np.arange(self.count, dtype=np.int32) - self.starts.take(self.number)

    @cached_property
    def after(self) -> Ints:
        """How many of its group stand after each candidate."""
        return self.lengths.take(self.number) - 1 - self.before


@dataclass(frozen=True)
class Grid:
    """Documents of one vocabulary laid end to end with empty places between; a place is a token or an empty place.

    ``firsts`` is the place of each document's first token. ``places`` are the candidates, ascending; ``line_style`` goes with
    them. A stretch are capitalised words with the marks that are written on to them; a run are candidates side by side.
    """

    words: Words
    firsts: list[int]
    document: Ints
    spaced: Bools
    capital: Bools
    opens_sentence: Bools
    line_style: Bytes
    places: Ints
    stretches: Groups
    runs: Groups

    def __len__(self) -> int:
        """How many places there are."""
        return len(self.document)

    @cached_property
    def stretch_ends(self) -> tuple[Ints, Ints]:
        """The first and the last place of each stretch."""
        return self.places.take(self.stretches.starts), self.places.take(self.stretches.stops - 1)

    @cached_property
    def distinct_words(self) -> tuple[Longs, Longs, Ints, Longs]:
        """The words of the candidates, case aside, of each document.

        An order of candidates in which equal ones of a document stand side by side, where in it each distinct word starts,
        the number of its distinct word for each candidate, and how often it has each.
        """
        keys = self.document.take(self.places).astype(np.int64) << 32
        keys |= self.words.hashes(self.places)
        order = np.argsort(keys)
        ascending = keys.take(order)
        new = np.append(True, ascending[1:] != ascending[:-1])[: len(keys)]
        number = np.empty(len(keys), np.int32)
        number[order] = np.cumsum(new, dtype=np.int32) - 1
        starts = np.flatnonzero(new)
        return order, starts, number, np.diff(np.append(starts, len(keys)))

    def word_keys(self, places: Integers) -> Longs:
        """One number for each word of each document; its last 32 bits are the number of the word."""
        return self.document[places].astype(np.int64) << 32 | self.words.ids[places]


def is_among(keys: Longs, known: Longs) -> Bools:
    """Which of the keys are known; ``known`` is ascending."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    found: Bools = known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys
    return found


def lay_out(documents: Sequence[Document]) -> Grid:
    """The grid of documents that share a vocabulary."""
    lengths = np.array([len(document) for document in documents])
    firsts = np.cumsum(lengths + MARGIN) - lengths
    ids = _end_to_end([document.ids for document in documents], -1)
    spaced = _end_to_end([document.spaced for document in documents], True)
    opens_sentence = _end_to_end([document.opens_sentence for document in documents], False)
    opens_line = _end_to_end([document.opens_line for document in documents], False)
    opens_line[0] = True
    number = np.repeat(np.arange(len(documents), dtype=np.int32), lengths + MARGIN)
    words = Words(documents[0].vocabulary, ids.astype(np.intp))
    forms, joins = words.traits, words.signs(joining)
    capital, tight = forms & HAS_CAPITAL != 0, joins & TIGHT != 0
    candidate = _candidates(capital, joins, tight, spaced, opens_sentence)
    places = np.flatnonzero(candidate).astype(np.int32)
    begins_run = (opens_sentence[1:] | ~candidate[:-1]).take(places - 1)
    in_stretch = capital | (candidate & tight & _is_written_on(forms, spaced))
    begins_stretch = (opens_sentence[1:] | ~(in_stretch[1:] & in_stretch[:-1])).take(places - 1)
    return Grid(
        words,
        firsts.tolist(),
        np.append(number, np.full(MARGIN, len(documents) - 1, np.int32)),
        spaced,
        capital,
        opens_sentence,
        _line_styles(forms, np.flatnonzero(opens_line), places),
        places,
        Groups(np.flatnonzero(begins_stretch).astype(np.int32), len(places)),
        Groups(_cut_long_runs(np.flatnonzero(begins_run), len(places)), len(places)),
    )


def _end_to_end(of_documents: Sequence[npt.NDArray[Value]], empty: int) -> npt.NDArray[Value]:
    """The values of the tokens of all documents with MARGIN empty places before, between and after them."""
    margin = np.full(MARGIN, empty, of_documents[0].dtype)
    return np.concatenate([margin, *(part for values in of_documents for part in (values, margin))])


def _candidates(capital: Bools, joiner: Ints, tight: Bools, spaced: Bools, opens_sentence: Bools) -> Bools:
    """Capitalised words, short gaps of joining words between them, and what is written on to them."""
    joins_on = (joiner != 0) & ~capital & ~opens_sentence
    found = capital.copy()
    ending_here = capital.copy()
    for length in range(1, LONGEST_GAP + 1):
        ending_here = np.append(False, ending_here[:-1]) & joins_on
        closes = np.append(ending_here[:-1] & capital[1:] & ~opens_sentence[1:], False)
        for back in range(length):
            found[: len(found) - back] |= closes[back:]
    before_capital = np.append(capital[1:] & spaced[1:] & ~opens_sentence[1:], False)
    found |= before_capital & (joiner & OPENS != 0)
    stop_after = np.append(False, capital[:-1]) & tight & ~spaced
    hyphened = np.append(False, stop_after[:-1]) & ~spaced & (joiner & (JOINS | OPENS) != JOINS) & ~tight
    found |= stop_after | (hyphened & ~opens_sentence)
    return found


def _is_written_on(forms: Shorts, spaced: Bools) -> Bools:
    """Where a mark is written on to the words on both sides, or to the initial before it."""
    initial = np.append(False, forms[:-1] & (SHAPE | HAS_CAPITAL) == ONE_CAPITAL | HAS_CAPITAL)
    found: Bools = ~spaced & (initial | np.append(~spaced[1:], False))
    return found


def _cut_long_runs(starts: npt.NDArray[np.int64], count: int) -> Ints:
    lengths = np.diff(np.append(starts, count))
    if len(lengths) == 0 or lengths.max() <= LONGEST_RUN:
        return starts.astype(np.int32)
    cut = [np.arange(start, start + length, LONGEST_RUN) for start, length in zip(starts, lengths, strict=True)]
    return np.concatenate(cut).astype(np.int32)


def _line_styles(forms: Shorts, line_starts: Longs, places: Ints) -> Bytes:
    """How the line of each candidate is written; capitals say less in a headline. The first start is 0."""
    lower, capitals, capitalised = (
        np.add.reduceat(forms & (SHAPE | LONG) == shape | LONG, line_starts, dtype=np.int32)
        for shape in (LOWER, CAPITALS, CAPITAL)
    )
    style = np.where((lower == 0) & (capitalised > 2), TITLE_LINE, PLAIN_LINE)
    style[(capitals > 1) & (lower + capitalised <= capitals // 4)] = SHOUTED_LINE
    return style.astype(np.uint8).repeat(np.diff(np.append(line_starts, len(forms)))).take(places)
