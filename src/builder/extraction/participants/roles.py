"""The office or description that an article gives a person, before or after the name."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from builder.extraction.participants.phrases import APOSTROPHES, ARTICLES, LINKS, POSSESSIVES, PREDICATES, Phrases
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.given_names import is_honorific
from builder.knowledge.lexicon import rows
from builder.knowledge.offices import is_plural, office_of, person_noun
from builder.knowledge.parts_of_speech import part_of_speech
from builder.text.document import abbreviations
from builder.text.triggers import Places, Trigger

_OPENS_APPOSITION = frozenset(",(—–")
_LAST_OF_OFFICE = frozenset((".", ",", "'", "’", "s", ")"))
_AFTER_APPOSED_NAME = frozenset(',.;:!?)—–"”') | {""}
_LISTING = frozenset((",", "and", "&"))
_BEING = frozenset(
    "is was became becomes become been be remains remained appointed named elected re-elected serves served".split()
)
_BETWEEN_VERBS = frozenset(
    "has had have will would is was been be later also then currently now who , recently previously".split()
)
_LONGEST_VERB = 6
_SHORT_ROLE = 2
_OWN_CLAUSE = 16
_LONGEST_APPOSED = 24
_MOST_LISTED = 8


_SUBJECTS = Trigger(lambda: ("He", "She"))


class Role(NamedTuple):
    """Tokens [first, stop) and the token of the head noun."""

    first: int
    stop: int
    head: int
    rule: str


class RoleFinder:
    """Roles of one document."""

    def __init__(self, tagged: TaggedDocument) -> None:
        self._document = tagged.document
        self._words = tagged.words
        self._phrases = Phrases(tagged)
        self._line_starts = self._phrases.line_starts
        self._by_stop = {name.stop: name.first for name in tagged.persons}
        self._by_first = {name.first: name.stop for name in tagged.persons}

    def beside(self, mentions: Sequence[tuple[int, int]]) -> list[Role]:
        """The roles beside each name, given by its tokens [first, stop); what a verb tells counts where there is none."""
        found = [role for first, stop in mentions for role in self._beside(first, stop)]
        if not found:
            found = [role for first, stop in mentions if (role := self._of_list(first, stop) or self._by_verb(stop))]
        elif longer := self._longer(found):
            found.remove(longer)
            found.insert(0, longer)
        return found

    def _beside(self, first: int, stop: int) -> list[Role]:
        """Before and after the name; the one after it first where the other is one word."""
        before = self._before(first, self._words[stop]) if _may_precede_name(self._words[first - 1]) else None
        after = self._after(first, stop) if self._words[stop] in _OPENS_APPOSITION else None
        if before and after and self._is_bare(before):
            return [after, before]
        return [role for role in (before, after) if role]

    def _longer(self, roles: list[Role]) -> Role | None:
        """The role that says of what the first is one: "president", then "president of the bank"."""
        first, words = roles[0], self._words
        office = words[first.head].lower()
        for role in roles[1:]:
            if words[role.head].lower() == office and role.stop > role.head + 2 and first.stop - first.first <= _SHORT_ROLE:
                return role if first.stop - 1 == first.head else None
        return None

    def _is_bare(self, role: Role) -> bool:
        """ "Attorney Ann Lee, chairman of the bank": one word that names no office of a state."""
        return role.stop - role.first == 1 and not office_of(self._words[role.head]).state

    def _after(self, first: int, stop: int) -> Role | None:
        """ "Ann Lee, the mayor", "Ann Lee (D-Ohio), a senator"."""
        words = self._words
        role = self._apposition(first, stop + 1)
        if (
            role is None
            and words[stop] == "("
            and (close := self._phrases.bracket_from(stop))
            and words[close] in _OPENS_APPOSITION
        ):
            role = self._apposition(first, close + 1)
        return role

    def _of_list(self, first: int, stop: int) -> Role | None:
        """What stands before or after a list of names and holds for all."""
        before = self._before_list(first) if self._words[first - 1] in _LISTING else None
        return before or (self._after_list(stop) if self._words[stop] in _LISTING else None)

    def _after_list(self, stop: int) -> Role | None:
        """ "Ann Lee and Bo Ek, directors of the bank"."""
        first = stop
        for _ in range(_MOST_LISTED):
            following = stop + 1 + (self._words[stop] == "," and self._words[stop + 1] in _LISTING)
            if self._words[stop] not in _LISTING or following not in self._by_first:
                break
            first, stop = following, self._by_first[following]
        role = self._apposition(first, stop + 1) if self._words[stop] == "," else None
        return role if role and is_plural(self._words[role.head]) else None

    def _apposition(self, name: int, first: int) -> Role | None:
        words, phrases = self._words, self._phrases
        if words[first].isdigit() and words[first + 1] == ",":
            first += 2
        head = phrases.head_from(first)
        if head is None or (is_plural(words[head]) and words[name - 1] not in _LISTING):
            return None
        end = phrases.end_of(head)
        if words[end] == "," and words[end + 1] == "and" and words[end + 2] in ("a", "an"):
            second = phrases.head_from(end + 2)
            if second is not None:
                end = phrases.end_of(second)
        if (words[end] in PREDICATES and not words[first][0].isupper()) or any(
            self._is_next_of_list(i) for i in range(head + 1, end)
        ):
            return None
        return Role(first, end, head, "apposition")

    def _is_next_of_list(self, i: int) -> bool:
        return (
            i in self._by_first and self._words[i - 1] not in LINKS and self._words[i - 1] not in ("by", "with", "from", "under")
        )

    def _before(self, first: int, after: str) -> Role | None:
        """``after`` is the word after the name that begins at ``first``."""
        words = self._words
        end = first
        if words[first - 1] == ".":
            if is_honorific(words[first - 2]):
                end = first - 2
            elif words[first - 2] not in abbreviations():
                return None
        elif is_honorific(words[first - 1]) or _is_title_of_honour(words[first - 1]):
            end = first - 1
        if words[end - 1] == ",":
            return self._before_comma(end - 1, after)
        bracket = self._phrases.bracket_before(end) if words[end - 1] == ")" else None
        head = self._phrases.head_before(bracket or end)
        if head is None and end < first:
            end = first
            head = self._phrases.head_before(first)
        return Role(self._phrases.start_of(head), end, head, "office-before") if head is not None else None

    def _before_comma(self, comma: int, after: str) -> Role | None:
        """ "The mayor, Ann Lee, left"; without the second comma only where the description opens the sentence."""
        opening = self._document.sentence(comma)[0]
        begin = max(comma - _LONGEST_APPOSED, opening - 1, -1) + 1
        last = next((i for i in range(comma - 1, begin - 1, -1) if person_noun(self._words[i])), -1)
        for first in range(last, begin - 1, -1):
            if not self._may_open(first, opening):
                continue
            head = self._phrases.head_from(first)
            if head is not None and head < comma and self._phrases.end_of(head) == comma:
                if is_plural(self._words[head]) or (after not in _AFTER_APPOSED_NAME and first != opening):
                    return None
                return Role(min(first, self._phrases.start_of(head)), comma, head, "office-before-comma")
        return None

    def _may_open(self, i: int, opening: int) -> bool:
        """An article or possessive, or the first word in capitals."""
        words = self._words
        lower = words[i].lower()
        if lower in ARTICLES:
            return True
        if lower in POSSESSIVES or i == opening:
            return True
        before = words[i - 1]
        return words[i][0].isupper() and not (
            before[0].isupper() or before.lower() in ARTICLES or before in ("-", "s", *APOSTROPHES)
        )

    def _before_list(self, first: int) -> Role | None:
        """ "Senators Ann Lee, Bo Ek and Carl Dahl": what stands before the first holds for all."""
        words = self._words
        for _ in range(_MOST_LISTED):
            stop = first - 1 - (words[first - 1] in ("and", "&") and words[first - 2] == ",")
            if words[first - 1] not in _LISTING or stop not in self._by_stop:
                break
            first = self._by_stop[stop]
        role = self._before(first, "") if _may_precede_name(words[first - 1]) and words[first - 1] != "," else None
        return role if role and is_plural(words[role.head]) else None

    def _by_verb(self, stop: int) -> Role | None:
        """ "Ann Lee was appointed chairman of the bank", "Ann Lee, who took power and later became president"."""
        words = self._words
        i = stop
        while i < stop + _LONGEST_VERB and (words[i] in _BETWEEN_VERBS or words[i] in _BEING):
            i += 1
        if i == stop or words[i - 1] not in _BEING:
            after = self._become(stop)
            if after is None:
                return None
            i = after
        i += words[i] == "as"
        head = self._phrases.head_from(i) if words[i] in ARTICLES or person_noun(words[i]) or words[i][:1].isupper() else None
        if head is None or is_plural(words[head]):
            return None
        return Role(i, self._end_of_list(head, self._term(head, self._phrases.end_of(head))), head, "office-by-verb")

    def _end_of_list(self, head: int, end: int) -> int:
        """ "A member of the council, a director of the bank, and an adviser to the fund"."""
        words = self._words
        for _ in range(_MOST_LISTED):
            first = end + 1 + (words[end + 1] == "and")
            further = self._phrases.head_from(first) if words[end] == "," and words[first] in ARTICLES else None
            if further is None or office_of(words[head]).relation is None:
                break
            end = self._phrases.end_of(further)
        return end

    def of_pronouns(self, mentions: Sequence[tuple[int, int]], places: Places) -> dict[int, list[Role]]:
        """ "She is a member of the council", by the index of the mention before, the only one in its sentence."""
        found: dict[int, list[Role]] = {}
        firsts = [first for first, _ in mentions]
        for token in places.of(_SUBJECTS):
            at = bisect_left(firsts, token) - 1
            if at < 0 or token != self._document.sentence(token)[0] or not self._alone(firsts, at):
                continue
            role = self._by_verb(token + 1)
            if role:
                found.setdefault(at, []).append(role)
        return found

    def _alone(self, firsts: list[int], at: int) -> bool:
        return not at or firsts[at - 1] < self._document.sentence(firsts[at])[0]

    def _become(self, stop: int) -> int | None:
        """After "became" in the relative clause that follows a name."""
        words = self._words
        if (words[stop], words[stop + 1]) != (",", "who"):
            return None
        for i in range(stop + 2, min(stop + _OWN_CLAUSE, len(words) - 2)):
            if words[i] == "became":
                return i + 1
            if words[i] in ",.;:" or i in self._line_starts:
                return None
        return None

    def _term(self, head: int, end: int) -> int:
        """Where the office ends before its time: "chairman of the council | for a term", "minister | in 2013"."""
        words = self._words
        for i in range(head + 1, end):
            if words[i] in ("for", "in", "on", "after", "since", "from", "until", "before") and (
                words[i + 1] in ("a", "an") or words[i + 1].isdigit() or words[i] in ("after", "since", "until", "before")
            ):
                return i
        return end


@cache
def _titles_of_honour() -> frozenset[str]:
    return frozenset(row["title"] for row in rows("person-titles.tsv") if row["kind"] == "honorific")


def _is_title_of_honour(word: str) -> bool:
    """ "Sheikh", "Imam": such a word may stand between an office and the name."""
    return word in _titles_of_honour()


@lru_cache(maxsize=1 << 14)
def _may_precede_name(word: str) -> bool:
    """Whether a word right before a name may be the last of an office, or a mark or honorific after it."""
    if word.islower() and word not in _LAST_OF_OFFICE:
        return person_noun(word) is not None or part_of_speech(word) in ("noun", "adjective")
    return word[:1].isupper() or word in _LAST_OF_OFFICE
