"""Bodies that a role means without naming them: the ministry of a minister, the council of a "council spokesperson"."""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

from builder.extraction.participants.phrases import APOSTROPHES, ARTICLES
from builder.extraction.participants.roles import Role
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.countries import country_of
from builder.knowledge.lexicon import entries, rows

if TYPE_CHECKING:
    from builder.extraction.agencies import FoundAgency

_MINISTERS = frozenset(("minister", "secretary"))
_MINISTRIES = frozenset("ministry department office".split())
_SMALL = frozenset("the of and for affairs".split())
_ALIKE = {"defense": "defence", "labor": "labour"}


class Bodies:
    """The agencies of one article, by what roles call them."""

    def __init__(self, tagged: TaggedDocument, agencies: "Sequence[FoundAgency]") -> None:
        self._words = tagged.words
        self._countries = tagged.countries
        self._agencies = agencies

    def meant(self, role: Role) -> int | None:
        """The one agency of the article that the role's words mean."""
        found = self._ministry(role) if self._words[role.head].lower() in _MINISTERS else None
        return self._by_noun(role) if found is None else found

    def _ministry(self, role: Role) -> int | None:
        if not self._ministries:
            return None
        portfolio = self._portfolio(role)
        country = self._country(role)
        named = [i for i, words in self._ministries if words == portfolio]
        found = [i for i in named if country is None or self._agencies[i].country_iso3 in (country, None)]
        return found[0] if len(found) == 1 else None

    def _portfolio(self, role: Role) -> frozenset[str]:
        """ "foreign" of "the Russian foreign minister" and of "Minister of Foreign Affairs"."""
        words, by_token = self._words, self._countries.by_token
        ranges = (range(role.head + 1, role.stop), range(role.first, role.head))
        for tokens in ranges if words[role.head + 1] in ("of", "for") else ranges[1:]:
            own = [words[i].lower() for i in tokens if i not in by_token and words[i].isalpha() and len(words[i]) > 1]
            found = _telling([word for word in own if word not in entries("role-modifiers.txt") or word in _PORTFOLIOS])
            if found:
                return found
        return frozenset()

    def _country(self, role: Role) -> str | None:
        by_token = self._countries.by_token
        return next((by_token[i].country_iso3 for i in range(role.first, role.stop) if i in by_token), None)

    @cached_property
    def _ministries(self) -> list[tuple[int, frozenset[str]]]:
        """Agencies that a minister may head, with what their names say of the portfolio."""
        return [(i, found) for i, agency in enumerate(self._agencies) if (found := _portfolio_of(agency.name))]

    def _by_noun(self, role: Role) -> int | None:
        """ "Council spokesperson", "the company's president": the only agency whose name ends in the noun."""
        words = self._words
        for i in range(role.head - 1, role.first - 1, -1):
            noun = words[i].lower()
            if noun in _body_nouns():
                named = [number for number, agency in enumerate(self._agencies) if agency.name.lower().split()[-1] == noun]
                if len(named) == 1 and self._stands_alone(i, role):
                    return named[0]
        return None

    def _stands_alone(self, i: int, role: Role) -> bool:
        """No name or country before the noun, which would make it another body's."""
        words = self._words
        if i == role.first or words[i - 1].lower() in ARTICLES or words[i - 1] in APOSTROPHES:
            return True
        return words[i - 1].islower() and i - 1 not in self._countries.by_token


_PORTFOLIOS = frozenset(
    "foreign finance defence defense interior justice health education labour labor trade energy sports".split()
)


def _portfolio_of(name: str) -> frozenset[str]:
    words = name.lower().split()
    if _MINISTRIES.isdisjoint(words):
        return frozenset()
    country = country_of(name) is not None
    return _telling([word for word in words if word not in _MINISTRIES and not (country and country_of(word.title()))])


def _telling(words: list[str]) -> frozenset[str]:
    return frozenset(_ALIKE.get(word, word) for word in words if word not in _SMALL)


@cache
def _body_nouns() -> frozenset[str]:
    return frozenset(row["noun"] for row in rows("nominals.tsv") if row["kind"] != "document")
