"""Who belongs to, leads or represents which agency."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from builder.extraction.participants.found import FoundAffiliation
from builder.extraction.participants.roles import Role
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.offices import offices

if TYPE_CHECKING:
    from builder.extraction.agencies import FoundAgency

_MEMBER_LINKS = frozenset(("of", "from", "with", "at"))
_INCLUDING = frozenset("included includes include including comprised comprises comprising".split())
_REPRESENTING = frozenset(("to", "before"))
_LONGEST_INCLUSION = 60
_APOSTROPHES = frozenset("'’")


_Place = tuple[int, int, int]
"""Tokens [first, stop) where the agency of that number is mentioned."""


class AffiliationFinder:
    """``mentions`` are the token ranges of all persons of the article, which are asked for by their indexes."""

    def __init__(self, tagged: TaggedDocument, agencies: "Sequence[FoundAgency]", mentions: Sequence[tuple[int, int]]) -> None:
        self._document = tagged.document
        self._words = tagged.words
        self._places = _outermost([(first, -stop, i) for i, agency in enumerate(agencies) for first, stop in agency.tokens])
        self._firsts = [first for first, _, _ in self._places]
        self._by_mention = self._beside(mentions) if self._places else {}

    def of_person(self, roles: Sequence[Role], mentions: Sequence[int]) -> tuple[FoundAffiliation, ...]:
        """Told by the person's roles and by what stands beside the mentions."""
        found = [affiliation for role in roles if (affiliation := self._of_role(role))] if self._places else []
        if self._by_mention:
            found += [self._by_mention[i] for i in mentions if i in self._by_mention]
        return _first_of_each_agency(found) if found else ()

    def _of_role(self, role: Role) -> FoundAffiliation | None:
        """The agency inside a role's words: "the Pentagon spokesman", "director of the bank"."""
        place = self._first_within(role.first, role.stop)
        relation = offices()[self._words[role.head].lower()].relation if place else None
        if place is None or relation is None:
            return None
        first, _, agency = place
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

    def _beside(self, mentions: Sequence[tuple[int, int]]) -> dict[int, FoundAffiliation]:
        """ "Ann Lee of the World Bank", else "Reuters' Ann Lee", by index of the mention."""
        words, span = self._words, self._document.span
        numbers = range(len(mentions))
        by_first = dict(zip(map(itemgetter(0), mentions), numbers, strict=True))
        by_stop = dict(zip(map(itemgetter(1), mentions), numbers, strict=True))
        members, owned = {}, {}
        for first, stop, agency in self._places:
            link = first - 2 if words[first - 1] == "the" else first - 1
            if words[link] in _MEMBER_LINKS and link in by_stop:
                i = by_stop[link]
                members[i] = FoundAffiliation(agency, "member", span(mentions[i][0], stop), "person-of-agency")
            if words[stop] in _APOSTROPHES and words[stop + 1] == "s" and stop + 2 in by_first:
                i = by_first[stop + 2]
                owned[i] = FoundAffiliation(agency, "member", span(first, mentions[i][1]), "agency-s-person")
        return owned | members

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

    def _first_within(self, first: int, stop: int) -> _Place | None:
        """The first place from ``first`` on, unless it ends after ``stop``."""
        i = bisect_left(self._firsts, first)
        return self._places[i] if i < len(self._places) and self._places[i][1] <= stop else None

    def _within(self, first: int, stop: int) -> Iterator[_Place]:
        while place := self._first_within(first, stop):
            yield place
            first = place[0] + 1


_GENERAL_OFFICES = frozenset("secretary director attorney surgeon inspector".split())
_NOT_HEADS = frozenset("deputy vice assistant associate under former ex then retired".split())
_INCLUDING_PHRASES = (("consisted", "of"), ("consists", "of"), ("was", "made"), ("is", "made"), ("composed", "of"))


def _outermost(places: list[_Place]) -> list[_Place]:
    """Ascending, without the places that stand inside another ("State Department" in the name of its press service).

    Those given have the negative of the stop, so that of two that begin together the longer goes first.
    """
    kept: list[_Place] = []
    last = 0
    for first, minus_stop, agency in sorted(places):
        if -minus_stop > last:
            last = -minus_stop
            kept.append((first, last, agency))
    return kept


def _first_of_each_agency(affiliations: Iterable[FoundAffiliation]) -> tuple[FoundAffiliation, ...]:
    """By span."""
    found: dict[int, FoundAffiliation] = {}
    for affiliation in affiliations:
        found.setdefault(affiliation.agency, affiliation)
    return tuple(sorted(found.values(), key=lambda affiliation: affiliation.span))
