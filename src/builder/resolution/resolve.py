"""Who the speaker and the addressee of each quote are."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from builder.document import Document
from builder.given_names import is_honorific
from builder.offices import is_office
from builder.resolution.nominals import Description, agency_meant, describe, is_agency_noun, person_fits
from builder.resolution.persons import Persons
from builder.resolution.pronouns import SEX, UNNAMED, Speakers, Worths, best_antecedent, sex_fits
from builder.span import Span

if TYPE_CHECKING:
    from builder.agencies import FoundAgency
    from builder.participants import FoundParticipant
    from builder.quotes import FoundQuote

_LONGEST_NAME = 3
_IT_REACH = 3
_PLACES_READ = 12
_PRONOUNS = frozenset((*SEX, "it", "who", "whose", "whom"))
_BODIES_OF_PERSONS = frozenset(("campaign", "administration"))
_OWNERS = frozenset("of for from with to by about".split())


class Referent(NamedTuple):
    """A row meant: exactly one of ``participant`` and ``agency`` is an index into its list."""

    participant: int | None
    agency: int | None


@lru_cache(maxsize=1 << 10)
def _participant(i: int) -> Referent:
    return Referent(i, None)


@lru_cache(maxsize=1 << 10)
def _agency(i: int) -> Referent:
    return Referent(None, i)


class ReferringMention(NamedTuple):
    """A pronoun or common noun that a quote needs; never at the span of a mention that the participants or agencies hold."""

    span: Span
    referent: Referent
    form: str
    rule: str


class ResolvedQuote(NamedTuple):
    """``speaker`` is None where nobody in the article fits; ``addressee_agency`` is an index into the agencies."""

    speaker: Referent | None
    addressee_agency: int | None


@lru_cache(maxsize=1 << 10)
def _unaddressed(speaker: Referent | None) -> ResolvedQuote:
    return ResolvedQuote(speaker, None)


_Place = tuple[int, int, int]
"""Characters [start, end) that mention a participant or agency; agencies are numbered on from the participants."""


def resolve_speakers(
    document: Document,
    participants: "Sequence[FoundParticipant]",
    agencies: "Sequence[FoundAgency]",
    quotes: "Sequence[FoundQuote]",
) -> tuple[list[ResolvedQuote], list[ReferringMention]]:
    """One ResolvedQuote for each quote, in the same order, and the further mentions found on the way, ascending."""
    if not quotes:
        return [], []
    resolver = _Resolver(document, participants, agencies, quotes)
    resolved = resolver.resolve()
    return resolved, sorted(resolver.mentions.values(), key=lambda mention: mention.span)


class _Resolver:
    """Resolves quotes in reading order; each speaker found helps with the next."""

    def __init__(
        self,
        document: Document,
        participants: "Sequence[FoundParticipant]",
        agencies: "Sequence[FoundAgency]",
        quotes: "Sequence[FoundQuote]",
    ) -> None:
        self._document = document
        self._participants = participants
        self._agencies = agencies
        self._quotes = quotes
        self._places = self._all_places()
        self._place_starts = [start for start, _, _ in self._places]
        self._speakers = Speakers()
        self._worths: dict[str, Worths] = {}
        self._issuer: Referent | None = None
        self._issued_at = 0
        self.mentions: dict[Span, ReferringMention] = {}

    def _all_places(self) -> list[_Place]:
        """Ascending; of two at one place that of a participant goes first."""
        found = [(start, end, i) for i, named in enumerate(self._participants) for (start, end), _, _ in named.mentions]
        count = len(self._participants)
        found += [(start, end, i) for i, named in enumerate(self._agencies, count) for (start, end), _, _ in named.mentions]
        found.sort()
        return found

    @cached_property
    def persons(self) -> Persons:
        quoted = sorted(quote.span for quote in self._quotes if quote.kind != "indirect")
        return Persons(self._document, self._participants, quoted)

    @cached_property
    def _agency_places(self) -> list[tuple[int, int]]:
        count = len(self._participants)
        return [(start, number - count) for start, _, number in self._places if number >= count]

    def resolve(self) -> list[ResolvedQuote]:
        """Each speaker is resolved once, where its first quote stands."""
        known: dict[Span | None, Referent | None] = {None: None}
        found = []
        for quote in self._quotes:
            span, addressee = quote.speaker, quote.addressee
            if span and span not in known:
                known[span] = self._speaker(span)
            resolved = _unaddressed(known[span])
            found.append(ResolvedQuote(resolved.speaker, self._addressee(addressee)) if addressee else resolved)
        return found

    def _referent(self, number: int) -> Referent:
        count = len(self._participants)
        return _participant(number) if number < count else _agency(number - count)

    def _speaker(self, span: Span) -> Referent | None:
        text = self._document.text[span[0] : span[1]].strip()
        if text.lower() in _PRONOUNS:
            referent = self._pronoun(span, text.lower())
        else:
            referent = self._named(span) or self._by_last_name(text) or self._described(span)
        if referent:
            self._issuer, self._issued_at = referent, span.start
            if referent.participant is not None and self._participants[referent.participant].kind == "person":
                self._speakers.add(span.start, referent.participant)
        return referent

    def _addressee(self, span: Span) -> int | None:
        count = len(self._participants)
        return next((number - count for _, _, number in self._within(span) if number >= count), None)

    def _pronoun(self, span: Span, word: str) -> Referent | None:
        if word == "it":
            return self._mention(span, self._nearest_agency(span.start), "pronoun", "pronoun-agency")
        if word in SEX:
            return self._person(span, "pronoun", self._of_sex(span, SEX[word]))
        return self._person(span, "pronoun", self._relative(span))

    def _of_sex(self, pronoun: Span, sex: str) -> int | None:
        if sex not in self._worths:
            self._worths[sex] = Worths(self.persons, sex_fits(self.persons, sex))
        return best_antecedent(self.persons, self._speakers, pronoun, self._worths[sex], sex)

    def _relative(self, span: Span) -> int | None:
        """The person named last before a relative pronoun in its sentence."""
        at = bisect_left(self.persons.starts, span.start) - 1
        if at < 0 or self.persons.sentence_of(self.persons.starts[at]) != self.persons.sentence_of(span.start):
            return None
        return self.persons.anchors[at][1]

    def _by_last_name(self, text: str) -> Referent | None:
        """A speaker whose words no mention covers: the last word may still be somebody's last name."""
        words = text.removesuffix("'s").removesuffix("’s").split()
        while len(words) > 1 and (is_honorific(words[0].rstrip(".")) or is_office(words[0].rstrip("."))):
            words.pop(0)
        if not 0 < len(words) <= _LONGEST_NAME or not words[0][0].isupper():
            return None
        participant = self._last_names.get(words[-1].lower())
        return _participant(participant) if participant is not None else None

    @cached_property
    def _last_names(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for i, participant in enumerate(self._participants):
            if participant.kind == "person":
                found.setdefault(participant.name.split()[-1].lower(), i)
        return found

    def _named(self, span: Span) -> Referent | None:
        """The mention inside the speaker's words that is their head: not after "of", not before an apostrophe-s or a noun.

        A participant goes before an agency.
        """
        places = self._within(span)
        if len(places) == 1 and places[0][:2] == span:
            return self._referent(places[0][2])
        heads = [number for start, end, number in places if self._is_head(start, end, number, span)]
        participants = [number for number in heads if number < len(self._participants)]
        return self._referent((participants or heads)[0]) if heads else None

    def _is_head(self, start: int, end: int, number: int, outer: Span) -> bool:
        if (start, end) == outer:
            return True
        text = self._document.text
        before = text[outer.start : start].split()
        if before and before[-1].lower() in ("the", "a", "an"):
            before.pop()
        if before and before[-1].lower() in _OWNERS:
            return False
        after = text[end : outer.end]
        following = after.lstrip()
        if number >= len(self._participants) and is_agency_noun(following.rpartition(" ")[2]):
            return True
        return following in ("", "'s", "’s") or not (following[:1].isalnum() or after[:2] in ("'s", "’s", "-"))

    def _within(self, span: Span) -> list[_Place]:
        """Mentions inside ``span``, and the one that ``span`` is part of, in reading order."""
        places, (start, end) = self._places, span
        at = bisect_left(self._place_starts, start)
        found = []
        if at and places[at - 1][1] >= end:
            found.append(places[at - 1])
        while at < len(places) and places[at][0] < end:
            if places[at][1] <= end or places[at][0] == start:
                found.append(places[at])
            at += 1
        return found

    def _described(self, span: Span) -> Referent | None:
        """Whom a common noun means; a person who stays unnamed is remembered as one who spoke."""
        words = self._document.words
        first, stop = self._tokens(span)
        description = describe(tuple(words[first:stop]))
        opener = words[first].lower() if first < stop else ""
        referent = None
        if opener in SEX and description.head in _BODIES_OF_PERSONS:
            referent = self._mention(span, self._body_of_person(first, description.head), "nominal", "noun-for-agency")
        elif description.definite:
            bare = Span(self._document.starts[first + 1], span.end) if first + 1 < stop else span
            referent = self._nominal(span, bare, description)
        if referent is None and description.kind == "person":
            self._speakers.add(span.start, UNNAMED)
        return referent

    def _nominal(self, span: Span, bare: Span, description: Description) -> Referent | None:
        """``bare`` is ``span`` without its article."""
        if description.kind == "document":
            return self._mention(bare, self._issuer, "nominal", "issuer-of-document")
        if description.kind == "person":
            return self._person(bare, "nominal", self._person_described(span, description))
        if description.kind == "agency":
            agency = agency_meant(self._agencies, self._agency_places, span.start, description)
            return self._mention(bare, _agency(agency) if agency is not None else None, "nominal", "noun-for-agency")
        return None

    def _person_described(self, span: Span, description: Description) -> int | None:
        worths = Worths(self.persons, person_fits(self.persons, description), description.most)
        return best_antecedent(self.persons, self._speakers, span, worths)

    def _body_of_person(self, first: int, head: str) -> Referent | None:
        """ "His campaign": the campaign that bears the name of the person whom the pronoun means."""
        pronoun = self._document.span(first, first + 1)
        owner = self._of_sex(pronoun, SEX[self._document.words[first].lower()])
        if owner is None:
            return None
        agency = self._bodies_of_persons.get(f"{self._participants[owner].name.split()[-1]} {head}")
        return _agency(agency) if agency is not None else None

    @cached_property
    def _bodies_of_persons(self) -> dict[str, int]:
        """Agencies by the last two words of their names: "Lee campaign"."""
        return {" ".join(agency.name.split()[-2:]): i for i, agency in enumerate(self._agencies)}

    def _nearest_agency(self, offset: int) -> Referent | None:
        """The agency that spoke just now, else the one that opens this sentence or the one before."""
        here = self.persons.sentence_of(offset)
        if self._issuer and self._issuer.agency is not None and here - self.persons.sentence_of(self._issued_at) <= _IT_REACH:
            return self._issuer
        at = bisect_left(self._place_starts, offset)
        for start, _, number in reversed(self._places[max(0, at - _PLACES_READ) : at]):
            if here - self.persons.sentence_of(start) > 1:
                break
            if number >= len(self._participants) and self._opens_sentence(start):
                return self._referent(number)
        return None

    def _opens_sentence(self, offset: int) -> bool:
        token = self._document.token_at(offset)
        return token - self._document.sentence(token)[0] <= 1

    def _tokens(self, span: Span) -> tuple[int, int]:
        """Range of the tokens that ``span`` touches."""
        return self._document.token_at(span.start), min(self._document.token_at(span.end - 1) + 1, len(self._document))

    def _person(self, span: Span, form: str, participant: int | None) -> Referent | None:
        referent = _participant(participant) if participant is not None else None
        return self._mention(span, referent, form, "pronoun-person" if form == "pronoun" else "noun-for-person")

    def _mention(self, span: Span, referent: Referent | None, form: str, rule: str) -> Referent | None:
        if referent:
            self.mentions.setdefault(span, ReferringMention(span, referent, form, rule))
        return referent
