"""Noun phrases that describe a person: where one begins, which noun is its head, and where it ends."""

from functools import lru_cache

from builder.extraction.tagged import TaggedDocument
from builder.knowledge.given_names import is_honorific
from builder.knowledge.lexicon import entries
from builder.knowledge.offices import is_office, is_plural, person_noun
from builder.knowledge.parts_of_speech import part_of_speech
from builder.text.document import abbreviations

ARTICLES = frozenset(("the", "a", "an"))
POSSESSIVES = frozenset("his her its their my our your".split())
RELATIVES = frozenset("who that whose whom".split())
LINKS = frozenset("of for and the to in on at & de".split())
APOSTROPHES = frozenset("'’")
PREDICATES = frozenset(
    "said says told tells adds added is was are were has have had will would could should can may might did does do so he she "
    "they it".split()
)
"""What shows, after a noun phrase, that it is the subject of a clause."""
_MARKS = frozenset(',;:.!?()[]"“”—–…')
_ENDS = PREDICATES | RELATIVES | _MARKS | frozenset("which when where while but because as known".split()) | {""}
"""What ends a description, the end of the text (``Document.padded``) among it."""
_ENDS_OF_CLAUSES = _MARKS | {""}
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December".split()
)
_TIMES = frozenset("morning afternoon evening night day week weekend month year noon midnight time".split())
_INSIDE = frozenset(("-", "'", "’", "&", "s", "S"))
_POSTPOSED = frozenset("general elect designate emeritus shot hit cut set put hurt held left".split())
_AFTER_HYPHEN = frozenset("in at elect designate general".split())
_PREPOSITIONS = frozenset("of for to at in on from with by against under about as".split())
_BEFORE_VERBS = frozenset("to will would can could should may might must not did do does who he she they we i it".split())
_OF_PORTFOLIOS = frozenset("minister secretary commissioner undersecretary ministry department".split())
_LONGEST = 40
_HEAD_WITHIN = 12
_LONGEST_OFFICE = 12
_LONGEST_BRACKET = 6
_SMALL_AFTER_OF = 2


