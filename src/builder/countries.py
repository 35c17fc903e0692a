"""Countries by the words a text uses for them: names, adjectives, peoples, seats of government, regions."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from builder.document import words_of
from builder.lexicon import columns
from builder.triggers import Places, Trigger
from builder.tuples import make_all

NAME, ADJECTIVE, PEOPLE, CAPITAL, REGION = "name", "adjective", "people", "capital", "region"


class CountryMention(NamedTuple):
    """Tokens [first, stop). ``country_iso3`` is None for a word that a country shares with a region of another ("Georgia")."""

    first: int
    stop: int
    country_iso3: str | None
    use: str


_Form = tuple[int, list[str], str | None, str]
"""How many words, the words, the country and the use."""


@cache
def country_names() -> dict[str, str]:
    """Short English name by alpha-3 code."""
    listed = columns("countries.tsv")
    return dict(zip(listed["iso3"], listed["name"], strict=True))


@cache
def country_adjectives() -> dict[str, str]:
    """The first adjective by alpha-3 code, for the countries that have one."""
    listed = columns("countries.tsv")
    return {
        code: adjectives.split("|")[0]
        for code, adjectives in zip(listed["iso3"], listed["adjectives"], strict=True)
        if adjectives
    }


def find_countries(words: list[str], places: Places) -> "Countries":
    """Every longest country word in reading order; a word with several uses has the first of those above."""
    return Countries(_find_countries(words, places[_COUNTRY_WORDS]))


class Countries(list[CountryMention]):
    """The country words of a document, ascending."""

    @cached_property
    def by_first(self) -> dict[int, CountryMention]:
        return {mention[0]: mention for mention in self}

    @cached_property
    def by_stop(self) -> dict[int, CountryMention]:
        return {mention[1]: mention for mention in self}

    @cached_property
    def by_token(self) -> dict[int, CountryMention]:
        return {token: mention for mention in self for token in range(mention[0], mention[1])}

    def before(self, words: list[str], first: int) -> str | None:
        """The country said right before token ``first``: "Russian", "Russia's", "Moscow's", but not a place ("in Moscow")."""
        mention = self.by_stop.get(first)
        if mention is None and first > 1 and words[first - 1] == "s" and words[first - 2] in ("'", "’"):
            mention = self.by_stop.get(first - 2)
        elif mention and mention.use == CAPITAL:
            return None
        return mention.country_iso3 if mention else None


def _find_countries(words: list[str], places: list[int]) -> list[CountryMention]:
    forms = _forms()
    found = []
    last = 0
    for first in places:
        if first < last:
            continue
        for size, form, code, use in forms[words[first]]:
            if size == 1 or words[first : first + size] == form:
                last = first + size
                found.append((first, last, code, use))
                break
    return make_all(CountryMention, found)


@lru_cache(maxsize=1 << 14)
def country_of(name: str) -> str | None:
    """The one country that a name's words name or describe ("Bank of Japan", "Ohio Department of Health"); None if several."""
    words, forms = name.split(), _forms()
    seen = set()
    stop = 0
    for i, word in enumerate(words):
        if i < stop or word not in forms:
            continue
        for size, form, code, use in forms[word]:
            if size == 1 or words[i : i + size] == form:
                stop = i + size
                if use != CAPITAL:
                    seen.add(code)
                break
    return seen.pop() if len(seen) == 1 else None


@cache
def _forms() -> dict[str, list[_Form]]:
    """Forms by their first word, the longest first; regions go before countries of the same name."""
    by_words: dict[tuple[str, ...], _Form] = {}
    for text, code, use in _listed_forms():
        words = words_of(text)
        by_words.setdefault(tuple(words), (len(words), words, code or None, use))
    by_first: defaultdict[str, list[_Form]] = defaultdict(list)
    for form in sorted(by_words.values(), key=itemgetter(0), reverse=True):
        by_first[form[1][0]].append(form)
    return by_first


def _listed_forms() -> Iterator[tuple[str, str, str]]:
    regions, countries = columns("regions.tsv"), columns("countries.tsv")
    for region, code in zip(regions["region"], regions["country_iso3"], strict=True):
        yield region, code, REGION
    for use, cell in ((NAME, "name"), (NAME, "aliases"), (ADJECTIVE, "adjectives"), (PEOPLE, "people"), (CAPITAL, "capital")):
        for code, texts in zip(countries["iso3"], countries[cell], strict=True):
            for text in texts.split("|") if texts else ():
                yield text, code, use


_COUNTRY_WORDS = Trigger(_forms)
