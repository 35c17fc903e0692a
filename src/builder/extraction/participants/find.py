"""From the tagged names and the agencies of an article to its participants."""

from collections.abc import Sequence
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING

from builder.extraction.names import AGREEMENT_RULES
from builder.extraction.participants.affiliations import AffiliationFinder
from builder.extraction.participants.found import FoundParticipant, ParticipantMention
from builder.extraction.participants.person import Person
from builder.extraction.participants.persons import group_persons
from builder.extraction.participants.roles import Role, RoleFinder
from builder.extraction.participants.states import StateFinder
from builder.extraction.participants.teams import Team, find_teams
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.countries import CAPITAL, NAME, REGION
from builder.knowledge.offices import Office, office_of
from builder.text.span import Span
from builder.text.tuples import make_all

if TYPE_CHECKING:
    from builder.extraction.agencies import FoundAgency

_MENTIONS_READ_FOR_ROLES = 24
_MENTIONS_READ_FOR_COUNTRY = 4
_MENTIONS_READ_FOR_AFFILIATIONS = 12
_MENTION_RULES = {rule: rule for rule in AGREEMENT_RULES}
"""By rule of a name; of all others the mention is a tagged person."""


def find_participants(
    tagged: TaggedDocument, agencies: "Sequence[FoundAgency]", title: Span | None = None
) -> list[FoundParticipant]:
    """The participants of an article in the order of their spans; ``title`` is the headline's span in the text.

    Each person among the names is a mention of exactly one participant, with the same span.
    """
    finder = _Finder(tagged, agencies)
    found = finder.persons()
    teams = find_teams(tagged)
    found += map(finder.team, teams)
    found += StateFinder(tagged, teams).states(title, finder.represented(teams))
    return sorted(found, key=itemgetter(2, 0))


class _Finder:
    """Turns persons and teams into participants, and remembers which countries they stand for."""

    def __init__(self, tagged: TaggedDocument, agencies: "Sequence[FoundAgency]") -> None:
        self._tagged = tagged
        self._document = tagged.document
        self._words = tagged.words
        self._countries = tagged.countries
        self._roles = RoleFinder(tagged)
        self._tokens = list(map(itemgetter(0, 1), tagged.persons))
        self._told_of_pronouns = self._roles.of_pronouns(self._tokens, tagged.places)
        self._affiliations = AffiliationFinder(tagged, agencies, self._tokens)
        self._represented: dict[str, int] = {}

    def persons(self) -> list[FoundParticipant]:
        text, starts, ends = self._document.text, self._document.starts, self._document.ends
        spans = make_all(Span, [(starts[first], ends[stop - 1]) for first, stop in self._tokens])
        rules = map(_MENTION_RULES.get, map(itemgetter(3), self._tagged.persons), repeat("tagged-person"))
        mentions = make_all(ParticipantMention, zip(spans, repeat("name"), rules, strict=False))
        texts = [text[start:end] for start, end in spans]
        persons = group_persons(self._tagged, texts)
        return make_all(FoundParticipant, [self._person(person, texts[person.fullest], mentions) for person in persons])

    def _person(self, person: Person, text: str, mentions: list[ParticipantMention]) -> tuple[object, ...]:
        """The fields of the participant; ``mentions`` are those of all persons."""
        members = person.members
        tokens = tuple(map(self._tokens.__getitem__, members))
        read = tokens[:_MENTIONS_READ_FOR_ROLES]
        roles = self._roles_beside(self._tokens[person.fullest], read)
        if self._told_of_pronouns:
            roles += [role for i in members for role in self._told_of_pronouns.get(i, ())]
        role = roles[0] if roles else None
        return (
            "person",
            " ".join(text.split()),
            mentions[person.fullest][0],
            self._document.span(role[0], role[1]) if role else None,
            self._country(role, tokens[:_MENTIONS_READ_FOR_COUNTRY]) if self._countries else None,
            role[3] if role else "tagged-person",
            tuple(map(mentions.__getitem__, members)),
            self._affiliations.of_person(roles, members[:_MENTIONS_READ_FOR_AFFILIATIONS]),
            tokens,
            tuple([self._document.span(each.first, each.stop) for each in roles]),
        )

    def _roles_beside(self, fullest: tuple[int, int], mentions: Sequence[tuple[int, int]]) -> list[Role]:
        """Of the fullest name, then of the first mentions."""
        if mentions[0] != fullest:
            mentions = [fullest, *(tokens for tokens in mentions if tokens != fullest)]
        return self._roles.beside(mentions)

    def _country(self, role: Role | None, mentions: Sequence[tuple[int, int]]) -> str | None:
        country = self._country_of_role(role) if role else None
        if country:
            return country
        words, by_token = self._words, self._countries.by_token
        for first, stop in mentions:
            country = self._country_after(stop, role) if words[stop] == "of" else None
            if country is None and (first - 1 in by_token or words[first - 1] == "s"):
                country = self._countries.before(words, first)
            if country:
                return country
        return None

    def _country_after(self, stop: int, role: Role | None) -> str | None:
        """Of "President Ann Lee of Norway", who then represents it."""
        mention = self._countries.by_token.get(stop + 1)
        if mention is None or mention.use not in (NAME, REGION):
            return None
        if mention.country_iso3 and role and self._office(role).state and mention.use == NAME:
            self._represented.setdefault(mention.country_iso3, mention.first)
        return mention.country_iso3

    def _country_of_role(self, role: Role) -> str | None:
        """The country before the office ("the Russian envoy to Iran") or after its "of" or "from"; it is then represented."""
        words, by_token = self._words, self._countries.by_token
        for i in range(role.first, role.stop):
            mention = by_token.get(i)
            if mention is None or not mention.country_iso3 or mention.use == CAPITAL:
                continue
            before = words[i - 2] if i > 1 and words[i - 1] == "the" else words[i - 1]
            if i > role.head and before not in ("of", "from", "for"):
                continue
            if mention.use != REGION and self._office(role).state:
                self._represented.setdefault(mention.country_iso3, mention.first)
            return mention.country_iso3
        return None

    def _office(self, role: Role) -> Office:
        return office_of(self._words[role.head])

    def represented(self, teams: list[Team]) -> dict[str, int]:
        """Countries for which an official or a delegation of the article stands, with a token that names each."""
        for team in teams:
            if team.country_iso3 and team.owner_token is not None:
                self._represented.setdefault(team.country_iso3, team.owner_token)
        return self._represented

    def team(self, team: Team) -> FoundParticipant:
        name = " ".join(team.fullest.of(self._document.text).split())
        country, mentions, tokens = team.country_iso3, tuple(sorted(team.mentions)), tuple(sorted(team.tokens))
        included = self._affiliations.of_team(team.tokens)
        return FoundParticipant(team.kind, name, team.fullest, None, country, team.rule, mentions, included, tokens)