class Phrases:
    """Those of one document, by tokens."""

    def __init__(self, tagged: TaggedDocument) -> None:
        self._tagged = tagged
        self._document = tagged.document
        self._words = tagged.words
        self._countries = tagged.countries
        self.line_starts = frozenset(tagged.document.line_starts)

    def head_from(self, first: int) -> int | None:
        """The head of the noun phrase that begins at ``first``, if it means a person."""
        words = self._words
        free = bool(_sign(words[first]) & _DETERMINER)
        for i in range(first, first + _HEAD_WITHIN):
            if i != first and i in self.line_starts:
                return None
            sign = _sign(words[i])
            if sign & _HEAD and not self._goes_on(i):
                return None if self.precedes_person(i) or self.is_person(i) else i
            if sign & _END or (words[i] in _PREPOSITIONS and words[i - 1] != "one"):
                return None
            if not (free or sign & _MAY_PRECEDE):
                return None
            free = free or words[i] in ("s", "S")
        return None

    def _goes_on(self, i: int) -> bool:
        """ "campaign | manager", "vice president | candidate", "member | state": a later noun is the head."""
        words = self._words
        following = words[i + 1]
        if following == "-" and not self._document.space_before(i + 1):
            return words[i + 2].lower() not in _AFTER_HYPHEN
        if following[:1].isupper() and words[i][0].isupper():
            return not (i + 1 in self._countries.by_token or self.person_begins(i + 1))
        if not following.isalpha() or not following.islower() or following in _POSTPOSED:
            return False
        return person_noun(following) is not None or part_of_speech(following) == "noun"

    def precedes_person(self, i: int) -> bool:
        """ "Sen. Ann Lee" after a comma is the next of a list, not a description."""
        first = i + 2 if self._words[i + 1] == "." else i + 1
        return self.person_begins(first)

    def person_begins(self, first: int) -> bool:
        name = self._tagged.name_at(first)
        return name is not None and name.first == first and name.kind == "person"

    def end_of(self, head: int) -> int:
        """Up to the mark or verb that ends the description; ", Ohio," goes on, and so does "who" without a comma."""
        end = self._end_before(head + 1, _ENDS)
        if self._words[end] in RELATIVES:
            end = self._end_before(end + 1, _ENDS_OF_CLAUSES)
        while self._words[end - 1] in LINKS:
            end -= 1
        return end

    def _end_before(self, i: int, ends: frozenset[str]) -> int:
        words, by_token = self._words, self._countries.by_token
        limit = min(i + _LONGEST, len(words) - 2)
        while i < limit and i not in self.line_starts:
            word = words[i]
            if word == "," and i + 1 in by_token and words[i + 2] == ",":
                i += 2
                continue
            if word == "(" and (close := self.bracket_from(i)):
                i = close
                continue
            if word in ends and not self._is_inner_stop(i):
                break
            i += 1
        return i

    def bracket_from(self, opening: int) -> int | None:
        """The token after a short bracket."""
        for i in range(opening + 1, min(opening + _LONGEST_BRACKET, len(self._words) - 2)):
            if self._words[i] == ")":
                return i + 1
        return None

    def bracket_before(self, stop: int) -> int | None:
        """The opening of a short bracket that closes right before ``stop``."""
        for i in range(stop - 2, max(stop - _LONGEST_BRACKET - 1, 0), -1):
            if self._words[i] == "(":
                return i
        return None

    def _is_inner_stop(self, i: int) -> bool:
        """The full stop of an abbreviation or initial, before more of the phrase."""
        words, document = self._words, self._document
        return words[i] == "." and words[i + 1] != "" and not document.space_before(i) and document.sentence(i + 1)[0] != i + 1

    def head_before(self, end: int) -> int | None:
        """The head right before ``end``, or one that an "of" phrase follows: "Secretary of State", "chief of staff"."""
        words = self._words
        i = end - 1
        if i > 0 and words[i] == "." and words[i - 1] in abbreviations():
            i -= 1
        if i < 0 or words[i] in LINKS or i + 1 in self.line_starts:
            return None
        return i if person_noun(words[i]) else self._head_of_phrase(i, end)

    def _head_of_phrase(self, i: int, end: int) -> int | None:
        words, small = self._words, 0
        while i > 0 and end - i < _LONGEST_OFFICE and i not in self.line_starts:
            word = words[i]
            if word in ("of", "for") and is_office(words[i - 1]):
                return i - 1
            if not (word[0].isupper() or word in LINKS or word in _INSIDE):
                small += 1
                if small > _SMALL_AFTER_OF or not word.isalpha() or part_of_speech(word) not in ("noun", "adjective"):
                    return None
            i -= 1
        return None

    def start_of(self, head: int) -> int:
        """Over what belongs to the description before its head, without an article."""
        begin = head
        while begin and begin not in self.line_starts and head - begin < _LONGEST_OFFICE:
            step = self._step_back(begin, head)
            if not step:
                break
            begin -= step
        return begin

    def _step_back(self, begin: int, head: int) -> int:
        """How many tokens before ``begin`` belong to the description: a word, or a sign with what it hangs on."""
        words = self._words
        word = words[begin - 1]
        if word == "-" and begin > 1 and not self._document.space_before(begin) and words[begin - 2].isalnum():
            return 2
        if word in ("s", "S") and begin > 2 and words[begin - 2] in APOSTROPHES:
            return 2 if self._may_own(begin - 3) else 0
        if word == ")":
            opening = self.bracket_before(begin)
            return begin - opening if opening and words[opening - 1][:1].isupper() else 0
        if word == "." and begin > 1 and words[begin - 2] in abbreviations() and is_office(words[begin - 2]):
            return 2
        if word in ("and", "&", ","):
            return self._joined(begin, head)
        return 1 if self._belongs(begin - 1, head) else 0

    def _may_own(self, i: int) -> bool:
        word = self._words[i]
        return i in self._countries.by_token or word[0].isupper() or self._tagged.name_at(i) is not None

    def _joined(self, begin: int, head: int) -> int:
        """ "former lawmaker | and singer", "Trade | and Industry Minister"."""
        words = self._words
        before = begin - 2
        if before < 0 or begin - 1 in self.line_starts:
            return 0
        if words[before][0].isupper() and words[begin][0].isupper() and not person_noun(words[before]):
            listed = words[begin - 1] != "," or not {"and", "&"}.isdisjoint(words[begin:head])
            known = before in self._countries.by_token or self.is_person(before)
            return 2 if listed and not known and words[head].lower() in _OF_PORTFOLIOS else 0
        if words[begin - 1] == ",":
            return 0
        other = self.head_before(begin - 1)
        if other is None or self.is_person(other) or is_plural(words[other]) != is_plural(words[head]):
            return 0
        start = self.start_of(other)
        one = not is_plural(words[head])
        return 0 if one and start and words[start - 1].lower() in ARTICLES else begin - start

    def is_person(self, i: int) -> bool:
        name = self._tagged.name_at(i)
        return name is not None and name.kind == "person"

    def _belongs(self, i: int, head: int) -> bool:
        words, word = self._words, self._words[i]
        if i in self._countries.by_token or _may_modify(word) or word.lower() in POSSESSIVES:
            return True
        if not word[0].isupper():
            return self._is_modifier(i, words[head].islower())
        if is_honorific(word):
            return self.is_person(i + 1)
        if name := self._tagged.name_at(i):
            return name.kind != "person" or words[name.stop] in APOSTROPHES
        if word in _CALENDAR or not (word[1:].islower() or (word.isupper() and word.isalpha())):
            return False
        return self._document.sentence(i)[0] != i or part_of_speech(word.lower()) in ("noun", "adjective")

    def _is_modifier(self, i: int, nouns: bool) -> bool:
        word = self._words[i]
        if not word.isalpha() or not word.islower() or word in _TIMES or self._words[i - 1].lower() in _BEFORE_VERBS:
            return False
        tag = part_of_speech(word)
        return tag == "adjective" or (nouns and tag == "noun")


_HEAD, _END, _DETERMINER, _MAY_PRECEDE = (1 << k for k in range(4))
"""Of words in a description: a noun for a person; what ends it; what lets any word precede the noun; what may without that."""


@lru_cache(maxsize=1 << 14)
def _sign(word: str) -> int:
    if word in _ENDS:
        return _END
    lower = word.lower()
    sign = _HEAD if person_noun(word) else 0
    if lower in ARTICLES or lower in POSSESSIVES or lower in ("one", "another"):
        sign |= _DETERMINER
    if word[0].isupper() or word in _INSIDE or lower in entries("role-modifiers.txt"):
        sign |= _MAY_PRECEDE
    return sign


def _may_modify(word: str) -> bool:
    return is_office(word) or word.lower() in entries("role-modifiers.txt")
