"""The office or description that an article gives a person, before or after the name."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from builder.extraction.tagged import TaggedDocument
from builder.knowledge.given_names import is_honorific
from builder.knowledge.lexicon import entries
from builder.knowledge.offices import is_office
from builder.text.document import abbreviations

_DETERMINERS = frozenset("the a an his her its their one another whose".split())
_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September "
    "October November December".split()
)
_LINKS = frozenset("of for and the to in on at & de".split())
_STOPS = frozenset(
    "who which that whose whom said says told tells adds added is was were are has had have will would could should can may "
    "did does do when where while but because as known so he she they it".split()
)
_ENDS = _STOPS | frozenset(',;:.!?()[]"“”—–…') | {""}
"""What ends a description, the end of the text (``Document.padded``) among it."""
_OPENS_APPOSITION = frozenset(",(—–")
_LAST_OF_OFFICE = frozenset((".", ",", "'", "’", "s"))
_INSIDE_OFFICE = frozenset(("-", "'", "’", "&", "s", "of", "the"))
_LONGEST = 40
_HEAD_WITHIN = 12
_LONGEST_OFFICE = 8


class Role(NamedTuple):
    """Tokens [first, stop) and the token of the head noun."""

    first: int
    stop: int
    head: int
    rule: str


class RoleFinder:
    """Roles of one document."""

    def __init__(self, tagged: TaggedDocument) -> None:
        self._tagged = tagged
        self._document = tagged.document
        self._words = tagged.words
        self._countries = tagged.countries
        self._line_starts = frozenset(tagged.document.line_starts)

    def beside(self, mentions: Sequence[tuple[int, int]]) -> list[Role]:
        """The role beside each name, given by its tokens [first, stop): an apposition, else the office before the name."""
        words = self._words
        found = []
        for first, stop in mentions:
            role = self._after(stop + 1) if words[stop] in _OPENS_APPOSITION else None
            if role is None and _may_precede_name(words[first - 1]):
                role = self._before(first, words[stop])
            if role:
                found.append(role)
        return found

    def _after(self, first: int) -> Role | None:
        words = self._words
        if words[first].isdigit() and words[first + 1] == ",":
            first += 2
        head = self._head_of_apposition(first)
        if head is None:
            return None
        end = self._end_of_phrase(head + 1)
        if words[end] == "," and words[end + 1] == "and" and words[end + 2] in ("a", "an", "the"):
            second = self._head_of_apposition(end + 2)
            if second is not None:
                end = self._end_of_phrase(second + 1)
        while words[end - 1] in _LINKS:
            end -= 1
        if any(is_office(words[i]) and self._precedes_person(i) for i in range(head, end)):
            return None
        return Role(first, end, head, "apposition")

    def _head_of_apposition(self, first: int) -> int | None:
        """The first office noun, over words that may stand before it."""
        words = self._words
        free = _sign(words[first]) & _DETERMINER
        for i in range(first, first + _HEAD_WITHIN):
            if i != first and i in self._line_starts:
                return None
            sign = _sign(words[i])
            if sign & _OFFICE and not self._goes_on_as_office(i):
                return None if self._precedes_person(i) else i
            if sign & _END or not (free or sign & _MAY_PRECEDE):
                return None
        return None

    def _goes_on_as_office(self, i: int) -> bool:
        """ "campaign | manager", "vice president | candidate", "press | secretary": a later noun is the head."""
        following = self._words[i + 1]
        return following.islower() and is_office(following)

    def _precedes_person(self, i: int) -> bool:
        """ "Sen. Ann Lee" after a comma is the next of a list, not a description."""
        first = i + 2 if self._words[i + 1] == "." else i + 1
        name = self._tagged.name_at(first)
        return name is not None and name.first == first and name.kind == "person"

    def _end_of_phrase(self, i: int) -> int:
        """Up to the mark or verb that ends the description; ", Ohio," goes on."""
        words, by_token = self._words, self._countries.by_token
        limit = i + _LONGEST
        while i < limit and i not in self._line_starts:
            word = words[i]
            if word == "," and i + 1 in by_token and words[i + 2] == ",":
                i += 2
                continue
            if word in _ENDS and not self._is_inner_stop(i):
                break
            i += 1
        return i

    def _is_inner_stop(self, i: int) -> bool:
        """The full stop of an abbreviation or initial, before more of the phrase."""
        words, document = self._words, self._document
        return words[i] == "." and words[i + 1] != "" and not document.space_before(i) and document.sentence(i + 1)[0] != i + 1

    def _before(self, first: int, after: str) -> Role | None:
        """``after`` is the word after the name that begins at ``first``."""
        words = self._words
        end = first
        if words[first - 1] == ".":
            if is_honorific(words[first - 2]):
                end = first - 2
            elif words[first - 2] not in abbreviations():
                return None
        elif is_honorific(words[first - 1]):
            end = first - 1
        rule = "office-before"
        if words[end - 1] == ",":
            if after != ",":
                return None
            end -= 1
            rule = "office-before-comma"
        head = self._head_before(end)
        return Role(self._begin_of_office(head), end, head, rule) if head is not None else None

    def _head_before(self, end: int) -> int | None:
        """The office right before ``end``, or one that an "of" phrase in capitals follows ("Secretary of State")."""
        words = self._words
        i = end - 1
        if i > 0 and words[i] == "." and words[i - 1] in abbreviations():
            i -= 1
        if i < 0 or words[i] in _LINKS or i + 1 in self._line_starts:
            return None
        if is_office(words[i]):
            return i
        near = words[max(0, end - _LONGEST_OFFICE) : end]
        if "of" not in near and "for" not in near:
            return None
        while i > 0 and end - i < _LONGEST_OFFICE and (words[i][0].isupper() or words[i] in _LINKS or words[i] in "'’s"):
            if i in self._line_starts:
                return None
            if words[i] in ("of", "for") and is_office(words[i - 1]):
                return i - 1
            i -= 1
        return None

    def _begin_of_office(self, head: int) -> int:
        begin = head
        while begin and begin not in self._line_starts and head - begin < _LONGEST_OFFICE:
            step = self._step_back(begin)
            if not step:
                break
            begin -= step
        return begin

    def _step_back(self, begin: int) -> int:
        """How many tokens before ``begin`` belong to the office: a word, or a hyphen or apostrophe-s with what it hangs on."""
        words = self._words
        word = words[begin - 1]
        if word == "-" and begin > 1 and not self._document.space_before(begin):
            return 2
        if word == "s" and begin > 2 and words[begin - 2] in ("'", "’"):
            return 2 if begin - 3 in self._countries.by_token or self._tagged.name_at(begin - 3) else 0
        return 1 if self._belongs(begin - 1) else 0

    def _belongs(self, i: int) -> bool:
        word = self._words[i]
        if _may_modify_office(word) or i in self._countries.by_token:
            return True
        if not word[0].isupper():
            return False
        return bool(self._tagged.name_at(i)) or (
            word not in _CALENDAR and word[1:].islower() and self._document.sentence(i)[0] != i
        )


@lru_cache(maxsize=1 << 14)
def _may_precede_name(word: str) -> bool:
    """Whether a word right before a name may be the last of an office, or a mark or honorific after it."""
    return word[:1].isupper() or word in _LAST_OF_OFFICE or is_office(word) or is_honorific(word)


_OFFICE, _END, _DETERMINER, _MAY_PRECEDE = (1 << k for k in range(4))
"""Of words in a description: an office; what ends it; what lets any word stand before the office; what may without that."""


@lru_cache(maxsize=1 << 14)
def _sign(word: str) -> int:
    if word in _ENDS:
        return _END
    lower = word.lower()
    sign = _OFFICE if is_office(word) else 0
    if lower in _DETERMINERS:
        sign |= _DETERMINER
    if word[0].isupper() or word in _INSIDE_OFFICE or lower in entries("role-modifiers.txt"):
        sign |= _MAY_PRECEDE
    return sign


@lru_cache(maxsize=1 << 14)
def _may_modify_office(word: str) -> bool:
    return is_office(word) or word.lower() in entries("role-modifiers.txt")
