"""The persons of an article as antecedents: where each stands, in what position, and of which sex."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from builder.document import Document
from builder.given_names import FEMALE, MALE, is_honorific, sex_of_given_name, sex_of_honorific
from builder.offices import is_office, offices
from builder.span import Span

if TYPE_CHECKING:
    from builder.participants import FoundParticipant

_PREPOSITIONS = frozenset("of for with by about to from against on at like than over behind between among versus via".split())
_CASUAL_NOUNS = frozenset(
    "campaign supporters supporter administration foundation team camp aides aide staff voters rally rallies presidency "
    "organization university tower event events fans surrogates family allies policy policies".split()
)
_PRONOUN_SEX = {
    "he": MALE,
    "his": MALE,
    "him": MALE,
    "himself": MALE,
    "she": FEMALE,
    "her": FEMALE,
    "hers": FEMALE,
    "herself": FEMALE,
}
_INTRODUCERS = frozenset("a an one another my our his her their s".split())
_SUBJECT_WITHIN = 4
_RIVALS_READ = 4
_PRONOUN_REACH = 25
_MENTIONS_READ = 12
_TITLE_REACH = 6
_MOST_FOR_FREQUENCY = 4

SUBJECT, POSSESSIVE, GOVERNED, MODIFIER = 6, -4, -4, -8
"""How well a position fits an antecedent, in the points of :mod:`builder.resolution.pronouns`."""


class Anchor(NamedTuple):
    """A place [start, end) that names person ``participant``, in sentence number ``sentence``; ``fit`` is of its position."""

    start: int
    end: int
    participant: int
    sentence: int
    fit: int


class Rival(NamedTuple):
    """A place that means a person of ``sex`` whom the article does not name: "my mother", "a spokeswoman"."""

    start: int
    sex: str
    sentence: int
    fit: int


class Persons:
    """Antecedents of one article, outside its quotes, in reading order."""

    def __init__(self, document: Document, participants: "Sequence[FoundParticipant]", quoted: Sequence[Span]) -> None:
        self._document = document
        self._participants = participants
        starts = document.starts
        self._sentence_bounds = [starts[token - 1] for token in document.sentence_starts[1:]]
        self._quoted_starts = [span.start for span in quoted]
        self._quoted = quoted
        self._tokens = self._mention_tokens()
        self.anchors = self._anchors()
        self.starts = [anchor.start for anchor in self.anchors]
        self._sexes: dict[int, str | None] = {}

    def sex(self, i: int) -> str | None:
        """Asked once for each participant."""
        if i not in self._sexes:
            self._sexes[i] = self._sex(i)
        return self._sexes[i]

    @cached_property
    def titles(self) -> dict[int, frozenset[str]]:
        """By participant; see :meth:`_titles`."""
        return {i: self._titles(i) for i, found in enumerate(self._participants) if found.kind == "person"}

    def rivals_before(self, offset: int) -> list[Rival]:
        """The last few before ``offset``."""
        at = bisect_left(self._rivals, offset, key=_start_of)
        return self._rivals[max(0, at - _RIVALS_READ) : at]

    @cached_property
    def _rivals(self) -> list[Rival]:
        document, words = self._document, self._document.words
        roles = sorted(found.role for found in self._participants if found.role)
        role_starts = [role.start for role in roles]
        found = []
        for i in document.where(_is_sexed_noun):
            start = document.starts[i]
            within = bisect_right(role_starts, start) - 1
            after = words[i + 1] if i + 1 < len(words) else ""
            if self.in_quote(start) or after[:1].isupper() or (within >= 0 and start < roles[within].end):
                continue
            before = [word.lower() for word in words[max(0, i - 3) : i]]
            if not _INTRODUCERS.isdisjoint(before):
                first, _ = document.sentence(i)
                fit = SUBJECT if i - first <= _SUBJECT_WITHIN else 0
                found.append(Rival(start, sexed_nouns()[words[i].lower()], self.sentence_of(start), fit))
        return found

    @cached_property
    def frequencies(self) -> list[int]:
        """Points for how often the article names each participant."""
        return [min(len(found.mentions) // 2, _MOST_FOR_FREQUENCY) for found in self._participants]

    def sentence_of(self, offset: int) -> int:
        """Number of the sentence that holds the first token from ``offset`` on."""
        return bisect_left(self._sentence_bounds, offset)

    def _token(self, offset: int) -> int:
        return bisect_left(self._document.starts, offset)

    def _mention_tokens(self) -> dict[int, list[tuple[int, int]]]:
        """Token ranges of each person's mentions."""
        persons = [(i, found.mentions) for i, found in enumerate(self._participants) if found.kind == "person"]
        offsets = [offset for _, mentions in persons for mention in mentions for offset in mention.span]
        tokens = iter(self._document.start_array.searchsorted(offsets).tolist())
        return {i: [(next(tokens), next(tokens)) for _ in mentions] for i, mentions in persons}

    def in_quote(self, offset: int) -> bool:
        i = bisect_right(self._quoted_starts, offset) - 1
        return i >= 0 and offset < self._quoted[i].end

    def _anchors(self) -> list[Anchor]:
        places = sorted(
            (mention.span, i, tokens)
            for i, ranges in self._tokens.items()
            for mention, tokens in zip(self._participants[i].mentions, ranges, strict=True)
            if not self.in_quote(mention.span.start)
        )
        found = []
        last_sentence = -1
        for (start, end), i, (first, stop) in places:
            sentence = bisect_left(self._sentence_bounds, start)
            fit = self._fit(first, stop, opens=sentence != last_sentence)
            found.append(Anchor(start, end, i, sentence, fit))
            last_sentence = sentence
        return found

    def _fit(self, first: int, stop: int, opens: bool) -> int:
        words = self._document.words
        after = words[stop] if stop < len(words) else ""
        if after in ("'", "’") and words[stop + 1 : stop + 2] == ["s"]:
            return POSSESSIVE
        if after.islower() and (after in _CASUAL_NOUNS or is_office(after)):
            return MODIFIER
        before = words[first - 1].lower() if first else ""
        if before in _PREPOSITIONS:
            return GOVERNED
        return SUBJECT if opens else 0

    def _sex(self, i: int) -> str | None:
        """By honorific, role, given name, or the pronouns that follow the name."""
        found = self._participants[i]
        words = self._document.words
        for first, _ in self._tokens[i][:_MENTIONS_READ]:
            before = words[first - 2] if first > 1 and words[first - 1] == "." else words[first - 1] if first else ""
            if is_honorific(before) and sex_of_honorific(before):
                return sex_of_honorific(before)
        names = found.name.split()
        return (
            self._sex_of_role(found.role) or (sex_of_given_name(names[0]) if len(names) > 1 else None) or self._sex_by_pronouns(i)
        )

    def _sex_of_role(self, role: Span | None) -> str | None:
        if role is None:
            return None
        known = (offices().get(word.lower()) for word in role.of(self._document.text).split()[:8])
        return next((office.sex for office in known if office and office.sex), None)

    def _sex_by_pronouns(self, i: int) -> str | None:
        """The majority of the first pronouns after each mention that no other person's name parts from it."""
        votes = {MALE: 0, FEMALE: 0}
        words = self._document.words
        mentions = self._participants[i].mentions[:_MENTIONS_READ]
        for mention, (_, first) in zip(mentions, self._tokens[i], strict=False):
            following = bisect_left(self.starts, mention.span.end)
            limit = self._token(self.starts[following]) if following < len(self.starts) else len(words)
            near = (_PRONOUN_SEX.get(word.lower()) for word in words[first : min(limit, first + _PRONOUN_REACH)])
            sex = next(filter(None, near), None)
            if sex:
                votes[sex] += 1
        return None if votes[MALE] == votes[FEMALE] else max(votes, key=lambda sex: votes[sex])

    def _titles(self, i: int) -> frozenset[str]:
        """Words of the person's role and of the offices before the name, in small letters, abbreviations written out."""
        found = self._participants[i]
        words = self._document.words
        seen = set(_words_of(found.role.of(self._document.text))) if found.role else set()
        for first, _ in self._tokens[i][:_MENTIONS_READ]:
            token = first - 1
            last = max(token - _TITLE_REACH, -1)
            while token > last and _may_title(words[token]):
                seen.add(words[token].lower())
                token -= 1
        return frozenset(seen | {_WRITTEN_OUT[word] for word in seen if word in _WRITTEN_OUT})


def _may_title(word: str) -> bool:
    return word in (".", "-", "of") or word[0].isupper() or is_office(word)


_WRITTEN_OUT = {
    "sen": "senator",
    "rep": "congressman",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "adm": "admiral",
    "prof": "professor",
    "rev": "reverend",
}


def _words_of(text: str) -> list[str]:
    return [word.strip(".,'’()").lower() for word in text.split()]


@cache
def sexed_nouns() -> dict[str, str]:
    """Sex by common noun, in small letters."""
    general = {"man": MALE, "boy": MALE, "gentleman": MALE, "guy": MALE, "woman": FEMALE, "girl": FEMALE}
    return general | {word: office.sex for word, office in offices().items() if office.sex}


def _start_of(rival: Rival) -> int:
    return rival.start


def _is_sexed_noun(word: str) -> int:
    return word.lower() in sexed_nouns()
