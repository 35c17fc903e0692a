"""Countries by the words a text uses for them: names, adjectives, peoples, seats of government, regions."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from builder.knowledge.lexicon import columns, entries
from builder.text.document import Document, words_of
from builder.text.triggers import Places, Trigger, find_triggers

NAME, ADJECTIVE, PEOPLE, CAPITAL, REGION = "name", "adjective", "people", "capital", "region"


class CountryMention(NamedTuple):
    """Tokens [first, stop). ``country_iso3`` is None for a word that a country shares with a region of another ("Georgia")."""

    first: int
    stop: int
    country_iso3: str | None
    use: str


class _Form(NamedTuple):
    words: list[str]
    country_iso3: str | None
    use: str


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
    forms = _forms()
    found = []
    last = 0
    for first in places.of(_COUNTRY_WORDS):
        if first < last:
            continue
        form, longer = forms[words[first]]
        if longer:
            form = _longest(longer, words, first) or form
        if form:
            last = first + len(form.words)
            found.append(CountryMention(first, last, form.country_iso3, form.use))
    return Countries(found)


def countries_in(text: str) -> "Countries":
    """The country words of a text that is no document of its own, such as a title."""
    document = Document(text)
    (places,) = find_triggers([document])
    return find_countries(document.padded, places)


class Countries(list[CountryMention]):
    """The country words of a document, ascending."""

    def __init__(self, mentions: list[CountryMention]) -> None:
        super().__init__(mentions)
        self.by_token = {mention.first: mention for mention in mentions}
        for mention in [mention for mention in mentions if mention.stop - mention.first > 1]:
            self.by_token.update(dict.fromkeys(range(mention.first, mention.stop), mention))

    def from_token(self, first: int) -> CountryMention | None:
        """The one that begins at token ``first``."""
        mention = self.by_token.get(first)
        return mention if mention and mention.first == first else None

    def up_to(self, stop: int) -> CountryMention | None:
        """The one whose last token stands right before ``stop``."""
        mention = self.by_token.get(stop - 1)
        return mention if mention and mention.stop == stop else None

    def before(self, words: list[str], first: int) -> str | None:
        """The country said right before token ``first``: "Russian", "Russia's", "Moscow's", but not a place ("in Moscow")."""
        mention = self.up_to(first)
        if mention is None and first > 1 and words[first - 1] == "s" and words[first - 2] in ("'", "’"):
            mention = self.up_to(first - 2)
        elif mention and mention.use == CAPITAL:
            return None
        return mention.country_iso3 if mention else None


@lru_cache(maxsize=1 << 14)
def country_of(name: str) -> str | None:
    """The one country that a name's words name or describe ("Bank of Japan", "Ohio Department of Health"); None if several.

    What is studied there is not counted: "Center for China Studies".
    """
    words, forms = [*name.split(), ""], _forms()
    if forms.keys().isdisjoint(words):
        return None
    seen = set()
    stop = 0
    for i, word in enumerate(words):
        if i < stop or word not in forms:
            continue
        form, longer = forms[word]
        form = _longest(longer, words, i) or form
        if form:
            stop = i + len(form.words)
            if form.use != CAPITAL and words[stop].lower() not in entries("fields-of-study.txt"):
                seen.add(form.country_iso3)
    return seen.pop() if len(seen) == 1 else None


def _longest(longer: dict[str, list[_Form]], words: list[str], first: int) -> _Form | None:
    """The longest form that stands at ``first``, of those of several words by their second word; it is not the last word."""
    for form in longer.get(words[first + 1], ()):
        if words[first : first + len(form.words)] == form.words:
            return form
    return None


@cache
def _forms() -> dict[str, tuple[_Form | None, dict[str, list[_Form]]]]:
    """By first word, the form of this word alone, and the others by their second word, the longest first.

    Regions go before countries of the same name.
    """
    by_text: dict[str, _Form] = {}
    for text, code, use in _listed_forms():
        if text not in by_text:
            words = [text] if text.isalpha() else words_of(text)
            by_text[text] = _Form(words, code or None, use)
    alone = {form.words[0]: form for form in by_text.values() if len(form.words) == 1}
    longer: defaultdict[str, defaultdict[str, list[_Form]]] = defaultdict(lambda: defaultdict(list))
    for form in sorted(by_text.values(), key=lambda form: len(form.words), reverse=True):
        if len(form.words) > 1:
            longer[form.words[0]][form.words[1]].append(form)
    return {first: (alone.get(first), longer.get(first, {})) for first in alone.keys() | longer.keys()}


def _listed_forms() -> Iterator[tuple[str, str, str]]:
    regions, countries = columns("regions.tsv"), columns("countries.tsv")
    for region, code in zip(regions["region"], regions["country_iso3"], strict=True):
        yield region, code, REGION
    for use, cell in ((NAME, "name"), (NAME, "aliases"), (ADJECTIVE, "adjectives"), (PEOPLE, "people"), (CAPITAL, "capital")):
        for code, texts in zip(countries["iso3"], countries[cell], strict=True):
            for text in texts.split("|") if texts else ():
                yield text, code, use


_COUNTRY_WORDS = Trigger(_forms)
