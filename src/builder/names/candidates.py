"""Which tokens can be part of a name, and what stands around them, for many documents at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from builder.document import Document, Vocabulary
from builder.learned import word_hash
from builder.names.words import CAPITAL, CAPITALS, LOWER, MARK, shape

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

LONGEST_GAP = 3
"""Most tokens without a capital between two parts of a name ("Ministry of the Interior")."""
LONGEST_RUN = 48
"""Runs of candidates are cut after so many tokens, so that hostile text costs no more than other text."""
MARGIN = 4
"""Empty places before, between and after documents, so that no window sees the neighbouring document."""

_PARTICLES = frozenset("de der den van von la le el al bin ibn abu du da di".split())
_JOINERS = _PARTICLES | frozenset("of the and for in on del della do dos das des les y e & - . ' ’ / s".split())
_TIGHT = frozenset("-.'’&")


def has_capital(word: str) -> int:
    return word != word.lower() and any(map(str.isupper, word))


def joins(word: str) -> int:
    """1 for what stands between two parts of a name without a capital, 2 if it may open one too ("van der Bellen")."""
    return 2 if word in _PARTICLES else int(word in _JOINERS)


def is_tight_mark(word: str) -> int:
    return word in _TIGHT


def is_initial(word: str) -> int:
    return len(word) == 1 and word.isupper()


def lower_hash(word: str) -> int:
    return word_hash(word.lower())


def _case_sign(word: str) -> int:
    """For telling how a line is written: 1 for a lower-case word, 2 for one in capitals, 3 for a capitalised one."""
    kind = shape(word) if len(word) > 2 else MARK
    return 3 if kind == CAPITAL else 2 if kind == CAPITALS else int(kind == LOWER and len(word) > 3)


PLAIN_LINE, TITLE_LINE, SHOUTED_LINE = range(3)


@dataclass(frozen=True)
class Grid:
    """Documents of one vocabulary laid end to end with empty places between; a place is a token or an empty place.

    ``ids`` are word numbers, -1 where empty; ``firsts`` is the place of each document's first token. ``places`` are the
    candidates, ascending; the other arrays of candidates go with it. ``run_starts`` are indexes into ``places``.
    """

    vocabulary: Vocabulary
    firsts: list[int]
    ids: Ints
    document: Ints
    spaced: Bools
    opens_sentence: Bools
    line_style: Ints
    places: Ints
    core_first: Ints
    core_last: Ints
    run_starts: Ints

    _answers: dict[Callable[[str], int], Ints] = field(default_factory=dict)

    def values(self, of: Callable[[str], int]) -> Ints:
        """``of(word)`` of every place, 0 where empty; kept, and not to be changed."""
        if of not in self._answers:
            self._answers[of] = _values(self.vocabulary, self.ids, of)
        return self._answers[of]

    @cached_property
    def word_keys(self) -> Longs:
        """One number for each word, case aside, of each document; of all places."""
        return self.values(lower_hash).astype(np.int64) | self.document.astype(np.int64) << 32

    @cached_property
    def distinct_words(self) -> tuple[Longs, Ints, Ints]:
        """Distinct keys of candidates, ascending; for each candidate the number of its key; how many candidates have each."""
        keys = self.word_keys[self.places]
        order = np.argsort(keys)
        ascending = keys[order]
        new = np.append(True, ascending[1:] != ascending[:-1])[: len(keys)]
        number = np.empty(len(keys), np.int32)
        number[order] = np.cumsum(new) - 1
        counts = np.diff(np.append(np.flatnonzero(new), len(keys)))
        return ascending[new], number, counts.astype(np.int32)

    @cached_property
    def run_lengths(self) -> Ints:
        return np.diff(np.append(self.run_starts, len(self.places))).astype(np.int32)


def _values(vocabulary: Vocabulary, ids: Ints, of: Callable[[str], int]) -> Ints:
    if not vocabulary.words:
        return np.zeros(len(ids), np.int32)
    values = vocabulary.column(of).take(ids, mode="wrap")
    values[ids < 0] = 0
    return values


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
    vocabulary = documents[0].vocabulary
    capital = _values(vocabulary, ids, has_capital) != 0
    tight = _values(vocabulary, ids, is_tight_mark) != 0
    candidate = _candidates(capital, _values(vocabulary, ids, joins), tight, spaced, opens_sentence)
    initial = np.append(False, _values(vocabulary, ids, is_initial)[:-1] != 0)
    inner = candidate & tight & ~spaced & (initial | np.append(~spaced[1:], False))
    core_first, core_last = _stretches(capital | inner, opens_sentence)
    places = np.flatnonzero(candidate)
    run_starts = np.flatnonzero(_run_starts(candidate, opens_sentence)[places])
    line_style = _line_styles(_values(vocabulary, ids, _case_sign), np.concatenate(line_starts))
    return Grid(
        vocabulary, firsts, ids, number, spaced, opens_sentence, line_style,
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
    found |= before_capital & (joiner == 2)
    stop_after = np.append(False, capital[:-1]) & tight & ~spaced
    hyphened = np.append(False, stop_after[:-1]) & ~spaced & (joiner != 1) & ~tight
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


def _line_styles(sign: Ints, line_starts: npt.NDArray[np.int64]) -> Ints:
    """How the line of each place is written; capitals say less in a headline. The first start is 0."""
    lower, capitals, capitalised = (np.add.reduceat((sign == kind).astype(np.int32), line_starts) for kind in (1, 2, 3))
    style = np.where((lower == 0) & (capitalised > 2), TITLE_LINE, PLAIN_LINE)
    style = np.where((capitals > 1) & (lower + capitalised <= capitals // 4), SHOUTED_LINE, style)
    return np.repeat(style, np.diff(np.append(line_starts, len(sign)))).astype(np.int32)
