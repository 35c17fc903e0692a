"""States that are a party to what an article reports, and where it names them."""

from collections.abc import Sequence

from builder.extraction.participants.acts import Acts
from builder.extraction.participants.found import FoundParticipant, ParticipantMention
from builder.extraction.participants.teams import Team
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.countries import ADJECTIVE, CAPITAL, NAME, PEOPLE, REGION, CountryMention, country_names
from builder.knowledge.lexicon import entries
from builder.text.span import Span
from builder.text.triggers import Trigger

_PLACE_PREPOSITIONS = frozenset("in at near inside outside across throughout around within toward towards into onto via".split())
_COUNTERPART_PREPOSITIONS = frozenset("with between and against by versus vs".split())
_ROUTE_PREPOSITIONS = frozenset("from to over through of on".split())
_DASHES = frozenset("-–/")
_BORDER_WORDS = frozenset("border borders frontier flight route".split())
_CLAUSE_OPENERS = frozenset((":", ";", "—", "–", "'", "‘", '"', "“"))
_CONJUNCTIONS = frozenset(("and", "&", ","))
_PARTS_OF_THE_WORLD = frozenset("Latin North South Central".split())
"""Before "America"; a country's own name holds such a word."""
_NOUN_LIKE = frozenset(("US", "U.S.", "UK", "U.K.", "EU", "USA", "U.S.A.", "UAE"))


class _Standing:
    """What else the country words of one article are part of."""

    def __init__(self, tagged: TaggedDocument, teams: Sequence[Team]) -> None:
        self._tagged = tagged
        self._in_teams = {token for team in teams for first, stop in team.tokens for token in range(first, stop)}

    def is_free(self, mention: CountryMention) -> bool:
        """Of nothing: neither of a name, nor of a team or a part of the world."""
        if mention.first in self._in_teams or self._tagged.words[mention.first - 1] in _PARTS_OF_THE_WORLD:
            return False
        name = self._tagged.name_at(mention.first)
        return name is None or name.kind not in ("person", "organisation")


