"""From the tagged names and the agencies of an article to its participants."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder import consistency
from builder.countries import CAPITAL, NAME, REGION, CountryMention, country_before, find_countries
from builder.document import Document
from builder.offices import offices
from builder.participants.affiliations import AffiliationFinder
from builder.participants.found import FoundAffiliation, FoundParticipant, ParticipantMention
from builder.participants.person import Person
from builder.participants.persons import group_persons
from builder.participants.roles import Role, RoleFinder
from builder.participants.states import StateFinder
from builder.participants.teams import Team, TeamFinder
from builder.span import Span

if TYPE_CHECKING:
    from builder.agencies import FoundAgency
    from builder.names import Name

_MENTIONS_READ_FOR_ROLES = 4
_MENTIONS_READ_FOR_AFFILIATIONS = 12


def find_participants(
    document: Document, names: "Sequence[Name]", agencies: "Sequence[FoundAgency]", title: Span | None = None
) -> list[FoundParticipant]:
    """The participants of an article in the order of their spans; ``title`` is the headline's span in the text.

    Each person among ``names`` is a mention of exactly one participant, with the same span.
    """
    countries = find_countries(document)
    finder = _Finder(document, names, agencies, countries)
    persons = finder.persons()
    teams = TeamFinder(document, names, countries).find()
    represented = finder.represented(teams)
    state_finder = StateFinder(document, countries, _covered(names, teams) if countries else set())
    parties = state_finder.parties(title, represented)
    found = [*persons, *(finder.team(team) for team in teams), *state_finder.states(parties, represented)]
    return sorted(found, key=lambda participant: (participant.span, participant.kind))


def _covered(names: "Sequence[Name]", teams: list[Team]) -> set[int]:
    """Tokens of persons, organisations and teams."""
    ranges = [(first, stop) for first, stop, kind, _ in names if kind in ("person", "organisation")]
    ranges += [tokens for team in teams for tokens in team.tokens]
    return {token for first, stop in ranges for token in range(first, stop)}


class _Finder:
    """Turns persons and teams into participants, and remembers which countries they stand for."""

    def __init__(
        self,
        document: Document,
        names: "Sequence[Name]",
        agencies: "Sequence[FoundAgency]",
        countries: list[CountryMention],
    ) -> None:
        self._document = document
        self._names = names
        self._starts, self._ends = document.starts, document.ends
        self._country_by_stop = {mention.stop: mention for mention in countries}
        self._country_at = {token: mention for mention in countries for token in range(mention.first, mention.stop)}
        self._roles = RoleFinder(document, names, countries)
        self._affiliations = AffiliationFinder(document, agencies)
        self._represented: dict[str, int] = {}

    def persons(self) -> list[FoundParticipant]:
        return [self._person(person) for person in group_persons(self._document, self._names)]

    def _person(self, person: Person) -> FoundParticipant:
        document, names = self._document, self._names
        fullest = names[person.fullest]
        span = document.span(fullest.first, fullest.stop)
        roles = [role for role in map(self._role_of, self._telling_mentions(person)) if role]
        role = roles[0] if roles else None
        country = self._country_of(person, role)
        affiliations = self._person_affiliations(person, roles)
        return FoundParticipant(
            "person",
            " ".join(span.of(document.text).split()),
            span,
            document.span(role.first, role.stop) if role else None,
            country,
            role.rule if role else "tagged-person",
            tuple(map(self._mention, person.members)),
            tuple(affiliations),
        )

    def _mention(self, i: int) -> ParticipantMention:
        first, stop, _, rule = self._names[i]
        span = Span(self._starts[first], self._ends[stop - 1])
        return ParticipantMention(span, "name", rule if rule in consistency.RULES else "tagged-person")

    def _telling_mentions(self, person: Person) -> list[int]:
        """The first mentions, full names before short ones."""
        first = person.members[:_MENTIONS_READ_FOR_ROLES]
        return first if first[0] == person.fullest else [person.fullest, *(i for i in first if i != person.fullest)]

    def _role_of(self, i: int) -> Role | None:
        return self._roles.find(self._names[i].first, self._names[i].stop)

    def _country_of(self, person: Person, role: Role | None) -> str | None:
        if role:
            country = self._country_of_role(role)
            if country:
                return country
        for i in person.members[:_MENTIONS_READ_FOR_ROLES]:
            country = self._country_beside(i, role)
            if country:
                return country
        return None

    def _country_beside(self, i: int, role: Role | None) -> str | None:
        """Of "Russia's Ann Lee" or "President Ann Lee of Norway", who then represents it."""
        words, name = self._document.words, self._names[i]
        is_followed = name.stop < len(words) and words[name.stop] == "of"
        mention = self._country_at.get(name.stop + 1) if is_followed else None
        if mention is None or mention.use not in (NAME, REGION):
            return country_before(words, self._country_by_stop, name.first)
        if mention.country_iso3 and role and offices()[words[role.head].lower()].state and mention.use == NAME:
            self._represented.setdefault(mention.country_iso3, mention.first)
        return mention.country_iso3

    def _country_of_role(self, role: Role) -> str | None:
        """The country before the office ("the Russian envoy to Iran") or after its "of" or "from"; it is then represented."""
        words = self._document.words
        for i in range(role.first, role.stop):
            mention = self._country_at.get(i)
            if mention is None or not mention.country_iso3 or mention.use == CAPITAL:
                continue
            before = words[i - 2] if i > 1 and words[i - 1] == "the" else words[i - 1]
            if i > role.head and before not in ("of", "from", "for"):
                continue
            if mention.use != REGION and offices()[words[role.head].lower()].state:
                self._represented.setdefault(mention.country_iso3, mention.first)
            return mention.country_iso3
        return None

    def _person_affiliations(self, person: Person, roles: list[Role]) -> list[FoundAffiliation]:
        found: dict[int, FoundAffiliation] = {}
        for role in roles:
            for affiliation in self._affiliations.of_role(role):
                found.setdefault(affiliation.agency, affiliation)
        for i in person.members[:_MENTIONS_READ_FOR_AFFILIATIONS]:
            first, stop, _, _ = self._names[i]
            for affiliation in self._affiliations.beside(first, stop):
                found.setdefault(affiliation.agency, affiliation)
        return sorted(found.values(), key=lambda affiliation: affiliation.span) if found else []

    def represented(self, teams: list[Team]) -> dict[str, int]:
        """Countries for which an official or a delegation of the article stands, with a token that names each."""
        for team in teams:
            if team.country_iso3 and team.owner_token is not None:
                self._represented.setdefault(team.country_iso3, team.owner_token)
        return self._represented

    def team(self, team: Team) -> FoundParticipant:
        included: dict[int, FoundAffiliation] = {}
        for first, stop in team.tokens:
            for affiliation in self._affiliations.included(first, stop):
                included.setdefault(affiliation.agency, affiliation)
        name = " ".join(team.fullest.of(self._document.text).split())
        mentions = tuple(sorted(team.mentions))
        return FoundParticipant(
            team.kind, name, team.fullest, None, team.country_iso3, team.rule, mentions, tuple(included.values())
        )
