"""Who the speaker and the addressee of each quote are."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from builder.extraction.resolution.nominals import DEFINITE, Description, agency_meant, describe, is_agency_noun, person_fits
from builder.extraction.resolution.persons import PRONOUN_SEX, Persons
from builder.extraction.resolution.pronouns import UNNAMED, Speakers, Worths, best_antecedent, sex_fits
from builder.extraction.resolution.whole_phrase import RoleOwners, end_of_owned, names_another
from builder.knowledge.given_names import is_honorific
from builder.knowledge.offices import is_office
from builder.knowledge.parts_of_speech import part_of_speech
from builder.text.document import Document
from builder.text.span import Span

if TYPE_CHECKING:
    from builder.extraction.agencies import FoundAgency
    from builder.extraction.participants import FoundParticipant
    from builder.extraction.quotes import FoundQuote

_LONGEST_NAME = 3
_IT_REACH = 3
_ARTICLE_WITHIN = 5
_MENTIONS_READ = 12
_PRONOUNS = frozenset((*PRONOUN_SEX, "it", "who", "whose", "whom"))
_BODIES_OF_PERSONS = frozenset(("campaign", "administration"))
_OWNERS = frozenset("of for from with to by about".split())


class FoundMention(NamedTuple):
    """Characters [start, end) that mean the participant or agency of the number ``whom``; see :class:`Resolved`."""

    start: int
    end: int
    whom: int
    form: str
    rule: str


class Resolved(NamedTuple):
    """Whom an article means, by number: participants from 0 on in their order, then the agencies in theirs.

    ``speakers`` and ``addressees`` are those of the quotes, in their order; None where nobody in the article fits.
    ``mentions`` are those of the participants and agencies, and the pronouns and common nouns that a quote needs, by place.
    """

    speakers: list[int | None]
    addressees: list[int | None]
    mentions: list[FoundMention]


def resolve_speakers(
    document: Document,
    participants: "Sequence[FoundParticipant]",
    agencies: "Sequence[FoundAgency]",
    quotes: "Sequence[FoundQuote]",
) -> Resolved:
    mentions = _mentions(participants, agencies)
    if not quotes:
        return Resolved([], [], mentions)
    resolver = _Resolver(document, participants, agencies, quotes, mentions)
    speakers, addressees = resolver.speakers(), resolver.addressees()
    return Resolved(speakers, addressees, sorted([*mentions, *resolver.referring.values()]))


def _mentions(participants: "Sequence[FoundParticipant]", agencies: "Sequence[FoundAgency]") -> list[FoundMention]:
    """By place; of two at one place that of a participant goes first."""
    found = [(start, end, i, form, rule) for i, row in enumerate(participants) for (start, end), form, rule in row.mentions]
    count = len(participants)
    found += [(start, end, i, form, rule) for i, row in enumerate(agencies, count) for (start, end), form, rule in row.mentions]
    return list(map(FoundMention._make, sorted(found)))


class _Resolver:
    """Resolves quotes in reading order; each speaker found helps with the next."""

    def __init__(
        self,
        document: Document,
        participants: "Sequence[FoundParticipant]",
        agencies: "Sequence[FoundAgency]",
        quotes: "Sequence[FoundQuote]",
        mentions: list[FoundMention],
    ) -> None:
        self._document = document
        self._participants = participants
        self._agencies = agencies
        self._first_agency = len(participants)
        self._quotes = quotes
        self._mentions = mentions
        self._starts = [start for start, _, _, _, _ in mentions]
        self._speakers = Speakers()
        self._worths: dict[str, Worths] = {}
        self._issuer: int | None = None
        self._issued_at = 0
        self._role_owners = RoleOwners(participants)
        self.referring: dict[Span, FoundMention] = {}
        """Pronouns and common nouns that a quote needs; never at the place of another mention."""

    @cached_property
    def _persons(self) -> Persons:
        quoted = sorted(quote.span for quote in self._quotes if quote.kind != "indirect")
        return Persons(self._document, self._participants, quoted)

    @cached_property
    def _agency_places(self) -> list[tuple[int, int]]:
        first = self._first_agency
        return [(start, number - first) for start, _, number, _, _ in self._mentions if number >= first]

    def speakers(self) -> list[int | None]:
        """Each speaker is resolved once, where its first quote stands."""
        known: dict[Span | None, int | None] = {None: None}
        found = []
        for quote in self._quotes:
            span = quote.speaker
            if span not in known and span:
                known[span] = self._speaker(span)
            found.append(known[span])
        return found

    def addressees(self) -> list[int | None]:
        return [self._addressee(quote.addressee) if quote.addressee else None for quote in self._quotes]

    def _addressee(self, span: Span) -> int | None:
        return next((mention.whom for mention in self._within(span) if mention.whom >= self._first_agency), None)

    def _speaker(self, span: Span) -> int | None:
        number = self._meant(span)
        if number is None and self._is_somebody(span):
            self._speakers.add(span.start, UNNAMED)
        if number is not None:
            self._issuer, self._issued_at = number, span.start
            if number < self._first_agency and self._participants[number].kind == "person":
                self._speakers.add(span.start, number)
        return number

    def _is_somebody(self, span: Span) -> bool:
        """A name of several words that nobody in the article fits: whoever bears it spoke last."""
        words = span.of(self._document.text).split()
        return len(words) > 1 and all(word[0].isupper() for word in words)

    def _meant(self, span: Span) -> int | None:
        owner = self._role_owners.of(span)
        if owner is not None:
            return owner
        within = self._within(span)
        if names_another(self._document, span):
            return self._of_longer_phrase(span, within)
        for start, end, whom, _, _ in within:
            if (start, end) == span:
                return whom
        text = span.of(self._document.text)
        if (pronoun := text.lower()) in _PRONOUNS:
            return self._pronoun(span, pronoun)
        number = self._head(span, within) if within else None
        if number is None:
            number = self._by_last_name(text)
        return self._described(span, within) if number is None else number

    def _of_longer_phrase(self, span: Span, within: list[FoundMention]) -> int | None:
        """A body that bears the name ("[Lee]'s campaign"), else somebody whom the article does not name."""
        longer = [number for start, end, number, _, _ in within if start <= span.start and end > span.end + 2]
        if longer:
            return longer[0]
        owned = Span(span.start, end_of_owned(self._document, span))
        description = describe(owned.of(self._document.text))
        if description.opener in PRONOUN_SEX and description.head in _BODIES_OF_PERSONS:
            return self._mention(owned, self._body_of_person(span.start, description), "nominal", "noun-for-agency")
        self._speakers.add(span.start, UNNAMED)
        return None

    def _pronoun(self, span: Span, word: str) -> int | None:
        if word == "it":
            return self._mention(span, self._nearest_agency(span.start), "pronoun", "pronoun-agency")
        if word in PRONOUN_SEX:
            return self._mention(span, self._of_sex(span.start, PRONOUN_SEX[word]), "pronoun", "pronoun-person")
        return self._mention(span, self._relative(span), "pronoun", "pronoun-person")

    def _of_sex(self, offset: int, sex: str) -> int | None:
        if sex not in self._worths:
            self._worths[sex] = Worths(self._persons, sex_fits(self._persons, sex))
        return best_antecedent(self._persons, self._speakers, offset, self._worths[sex], sex)

    def _relative(self, span: Span) -> int | None:
        """The person named last before a relative pronoun in its sentence."""
        persons = self._persons
        at = bisect_left(persons.starts, span.start) - 1
        if at < 0 or persons.sentence_of(persons.starts[at]) != persons.sentence_of(span.start):
            return None
        return persons.anchors[at].participant

    def _by_last_name(self, text: str) -> int | None:
        """A speaker whose words no mention covers: the last word may still be somebody's last name."""
        words = text.removesuffix("'s").removesuffix("’s").split()
        person = self._last_names.get(words[-1].lower()) if words else None
        if person is None:
            return None
        while len(words) > 1 and (is_honorific(words[0].rstrip(".")) or is_office(words[0].rstrip("."))):
            words.pop(0)
        return person if len(words) <= _LONGEST_NAME and words[0][0].isupper() else None

    @cached_property
    def _last_names(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for i, participant in enumerate(self._participants):
            if participant.kind == "person":
                found.setdefault(participant.name.split()[-1].lower(), i)
        return found

    def _head(self, span: Span, within: list[FoundMention]) -> int | None:
        """Of the mentions ``within`` a speaker's words the head: not after "of", not before an apostrophe-s or a noun.

        A participant goes before an agency.
        """
        heads = [number for start, end, number, _, _ in within if self._is_head(start, end, number, span)]
        return next((number for number in heads if number < self._first_agency), heads[0] if heads else None)

    def _is_head(self, start: int, end: int, number: int, outer: Span) -> bool:
        text = self._document.text
        before = text[outer.start : start].split()
        if before and before[-1].lower() in ("the", "a", "an"):
            before.pop()
        if before and before[-1].lower() in _OWNERS:
            return False
        after = text[end : outer.end]
        following = after.lstrip()
        if number >= self._first_agency and is_agency_noun(following.rpartition(" ")[2]):
            return True
        return following in ("", "'s", "’s") or not (following[:1].isalnum() or after[:2] in ("'s", "’s", "-"))

    def _within(self, span: Span) -> list[FoundMention]:
        """Mentions inside ``span``, and the one that ``span`` is part of, by place."""
        mentions, (start, end) = self._mentions, span
        at = bisect_left(self._starts, start)
        found = []
        if at and mentions[at - 1].end >= end:
            found.append(mentions[at - 1])
        while at < len(mentions) and mentions[at].start < end:
            if mentions[at].end <= end or mentions[at].start == start:
                found.append(mentions[at])
            at += 1
        return found

    def _with_article(self, span: Span) -> Span:
        """Also over the words between the article and ``span``: "the U.S. [envoy]"."""
        document = self._document
        first = document.token_at(span.start)
        words = document.words
        for i in range(first - 1, max(first - _ARTICLE_WITHIN, -1), -1):
            if words[i].lower() in DEFINITE or words[i].lower() in ("a", "an"):
                return Span(document.starts[i], span.end)
            if not words[i].replace(".", "").isalpha():
                break
            if not words[i][0].isupper() and part_of_speech(words[i]) not in ("noun", "adjective"):
                break
        return span

    def _only_body(self, noun: str) -> int | None:
        """ "Police said", where one body of the article has a name that ends in the word."""
        named = [i for i, agency in enumerate(self._agencies) if agency.name.lower().split()[-1] == noun]
        return self._number_of(named[0]) if len(named) == 1 else None

    def _described(self, span: Span, within: list[FoundMention]) -> int | None:
        """Whom a common noun means; a person who stays unnamed is remembered as one who spoke."""
        span = self._with_article(span)
        description = describe(span.of(self._document.text))
        number = None
        if description.opener in PRONOUN_SEX and description.head in _BODIES_OF_PERSONS:
            agency = self._body_of_person(span.start, description)
            number = self._mention(span, agency, "nominal", "noun-for-agency")
        elif description.kind == "document" and within:
            return within[0].whom
        elif description.definite:
            number = self._nominal(span, description)
        elif description.is_bare_body:
            number = self._mention(span, self._only_body(description.head), "nominal", "noun-for-agency")
        if number is None and description.kind == "person":
            self._speakers.add(span.start, UNNAMED)
        return number

    def _nominal(self, span: Span, description: Description) -> int | None:
        if description.kind == "document":
            return self._noun(span, self._issuer, "issuer-of-document")
        if description.kind == "person":
            return self._noun(span, self._person_described(span, description), "noun-for-person")
        if description.kind == "agency":
            agency = agency_meant(self._agencies, self._agency_places, span.start, description)
            return self._noun(span, self._number_of(agency), "noun-for-agency")
        return None

    def _noun(self, span: Span, number: int | None, rule: str) -> int | None:
        """Mentioned without the article that ``span`` begins with."""
        if number is None:
            return None
        second = self._document.token_at(span.start) + 1
        starts = self._document.starts
        bare = Span(starts[second], span.end) if second < len(starts) and starts[second] < span.end else span
        return self._mention(bare, number, "nominal", rule)

    def _person_described(self, span: Span, description: Description) -> int | None:
        worths = Worths(self._persons, person_fits(self._persons, description), description.most)
        return best_antecedent(self._persons, self._speakers, span.start, worths)

    def _body_of_person(self, offset: int, description: Description) -> int | None:
        """ "His campaign": the campaign that bears the name of the person whom the pronoun means."""
        owner = self._of_sex(offset, PRONOUN_SEX[description.opener])
        if owner is None:
            return None
        return self._number_of(self._bodies_of_persons.get(f"{self._participants[owner].name.split()[-1]} {description.head}"))

    @cached_property
    def _bodies_of_persons(self) -> dict[str, int]:
        """Agencies by the last two words of their names: "Lee campaign"."""
        return {" ".join(agency.name.split()[-2:]): i for i, agency in enumerate(self._agencies)}

    def _number_of(self, agency: int | None) -> int | None:
        return None if agency is None else self._first_agency + agency

    def _nearest_agency(self, offset: int) -> int | None:
        """The agency that spoke just now, else the one that opens this sentence or the one before."""
        here = self._persons.sentence_of(offset)
        spoke_just_now = here - self._persons.sentence_of(self._issued_at) <= _IT_REACH
        if self._issuer is not None and self._issuer >= self._first_agency and spoke_just_now:
            return self._issuer
        at = bisect_left(self._starts, offset)
        for start, _, number, _, _ in reversed(self._mentions[max(0, at - _MENTIONS_READ) : at]):
            if here - self._persons.sentence_of(start) > 1:
                break
            if number >= self._first_agency and self._opens_sentence(start):
                return number
        return None

    def _opens_sentence(self, offset: int) -> bool:
        token = self._document.token_at(offset)
        return token - self._document.sentence(token)[0] <= 1

    def _mention(self, span: Span, number: int | None, form: str, rule: str) -> int | None:
        if number is not None:
            self.referring.setdefault(span, FoundMention(*span, number, form, rule))
        return number
