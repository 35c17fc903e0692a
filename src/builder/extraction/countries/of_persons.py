"""The country of a person: what stands with the office or name, else that of the body, or what the article is about."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from builder.extraction.countries.given import UNKNOWN, Given
from builder.extraction.countries.setting import STATE_KINDS, Setting
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.countries import CAPITAL, NAME, REGION, CountryMention
from builder.knowledge.lexicon import entries, rows
from builder.knowledge.offices import office_of, person_noun

_APOSTROPHES = frozenset("'’")


class Office(Protocol):
    """Tokens [first, stop) give a person's office or description, of which token ``head`` is the noun."""

    @property
    def first(self) -> int: ...
    @property
    def stop(self) -> int: ...
    @property
    def head(self) -> int: ...


class Employer(NamedTuple):
    """A body that the person belongs to."""

    kind: str
    country_iso3: str | None
    country_rule: str | None


class PersonCountries:
    """Of the persons of one article. ``represented`` are the countries for which an official stands, with a token that tells."""

    def __init__(self, tagged: TaggedDocument, setting: Setting) -> None:
        self._tagged = tagged
        self._words = tagged.words
        self._countries = tagged.countries
        self._setting = setting
        self.represented: dict[str, int] = {}

    def of(self, offices: Sequence[Office], names: Sequence[tuple[int, int]], employers: Sequence[Employer]) -> Given:
        """``names`` are the token ranges that name the person; the first office goes before the others."""
        if self._countries:
            office = offices[0] if offices else None
            code = next(filter(None, map(self._in_office, offices)), None) or self._beside_names(names, office)
            if code:
                return Given(code, "beside")
        told_by_bodies = {employer.country_iso3 for employer in employers if self._tells(employer)}
        if told_by_bodies:
            return Given(told_by_bodies.pop(), "whole") if len(told_by_bodies) == 1 else UNKNOWN
        return self._by_article(offices, employers)

    def _tells(self, employer: Employer) -> bool:
        """Whether the text says of which country the body is, or every reader knows it of a state's body: the Pentagon."""
        if employer.country_rule in ("name", "beside"):
            return True
        if employer.country_rule == "registry":
            return employer.kind in STATE_KINDS and employer.kind != "political-party"
        return employer.country_rule in ("place", "whole") and employer.country_iso3 in self._setting.named

    def _in_office(self, office: Office) -> str | None:
        """The country before the noun ("the Russian envoy to Iran") or after its "of" or "from"; it is then represented."""
        words, by_token = self._words, self._countries.by_token
        for i in range(office.first, office.stop):
            mention = by_token.get(i)
            if mention is None or not mention.country_iso3 or mention.use == CAPITAL:
                continue
            if self._is_subject(mention, office):
                continue
            before = words[i - 2] if i > 1 and words[i - 1] == "the" else words[i - 1]
            if i > office.head and before not in ("of", "from", "for"):
                continue
            if mention.use != REGION and self._is_of_state(office) and not self._in_body(i):
                self.represented.setdefault(mention.country_iso3, mention.first)
            return mention.country_iso3
        return None

    def _is_subject(self, mention: CountryMention, office: Office) -> bool:
        """ "A Russia expert", "professor of China studies": what somebody knows about need not be where they are from."""
        country, after = self._words[mention.first], self._words[mention.stop].lower()
        if after in entries("fields-of-study.txt"):
            return True
        is_adjective = mention.use not in (NAME, REGION) or country.isupper() or "." in country
        return not is_adjective and after not in _APOSTROPHES and self._words[office.head].lower() in entries("observers.txt")

    def _in_body(self, token: int) -> bool:
        """ "President of the Bank of Japan": its holder does not stand for the country."""
        name = self._tagged.name_at(token)
        return name is not None and name.kind == "organisation"

    def _beside_names(self, names: Sequence[tuple[int, int]], office: Office | None) -> str | None:
        words, by_token = self._words, self._countries.by_token
        for first, stop in names:
            country = self._after_name(stop, office) if words[stop] == "of" else None
            if country is None and (first - 1 in by_token or words[first - 1] == "s"):
                country = self._countries.before(words, first)
            if country:
                return country
        return None

    def _after_name(self, stop: int, office: Office | None) -> str | None:
        """Of "President Ann Lee of Norway", who then represents it."""
        mention = self._countries.by_token.get(stop + 1)
        if mention is None or mention.use not in (NAME, REGION):
            return None
        if mention.country_iso3 and office and self._is_of_state(office) and mention.use == NAME:
            self.represented.setdefault(mention.country_iso3, mention.first)
        return mention.country_iso3

    def _by_article(self, offices: Sequence[Office], employers: Iterable[Employer]) -> Given:
        """Where the office is a state's, or the body is one, and the article names its country."""
        if not offices:
            return UNKNOWN
        setting, bodies = self._setting, [employer for employer in employers if employer.kind in STATE_KINDS]
        if any(employer.kind not in STATE_KINDS for employer in employers):
            return UNKNOWN
        for office in offices:
            if self._names_place(office):
                return UNKNOWN
            if bodies or self._is_public(office):
                code = setting.sole if setting.sole in setting.named else None
                return Given(code, "article") if code else UNKNOWN
        return UNKNOWN

    def _names_place(self, office: Office) -> bool:
        """ "Minister for the Middle East", "ambassador to Chile": the country in an office need not be that of its holder."""
        tokens = range(office.first, office.stop)
        if any(token in self._countries.by_token for token in tokens):
            return True
        text = " ".join(self._words[token] for token in tokens)
        return any(region in text for region in entries("world-regions.txt"))

    def _is_of_state(self, office: Office) -> bool:
        """Whether its holder speaks for a country named with it."""
        return office_of(self._words[office.head]).state

    def _is_public(self, office: Office) -> bool:
        """Whether it is a state's, by its noun and, where others have such an office too, the words that stand with it."""
        noun = self._words[office.head]
        alone = _public_offices().get(noun.lower(), _public_offices().get(person_noun(noun) or ""))
        if not alone:
            return alone is not None
        others = (self._words[i].lower() for i in range(office.first, office.stop) if i != office.head)
        return entries("public-modifiers.txt").issuperset(others)


@cache
def _public_offices() -> dict[str, bool]:
    """Whether it must stand alone, by common noun."""
    return {row["office"]: row["alone"] == "yes" for row in rows("public-offices.tsv")}
