"""What surrounds the quotes of a document: arrays over its tokens, made once and read by every model of this folder.

Every array has one entry for each token of the batch; before the first document stands the padding of the last.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import numpy as np

from builder.extraction.quotes.batch import PAD, Batch
from builder.extraction.quotes.landmarks import Landmarks, TokenRanges, TokenRuns
from builder.extraction.quotes.marks import Passages
from builder.extraction.quotes.statements import Blocks
from builder.extraction.quotes.words import (
    ABBREVIATION,
    CAPITAL,
    FINITE,
    Bools,
    Bytes,
    CueClass,
    Ints,
    Particle,
    WordClass,
    classes_of,
    cues_of,
    lower_hash,
    particles_of,
)
from builder.knowledge.learned import Integers

_HEADS = (WordClass.NAME, WordClass.NOUN, WordClass.PRONOUN, WordClass.INDEFINITE, WordClass.NUMBER)
_IN_PHRASE = (
    *_HEADS,
    WordClass.ADJECTIVE,
    WordClass.PARTICIPLE,
    WordClass.POSSESSIVE,
    WordClass.HYPHEN,
)


def members(*classes: WordClass) -> int:
    """A set of word classes, for ``Layout.is_in`` and ``Layout.are_in``."""
    return sum(1 << word_class for word_class in set(classes))


_IN_COMPLEMENT = members(
    WordClass.DETERMINER,
    WordClass.ADJECTIVE,
    WordClass.NAME,
    WordClass.NOUN,
    WordClass.HYPHEN,
    WordClass.POSSESSIVE,
)
_BREAKS = members(
    WordClass.COMMA,
    WordClass.COLON,
    WordClass.STOP,
    WordClass.DASH,
    WordClass.BRACKET,
    WordClass.RELATIVE,
    WordClass.SUBORDINATOR,
    WordClass.TO,
)
_VERBS = (WordClass.VERB, WordClass.VERB_S)
_IS_HEAD = members(*_HEADS)
_IS_INSIDE = members(*_IN_PHRASE)
_GOES_ON = members(WordClass.NAME, WordClass.NOUN, WordClass.HYPHEN)
_IS_FINITE = members(*FINITE)
_MAY_BE_FINITE = members(*FINITE, WordClass.PARTICIPLE)
_IS_START = members(WordClass.DETERMINER, WordClass.PRONOUN, WordClass.INDEFINITE)


NamedTokens = tuple[int, int, str, str]
"""Tokens ``[first, stop)`` of a document that are a name of one of KINDS, and the rule that found it."""
KINDS = ("person", "organisation", "place", "other")
_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS, 1)}


class Layout:
    that = lower_hash("that")

    def __init__(
        self, batch: Batch, passages: Passages, names: Sequence[Sequence[NamedTokens]], blocks: Blocks | None = None
    ) -> None:
        self.batch = batch
        self.names = names
        self.passages = passages
        self.count = batch.count - PAD
        """The first of the last empty tokens."""
        self.words = batch.hashes
        self.particles = particles_of(batch.facts)
        self.classes = self._refined_classes()
        self.cues = self._refined_cues()
        self._class_bits = np.left_shift(1, self.classes.astype(np.int32))
        self.is_quoted = self._is_quoted(blocks)
        self.is_free = ~self.is_quoted & (self.classes != WordClass.MARK)
        self.line_of = np.cumsum(self.batch.opens_line, dtype=np.int32) - 1
        """Number of a token's line; the empty tokens after a document are a line too."""

    def _refined_classes(self) -> Bytes:
        """Word classes, with possessive endings, dots of abbreviations, hyphens inside words and contractions told by their
        neighbours ("in May" too), and names that are words too ("Mrs May") by the names that were found."""
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
        opens_noun = np.roll((classes == WordClass.POSSESSIVE) | (self.particles == Particle.ARTICLE), 1)
        opens_noun |= np.roll(self.particles == Particle.POSSESSIVE, 1)
        classes[opens_noun & ((classes == WordClass.VERB) | (classes == WordClass.VERB_S))] = WordClass.NOUN
        contracted = joined & np.roll(apostrophes, 1)
        negated = np.flatnonzero(contracted & (self.particles == Particle.T))
        classes[negated - 2], classes[negated - 1], classes[negated] = WordClass.AUXILIARY, WordClass.ADVERB, WordClass.ADVERB
        self.particles[negated] = Particle.NOT
        verbs = np.flatnonzero(contracted & (self.particles == Particle.CONTRACTED))
        classes[verbs - 1] = classes[verbs] = WordClass.AUXILIARY
        named = (self.name_at >= 0) & (batch.facts & CAPITAL != 0)
        classes[named & ((classes == WordClass.TIME) | (classes == WordClass.AUXILIARY))] = WordClass.NAME
        told = (classes == WordClass.PARTICIPLE) & (cues_of(batch.facts) == CueClass.SAY) & np.roll(classes == WordClass.MARK, 1)
        classes[told & np.roll(batch.facts & CAPITAL != 0, -1)] = WordClass.PAST
        after = np.append(False, np.isin(classes, (WordClass.PREPOSITION, WordClass.NUMBER)))[:-1]
        classes[after & (classes == WordClass.AUXILIARY) & (batch.facts & CAPITAL != 0)] = WordClass.TIME
        return classes

    def _refined_cues(self) -> Bytes:
        """Cues; a determiner makes a noun of a verb ("his claim"), a capital inside a sentence no cue ("Secretary of State")."""
        cues = cues_of(self.batch.facts)
        is_noun = (self.classes == WordClass.NOUN) & (cues != CueClass.NONE) & (cues <= CueClass.ATTEND)
        cues[is_noun & np.isin(classes_of(self.batch.facts), _VERBS)] = CueClass.NOUN
        cues[(self.batch.facts & CAPITAL != 0) & ~self.batch.opens_sentence & ~self.batch.opens_line] = CueClass.NONE
        return cues

    def _is_quoted(self, blocks: Blocks | None) -> Bools:
        """Whether a token or mark belongs to a passage or a block."""
        mark, stop, closed = self.passages
        in_passage = self.batch.spread(mark, stop + closed, np.ones(len(mark), np.bool_), outside=False)
        if blocks is None or not len(blocks.first):
            return in_passage
        return in_passage | self.batch.spread(blocks.first, blocks.stop, np.ones(len(blocks.first), np.bool_), outside=False)

    def is_in(self, classes: int) -> Bools:
        """Of each token whether its class is among the ``members``."""
        found: Bools = self._class_bits & classes != 0
        return found

    def are_in(self, tokens: Ints, classes: int) -> Bools:
        """The same of some tokens."""
        found: Bools = self._class_bits.take(tokens) & classes != 0
        return found

    @cached_property
    def name_ranges(self) -> TokenRanges:
        """The tokens of all names."""
        names = list(chain.from_iterable(self.names))
        shifts = np.repeat(self.batch.firsts, [len(names) for names in self.names])
        first = np.fromiter((first for first, _, _, _ in names), np.int32, len(names))
        stop = np.fromiter((stop for _, stop, _, _ in names), np.int32, len(names))
        return TokenRanges(first + shifts, stop + shifts)

    @cached_property
    def _name_kinds(self) -> Bytes:
        """1 to 4 by the kind of each name, and 0 at the end for what is no name."""
        kinds = [_KIND_NUMBERS[kind] for names in self.names for _, _, kind, _ in names]
        return np.array([*kinds, 0], np.int8)

    @cached_property
    def name_at(self) -> Ints:
        """Number of the name that a token is part of, -1 outside names."""
        firsts, stops = self.name_ranges
        return self.batch.spread(firsts, stops, np.arange(len(firsts), dtype=np.int32), outside=-1)

    def kinds_of_names(self, tokens: Integers) -> Bytes:
        """1 to 4 for tokens of a name by its kind, 0 outside names."""
        return self._name_kinds.take(self.name_at.take(tokens))

    @cached_property
    def heads(self) -> Landmarks:
        """Tokens outside the passages that end a noun phrase, or a possessor in one ("Smith" in "Smith's claim")."""
        goes_on = np.append(self.is_in(_GOES_ON) & ~self.is_quoted, False)[1:] & (self.classes != WordClass.PRONOUN)
        head = (self.is_in(_IS_HEAD) & ~goes_on) | (self.particles == Particle.POSSESSIVE)
        return Landmarks(head & ~self.is_quoted)

    @cached_property
    def phrase_starts(self) -> Ints:
        """First token of the noun phrase that a token would end: after the last token that cannot be inside one.

        The word that opens a line begins no phrase here, for it is often a label; ``Phrases.mentions`` takes it in.
        """
        begins = self.is_in(_IS_START)
        inside = self.is_in(_IS_INSIDE) & ~self.is_quoted & ~self.batch.opens_line
        goes_on = inside & ~begins & np.append(False, (inside | begins)[:-1])
        starts = np.append((~goes_on).nonzero()[0], len(goes_on)).astype(np.int32)
        return np.repeat(starts[:-1], np.diff(starts))

    def sentence_ranges(self, at: Ints) -> TokenRanges:
        """Of the sentence that holds each token."""
        starts, sentence = self.batch.sentence_starts, self._sentence_of.take(at)
        return TokenRanges(starts.take(sentence), starts.take(sentence + 1))

    @cached_property
    def _sentence_of(self) -> Ints:
        return np.cumsum(self.batch.opens_sentence, dtype=np.int32) - 1

    @cached_property
    def complements(self) -> TokenRuns:
        """Runs of tokens that may follow the "of" of a noun phrase."""
        return TokenRuns(self.is_in(_IN_COMPLEMENT) & ~self.is_quoted)

    @cached_property
    def free(self) -> Landmarks:
        """All tokens outside the passages that are no marks."""
        return Landmarks(self.is_free)

    @cached_property
    def sentences(self) -> Landmarks:
        """Tokens outside the passages that begin a sentence; the empty ones do: none goes on into the next document."""
        return Landmarks((self.batch.opens_sentence & self.is_free) | self.batch.is_empty())

    @cached_property
    def finite(self) -> Landmarks:
        """Finite verbs outside the passages."""
        return Landmarks(self.is_in(_IS_FINITE) & ~self.is_quoted)

    @cached_property
    def verbs_anywhere(self) -> Landmarks:
        """What may be a finite verb; regular past forms look like participles."""
        return Landmarks(self.is_in(_MAY_BE_FINITE))

    @cached_property
    def verbs(self) -> Landmarks:
        """The same outside the passages."""
        return Landmarks(self.is_in(_MAY_BE_FINITE) & ~self.is_quoted)

    @cached_property
    def breaks(self) -> Landmarks:
        """Tokens that stand in no plain noun phrase: punctuation, relative pronouns, conjunctions of clauses."""
        return Landmarks(self.is_in(_BREAKS) | (self.particles == Particle.THAT))

    @cached_property
    def is_verbal_cue(self) -> Bools:
        verbal: Bools = (self.cues != CueClass.NONE) & (self.cues <= CueClass.SEEM) & ~self.is_quoted
        return verbal

    @cached_property
    def verbal_cues(self) -> Landmarks:
        """Reporting verbs outside the passages."""
        return Landmarks(self.is_verbal_cue)

    @cached_property
    def marks(self) -> Landmarks:
        return Landmarks(self.classes == WordClass.MARK)

    @cached_property
    def brackets(self) -> Landmarks:
        return Landmarks(self.is_in(members(WordClass.BRACKET)))

    @cached_property
    def commas(self) -> Landmarks:
        """Commas outside the passages."""
        return Landmarks((self.classes == WordClass.COMMA) & ~self.is_quoted)

    @cached_property
    def semicolons(self) -> Landmarks:
        """Those outside the passages."""
        return Landmarks((self.words == lower_hash(";")) & ~self.is_quoted)

    @cached_property
    def thats(self) -> Landmarks:
        """Words that open a reported clause."""
        return Landmarks((self.particles == Particle.THAT) | (self.particles == Particle.WHETHER))

    @cached_property
    def openings(self) -> Landmarks:
        """Marks that open the passages."""
        return Landmarks(self.batch.mask(self.passages.mark))
