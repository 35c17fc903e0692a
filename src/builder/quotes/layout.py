"""What surrounds the quotes of a document: arrays over its tokens, made once and read by every model of this folder.

Every array has one entry for each token of the batch; before the first document stands the padding of the last.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np

from builder.quotes.batch import PAD, Batch
from builder.quotes.marks import Passages
from builder.quotes.words import (
    ABBREVIATION,
    FINITE,
    Bools,
    CueClass,
    Ints,
    Particle,
    WordClass,
    classes_of,
    cues_of,
    lower_hash,
    particles_of,
)

_HEADS = (WordClass.NAME, WordClass.NOUN, WordClass.PRONOUN, WordClass.INDEFINITE, WordClass.NUMBER)
_IN_PHRASE = (
    *_HEADS,
    WordClass.ADJECTIVE,
    WordClass.PARTICIPLE,
    WordClass.POSSESSIVE,
    WordClass.HYPHEN,
)


def members(*classes: WordClass) -> Bools:
    table = np.zeros(len(WordClass), np.bool_)
    table[list(classes)] = True
    return table


_IS_HEAD = members(*_HEADS)
_IS_INSIDE = members(*_IN_PHRASE)
_GOES_ON = members(WordClass.NAME, WordClass.NOUN, WordClass.HYPHEN)
_IS_FINITE = members(*FINITE)
_IS_START = members(WordClass.DETERMINER, WordClass.PRONOUN, WordClass.INDEFINITE)


class NamedTokens(Protocol):
    """Tokens ``[first, stop)`` of a document that are a name of one of KINDS."""

    @property
    def first(self) -> int: ...

    @property
    def stop(self) -> int: ...

    @property
    def kind(self) -> str: ...


KINDS = ("person", "organisation", "place", "other")
_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS, 1)}


class Layout:
    that = lower_hash("that")

    def __init__(self, batch: Batch, passages: Passages, names: Sequence[Sequence[NamedTokens]]) -> None:
        self.batch = batch
        self.names = names
        self.passages = passages
        self.count = batch.count - PAD
        """The first of the last empty tokens."""
        self.words = batch.hashes
        self.cues = cues_of(batch.facts)
        self.particles = particles_of(batch.facts)
        self.classes = self._refined_classes()
        self.quoted = self._quoted()
        self.is_free = (self.quoted == 0) & (self.classes != WordClass.MARK)
        self.free_before = running_count(self.is_free)
        self.sentences_before = running_count(self.starts_sentence & self.is_free)
        self.line_of = np.cumsum(self.batch.mask(batch.line_starts[:-1]), dtype=np.int32) - 1
        """Number of a token's line; the empty tokens after a document are a line too."""

    def _refined_classes(self) -> Ints:
        """Word classes, with possessive endings, dots of abbreviations and hyphens inside words told by their neighbours."""
        batch, joined = self.batch, self.batch.touches
        classes = classes_of(batch.facts)
        joined_next = np.roll(joined, -1)
        before, after = np.roll(classes, 1), np.roll(classes, -1)
        abbreviated = np.roll(batch.facts & ABBREVIATION, 1) != 0
        dots = joined & (classes == WordClass.STOP) & abbreviated & (after == WordClass.NAME)
        apostrophes = joined & (classes == WordClass.APOSTROPHE)
        endings = joined & np.roll(apostrophes, 1) & (self.particles == Particle.S)
        after_plural = apostrophes & ~joined_next & ((before == WordClass.NOUN) | (before == WordClass.NAME))
        loose = (classes == WordClass.HYPHEN) & ~(joined & joined_next)
        classes[loose] = WordClass.DASH
        classes[dots] = WordClass.HYPHEN
        classes[np.roll(endings, -1) | endings | after_plural] = WordClass.POSSESSIVE
        return classes

    def _quoted(self) -> Ints:
        """Number of the passage (from 1) that a token or mark belongs to, 0 outside."""
        mark, stop, closed = self.passages
        steps = np.zeros(self.batch.count + 1, np.int32)
        numbers = np.arange(1, len(mark) + 1)
        steps[mark] += numbers
        steps[stop + closed] -= numbers
        return np.cumsum(steps[:-1], dtype=np.int32)

    def is_in(self, table: Bools) -> Bools:
        """Of each token whether its class is among the ``members``."""
        return table.take(self.classes)

    @cached_property
    def name_ranges(self) -> tuple[Ints, Ints]:
        """First tokens of all names, and the tokens after their last ones."""
        shifts = np.repeat(self.batch.firsts, [len(names) for names in self.names])
        firsts = np.array([name.first for names in self.names for name in names], np.int32)
        stops = np.array([name.stop for names in self.names for name in names], np.int32)
        return firsts + shifts, stops + shifts

    @cached_property
    def name_kinds(self) -> Ints:
        """1 to 4 for tokens of a name by its kind, 0 outside names."""
        firsts, stops = self.name_ranges
        sizes = stops - firsts
        kind = np.array([_KIND_NUMBERS[name.kind] for names in self.names for name in names], np.int32)
        kinds = np.zeros(self.batch.count, np.int32)
        kinds[np.repeat(stops - np.cumsum(sizes), sizes) + np.arange(sizes.sum())] = np.repeat(kind, sizes)
        return kinds

    @cached_property
    def heads(self) -> Ints:
        """Tokens outside the passages that end a noun phrase, or a possessor in one ("Smith" in "Smith's claim")."""
        following = np.roll(self.classes, -1)
        goes_on = _GOES_ON.take(following) & (np.roll(self.quoted, -1) == 0) & (self.classes != WordClass.PRONOUN)
        head = (self.is_in(_IS_HEAD) & ~goes_on) | (self.particles == Particle.POSSESSIVE)
        head &= self.quoted == 0
        return np.flatnonzero(head).astype(np.int32)

    @cached_property
    def phrase_starts(self) -> Ints:
        """First token of the noun phrase that a token would end: after the last token that cannot be inside one.

        The word that opens a line begins no phrase here, for it is often a label; ``Phrases.mentions`` takes it in.
        """
        index = np.arange(len(self.classes), dtype=np.int32)
        inside = self.is_in(_IS_INSIDE) & (self.quoted == 0)
        inside &= self.line_of == np.roll(self.line_of, 1)
        begins = self.is_in(_IS_START)
        last_outside = np.maximum.accumulate(np.where(inside | begins, -1, index + 1))
        last_start = np.maximum.accumulate(np.where(begins, index, -1))
        starts: Ints = np.minimum(np.maximum(last_outside, last_start), index).astype(np.int32)
        return starts

    def sentence_ranges(self, at: Ints) -> tuple[Ints, Ints]:
        """First token of the sentence of each token, and the first one after it."""
        starts = self.batch.sentence_starts
        sentence = np.searchsorted(starts, at, side="right")
        return starts[sentence - 1], starts[sentence]

    @cached_property
    def starts_sentence(self) -> Bools:
        return self.batch.mask(self.batch.sentence_starts[:-1])

    @cached_property
    def finite_before(self) -> Ints:
        return running_count(self.is_in(_IS_FINITE) & (self.quoted == 0))

    @cached_property
    def is_verbal_cue(self) -> Bools:
        verbal: Bools = (self.cues != CueClass.NONE) & (self.cues <= CueClass.SEEM) & (self.quoted == 0)
        return verbal

    @cached_property
    def next_cue(self) -> Ints:
        """Index of the first reporting verb outside the passages at or after a token; the token count where there is none."""
        return self.next_of(self.is_verbal_cue)

    @cached_property
    def last_cue(self) -> Ints:
        """Index of the last reporting verb outside the passages at or before a token; -1 where there is none."""
        return self.last_of(self.is_verbal_cue)

    @cached_property
    def next_mark(self) -> Ints:
        return self.next_of(self.classes == WordClass.MARK)

    @cached_property
    def last_mark(self) -> Ints:
        return self.last_of(self.classes == WordClass.MARK)

    @cached_property
    def next_comma(self) -> Ints:
        return self.next_of((self.classes == WordClass.COMMA) & (self.quoted == 0))

    @cached_property
    def next_that(self) -> Ints:
        return self.next_of((self.particles == Particle.THAT) | (self.particles == Particle.WHETHER))

    @cached_property
    def last_head(self) -> Ints:
        return self.last_of(self.batch.mask(self.heads))

    @cached_property
    def next_head(self) -> Ints:
        return self.next_of(self.batch.mask(self.heads))

    def last_head_before(self, at: Ints) -> Ints:
        return self.last_head[at - 1]

    def next_of(self, mask: Bools) -> Ints:
        """Index of the first token of the mask at or after each token; the token count where there is none."""
        tokens = np.flatnonzero(mask)
        return np.repeat(np.append(tokens, self.count).astype(np.int32), np.diff(tokens, prepend=-1, append=len(mask) - 1))

    def last_of(self, mask: Bools) -> Ints:
        tokens = np.flatnonzero(mask)
        found = np.repeat(np.append(-1, tokens).astype(np.int32), np.diff(tokens, prepend=0, append=len(mask)))
        found[-1:] = -1  # of an empty token; looking before the first token ends here too
        return found

    @cached_property
    def heads_before(self) -> Ints:
        return running_count(self.batch.mask(self.heads))

    @cached_property
    def commas_before(self) -> Ints:
        return running_count((self.classes == WordClass.COMMA) & (self.quoted == 0))

    @cached_property
    def passages_before(self) -> Ints:
        """Number of passages that open before a token."""
        return running_count(self.batch.mask(self.passages.mark))

    @cached_property
    def cues_before(self) -> Ints:
        return running_count(self.is_verbal_cue)


def running_count(mask: Bools) -> Ints:
    """How many of the tokens before each one are in the mask."""
    counts = np.zeros(len(mask), np.int32)
    np.cumsum(mask[:-1], out=counts[1:])
    return counts
