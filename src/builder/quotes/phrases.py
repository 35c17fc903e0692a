"""Phrases read off around a chosen word: the mention that names a speaker, the cue, the addressee and the date."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from builder.quotes.layout import Layout
from builder.quotes.words import FINITE, CueClass, WordClass
from builder.span import Span

_MAX_PHRASE = 12
_ADDRESSEE_WITHIN = 8
_DATE_WITHIN = 10
_CUE_WITHIN = 60
_SENTENCE_WORDS = 4
_ADDRESSED = (CueClass.TELL, CueClass.ASK)
_PERSONAL = (WordClass.PRONOUN, WordClass.OBJECT_PRONOUN)
_TAKES_COMPLEMENT = (WordClass.NOUN, WordClass.INDEFINITE, WordClass.NUMBER)
_OPENS_PHRASE = (WordClass.NAME, WordClass.ADJECTIVE, WordClass.NOUN)
_CLOSES_PHRASE = (WordClass.STOP, WordClass.MARK, WordClass.COMMA)
_CLOSES_CLAUSE = (WordClass.STOP, WordClass.MARK, WordClass.COLON, WordClass.SUBORDINATOR)
_IN_COMPLEMENT = (
    WordClass.DETERMINER,
    WordClass.ADJECTIVE,
    WordClass.NAME,
    WordClass.NOUN,
    WordClass.HYPHEN,
    WordClass.POSSESSIVE,
)
_MAY_BE_FINITE = [word_class in (*FINITE, WordClass.PARTICIPLE) for word_class in WordClass]


class Mention(NamedTuple):
    """Tokens ``[first, stop)`` that refer to somebody, and how: ``named``, ``pronoun`` or ``nominal``."""

    first: int
    stop: int
    form: str


class Phrases:
    """Answers about the tokens of a batch; the names of each document must ascend, and the dates too."""

    def __init__(self, layout: Layout, dates: Sequence[Sequence[Span]]) -> None:
        batch = layout.batch
        self._batch = batch
        self._classes: list[int] = layout.classes.tolist()
        self._is_cue: list[bool] = layout.is_verbal_cue.tolist()
        self._cues: list[int] = layout.cues.tolist()
        self._quoted: list[int] = layout.quoted.tolist()
        self._starts: list[int] = layout.phrase_starts.tolist()
        self._heads: list[int] = layout.heads.tolist()
        self._line_starts = frozenset(batch.line_starts.tolist())
        self._sentence_starts: list[int] = batch.sentence_starts.tolist()
        self._names = [
            (name.first + shift, name.stop + shift)
            for part, shift in zip(layout.names, batch.firsts, strict=True)
            for name in part
        ]
        self._dates = [
            (document.token_at(date.start) + first, document.token_at(date.end - 1) + first + 1, date)
            for document, part, first in zip(batch.documents, dates, batch.firsts, strict=True)
            for date in part
        ]

    def mention(self, head: int) -> Mention:
        """The noun phrase that ends with ``head``; a name that holds the head is taken whole."""
        first, stop = max(self._starts[head], head - _MAX_PHRASE), head + 1
        opens_line = first - 1 in self._line_starts and first not in self._line_starts
        if opens_line and self._classes[first - 1] in _OPENS_PHRASE:
            first -= 1
        name = self._name_at(head)
        if name is not None:
            first, stop = min(first, name[0]), max(stop, name[1])
        if stop == head + 1 and self._classes[head] in _TAKES_COMPLEMENT:
            stop = self._with_complement(stop)
        while first < head and self._classes[first] in (WordClass.POSSESSIVE, WordClass.HYPHEN):
            first += 1
        return Mention(first, stop, "named" if name is not None else self._form(first, head))

    def _form(self, first: int, head: int) -> str:
        word_class = self._classes[head]
        if word_class in _PERSONAL or word_class == WordClass.DETERMINER:
            return "pronoun"
        opens_sentence = self._sentence_starts[bisect_left(self._sentence_starts, head)] == head
        return "named" if word_class == WordClass.NAME and not (first == head and opens_sentence) else "nominal"

    def _name_at(self, token: int) -> tuple[int, int] | None:
        at = bisect_left(self._names, (token + 1, 0)) - 1
        return self._names[at] if at >= 0 and token < self._names[at][1] else None

    def _with_complement(self, stop: int) -> int:
        """End of "a spokesman for the port" and "the authors of the study"."""
        words, classes = self._batch.words, self._classes
        if stop + 1 >= len(words) or words[stop] not in ("of", "for"):
            return stop
        end = stop + 1
        while end < len(words) and end < stop + _MAX_PHRASE and classes[end] in _IN_COMPLEMENT and not self._quoted[end]:
            end += 1
        return end if classes[end - 1] in (WordClass.NAME, WordClass.NOUN) else stop

    def holds_clause(self, first: int, stop: int) -> bool:
        """Begins and ends like a sentence, or has a finite verb and begins or ends like one."""
        classes = self._classes
        opens = self._batch.words[first][0].isupper() or WordClass.PRONOUN in classes[first : min(first + 2, stop)]
        closes = classes[stop - 1] in (WordClass.STOP, WordClass.COMMA)
        if opens and closes and stop - first > _SENTENCE_WORDS:
            return True
        has_verb = any(_MAY_BE_FINITE[classes[i]] for i in range(first, stop))
        return has_verb and (opens or (closes and stop - first > 6))

    def cue_between(self, first: int, stop: int) -> int | None:
        """The first reporting verb in the range, one of saying before any other."""
        weaker = None
        for i in range(first, min(stop, first + _CUE_WITHIN)):
            if self._is_cue[i]:
                if self._cues[i] <= CueClass.WRITE:
                    return i
                weaker = weaker or i
        return weaker

    def sentence_stop(self, token: int) -> int:
        return self._sentence_starts[bisect_right(self._sentence_starts, token)]

    def is_cue(self, token: int) -> bool:
        return self._is_cue[token]

    def addressee(self, cue: int) -> Span | None:
        """Whom "told Interfax" and "in an interview with Interfax" name."""
        words, classes = self._batch.words, self._classes
        if self._cues[cue] == CueClass.ACCORDING:
            return None
        if self._cues[cue] in _ADDRESSED:
            return self._phrase_from(cue + 1)
        for i in range(cue + 1, min(cue + _ADDRESSEE_WITHIN, len(words) - 1)):
            if classes[i] in _CLOSES_PHRASE or self._quoted[i]:
                return None
            if words[i] == "with" and words[i - 1].lower() in ("interview", "conversation", "call"):
                return self._phrase_from(i + 1)
            if words[i] == "to" and i == cue + 1:
                return self._phrase_from(i + 1)
        return None

    def _phrase_from(self, first: int) -> Span | None:
        """The noun phrase that begins at a token, without the word that opens it."""
        if self._classes[first] == WordClass.OBJECT_PRONOUN:
            return self._batch.span(first, first + 1)
        at = bisect_left(self._heads, first)
        if at == len(self._heads) or self._starts[self._heads[at]] != first:
            return None
        mention = self.mention(self._heads[at])
        return self._batch.span(mention.first, mention.stop)

    def date(self, cue: int, subject: int | None) -> Span | None:
        """The date said of the cue: soon after it, or at the start of the sentence, right before its subject."""
        at = bisect_left(self._dates, (cue, 0))
        if at < len(self._dates):
            first, _, date = self._dates[at]
            if first <= cue + _DATE_WITHIN and not any(map(self._closes_clause, range(cue + 1, first))):
                return date
        if subject is not None and at > 0:
            first, stop, date = self._dates[at - 1]
            opens = self._sentence_starts[bisect_right(self._sentence_starts, subject) - 1] >= first - 1
            if opens and stop == subject - (self._classes[subject - 1] == WordClass.COMMA):
                return date
        return None

    def _closes_clause(self, i: int) -> bool:
        return self._classes[i] in _CLOSES_CLAUSE or bool(self._quoted[i]) or self._batch.words[i] in ("that", "")
