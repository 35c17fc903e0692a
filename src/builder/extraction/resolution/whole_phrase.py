"""Whose words are part of a longer phrase: the possessor of "Lee's lawyer", the office of "Foreign Minister Ann Lee"."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.knowledge.offices import person_noun
from builder.knowledge.parts_of_speech import part_of_speech
from builder.text.document import Document
from builder.text.span import Span

if TYPE_CHECKING:
    from builder.extraction.participants import FoundParticipant

POSSESSIVES = frozenset("his her its their my our your".split())
_APOSTROPHES = frozenset("'’")
_COMPANY = frozenset(
    "family team campaign camp office staff relatives allies side party lawyers attorneys government administration".split()
)
"""Who speaks for a possessor and is no single person."""
_VERBS = frozenset("counsels coaches judges guides hosts heads leads reports partners champions models experiences tells".split())
"""Nouns for persons that follow a speaker as verbs too: "Lee counsels"."""
_LONGEST_ROLE = 400
_LONGEST_PHRASE = 6


class RoleOwners:
    """Whose role stands where."""

    def __init__(self, participants: "Sequence[FoundParticipant]") -> None:
        self._roles = sorted((role, i) for i, found in enumerate(participants) for role in found.roles)
        self._starts = [role.start for role, _ in self._roles]

    def of(self, span: Span) -> int | None:
        """The participant in whose role ``span`` stands; of nested roles the inner one tells."""
        at = bisect_right(self._starts, span.start) - 1
        while at >= 0 and span.start - self._roles[at][0].start < _LONGEST_ROLE:
            role, owner = self._roles[at]
            if span.end <= role.end:
                return owner
            at -= 1
        return None


def names_another(document: Document, span: Span) -> bool:
    """Whether the noun phrase goes on after ``span`` to another person: "[Lee]'s lawyer", "[the bank] officials", "[his] aide".

    What is no person does not speak for itself: "[Lee]'s claim" is Lee's.
    """
    words = document.padded
    stop = document.token_at(span.end - 1) + 1
    if span.of(document.text).lower() in POSSESSIVES or (words[stop - 1] == "s" and words[stop - 2] in _APOSTROPHES):
        return _owned(words, stop)
    if words[stop] in _APOSTROPHES and words[stop + 1].lower() == "s":
        return _owned(words, stop + 2)
    stop = _after_bracket(words, stop)
    following = words[stop]
    if following in _VERBS or not following.isalpha() or not document.space_before(stop):
        return False
    return person_noun(following) is not None


def _owned(words: list[str], first: int) -> bool:
    """Whether the head of the phrase that begins there is a person, or others who speak for the owner."""
    stop = _phrase_stop(words, first)
    head = words[stop - 1] if stop > first else ""
    return head.lower() in _COMPANY or (head != "" and person_noun(head) is not None)


def _phrase_stop(words: list[str], first: int) -> int:
    stop = first
    while stop < first + _LONGEST_PHRASE and _may_stand_in_phrase(words[stop]):
        stop += 1
    return stop


def end_of_owned(document: Document, span: Span) -> int:
    """Where the phrase ends that a possessive pronoun at ``span`` begins."""
    stop = document.token_at(span.end - 1) + 1
    return document.ends[_phrase_stop(document.padded, stop) - 1]


@lru_cache(maxsize=1 << 12)
def _may_stand_in_phrase(word: str) -> bool:
    return word == "-" or (word.isalpha() and part_of_speech(word.lower()) in ("noun", "adjective", "ing", "participle"))


def _after_bracket(words: list[str], stop: int) -> int:
    """Over the initials in brackets after a name."""
    return stop + 3 if words[stop] == "(" and words[stop + 1].isupper() and words[stop + 2 : stop + 3] == [")"] else stop