class StateFinder:
    """Parties and their mentions among the country words of one article.

    A country word inside the name of an organisation, person or team names no state.
    """

    def __init__(self, tagged: TaggedDocument, teams: Sequence[Team]) -> None:
        self._tagged = tagged
        self._document = tagged.document
        self._words = tagged.words
        self._all = tagged.countries
        self._is_free = _Standing(tagged, teams).is_free
        self._actors: set[int] = set()
        self._acts = Acts(tagged, self._is_free)

    def states(self, title: Span | None, represented: dict[str, int]) -> list[FoundParticipant]:
        """``represented`` are the countries of officials and delegations, with a token of each."""
        parties = self._parties(title, represented)
        mentions: dict[str, list[CountryMention]] = {code: [] for code in parties}
        for mention in self._all if parties else ():
            if mention.country_iso3 in parties and self._is_free(mention):
                mentions[mention.country_iso3].append(mention)
        return [self._state(code, rule, mentions[code], represented) for code, rule in parties.items()]

    def _parties(self, title: Span | None, represented: dict[str, int]) -> dict[str, str]:
        """Rule by country."""
        if not self._all:
            return dict.fromkeys(represented, "represented-state")
        found: dict[str, str] = {}
        for code, token in self._acts.with_officials():
            represented.setdefault(code, token)
        for rule, codes in (
            ("headline-actor", self._headline_actors(title)),
            ("side-of-pair", self._sides_of_pairs()),
            ("side-of-between", self._sides_of_between()),
            ("represented-state", represented),
            ("government-of-state", self._acts.with_governments()),
            ("acting-state", self._acts.acting()),
            ("side-of-relation", self._acts.in_relations()),
            ("object-of-act", self._acts.acted_upon()),
        ):
            for code in codes:
                found.setdefault(code, rule)
        return found

    def _state(self, code: str, rule: str, places: list[CountryMention], represented: dict[str, int]) -> FoundParticipant:
        governments = self._acts.governments
        formed = [(place, form) for place in places if (form := self._form(place))]
        tokens = [(place.first, governments.get(place.first, place.stop)) for place, _ in formed]
        mentions = [
            ParticipantMention(self._document.span(*place), *form) for place, (_, form) in zip(tokens, formed, strict=True)
        ]
        if not mentions:
            tokens = [self._reference(code, represented)]
            mentions = [ParticipantMention(self._document.span(*tokens[0]), "alias", "state-adjective")]
        name = country_names()[code]
        full = (m for m in mentions if m.span.of(self._document.text) == name)
        first = next(full, mentions[0])
        return FoundParticipant("state", name, first.span, None, code, "name", rule, tuple(mentions), (), tuple(tokens))

    def _reference(self, code: str, represented: dict[str, int]) -> tuple[int, int]:
        """The first word for a state that the article never names: "the Russian envoy"."""
        for mention in self._all:
            if mention.country_iso3 == code:
                return mention.first, mention.stop
        return represented[code], represented[code] + 1

    def _headline_actors(self, title: Span | None) -> list[str]:
        """Countries that open the headline or one of its clauses, and those coordinated with them."""
        if title is None:
            return []
        found: list[str] = []
        stop_of_actor = -1
        for mention in self._all:
            start = self._document.starts[mention.first]
            if start >= title.end:
                break
            if start < title.start or mention.use != NAME or not mention.country_iso3 or not self._is_free(mention):
                continue
            opens = start == title.start or self._words[mention.first - 1] in _CLAUSE_OPENERS
            joined = mention.first - 1 == stop_of_actor and self._words[stop_of_actor] in _CONJUNCTIONS
            if joined or (opens and not self._modifies_in_title(mention)):
                found.append(mention.country_iso3)
                self._actors.add(mention.first)
                stop_of_actor = mention.stop
        return found

    def _modifies_in_title(self, mention: CountryMention) -> bool:
        """ "U.S. Envoy Arrives" against "U.S. Calls for Talks": what follows is a noun unless it may be a verb."""
        following = self._words[mention.stop]
        return following in _DASHES or following in ("'", "’") or self._is_attributive(mention, following)

    def _followed_by(self, following: frozenset[str]) -> list[CountryMention]:
        words = self._words
        return [mention for mention in self._all if words[mention.stop] in following]

    def _sides_of_pairs(self) -> list[str]:
        """ "Russia-United States", "Russian-U.S.": both sides of a hyphen, unless it names a border or descent."""
        found: list[str] = []
        words = self._words
        for mention in self._followed_by(_DASHES):
            other = self._all.from_token(mention.stop + 1)
            if other is None or not (mention.country_iso3 and other.country_iso3):
                continue
            uses = {mention.use, other.use}
            if other.country_iso3 == mention.country_iso3 or REGION in uses:
                continue
            following = words[other.stop].lower()
            named = NAME in uses and CAPITAL not in uses
            if following in _BORDER_WORDS or not (named or following in entries("state-relations.txt")):
                continue
            found += [mention.country_iso3, other.country_iso3]
        return found

    def _sides_of_between(self) -> list[str]:
        """ "between Russia and the United States", "between Moscow and Washington"; not "between Paris and London" by train."""
        found: list[str] = []
        words = self._words
        for i in self._tagged.places.of(_BETWEEN):
            first = self._all.from_token(i + 1 + (words[i + 1] == "the"))
            if first is None or words[first.stop] != "and":
                continue
            j = first.stop + 1
            second = self._all.from_token(j + (words[j] == "the"))
            if second and first.country_iso3 and second.country_iso3 and {first.use, second.use} <= {NAME, ADJECTIVE, PEOPLE}:
                found += [first.country_iso3, second.country_iso3]
        return found

    def _form(self, mention: CountryMention) -> tuple[str, str] | None:
        """Form and rule of a mention of a party; None where the word is only a place or an adjective."""
        words = self._words
        before = words[mention.first - 1].lower()
        if mention.first in self._acts.governments:
            return "alias", "government-of-state"
        if mention.first in self._actors:
            return self._named_form(mention)
        article = before == "the"
        if article:
            before = words[mention.first - 2].lower() if mention.first > 1 else ""
        after = words[mention.stop]
        if mention.use == PEOPLE:
            return ("alias", "people-for-state") if article else None
        if mention.use == CAPITAL:
            return ("alias", "capital-for-state") if self._stands_for_state(before, after) else None
        if mention.use != NAME or before in _PLACE_PREPOSITIONS or self._is_attributive(mention, after):
            return None
        return self._named_form(mention) if before not in _DASHES else None

    def _named_form(self, mention: CountryMention) -> tuple[str, str]:
        text = " ".join(self._words[mention.first : mention.stop])
        return ("name" if text == country_names().get(mention.country_iso3 or "") else "alias"), "state-name"

    def _stands_for_state(self, before: str, after: str) -> bool:
        if before in _PLACE_PREPOSITIONS or before in _ROUTE_PREPOSITIONS:
            return False
        return before in _COUNTERPART_PREPOSITIONS or after in ("'", "’") or after in entries("subject-followers.txt")

    def _is_attributive(self, mention: CountryMention, after: str) -> bool:
        """ "U.S. delegation", "Russia-led", "U.S. and Russian forces": the word describes what follows."""
        if after in _DASHES:
            return True
        if after in ("and", "or"):
            joined = self._all.from_token(mention.stop + 1)
            return joined is not None and joined.use == ADJECTIVE
        text = self._words[mention.first]
        return text in _NOUN_LIKE and after[:1].isalpha() and after.lower() not in entries("subject-followers.txt")


_BETWEEN = Trigger(lambda: ("between", "Between"))
