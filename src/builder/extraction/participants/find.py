"""From the tagged names and the agencies of an article to its participants."""

from collections.abc import Sequence
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING

from builder.extraction.countries import NO_SETTING, Setting
from builder.extraction.countries.given import Given
from builder.extraction.countries.of_persons import Employer, PersonCountries
from builder.extraction.names import AGREEMENT_RULES
from builder.extraction.participants.affiliations import AffiliationFinder
from builder.extraction.participants.found import FoundAffiliation, FoundParticipant, ParticipantMention
from builder.extraction.participants.person import Person
from builder.extraction.participants.persons import group_persons
from builder.extraction.participants.roles import Role, RoleFinder
from builder.extraction.participants.states import StateFinder
from builder.extraction.participants.teams import Team, find_teams
from builder.extraction.tagged import TaggedDocument
from builder.text.span import Span

if TYPE_CHECKING:
    from builder.extraction.agencies import FoundAgency

_MENTIONS_READ_FOR_ROLES = 24
_MENTIONS_READ_FOR_COUNTRY = 4
_MENTIONS_READ_FOR_AFFILIATIONS = 12
_MENTION_RULES = {rule: rule for rule in AGREEMENT_RULES}
"""By rule of a name; of all others the mention is a tagged person."""


def find_participants(
    tagged: TaggedDocument, agencies: "Sequence[FoundAgency]", title: Span | None = None, setting: Setting = NO_SETTING
) -> list[FoundParticipant]:
    """The participants of an article in the order of their spans; ``title`` is the headline's span in the text, ``setting``
    tells what country the article is about.

    Each person among the names is a mention of exactly one participant, with the same span.
    """
    finder = _Finder(tagged, agencies, setting)
    found = finder.persons()
    teams = find_teams(tagged)
    found += map(finder.team, teams)
    found += StateFinder(tagged, teams).states(title, finder.represented(teams))
    return sorted(found, key=attrgetter("span", "kind"))


class _Finder:
    """Turns persons and teams into participants, and remembers which countries they stand for."""

    def __init__(self, tagged: TaggedDocument, agencies: "Sequence[FoundAgency]", setting: Setting) -> None:
        self._tagged = tagged
        self._agencies = agencies
        self._document = tagged.document
        self._words = tagged.words
        self._roles = RoleFinder(tagged)
        self._tokens = [(person.first, person.stop) for person in tagged.persons]
        self._roles_of_pronouns = self._roles.of_pronouns(self._tokens, tagged.places)
        self._affiliations = AffiliationFinder(tagged, agencies, self._tokens)
        self._person_countries = PersonCountries(tagged, setting)

    def persons(self) -> list[FoundParticipant]:
        text, starts, ends = self._document.text, self._document.starts, self._document.ends
        spans = list(map(Span._make, [(starts[first], ends[stop - 1]) for first, stop in self._tokens]))
        rules = map(_MENTION_RULES.get, (person.rule for person in self._tagged.persons), repeat("tagged-person"))
        mentions = list(map(ParticipantMention._make, zip(spans, repeat("name"), rules, strict=False)))
        texts = [text[start:end] for start, end in spans]
        persons = group_persons(self._tagged, texts)
        return list(map(FoundParticipant._make, [self._person(person, texts[person.fullest], mentions) for person in persons]))

    def _person(self, person: Person, text: str, mentions: list[ParticipantMention]) -> tuple[object, ...]:
        """The fields of the participant; ``mentions`` are those of all persons."""
        members = person.members
        tokens = tuple(map(self._tokens.__getitem__, members))
        read = tokens[:_MENTIONS_READ_FOR_ROLES]
        roles = self._roles_beside(self._tokens[person.fullest], read)
        if self._roles_of_pronouns:
            roles += [role for i in members for role in self._roles_of_pronouns.get(i, ())]
        role = roles[0] if roles else None
        affiliations = self._affiliations.of_person(roles, members[:_MENTIONS_READ_FOR_AFFILIATIONS])
        return (
            "person",
            " ".join(text.split()),
            mentions[person.fullest][0],
            self._document.span(role.first, role.stop) if role else None,
            *self._country(roles, tokens[:_MENTIONS_READ_FOR_COUNTRY], affiliations),
            role.rule if role else "tagged-person",
            tuple(map(mentions.__getitem__, members)),
            affiliations,
            tokens,
            tuple([self._document.span(each.first, each.stop) for each in roles]),
        )

    def _roles_beside(self, fullest: tuple[int, int], mentions: Sequence[tuple[int, int]]) -> list[Role]:
        """Of the fullest name, then of the first mentions."""
        if mentions[0] != fullest:
            mentions = [fullest, *(tokens for tokens in mentions if tokens != fullest)]
        return self._roles.beside(mentions)

    def _country(
        self, roles: Sequence[Role], mentions: Sequence[tuple[int, int]], affiliations: Sequence[FoundAffiliation]
    ) -> Given:
        agencies = (self._agencies[affiliation.agency] for affiliation in affiliations)
        employers = [Employer(agency.kind, agency.country_iso3, agency.country_rule) for agency in agencies]
        return self._person_countries.of(roles, mentions, employers)

    def represented(self, teams: list[Team]) -> dict[str, int]:
        """Countries for which an official or a delegation of the article stands, with a token that names each."""
        found = self._person_countries.represented
        for team in teams:
            if team.country_iso3 and team.owner_token is not None:
                found.setdefault(team.country_iso3, team.owner_token)
        return found

    def team(self, team: Team) -> FoundParticipant:
        name = team.name or " ".join(team.fullest.of(self._document.text).split())
        country = Given(team.country_iso3, "name" if team.country_iso3 else None)
        mentions, tokens = tuple(sorted(team.mentions)), tuple(sorted(team.tokens))
        included = self._affiliations.of_team(team.tokens)
        return FoundParticipant(team.kind, name, team.fullest, None, *country, team.rule, mentions, included, tokens)
