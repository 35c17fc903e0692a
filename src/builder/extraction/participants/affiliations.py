"""Who belongs to, leads or represents which agency."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from builder.extraction.participants.bodies import Bodies
from builder.extraction.participants.found import FoundAffiliation
from builder.extraction.participants.phrases import APOSTROPHES
from builder.extraction.participants.roles import Role
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.offices import office_of, person_noun

if TYPE_CHECKING:
    from builder.extraction.agencies import FoundAgency

_MEMBER_LINKS = frozenset(("of", "from", "with", "at"))
_TIES = _MEMBER_LINKS | {"for", "in", "to"}
_LISTING = frozenset((",", "and", "&"))
_INCLUDING = frozenset("included includes include including comprised comprises comprising".split())
_REPRESENTING = frozenset(("to", "before", "against"))
_LEADING = frozenset("heads leads chairs runs owns founded headed led chaired ran owned co-founded".split())
_SERVING = frozenset("joined joins represents represented".split())
_ADVERBS = frozenset("also currently now formerly previously once then who ,".split())
_LONGEST_INCLUSION = 60
_LONGEST_BRACKET = 6
_ADVERBS_READ = 3


class _Place(NamedTuple):
    """Tokens [first, stop) where the agency of that number is mentioned."""

    first: int
    stop: int
    agency: int


class _Tie(NamedTuple):
    """What ties a person to an agency: the mention of that number."""

    mention: int
    relation: str
    rule: str


class AffiliationFinder:
    """``mentions`` are the token ranges of all persons of the article, which are asked for by their indexes."""

    def __init__(self, tagged: TaggedDocument, agencies: "Sequence[FoundAgency]", mentions: Sequence[tuple[int, int]]) -> None:
        self._document = tagged.document
        self._words = tagged.words
        self._places = _outermost([_Place(first, stop, i) for i, agency in enumerate(agencies) for first, stop in agency.tokens])
        self._firsts = [first for first, _, _ in self._places]
        self._inside = frozenset(token for first, stop, _ in self._places for token in range(first, stop))
        self._agencies = agencies
        self._bodies = Bodies(tagged, agencies)
        self._by_mention = self._beside(mentions) if self._places else {}

    def of_person(self, roles: Sequence[Role], mentions: Sequence[int]) -> tuple[FoundAffiliation, ...]:
        """Told by the person's roles and by what stands beside the mentions."""
        if not self._places:
            return ()
        found = [affiliation for role in roles for affiliation in self._of_role(role)]
        if self._by_mention:
            found += [self._by_mention[i] for i in mentions if i in self._by_mention]
        return _first_of_each_agency(found) if found else ()

    def _of_role(self, role: Role) -> Iterator[FoundAffiliation]:
        """The agencies that a role's words name or mean: "the Pentagon spokesman", "owner of the bank and the airline"."""
        span = self._document.span(role.first, role.stop)
        relation: str | None = None
        within = [place for place in self._within(role.first, role.stop) if self._is_named(role, place)]
        for place in within:
            if relation is None or place.first < role.head or self._words[place.first - 1] not in _LISTING:
                relation = self._relation(role, place)
            if relation:
                yield FoundAffiliation(place.agency, relation, span, "role-names-agency")
        meant = None if within else self._bodies.meant(role)
        if meant is not None and (relation := self._precise(role, role.head)):
            yield FoundAffiliation(meant, relation, span, "role-means-agency")

    def _is_named(self, role: Role, place: _Place) -> bool:
        """Not the office's own initials, and no portfolio ("Minister of Public Works") that passes for a body."""
        first, stop, agency = place
        if first <= role.head < stop or (stop == first + 1 and person_noun(self._words[first])):
            return False
        portfolio = first == role.head + 2 and self._words[role.head].lower() == "minister"
        return not (portfolio and self._agencies[agency].kind == "other")

    def _relation(self, role: Role, place: _Place) -> str | None:
        """Of the person to an agency that the role names: of the noun after it, else of the one before that a link ties it to."""
        words, (first, stop, _) = self._words, place
        if first < role.head:
            joined = (i for i in range(stop, role.head) if words[i + 1] == "and" and person_noun(words[i]))
            return self._precise(role, next(joined, role.head))
        link = self._link(first)
        tied = (i for i in range(first - 2, role.head, -1) if words[i + 1] in _TIES and person_noun(words[i]))
        noun = next((i for i in tied if i not in self._inside), role.head)
        relation = self._precise(role, noun)
        if link in _REPRESENTING:
            return relation if relation == "representative" else None
        inner = any(word in _MEMBER_LINKS for word in words[noun + 1 : first - 1 - (words[first - 1].lower() == "the")])
        return "member" if relation == "head" and inner and link in _MEMBER_LINKS else relation

    def _precise(self, role: Role, noun: int) -> str | None:
        """ "Deputy director" and "assistant secretary" head nothing, a press secretary speaks."""
        words = self._words
        relation = office_of(words[noun]).relation
        before = {word.lower() for word in words[role.first : noun]}
        after = words[noun + 2] if words[noun + 1] == "-" else words[noun + 1]
        if "general" in (after.lower(), words[noun].lower()) and (before | {words[noun].lower()}) & _GENERAL_OFFICES:
            relation = "head"
        if "press" in before and relation in ("head", "member"):
            return "spokesperson"
        return "member" if relation == "head" and before & _NOT_HEADS else relation

    def _beside(self, mentions: Sequence[tuple[int, int]]) -> dict[int, FoundAffiliation]:
        """ "Ann Lee of the World Bank", "Ann Lee, who heads it", "Ann Lee (Labour)", else "Reuters' Ann Lee", by mention."""
        words, span = self._words, self._document.span
        by_first = {first: i for i, (first, _) in enumerate(mentions)}
        by_stop = {stop: i for i, (_, stop) in enumerate(mentions)}
        members: dict[int, FoundAffiliation] = {}
        owned: dict[int, FoundAffiliation] = {}
        for first, stop, agency in self._places:
            if tie := self._tie_before(first, by_stop):
                evidence = span(mentions[tie.mention][0], stop)
                members.setdefault(tie.mention, FoundAffiliation(agency, tie.relation, evidence, tie.rule))
            if words[stop] in APOSTROPHES and words[stop + 1] == "s" and stop + 2 in by_first:
                i = by_first[stop + 2]
                _, end = mentions[i]
                owned[i] = FoundAffiliation(agency, "member", span(first, end), "agency-s-person")
        return owned | members

    def _tie_before(self, first: int, by_stop: dict[int, int]) -> _Tie | None:
        """What ties the agency at ``first`` to a mention before it."""
        words = self._words
        link = first - 2 if words[first - 1].lower() == "the" else first - 1
        if words[link] in _MEMBER_LINKS:
            end = link - 1 if words[link - 1] == "," else link
            at = by_stop.get(link, by_stop.get(self._before_bracket(end)))
            return None if at is None else _Tie(at, "member", "person-of-agency")
        if words[link] == "(" and words[first - 1] == "(":
            at = by_stop.get(link)
            closed = ")" in words[first : first + _LONGEST_BRACKET]
            return _Tie(at, "member", "agency-in-brackets") if at is not None and closed else None
        relation = "head" if words[link] in _LEADING else "representative" if words[link] in _SERVING else None
        if relation is None:
            return None
        end = link
        while link - end < _ADVERBS_READ and words[end - 1] in _ADVERBS:
            end -= 1
        at = by_stop.get(end)
        if at is None:
            return None
        return _Tie(at, "member" if words[link].startswith("join") else relation, "heads-agency")

    def _before_bracket(self, stop: int) -> int:
        """Where a short bracket that closes before ``stop`` opens, else ``stop``."""
        if self._words[stop - 1] != ")":
            return stop
        return next((i for i in range(stop - 2, max(stop - _LONGEST_BRACKET, 0), -1) if self._words[i] == "("), stop)

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
        return self._places[i] if i < len(self._places) and self._places[i].stop <= stop else None

    def _within(self, first: int, stop: int) -> Iterator[_Place]:
        while place := self._first_within(first, stop):
            yield place
            first = place.first + 1


_GENERAL_OFFICES = frozenset("secretary director attorney surgeon inspector".split())
_NOT_HEADS = frozenset("deputy vice assistant associate under".split())
_INCLUDING_PHRASES = (("consisted", "of"), ("consists", "of"), ("was", "made"), ("is", "made"), ("composed", "of"))


def _outermost(places: list[_Place]) -> list[_Place]:
    """Ascending, without the places that stand inside another ("State Department" in the name of its press service).

    Of two that begin together the longer goes first.
    """
    kept: list[_Place] = []
    last = 0
    for place in sorted(places, key=lambda place: (place.first, -place.stop, place.agency)):
        if place.stop > last:
            last = place.stop
            kept.append(place)
    return kept


def _first_of_each_agency(affiliations: Iterable[FoundAffiliation]) -> tuple[FoundAffiliation, ...]:
    """By span."""
    found: dict[int, FoundAffiliation] = {}
    for affiliation in affiliations:
        found.setdefault(affiliation.agency, affiliation)
    return tuple(sorted(found.values(), key=attrgetter("span")))
