"""Countries by the words a text uses for them: names, adjectives, peoples, seats of government, regions."""

from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple
from weakref import WeakKeyDictionary

from builder.document import Document
from builder.lexicon import rows
from builder.triggers import Trigger
from builder.tuples import make_all

NAME, ADJECTIVE, PEOPLE, CAPITAL, REGION = "name", "adjective", "people", "capital", "region"


class CountryMention(NamedTuple):
    """Tokens [first, stop). ``country_iso3`` is None for a word that a country shares with a region of another ("Georgia")."""

    first: int
    stop: int
    country_iso3: str | None
    use: str


class _Form(NamedTuple):
    words: tuple[str, ...]
    country_iso3: str | None
    use: str


@cache
def country_names() -> dict[str, str]:
    """Short English name by alpha-3 code."""
    return {row["iso3"]: row["name"] for row in rows("countries.tsv")}


@cache
def country_adjectives() -> dict[str, str]:
    """The first adjective by alpha-3 code, for the countries that have one."""
    return {row["iso3"]: row["adjectives"].split("|")[0] for row in rows("countries.tsv") if row["adjectives"]}


def find_countries(document: Document) -> "Countries":
    """Every longest country word in reading order; a word with several uses has the first of those above."""
    found = _found.get(document)
    if found is None:
        found = _found[document] = Countries(_find_countries(document))
    return found


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


_found: WeakKeyDictionary[Document, Countries] = WeakKeyDictionary()
"""Several features ask for the countries of one document."""


def _find_countries(document: Document) -> list[CountryMention]:
    words, forms = document.words, _forms()
    found = []
    stop = 0
    for first in _COUNTRY_WORDS.places(document):
        if first < stop:
            continue
        form = _longest(forms[words[first]], words, first)
        if form:
            stop = first + len(form.words)
            found.append((first, stop, form.country_iso3, form.use))
    return make_all(CountryMention, found)


@lru_cache(maxsize=1 << 14)
def country_of(name: str) -> str | None:
    """The one country that a name's words name or describe ("Bank of Japan", "Ohio Department of Health"); None if several."""
    words, forms = name.split(), _forms()
    seen = set()
    i = 0
    while i < len(words):
        form = _longest(forms[words[i]], words, i) if words[i] in forms else None
        if form and form.use != CAPITAL:
            seen.add(form.country_iso3)
        i += len(form.words) if form else 1
    return seen.pop() if len(seen) == 1 else None


def _longest(forms: "tuple[_Form, ...]", words: list[str], first: int) -> _Form | None:
    """The first of ``forms``, which all begin with the word at ``first``, that goes on as the text does."""
    following = words[first + 1] if first + 1 < len(words) else ""
    for form in forms:
        size = len(form.words)
        if size == 1 or (form.words[1] == following and tuple(words[first : first + size]) == form.words):
            return form
    return None


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """Forms by their first word, the longest first; regions go before countries of the same name."""
    by_words: dict[tuple[str, ...], _Form] = {}
    listed = list(_listed_forms())
    for line, (code, use) in zip(_tokenised([text for text, _, _ in listed]), ((c, u) for _, c, u in listed), strict=True):
        by_words.setdefault(line, _Form(line, code or None, use))
    by_first: dict[str, list[_Form]] = {}
    for form in by_words.values():
        by_first.setdefault(form.words[0], []).append(form)
    return {word: tuple(sorted(forms, key=lambda form: -len(form.words))) for word, forms in by_first.items()}


def _listed_forms() -> Iterator[tuple[str, str, str]]:
    for row in rows("regions.tsv"):
        yield row["region"], row["country_iso3"], REGION
    countries = rows("countries.tsv")
    for use, cell in ((NAME, "name"), (NAME, "aliases"), (ADJECTIVE, "adjectives"), (PEOPLE, "people"), (CAPITAL, "capital")):
        for row in countries:
            for text in filter(None, row[cell].split("|")):
                yield text, row["iso3"], use


def _tokenised(texts: list[str]) -> list[tuple[str, ...]]:
    document = Document("\n".join(texts))
    bounds = [*document.line_starts, len(document)]
    return [tuple(document.words[a:b]) for a, b in pairwise(bounds)]


_COUNTRY_WORDS = Trigger(_forms)
