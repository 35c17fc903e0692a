"""Countries that take part: they act, are acted upon, are one side of a relation, or their government or an official does."""

from collections.abc import Callable, Iterator
from functools import cache

from builder.extraction.participants.phrases import APOSTROPHES
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.countries import ADJECTIVE, CAPITAL, NAME, CountryMention
from builder.knowledge.lexicon import entries, rows
from builder.knowledge.offices import office_of
from builder.knowledge.parts_of_speech import part_of_speech

_PREPOSITIONS = frozenset(
    "in at near inside outside across throughout around within toward towards into onto via from to over through of on by with "
    "for against about under".split()
)
_PERFECT = frozenset("has have had".split())
_MODALS = frozenset("will would must should can could may might shall to".split())
_ADVERBS = frozenset("also already not never again now repeatedly recently later formally officially strongly ,".split())
_AFTER_NOUN_LIKE = frozenset("to that the a an it its his her not on out up for of".split())
"""After "plans", "claims" and the like these tell the verb."""
_GOVERNMENTS = frozenset("government regime authorities".split())
_MODIFIERS = frozenset("military transitional interim current new former then outgoing".split())
_NOT_OF_STATE = frozenset(
    "opposition party business religious union community tribal rebel student football team club gang".split()
)
_RELATION_LINKS = frozenset(("with", "against"))
_OBJECT_VERBS = frozenset(
    "accused accuses accuse accusing urged urges urge urging warned warns warn warning told condemned condemns condemning "
    "blamed blames blame blaming criticised criticized attacked invaded invades sanctioned threatened thanked asked pressed "
    "denounced".split()
)
_AFTER_OBJECT = frozenset("to of for over not that against after by , . ;".split()) | {""}
_OFFICE_WITHIN = 5
_LONGEST_LIST = 8


