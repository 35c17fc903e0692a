"""Phrases read off around chosen words: the mention that names a speaker, the cue, the addressee and the date.

Questions are asked for many tokens at once; -1 in an answer means that there is none.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from builder.extraction.quotes.heads import with_complement
from builder.extraction.quotes.landmarks import Landmarks, TokenRanges, TokenRuns
from builder.extraction.quotes.layout import Layout, members
from builder.extraction.quotes.ranking import select
from builder.extraction.quotes.words import CAPITAL, OFFICE, Bools, CueClass, Ints, Particle, WordClass
from builder.text.span import Span

_MAX_PHRASE = 12
_ADDRESSEE_WITHIN = 8
_DATE_WITHIN = 10
_CUE_WITHIN = 60
_SENTENCE_WORDS = 4
_LONG_PIECE = 6

_IS_PRONOUN = members(WordClass.PRONOUN, WordClass.OBJECT_PRONOUN, WordClass.DETERMINER)
_TAKES_COMPLEMENT = members(WordClass.NOUN, WordClass.INDEFINITE, WordClass.NUMBER)
_OPENS_PHRASE = members(WordClass.NAME, WordClass.ADJECTIVE, WordClass.NOUN)
_MAY_BE_SUBJECT = members(WordClass.NAME, WordClass.NOUN)
_GLUES = members(WordClass.POSSESSIVE, WordClass.HYPHEN)
_CLOSES_PHRASE = members(WordClass.STOP, WordClass.MARK, WordClass.COMMA)
_CLOSES_CLAUSE = members(WordClass.STOP, WordClass.MARK, WordClass.COLON, WordClass.SUBORDINATOR)
_CLOSES_SENTENCE = members(WordClass.STOP, WordClass.COMMA)

NAMED, PRONOUN, NOMINAL = 0, 1, 2
FORMS = ("named", "pronoun", "nominal")


class Phrases:
    """Answers about the tokens of a batch; the names of each document must ascend, and the dates too."""

    def __init__(self, layout: Layout, dates: Sequence[Sequence[Span]]) -> None:
        self._layout = layout
        self._dates = TokenRanges(*layout.batch.token_ranges(dates))
        self._is_empty = layout.batch.is_empty()

    def mentions(self, head: Ints) -> TokenRanges:
        """The noun phrases that end with the heads; a name that holds a head is taken whole."""
        layout = self._layout
        first, stop = np.maximum(layout.phrase_starts[head], head - _MAX_PHRASE), head + 1
        lines = layout.line_of
        opens_line = (lines[first - 1] != lines[first - 2]) & (lines[first] == lines[first - 1])
        first = first - (opens_line & layout.are_in(first - 1, _OPENS_PHRASE) & (layout.cues[first - 1] == CueClass.NONE))
        name = self._names_at(head)
        named = name.first >= 0
        verb = np.maximum(name.first - 1, 0)
        is_object = layout.is_verbal_cue[verb] & layout.are_in(verb - 1, _MAY_BE_SUBJECT)
        first = np.where(named, np.where(is_object, name.first, np.minimum(first, name.first)), first)
        stop = np.where(named, np.maximum(stop, name.stop), stop)
        stop = np.where((stop == head + 1) & layout.are_in(head, _TAKES_COMPLEMENT), with_complement(layout, stop), stop)
        first = self._with_office(first, named)
        return TokenRanges(np.where(first < head, np.minimum(self._glued.after(first), head), first), stop)

    def _with_office(self, first: Ints, named: Bools) -> Ints:
        """First token of "Secretary of State Ann Lee", where the phrase is taken to begin after the "of"."""
        layout = self._layout
        office = np.maximum(first - 2, 0)
        found = named & (layout.particles[first - 1] == Particle.OF) & (layout.batch.facts[office] & OFFICE != 0)
        found &= layout.name_at[first] < 0
        return np.where(found, layout.phrase_starts[office], first)

    def forms(self, head: Ints, mentions: TokenRanges) -> Ints:
        """NAMED, PRONOUN or NOMINAL."""
        layout = self._layout
        named = self._names_at(head).first >= 0
        opens_sentence = (mentions.first == head) & layout.batch.opens_sentence[head]
        nominal = (layout.classes[head] != WordClass.NAME) | opens_sentence
        found: Ints = select([named, layout.are_in(head, _IS_PRONOUN), nominal], [NAMED, PRONOUN, NOMINAL], NAMED)
        return found

    def _names_at(self, token: Ints) -> TokenRanges:
        firsts, stops = self._layout.name_ranges
        name = self._layout.name_at.take(token)
        return TokenRanges(np.append(firsts, -1).take(name), np.append(stops, -1).take(name))

    @cached_property
    def _glued(self) -> TokenRuns:
        return TokenRuns(self._layout.is_in(_GLUES))

    def hold_clauses(self, first: Ints, stop: Ints) -> Bools:
        """Begin like a sentence, or go on with one after a comma, and end like one or have a finite verb."""
        layout, classes = self._layout, self._layout.classes
        is_pronoun = classes == WordClass.PRONOUN
        opens = (layout.batch.facts[first] & CAPITAL != 0) | is_pronoun[first] | (is_pronoun[first + 1] & (first + 1 < stop))
        closes = layout.are_in(stop - 1, _CLOSES_SENTENCE)
        has_verb = layout.verbs_anywhere.between(first, stop) > 0
        goes_on = (classes[first - 2] == WordClass.COMMA) & closes & has_verb & (stop - first > _LONG_PIECE)
        found: Bools = (opens & closes & (stop - first >= _SENTENCE_WORDS)) | (has_verb & opens) | goes_on
        return found

    def cues_between(self, first: Ints, stop: Ints) -> Ints:
        """The first reporting verb in each range, one of saying before any other."""
        stop = np.minimum(stop, first + _CUE_WITHIN)
        strong, any_cue = self._strong_cues.next(first), self._layout.verbal_cues.next(first)
        found: Ints = select([strong < stop, any_cue < stop], [strong, any_cue], -1)
        return found

    @cached_property
    def _strong_cues(self) -> Landmarks:
        layout = self._layout
        return Landmarks(layout.is_verbal_cue & (layout.cues <= CueClass.WRITE))

    def cues_with_company(self, cue: Ints) -> TokenRanges:
        """Cues with what belongs to them: "according to", "not sure", "isn't saying"."""
        particles = self._layout.particles
        negated = (particles[cue - 1] == Particle.NOT) * (1 + 2 * self._layout.batch.touches[cue - 1])
        goes_on = (particles[cue + 1] == Particle.TO) & (self._layout.cues[cue] == CueClass.ACCORDING)
        return TokenRanges(cue - negated, cue + 1 + goes_on)

    def addressees(self, cue: Ints) -> TokenRanges:
        """Whom "told Interfax" and "in an interview with Interfax" name."""
        layout, kind = self._layout, self._layout.cues[cue]
        addressed = (kind == CueClass.TELL) | (kind == CueClass.ASK)
        is_to = layout.particles[cue + 1] == Particle.TO
        unquoted_to = is_to & ~layout.is_quoted[cue + 1]
        with_ = self._withs.next(cue + 1)
        open_to_with = self._phrase_closers.between(cue + 1, with_ + 1) == 0
        near_with = ~is_to & (with_ < cue + _ADDRESSEE_WITHIN) & open_to_with
        before = select([addressed, unquoted_to, near_with], [cue, cue + 1, with_], -1)
        has_phrase = (kind != CueClass.ACCORDING) & (before >= 0)
        return self._phrases_from(before + 1).where(has_phrase)

    @cached_property
    def _withs(self) -> Landmarks:
        """The "with" of "in an interview with"."""
        particles = self._layout.particles
        talked = np.roll(particles == Particle.CONVERSATION, 1)
        return Landmarks((particles == Particle.WITH) & talked)

    @cached_property
    def _phrase_closers(self) -> Landmarks:
        layout = self._layout
        return Landmarks(layout.is_in(_CLOSES_PHRASE) | layout.is_quoted | self._is_empty)

    @cached_property
    def _clause_closers(self) -> Landmarks:
        layout = self._layout
        closes = layout.is_in(_CLOSES_CLAUSE) | (layout.particles == Particle.THAT)
        return Landmarks(closes | layout.is_quoted | self._is_empty)

    def _phrases_from(self, first: Ints) -> TokenRanges:
        """The noun phrases that begin at the tokens, without the words that open them."""
        layout = self._layout
        head = layout.heads.next(first)
        found = self.mentions(head).where((head < layout.count) & (layout.phrase_starts[head] == first))
        is_object = layout.classes[first] == WordClass.OBJECT_PRONOUN
        return TokenRanges(np.where(is_object, first, found.first), np.where(is_object, first + 1, found.stop))

    def dates(self, cue: Ints, subject: Ints, quote: TokenRanges) -> Ints:
        """Numbers of the dates said of the cues: soon after one, or at the start of the sentence, right before its subject.

        A ``subject`` is the first token of a mention, -1 where the cue has none. Dates in the ``quote`` itself do not count.
        """
        firsts, stops = self._dates
        if not len(firsts):
            return np.full(len(cue), -1, np.int32)
        layout = self._layout
        following = np.searchsorted(firsts, cue).astype(np.int32)
        first = firsts[np.minimum(following, len(firsts) - 1)]
        is_near = (following < len(firsts)) & (first <= cue + _DATE_WITHIN)
        follows = is_near & (self._clause_closers.between(np.minimum(cue + 1, first), first) == 0)
        before = following - 1
        begin, _ = layout.sentence_ranges(subject)
        opens = (before >= 0) & (begin >= firsts[before] - 1)
        adjoins = stops[before] == subject - (layout.classes[subject - 1] == WordClass.COMMA)
        found = select([follows, (subject >= 0) & opens & adjoins], [following, before], -1)
        apart = (stops[found] <= quote.first) | (firsts[found] >= quote.stop)
        return np.where(apart, found, -1)
