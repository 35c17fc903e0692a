"""Who belongs to, leads or represents which agency."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from builder.document import Document
from builder.offices import offices
from builder.participants.found import FoundAffiliation
from builder.participants.roles import Role

if TYPE_CHECKING:
    from builder.agencies import FoundAgency

_MEMBER_LINKS = frozenset(("of", "from", "with", "at"))
_INCLUDING = frozenset("included includes include including comprised comprises comprising".split())
_REPRESENTING = frozenset(("to", "before"))
_FARTHEST_OWNER = 3
_LONGEST_INCLUSION = 60
_APOSTROPHES = frozenset("'’")


_Place = tuple[int, int, int]
"""Tokens [first, stop) where the agency of that number is mentioned."""


class AffiliationFinder:
    def __init__(self, document: Document, agencies: "Sequence[FoundAgency]") -> None:
        self._document = document
        self._words = document.padded
        self._places = _outermost((first, stop, i) for i, agency in enumerate(agencies) for first, stop in agency.tokens)
        self._firsts = [first for first, _, _ in self._places]

    def of_person(self, roles: Sequence[Role], mentions: Sequence[tuple[int, int]]) -> tuple[FoundAffiliation, ...]:
        """Told by the person's roles and by what stands beside the mentions, which are token ranges."""
        if not self._places:
            return ()
        words = self._words
        found = [affiliation for role in roles if (affiliation := self._of_role(role))]
        for first, stop in mentions:
            if words[stop] in _MEMBER_LINKS or words[first - 1] == "s":
                found += self._beside(first, stop)
        return _first_of_each_agency(found) if found else ()

    def _of_role(self, role: Role) -> FoundAffiliation | None:
        """The agency inside a role's words: "the Pentagon spokesman", "director of the bank"."""
        relation = offices()[self._words[role.head].lower()].relation
        places = self._within(role.first, role.stop) if relation else []
        if relation is None or not places:
            return None
        first, _, agency = places[0]
        if relation != "representative" and first > role.head and self._link(first) in _REPRESENTING:
            return None
        span = self._document.span(role.first, role.stop)
        return FoundAffiliation(agency, self._precise(role, relation), span, "role-names-agency")

    def _precise(self, role: Role, relation: str) -> str:
        """ "Deputy director" and "assistant secretary" head nothing, a press secretary speaks."""
        before = {word.lower() for word in self._words[role.first : role.head]}
        if self._words[role.head].lower() == "general" and before & _GENERAL_OFFICES:
            return "head"
        if relation == "head" and "press" in before:
            return "spokesperson"
        return "member" if relation == "head" and before & _NOT_HEADS else relation

    def _beside(self, first: int, stop: int) -> Iterator[FoundAffiliation]:
        """ "Ann Lee of the World Bank", "Reuters' Ann Lee"."""
        words = self._words
        after = self._at(stop + 1 + (words[stop + 1] == "the")) if words[stop] in _MEMBER_LINKS else None
        if after:
            yield FoundAffiliation(after[2], "member", self._document.span(first, after[1]), "person-of-agency")
        elif first > 2 and words[first - 1] == "s" and words[first - 2] in _APOSTROPHES:
            before = self._ending(first - 2)
            if before:
                yield FoundAffiliation(before[2], "member", self._document.span(before[0], stop), "agency-s-person")

    def of_team(self, mentions: Sequence[tuple[int, int]]) -> tuple[FoundAffiliation, ...]:
        return _first_of_each_agency(found for first, stop in mentions for found in self._included(first, stop))

    def _included(self, first: int, stop: int) -> list[FoundAffiliation]:
        """ "The delegation included officials from the Departments of State and Energy": each agency to the sentence's end."""
        words = self._words
        stop += words[stop] == ","
        if words[stop] not in _INCLUDING and (words[stop], words[stop + 1]) not in _INCLUDING_PHRASES:
            return []
        _, end = self._document.sentence(stop)
        places = self._within(stop, min(end, stop + _LONGEST_INCLUSION))
        return [FoundAffiliation(agency, "includes", self._document.span(first, end), "includes") for _, end, agency in places]

    def _link(self, first: int) -> str:
        """The word that ties what begins at ``first`` to what stands before it."""
        words = self._words
        return words[first - 2] if first > 1 and words[first - 1].lower() == "the" else words[first - 1]

    def _within(self, first: int, stop: int) -> list[_Place]:
        found = []
        for place in self._places[bisect_left(self._firsts, first) :]:
            if place[1] > stop:
                break
            found.append(place)
        return found

    def _at(self, first: int) -> _Place | None:
        i = bisect_left(self._firsts, first)
        return self._places[i] if i < len(self._places) and self._firsts[i] == first else None

    def _ending(self, stop: int) -> _Place | None:
        i = bisect_left(self._firsts, stop) - 1
        return self._places[i] if i >= 0 and self._places[i][1] == stop else None


_GENERAL_OFFICES = frozenset("secretary director attorney surgeon inspector".split())
_NOT_HEADS = frozenset("deputy vice assistant associate under former ex then retired".split())
_INCLUDING_PHRASES = (("consisted", "of"), ("consists", "of"), ("was", "made"), ("is", "made"), ("composed", "of"))


def _outermost(places: Iterable[_Place]) -> list[_Place]:
    """Ascending, without the places that stand inside another ("State Department" in the name of its press service)."""
    kept: list[_Place] = []
    for first, stop, agency in sorted(places, key=lambda place: (place[0], -place[1], place[2])):
        if not kept or stop > kept[-1][1]:
            kept.append((first, stop, agency))
    return kept


def _first_of_each_agency(affiliations: Iterable[FoundAffiliation]) -> tuple[FoundAffiliation, ...]:
    """By span."""
    found: dict[int, FoundAffiliation] = {}
    for affiliation in affiliations:
        found.setdefault(affiliation.agency, affiliation)
    return tuple(sorted(found.values(), key=lambda affiliation: affiliation.span))