class Acts:
    """Of one document. ``is_free`` tells whether a country word stands in no name and no team."""

    def __init__(self, tagged: TaggedDocument, is_free: Callable[[CountryMention], bool]) -> None:
        self._words = tagged.words
        self._all = tagged.countries
        self._is_free = is_free
        self.governments: dict[int, int] = {}
        """By the first token of a country word, where the phrase for its government stops."""

    def acting(self) -> Iterator[str]:
        """ "China announced", "Moscow has denied", "Norway and Sweden will sign"."""
        for mention in self._all:
            if mention.use in (NAME, CAPITAL) and mention.country_iso3 and self._acts(mention):
                yield from self._joined_with(mention)

    def _acts(self, mention: CountryMention) -> bool:
        before = self._before(mention)
        if before.lower() in _PREPOSITIONS or before in APOSTROPHES or not self._is_free(mention):
            return False
        if mention.use == CAPITAL and before in ("and", ","):
            return False
        return self._verb_at(mention.stop)

    def _before(self, mention: CountryMention) -> str:
        words, first = self._words, mention.first
        return words[first - 2] if first > 1 and words[first - 1].lower() == "the" else words[first - 1] if first else ""

    def _verb_at(self, i: int) -> bool:
        words = self._words
        base = False
        while words[i] in _PERFECT or words[i] in _MODALS or words[i] in _ADVERBS:
            base = base or words[i] in _MODALS
            i += 1
        form = _verb_forms().get(words[i])
        if form != "third":
            return form == ("base" if base else "past")
        return part_of_speech(words[i]) == "verb-s" or words[i + 1] in _AFTER_NOUN_LIKE

    def _joined_with(self, mention: CountryMention) -> Iterator[str]:
        """The country and those coordinated before it."""
        while mention.country_iso3:
            yield mention.country_iso3
            words, first = self._words, mention.first - (self._words[mention.first - 1].lower() == "the")
            if words[first - 1] not in ("and", ","):
                break
            other = self._all.up_to(first - 1 - (words[first - 2] == ","))
            if other is None or other.use != NAME or not self._is_free(other):
                break
            mention = other

    def with_officials(self) -> Iterator[tuple[str, int]]:
        """ "Ethiopia's prime minister", "the Ecuadorian president", "Chinese officials", each with a token of the country."""
        for mention in self._all:
            if mention.country_iso3 and mention.use in (NAME, ADJECTIVE) and self._is_free(mention) and self._office_of(mention):
                yield mention.country_iso3, mention.first

    def _office_of(self, mention: CountryMention) -> bool:
        words, i = self._words, mention.stop
        if mention.use == NAME:
            if words[mention.first - 1] == "of" and office_of(words[mention.first - 2]).state:
                return True
            if words[i] in APOSTROPHES and words[i + 1].lower() == "s":
                i += 2
            elif words[mention.first] not in _NOUN_LIKE:
                return False
        for word in words[i : i + _OFFICE_WITHIN]:
            if not word.isalpha() or word.lower() in _NOT_OF_STATE:
                return False
            if office_of(word).state:
                return True
            if part_of_speech(word.lower()) not in ("noun", "adjective"):
                return False
        return False

    def with_governments(self) -> Iterator[str]:
        """ "The Indian government", "Burma's military regime"."""
        words = self._words
        for mention in self._all:
            i = mention.stop
            if mention.use == NAME and words[i] in APOSTROPHES and words[i + 1].lower() == "s":
                i += 2
            elif mention.use != ADJECTIVE and words[mention.first] not in _NOUN_LIKE:
                continue
            i += words[i] in _MODIFIERS
            if words[i] in _GOVERNMENTS and mention.country_iso3 and self._is_free(mention):
                self.governments[mention.first] = i + 1
                yield mention.country_iso3

    def in_relations(self) -> Iterator[str]:
        """ "A trade agreement with Norway, Sweden or the United Kingdom", "ties with Russia"."""
        for mention in self._all:
            if mention.use != NAME or not mention.country_iso3 or not self._is_free(mention) or self._modifies(mention):
                continue
            words, first = self._words, mention.first - (self._words[mention.first - 1] == "the")
            tied = words[first - 1] in _RELATION_LINKS and words[first - 2].lower() in entries("state-ties.txt")
            if tied or words[max(first - 3, 0) : first] == ["partners", "such", "as"]:
                yield from self._list_from(mention)

    def _modifies(self, mention: CountryMention) -> bool:
        """ "In cooperation with Guinea | health workers"."""
        following = self._words[mention.stop]
        return following.islower() and part_of_speech(following) == "noun" and following not in entries("subject-followers.txt")

    def _list_from(self, mention: CountryMention | None) -> Iterator[str]:
        words = self._words
        for _ in range(_LONGEST_LIST):
            if mention is None or mention.use != NAME or not mention.country_iso3:
                break
            yield mention.country_iso3
            i = mention.stop
            if words[i] not in (",", "and", "or"):
                break
            i += 1 + (words[i + 1] in ("and", "or"))
            mention = self._all.from_token(i + (words[i] == "the"))

    def acted_upon(self) -> Iterator[str]:
        """ "Accused China of spying", "called on Russia to leave"."""
        words = self._words
        for mention in self._all:
            first, stop, code, use = mention
            if use not in (NAME, CAPITAL) or not code or words[stop] not in _AFTER_OBJECT:
                continue
            called = words[first - 1] == "on" and words[first - 2] in ("called", "calls", "calling", "call")
            if (called or words[first - 1] in _OBJECT_VERBS) and self._is_free(mention):
                yield code


_NOUN_LIKE = frozenset(("US", "U.S.", "UK", "U.K.", "USA", "U.S.A.", "UAE"))


@cache
def _verb_forms() -> dict[str, str]:
    """``base``, ``third`` or ``past`` by form; a base form that is a past too is taken for that."""
    listed = rows("state-acts.tsv")
    found = {row["verb"]: "base" for row in listed}
    return found | {row["third"]: "third" for row in listed} | {row["past"]: "past" for row in listed}
