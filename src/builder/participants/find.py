"""From the tagged names and the agencies of an article to its participants."""

from collections.abc import Sequence
from itertools import repeat
from typing import TYPE_CHECKING

from builder import consistency
from builder.countries import CAPITAL, NAME, REGION
from builder.offices import Office, offices
from builder.participants.affiliations import AffiliationFinder
from builder.participants.found import FoundParticipant, ParticipantMention
from builder.participants.person import Person
from builder.participants.persons import group_persons
from builder.participants.roles import Role, RoleFinder
from builder.participants.states import StateFinder
from builder.participants.teams import Team, TeamFinder
from builder.span import Span
from builder.tagged import TaggedDocument
from builder.tuples import make_all

if TYPE_CHECKING:
    from builder.agencies import FoundAgency

_MENTIONS_READ_FOR_ROLES = 4
_MENTIONS_READ_FOR_AFFILIATIONS = 12


def find_participants(
    tagged: TaggedDocument, agencies: "Sequence[FoundAgency]", title: Span | None = None
) -> list[FoundParticipant]:
    """The participants of an article in the order of their spans; ``title`` is the headline's span in the text.

    Each person among the names is a mention of exactly one participant, with the same span.
    """
    finder = _Finder(tagged, agencies)
    found = finder.persons()
    teams = TeamFinder(tagged).find()
    found += map(finder.team, teams)
    found += StateFinder(tagged, teams).states(title, finder.represented(teams))
    return sorted(found, key=lambda participant: (participant.span, participant.kind))


class _Finder:
    """Turns persons and teams into participants, and remembers which countries they stand for."""

    def __init__(self, tagged: TaggedDocument, agencies: "Sequence[FoundAgency]") -> None:
        self._tagged = tagged
        self._document = tagged.document
        self._words = tagged.words
        self._names = tagged.names
        self._countries = tagged.countries
        self._roles = RoleFinder(tagged)
        self._affiliations = AffiliationFinder(tagged.document, agencies)
        self._represented: dict[str, int] = {}

    def persons(self) -> list[FoundParticipant]:
        mentions = self._mentions()
        return [self._person(person, mentions) for person in group_persons(self._tagged)]

    def _mentions(self) -> dict[int, ParticipantMention]:
        """Of persons, by index of the name."""
        starts, ends = self._document.starts, self._document.ends
        indexes, spans, rules = [], [], []
        for i, (first, stop, kind, rule) in enumerate(self._names):
            if kind == "person":
                indexes.append(i)
                spans.append((starts[first], ends[stop - 1]))
                rules.append(rule if rule in consistency.RULES else "tagged-person")
        mentions = make_all(ParticipantMention, zip(make_all(Span, spans), repeat("name"), rules))
        return dict(zip(indexes, mentions, strict=True))

    def _person(self, person: Person, mentions: dict[int, ParticipantMention]) -> FoundParticipant:
        document, names = self._document, self._names
        tokens = [names[i][:2] for i in person.members]
        span = mentions[person.fullest].span
        roles = self._roles_beside(names[person.fullest][:2], tokens[:_MENTIONS_READ_FOR_ROLES])
        role = roles[0] if roles else None
        return FoundParticipant(
            "person",
            " ".join(document.text[span[0] : span[1]].split()),
            span,
            document.span(role.first, role.stop) if role else None,
            self._country(role, tokens[:_MENTIONS_READ_FOR_ROLES]) if self._countries else None,
            role.rule if role else "tagged-person",
            tuple([mentions[i] for i in person.members]),
            self._affiliations.of_person(roles, tokens[:_MENTIONS_READ_FOR_AFFILIATIONS]),
            tuple(tokens),
        )

    def _roles_beside(self, fullest: tuple[int, int], mentions: list[tuple[int, int]]) -> list[Role]:
        """Of the fullest name, then of the first mentions."""
        if mentions[0] != fullest:
            mentions = [fullest, *(tokens for tokens in mentions if tokens != fullest)]
        return self._roles.beside(mentions)

    def _country(self, role: Role | None, mentions: list[tuple[int, int]]) -> str | None:
        country = self._country_of_role(role) if role else None
        if country:
            return country
        words, by_stop = self._words, self._countries.by_stop
        for first, stop in mentions:
            country = self._country_after(stop, role) if words[stop] == "of" else None
            if country is None and (first in by_stop or words[first - 1] == "s"):
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
        return offices()[self._words[role.head].lower()]

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
