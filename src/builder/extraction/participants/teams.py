"""Delegations and groups: who sits together at a meeting."""

from dataclasses import dataclass, field

from builder.extraction.participants.found import ParticipantMention
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.countries import ADJECTIVE, CAPITAL, NAME, REGION
from builder.knowledge.parts_of_speech import part_of_speech
from builder.text.document import Document
from builder.text.span import Span
from builder.text.triggers import Trigger, in_any_case


@dataclass(slots=True)
class Team:
    """A delegation or group; ``fullest`` is the span that gives its ``name`` unless that shares words with the name before it.

    ``owner_token`` is a token of its country's word.
    """

    kind: str
    fullest: Span
    country_iso3: str | None
    rule: str
    owner_token: int | None = None
    name: str | None = None
    tokens: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[ParticipantMention] = field(default_factory=list)

    def add(self, document: Document, first: int, stop: int, form: str, rule: str) -> None:
        self.tokens.append((first, stop))
        self.mentions.append(ParticipantMention(document.span(first, stop), form, rule))


def find_teams(tagged: TaggedDocument) -> list[Team]:
    """Groups, then delegations."""
    heads, listed = tagged.places.of(_TEAM_HEADS), listed_groups(tagged)
    found = _TeamFinder(tagged, heads).find() if heads or tagged.groups else []
    return [*found, *listed]


def listed_groups(tagged: TaggedDocument) -> list[Team]:
    """ "Working groups on trade, on fishing and on ice" are a group each."""
    words, document = tagged.words, tagged.document
    found = []
    for head in tagged.places.of(_GROUPS):
        if words[head - 1].lower() not in _GROUP_MODIFIERS or words[head + 1] not in ("on", "for"):
            continue
        topics = _topics(words, head + 2)
        kind = f"{words[head - 1].lower()} group {words[head + 1]}"
        for i, (first, stop) in enumerate(topics):
            begin = first if i else head - 1
            team = Team("group", document.span(begin, stop), None, "listed-group")
            team.name = f"{kind} {' '.join(document.span(first, stop).of(document.text).split())}"
            team.add(document, begin, stop, "name", "listed-group")
            found.append(team)
    return found


def _topics(words: list[str], first: int) -> list[tuple[int, int]]:
    """Token ranges of what is joined by commas and "and" up to the next mark; none where it is one topic or too long."""
    found, last = [], False
    while True:
        stop = first
        while not _ends_topic(words[stop]) and stop - first <= _LONGEST_TOPIC:
            stop += 1
        if stop == first or stop - first > _LONGEST_TOPIC:
            return []
        found.append((first, stop))
        if last or words[stop] not in (",", "and"):
            return found if last else []
        last = "and" in (words[stop], words[stop + 1])
        first = stop + 1 + (words[stop] == "," and words[stop + 1] == "and")
        first += words[first] in ("on", "for")


class _TeamFinder:
    def __init__(self, tagged: TaggedDocument, heads: list[int]) -> None:
        self._tagged = tagged
        self._document = tagged.document
        self._words = tagged.document.words
        self._countries = tagged.countries
        self._heads = heads

    def find(self) -> list[Team]:
        groups = self._groups()
        within = {token for group in groups for first, stop in group.tokens for token in range(first, stop)}
        delegations = self._delegations(within)
        self._add_counterparts(delegations)
        self._add_bare_mentions(delegations)
        return [*groups, *delegations.values()]

    def _groups(self) -> list[Team]:
        found: dict[str, Team] = {}
        for group in self._tagged.groups:
            span = self._document.span(group.first, group.stop)
            key = " ".join(span.of(self._document.text).lower().split())
            if key not in found:
                found[key] = Team("group", span, None, group.rule)
            found[key].add(self._document, group.first, group.stop, "name", group.rule)
        return list(found.values())

    def _delegations(self, within: set[int]) -> dict[str, Team]:
        """By country, else by the words before the head: "U.S. delegation" and "American delegation" are one."""
        found: dict[str, Team] = {}
        for i in self._heads:
            if i in within:
                continue
            owner = self._owner(i)
            if owner is None:
                continue
            first, stop, country, token, key = owner
            if key not in found:
                found[key] = Team("delegation", self._document.span(first, stop), country, "delegation", token)
            found[key].add(self._document, first, stop, "name", "delegation")
        return found

    def _owner(self, head: int) -> tuple[int, int, str | None, int | None, str] | None:
        """Token range, country, a token of it, and key of a delegation whose country or body stands beside its head."""
        words = self._words
        before = head
        while before and words[before - 1].islower() and words[before - 1] in _DELEGATION_MODIFIERS:
            before -= 1
        country = self._countries.up_to(before)
        if country and country.use == REGION:
            key = " ".join(words[country.first : country.stop])
            return country.first, head + 1, country.country_iso3, None, key
        if country and country.use in (ADJECTIVE, NAME):
            return country.first, head + 1, country.country_iso3, country.first, country.country_iso3 or words[country.first]
        name = self._tagged.name_at(before - 1)
        if name and name.stop == before and name.kind != "person":
            return name.first, head + 1, None, None, " ".join(words[name.first : name.stop]).lower()
        return self._owner_after(head)

    def _owner_after(self, head: int) -> tuple[int, int, str | None, int | None, str] | None:
        words = self._words
        if words[head + 1 : head + 2] not in (["of"], ["from"]):
            return None
        first = head + 2 + (words[head + 2 : head + 3] == ["the"])
        country = self._countries.from_token(first)
        if country and country.use != CAPITAL:
            code = country.country_iso3
            return head, country.stop, code, country.first, code or words[country.first]
        return None

    def _add_counterparts(self, delegations: dict[str, Team]) -> None:
        """ "Russian counterparts" of a delegation are the other side's team."""
        if not delegations:
            return
        for i in self._tagged.places.of(_COUNTERPARTS):
            country = self._countries.up_to(i)
            if country is None or country.use not in (ADJECTIVE, NAME) or not country.country_iso3:
                continue
            code = country.country_iso3
            if code not in delegations:
                span = self._document.span(country.first, i + 1)
                delegations[code] = Team("delegation", span, code, "counterpart-team", country.first)
            delegations[code].add(self._document, country.first, i + 1, "nominal", "counterpart-team")

    def _add_bare_mentions(self, delegations: dict[str, Team]) -> None:
        """ "the delegation" where the article has only one."""
        if len(delegations) != 1:
            return
        (team,) = delegations.values()
        taken = {token for first, stop in team.tokens for token in range(first, stop)}
        for i in self._heads:
            if i not in taken and self._words[i] == "delegation" and self._words[i - 1].lower() == "the" and i:
                team.add(self._document, i, i + 1, "nominal", "bare-delegation")


_DELEGATION_MODIFIERS = frozenset(
    "official high-level level high parliamentary government military trade negotiating joint small large senior".split()
)


_TEAM_HEADS = Trigger(lambda: in_any_case(("delegation",)))


def _ends_topic(word: str) -> bool:
    return word in _TOPIC_ENDS or part_of_speech(word) in ("past", "verb-s")


_GROUP_MODIFIERS = frozenset("working expert experts contact steering".split())
_TOPIC_ENDS = frozenset((",", "and", ".", ";", ":", "(", ")", "")) | frozenset("who which that is are was were will".split())
_LONGEST_TOPIC = 6
_GROUPS = Trigger(lambda: ("groups",))
_COUNTERPARTS = Trigger(lambda: ("counterparts",))
