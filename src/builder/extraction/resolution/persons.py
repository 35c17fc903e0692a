"""The persons of an article as antecedents: where each stands, in what position, and of which sex."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from builder.knowledge.given_names import FEMALE, MALE, sex_of_full_name, sex_of_honorific
from builder.knowledge.offices import is_office, offices
from builder.text.document import Document
from builder.text.span import Span
from builder.text.triggers import Trigger, in_any_case

if TYPE_CHECKING:
    from builder.extraction.participants import FoundParticipant

_PREPOSITIONS = frozenset("of for with by about to from against on at like than over behind between among versus via".split())
_CASUAL_NOUNS = frozenset(
    "campaign supporters supporter administration foundation team camp aides aide staff voters rally rallies presidency "
    "organization university tower event events fans surrogates family allies policy policies".split()
)
PRONOUN_SEX = {
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
_PLAIN_MAJORITY = 3
_OWN_CLAUSE = 3
"""A pronoun so near tells as much as a plain majority: "Lee admitted that she"."""
MOST_FOR_FREQUENCY = 4

SUBJECT, POSSESSIVE, GOVERNED, MODIFIER = 6, -4, -4, -8
"""How well a position fits an antecedent, in the points of :mod:`builder.extraction.resolution.pronouns`."""


class Anchor(NamedTuple):
    """From character ``start`` on the participant of that number, a person, is named, by the tokens [first, stop)."""

    start: int
    participant: int
    first: int
    stop: int


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
        self._words = document.padded
        self._participants = participants
        self._quoted_starts = [start for start, _ in quoted]
        self._quoted_ends = [end for _, end in quoted]
        self.anchors = self._anchors()
        self.starts = [anchor.start for anchor in self.anchors]
        self._sexes: dict[int, str | None] = {}

    def _anchors(self) -> list[Anchor]:
        starts = self._document.starts
        persons = [(i, found.tokens) for i, found in enumerate(self._participants) if found.kind == "person"]
        found = sorted([Anchor(starts[first], i, first, stop) for i, tokens in persons for first, stop in tokens])
        opens, closes = self._quoted_starts, [0, *self._quoted_ends]
        return [anchor for anchor in found if anchor.start >= closes[bisect_right(opens, anchor.start)]]

    @cached_property
    def _sentence_bounds(self) -> list[int]:
        starts = self._document.starts
        return [starts[token - 1] for token in self._document.sentence_starts[1:]]

    @cached_property
    def sentences(self) -> list[int]:
        """Those of the anchors."""
        return list(map(self.sentence_of, self.starts))

    def sex(self, i: int) -> str | None:
        """Asked once for each participant."""
        if i not in self._sexes:
            self._sexes[i] = self._sex(i)
        return self._sexes[i]

    @cached_property
    def titles(self) -> dict[int, frozenset[str]]:
        """By participant; see :meth:`_titles`."""
        return {i: self._titles(i) for i, found in enumerate(self._participants) if found.kind == "person"}

    @cached_property
    def all_titles(self) -> frozenset[str]:
        return frozenset().union(*self.titles.values())

    def rivals_before(self, offset: int) -> list[Rival]:
        """The last few before ``offset``."""
        if not self._rivals:
            return []
        at = bisect_left(self._rivals, offset, key=attrgetter("start"))
        return self._rivals[max(0, at - _RIVALS_READ) : at]

    @cached_property
    def _rivals(self) -> list[Rival]:
        words, starts = self._words, self._document.starts
        found = []
        for i in _SEXED_NOUNS.places(self._document):
            before = [word.lower() for word in words[max(0, i - 3) : i]]
            if words[i + 1][:1].isupper() or _INTRODUCERS.isdisjoint(before):
                continue
            if not self.in_quote(starts[i]) and not self._in_role(starts[i]):
                fit = SUBJECT if i - self._document.sentence(i)[0] <= _SUBJECT_WITHIN else 0
                found.append(Rival(starts[i], sexed_nouns()[words[i].lower()], self.sentence_of(starts[i]), fit))
        return found

    @cached_property
    def _roles(self) -> list[Span]:
        return sorted(role for found in self._participants for role in found.roles)

    def _in_role(self, offset: int) -> bool:
        at = bisect_right(self._roles, offset, key=attrgetter("start")) - 1
        return at >= 0 and offset < self._roles[at].end

    def frequency(self, participant: int) -> int:
        """Points for how often the article names a participant."""
        return min(len(self._participants[participant].mentions) // 2, MOST_FOR_FREQUENCY)

    def sentence_of(self, offset: int) -> int:
        """Number of the sentence that holds the first token from ``offset`` on."""
        return bisect_left(self._sentence_bounds, offset)

    def in_quote(self, offset: int) -> bool:
        i = bisect_right(self._quoted_starts, offset) - 1
        return i >= 0 and offset < self._quoted_ends[i]

    def fit(self, at: int) -> int:
        """How well the position of anchor number ``at`` fits an antecedent."""
        words, (first, stop) = self._words, (self.anchors[at].first, self.anchors[at].stop)
        after = words[stop]
        if after in ("'", "’") and words[stop + 1] == "s":
            return POSSESSIVE
        if after.islower() and (after in _CASUAL_NOUNS or is_office(after)):
            return MODIFIER
        if words[first - 1].lower() in _PREPOSITIONS:
            return GOVERNED
        return SUBJECT if not at or self.sentences[at - 1] != self.sentences[at] else 0

    def _sex(self, i: int) -> str | None:
        """By honorific, role, given name, or the pronouns that follow the name."""
        found, words = self._participants[i], self._words
        for first, _ in found.tokens[:_MENTIONS_READ]:
            before = words[first - 2] if first > 1 and words[first - 1] == "." else words[first - 1]
            sex = sex_of_honorific(before)
            if sex:
                return sex
        by_pronouns, votes = self._sex_by_pronouns(i)
        if votes >= _PLAIN_MAJORITY:
            return by_pronouns
        return self._sex_of_role(found.role) or sex_of_full_name(found.name) or by_pronouns

    def _sex_of_role(self, role: Span | None) -> str | None:
        if role is None:
            return None
        known = (offices().get(word.lower()) for word in role.of(self._document.text).split()[:8])
        return next((office.sex for office in known if office and office.sex), None)

    def _sex_by_pronouns(self, i: int) -> tuple[str | None, int]:
        """The majority of the first pronouns after each mention that no other person's name parts from it, and by how many."""
        votes = {MALE: 0, FEMALE: 0}
        for _, stop in self._participants[i].tokens[:_MENTIONS_READ]:
            pronoun = _first_from(self._pronouns, stop)
            if pronoun < min(stop + _PRONOUN_REACH, _first_from(self._firsts, stop)):
                votes[PRONOUN_SEX[self._words[pronoun].lower()]] += _PLAIN_MAJORITY if pronoun - stop < _OWN_CLAUSE else 1
        sex = None if votes[MALE] == votes[FEMALE] else max(votes, key=votes.__getitem__)
        return sex, abs(votes[MALE] - votes[FEMALE])

    @cached_property
    def _pronouns(self) -> list[int]:
        """Tokens that tell a sex, and one past all tokens."""
        return [*_SEXED_PRONOUNS.places(self._document), len(self._words)]

    @cached_property
    def _firsts(self) -> list[int]:
        """First tokens of the anchors, and one past all tokens."""
        return [*(anchor.first for anchor in self.anchors), len(self._words)]

    def _titles(self, i: int) -> frozenset[str]:
        """Words of the person's role and of the offices before the name, in small letters, abbreviations written out."""
        found = self._participants[i]
        words = self._document.words
        seen = {word for role in found.roles for word in _words_of(role.of(self._document.text))}
        for first, _ in found.tokens[:_MENTIONS_READ]:
            token = first - 1
            last = max(token - _TITLE_REACH, -1)
            while token > last and _may_title(words[token]):
                seen.add(words[token].lower())
                token -= 1
        return frozenset(seen | {_WRITTEN_OUT[word] for word in seen if word in _WRITTEN_OUT})


def _first_from(tokens: list[int], token: int) -> int:
    return tokens[bisect_left(tokens, token)]


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


_SEXED_NOUNS = Trigger(lambda: in_any_case(sexed_nouns()))
_SEXED_PRONOUNS = Trigger(lambda: in_any_case(PRONOUN_SEX))
