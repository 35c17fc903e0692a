"""Phrases read off around a chosen word: the mention that names a speaker, the cue, the addressee and the date."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from builder.quotes.layout import Layout
from builder.quotes.words import CueClass, WordClass
from builder.span import Span

_MAX_PHRASE = 12
_ADDRESSEE_WITHIN = 8
_DATE_WITHIN = 10
_ADDRESSED = (CueClass.TELL, CueClass.ASK)
_PERSONAL = (WordClass.PRONOUN, WordClass.OBJECT_PRONOUN)
_NAMED_HEADS = (WordClass.NAME, WordClass.NUMBER)


class Tokens(Protocol):
    """A range of tokens, such as a Name."""

    @property
    def first(self) -> int: ...

    @property
    def stop(self) -> int: ...


class Mention(NamedTuple):
    """Tokens ``[first, stop)`` that refer to somebody, and how: ``named``, ``pronoun`` or ``nominal``."""

    first: int
    stop: int
    form: str


class Phrases:
    """Answers about one document; names must ascend, dates too."""

    def __init__(self, layout: Layout, names: Sequence[Tokens], dates: Sequence[Span]) -> None:
        self._layout = layout
        self._document = layout.document
        self._classes: list[int] = layout.classes.tolist()
        self._cues: list[int] = layout.cues.tolist()
        self._quoted: list[int] = layout.quoted.tolist()
        self._starts: list[int] = layout.phrase_starts.tolist()
        self._names = sorted(names, key=lambda name: name.first)
        self._name_firsts = [name.first for name in self._names]
        self._dates = sorted(dates)
        self._date_starts = [date.start for date in self._dates]

    def mention(self, head: int) -> Mention:
        """The noun phrase that ends with ``head``; a name that holds the head is taken whole."""
        first, stop = max(self._starts[head], head - _MAX_PHRASE), head + 1
        name = self._name_at(head)
        if name is not None:
            first, stop = min(first, name.first), max(stop, name.stop)
        elif self._classes[head] == WordClass.NOUN:
            stop = self._with_complement(stop)
        while first < head and self._classes[first] in (WordClass.POSSESSIVE, WordClass.HYPHEN):
            first += 1
        return Mention(first, stop, self._form(head, name))

    def _form(self, head: int, name: Tokens | None) -> str:
        word_class = self._classes[head]
        if word_class in _PERSONAL or word_class == WordClass.DETERMINER:
            return "pronoun"
        return "named" if name is not None or word_class in _NAMED_HEADS else "nominal"

    def _name_at(self, token: int) -> Tokens | None:
        at = bisect_left(self._name_firsts, token + 1) - 1
        return self._names[at] if at >= 0 and token < self._names[at].stop else None

    def _with_complement(self, stop: int) -> int:
        """End of "a spokesman for the port" and "the authors of the study"."""
        words, classes = self._document.words, self._classes
        if stop + 1 >= len(words) or words[stop] not in ("of", "for"):
            return stop
        end = stop + 1
        inside = (WordClass.DETERMINER, WordClass.ADJECTIVE, WordClass.NAME, WordClass.NOUN, WordClass.HYPHEN, WordClass.POSSESSIVE)
        while end < len(words) and end < stop + _MAX_PHRASE and classes[end] in inside and not self._quoted[end]:
            end += 1
        return end if classes[end - 1] in (WordClass.NAME, WordClass.NOUN) else stop

    def cue_between(self, first: int, stop: int) -> int | None:
        """The first reporting verb in the range, one of saying before any other."""
        found = [i for i in range(first, stop) if CueClass.NONE < self._cues[i] <= CueClass.SEEM and not self._quoted[i]]
        saying = [i for i in found if self._cues[i] <= CueClass.WRITE]
        return (saying or found or [None])[0]

    def is_cue(self, token: int) -> bool:
        return CueClass.NONE < self._cues[token] <= CueClass.SEEM and not self._quoted[token]

    def addressee(self, cue: int) -> Span | None:
        """Whom "told Interfax" and "in an interview with Interfax" name."""
        words, classes = self._document.words, self._classes
        if self._cues[cue] in _ADDRESSED:
            return self._phrase_from(cue + 1)
        for i in range(cue + 1, min(cue + _ADDRESSEE_WITHIN, len(words) - 1)):
            if classes[i] in (WordClass.STOP, WordClass.MARK, WordClass.COMMA) or self._quoted[i]:
                return None
            if words[i] == "with" and words[i - 1].lower() in ("interview", "conversation", "call"):
                return self._phrase_from(i + 1)
            if words[i] == "to" and i == cue + 1:
                return self._phrase_from(i + 1)
        return None

    def _phrase_from(self, first: int) -> Span | None:
        """The noun phrase that begins at a token, without the word that opens it."""
        layout, last = self._layout, len(self._document) - 1
        if first > last:
            return None
        if first < last and self._classes[first] == WordClass.OBJECT_PRONOUN:
            return self._document.span(first, first + 1)
        heads = layout.heads
        at = int(np.searchsorted(heads, first))
        if at == len(heads) or self._starts[int(heads[at])] != first:
            return None
        mention = self.mention(int(heads[at]))
        return self._document.span(mention.first, mention.stop)

    def date(self, cue: int, subject: int | None) -> Span | None:
        """The date said of the cue: soon after it, or right before its subject."""
        document = self._document
        limit = min(cue + _DATE_WITHIN, len(document) - 1)
        at = bisect_left(self._date_starts, document.ends[cue])
        if at < len(self._dates) and self._dates[at].start < document.starts[limit]:
            token = document.token_at(self._dates[at].start)
            if not any(self._closes_clause(i) for i in range(cue + 1, token)):
                return self._dates[at]
        if subject is not None and subject > 1 and at > 0:
            before = self._dates[at - 1]
            edge = subject - (self._classes[subject - 1] == WordClass.COMMA)
            if document.ends[edge - 1] == before.end:
                return before
        return None

    def _closes_clause(self, i: int) -> bool:
        closing = (WordClass.STOP, WordClass.MARK, WordClass.COLON, WordClass.SUBORDINATOR)
        return self._classes[i] in closing or bool(self._quoted[i]) or self._document.words[i] == "that"
