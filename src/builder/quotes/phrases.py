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
_CONVERSATIONS = ("interview", "conversation", "call")


def _is_one_of(*classes: WordClass) -> list[bool]:
    """By WordClass."""
    return [word_class in classes for word_class in WordClass]


_IS_NAME = _is_one_of(WordClass.NAME)
_IS_PRONOUN = _is_one_of(WordClass.PRONOUN, WordClass.OBJECT_PRONOUN, WordClass.DETERMINER)
_TAKES_COMPLEMENT = _is_one_of(WordClass.NOUN, WordClass.INDEFINITE, WordClass.NUMBER)
_OPENS_PHRASE = _is_one_of(WordClass.NAME, WordClass.ADJECTIVE, WordClass.NOUN)
_GLUES = _is_one_of(WordClass.POSSESSIVE, WordClass.HYPHEN)
_CLOSES_PHRASE = _is_one_of(WordClass.STOP, WordClass.MARK, WordClass.COMMA)
_CLOSES_CLAUSE = _is_one_of(WordClass.STOP, WordClass.MARK, WordClass.COLON, WordClass.SUBORDINATOR)
_IN_COMPLEMENT = _is_one_of(
    WordClass.DETERMINER,
    WordClass.ADJECTIVE,
    WordClass.NAME,
    WordClass.NOUN,
    WordClass.HYPHEN,
    WordClass.POSSESSIVE,
)
_MAY_BE_FINITE = _is_one_of(*FINITE, WordClass.PARTICIPLE)


def _is_with(word: str) -> int:
    return word == "with"


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
        self._classes = layout.classes.data
        self._is_cue = layout.is_verbal_cue.data
        self._cues = layout.cues.data
        self._quoted = layout.quoted.data
        self._starts = layout.phrase_starts.data
        self._name_kinds = layout.name_kinds.data
        self._heads: list[int] = layout.heads.tolist()
        self._line_starts = frozenset(batch.line_starts.tolist())
        self._sentence_starts: list[int] = batch.sentence_starts.tolist()
        self._name_firsts, self._name_stops = (edges.tolist() for edges in layout.name_ranges)
        self._withs = [token for token in batch.where(_is_with) if batch.words[token - 1].lower() in _CONVERSATIONS]
        self._dates = [
            (document.token_at(date.start) + first, document.token_at(date.end - 1) + first + 1, date)
            for document, part, first in zip(batch.documents, dates, batch.firsts, strict=True)
            for date in part
        ]
        self._date_firsts = [first for first, _, _ in self._dates]

    def mention(self, head: int) -> Mention:
        """The noun phrase that ends with ``head``; a name that holds the head is taken whole."""
        classes = self._classes
        first, stop = max(self._starts[head], head - _MAX_PHRASE), head + 1
        opens_line = first - 1 in self._line_starts and first not in self._line_starts
        if opens_line and _OPENS_PHRASE[classes[first - 1]]:
            first -= 1
        name = self._name_at(head)
        if name is not None:
            first, stop = min(first, name[0]), max(stop, name[1])
        if stop == head + 1 and _TAKES_COMPLEMENT[classes[head]]:
            stop = self._with_complement(stop)
        while first < head and _GLUES[classes[first]]:
            first += 1
        return Mention(first, stop, "named" if name is not None else self._form(first, head))

    def _form(self, first: int, head: int) -> str:
        word_class = self._classes[head]
        if _IS_PRONOUN[word_class]:
            return "pronoun"
        if not _IS_NAME[word_class]:
            return "nominal"
        opens_sentence = self._sentence_starts[bisect_left(self._sentence_starts, head)] == head
        return "nominal" if first == head and opens_sentence else "named"

    def _name_at(self, token: int) -> tuple[int, int] | None:
        if not self._name_kinds[token]:
            return None
        at = bisect_right(self._name_firsts, token) - 1
        return (self._name_firsts[at], self._name_stops[at]) if token < self._name_stops[at] else None

    def _with_complement(self, stop: int) -> int:
        """End of "a spokesman for the port" and "the authors of the study"."""
        words, classes = self._batch.words, self._classes
        if stop + 1 >= len(words) or words[stop] not in ("of", "for"):
            return stop
        end = stop + 1
        while end < len(words) and end < stop + _MAX_PHRASE and _IN_COMPLEMENT[classes[end]] and not self._quoted[end]:
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
        return bool(self._is_cue[token])

    def addressee(self, cue: int) -> Span | None:
        """Whom "told Interfax" and "in an interview with Interfax" name."""
        kind = self._cues[cue]
        if kind == CueClass.ACCORDING:
            return None
        if kind in _ADDRESSED:
            return self._phrase_from(cue + 1)
        if self._batch.words[cue + 1] == "to":
            return None if self._quoted[cue + 1] else self._phrase_from(cue + 2)
        at = bisect_right(self._withs, cue)
        if at == len(self._withs) or self._withs[at] >= cue + _ADDRESSEE_WITHIN:
            return None
        token = self._withs[at]
        return None if any(map(self._closes_phrase, range(cue + 1, token + 1))) else self._phrase_from(token + 1)

    def _closes_phrase(self, i: int) -> bool:
        return _CLOSES_PHRASE[self._classes[i]] or bool(self._quoted[i]) or not self._batch.words[i]

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
        at = bisect_left(self._date_firsts, cue)
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
        return _CLOSES_CLAUSE[self._classes[i]] or bool(self._quoted[i]) or self._batch.words[i] in ("that", "")
