"""Who belongs to, leads or represents which agency."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from builder.document import Document
from builder.offices import offices
from builder.participants.found import FoundAffiliation
from builder.participants.roles import Role
from builder.span import Span

if TYPE_CHECKING:
    from builder.agencies import FoundAgency

_MEMBER_LINKS = frozenset(("of", "from", "with", "at"))
_INCLUDING = frozenset("included includes include including comprised comprises comprising".split())
_REPRESENTING = frozenset(("to", "before"))
_FARTHEST_OWNER = 3
_LONGEST_INCLUSION = 60
_APOSTROPHES = frozenset("'’")


class _Place(NamedTuple):
    """Tokens [first, stop) where agency ``agency`` is mentioned."""

    first: int
    stop: int
    agency: int


class AffiliationFinder:
    def __init__(self, document: Document, agencies: "Sequence[FoundAgency]") -> None:
        self._document = document
        self._words = document.words
        self._agencies = agencies

    @cached_property
    def _places(self) -> list[_Place]:
        spans = [(mention.span, i) for i, agency in enumerate(self._agencies) for mention in agency.mentions]
        firsts = self._document.end_array.searchsorted([span.start for span, _ in spans], "right").tolist()
        lasts = self._document.end_array.searchsorted([span.end - 1 for span, _ in spans], "right").tolist()
        places = [_Place(first, last + 1, i) for first, last, (_, i) in zip(firsts, lasts, spans, strict=True)]
        return _outermost(sorted(places, key=lambda place: (place.first, -place.stop)))

    @cached_property
    def _firsts(self) -> list[int]:
        return [place.first for place in self._places]

    def of_role(self, role: Role) -> list[FoundAffiliation]:
        """The agency inside a role's words: "the Pentagon spokesman", "director of the bank"."""
        relation = offices()[self._words[role.head].lower()].relation
        place = next(iter(self._within(role.first, role.stop)), None) if relation else None
        if relation is None or place is None:
            return []
        if relation != "representative" and place.first > role.head and self._link(place) in _REPRESENTING:
            return []
        span = self._document.span(role.first, role.stop)
        return [FoundAffiliation(place.agency, self._precise(role, relation), span, "role-names-agency")]

    def _precise(self, role: Role, relation: str) -> str:
        """ "Deputy director" and "assistant secretary" head nothing, a press secretary speaks."""
        before = {word.lower() for word in self._words[role.first : role.head]}
        if self._words[role.head].lower() == "general" and before & _GENERAL_OFFICES:
            return "head"
        if relation == "head" and "press" in before:
            return "spokesperson"
        return "member" if relation == "head" and before & _NOT_HEADS else relation

    def beside(self, first: int, stop: int) -> list[FoundAffiliation]:
        """ "Ann Lee of the World Bank", "Reuters' Ann Lee"."""
        words = self._words
        if stop < len(words) and words[stop] in _MEMBER_LINKS:
            after = self._at(stop + 1 + (words[stop + 1 : stop + 2] == ["the"]))
            if after:
                return [FoundAffiliation(after.agency, "member", self._document.span(first, after.stop), "person-of-agency")]
        if first > 2 and words[first - 1] == "s" and words[first - 2] in _APOSTROPHES:
            before = self._ending(first - 2)
            if before:
                return [FoundAffiliation(before.agency, "member", self._document.span(before.first, stop), "agency-s-person")]
        return []

    def included(self, first: int, stop: int) -> list[FoundAffiliation]:
        """ "The delegation included officials from the Departments of State and Energy": each agency to the sentence's end."""
        words = self._words
        if words[stop : stop + 1] == [","]:
            stop += 1
        if stop >= len(words) or (words[stop] not in _INCLUDING and words[stop : stop + 2] not in _INCLUDING_PHRASES):
            return []
        _, end = self._document.sentence(stop)
        end = min(end, stop + _LONGEST_INCLUSION)
        return [
            FoundAffiliation(
                place.agency, "includes", Span(self._document.starts[first], self._document.ends[place.stop - 1]), "includes"
            )
            for place in self._within(stop, end)
        ]

    def _link(self, place: _Place) -> str:
        """The word that ties an agency to what stands before it."""
        i = place.first - 1
        if i >= 0 and self._words[i].lower() == "the":
            i -= 1
        return self._words[i] if i >= 0 else ""

    def _within(self, first: int, stop: int) -> list[_Place]:
        found = []
        i = bisect_left(self._firsts, first)
        while i < len(self._places) and self._places[i].stop <= stop and self._places[i].first < stop:
            found.append(self._places[i])
            i += 1
        return found

    def _at(self, first: int) -> _Place | None:
        i = bisect_left(self._firsts, first)
        return self._places[i] if i < len(self._places) and self._places[i].first == first else None

    def _ending(self, stop: int) -> _Place | None:
        i = bisect_left(self._firsts, stop) - 1
        return self._places[i] if i >= 0 and self._places[i].stop == stop else None


_GENERAL_OFFICES = frozenset("secretary director attorney surgeon inspector".split())
_NOT_HEADS = frozenset("deputy vice assistant associate under former ex then retired".split())
_INCLUDING_PHRASES = (["consisted", "of"], ["consists", "of"], ["was", "made"], ["is", "made"], ["composed", "of"])


def _outermost(places: list[_Place]) -> list[_Place]:
    """Without the places that stand inside another ("State Department" in the name of its press service)."""
    kept: list[_Place] = []
    for place in places:
        if not kept or place.stop > kept[-1].stop:
            kept.append(place)
    return kept
