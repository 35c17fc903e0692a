"""Places that tell a country: cities and the divisions of countries, as far as one country's alone bears the name."""

import re
from functools import cache, lru_cache
from unicodedata import normalize

from builder.knowledge.lexicon import columns
from builder.text.tokens import COMBINING

_MOST_WORDS = 4
_WORD = re.compile(r"[\w’'.-]+")
_MARKS = re.compile(f"[{COMBINING}]+")


def country_of_place(name: str) -> str | None:
    """The country of the city or division of that name; None where it is unknown or several countries have one."""
    return _places().get(_plain(name))


@lru_cache(maxsize=1 << 14)
def country_of_places_in(name: str) -> str | None:
    """The one country of the places that stand in a longer name ("Uttar Pradesh Police"); None if several."""
    words = _WORD.findall(name)
    seen = set()
    i = 0
    while i < len(words):
        sizes = range(min(_MOST_WORDS, len(words) - i), 0, -1)
        found = ((size, _places().get(_plain(" ".join(words[i : i + size])))) for size in sizes if size < len(words))
        size, code = next((pair for pair in found if pair[1]), (1, None))
        seen.add(code)
        i += size
    seen.discard(None)
    return seen.pop() if len(seen) == 1 else None


@cache
def _places() -> dict[str, str]:
    """Country by name without accents; places that differ in accents alone tell nothing; seats of government go first."""
    listed = columns("places.tsv")
    countries = columns("countries.tsv")
    capitals = {_plain(name): code for name, code in zip(countries["capital"], countries["iso3"], strict=True) if name}
    found: dict[str, str] = {}
    shared = set()
    for code, *cells in zip(listed["country_iso3"], listed["cities"], listed["divisions"], strict=True):
        for plain in _plain("|".join(cells)).split("|"):
            if found.setdefault(plain, code) != code:
                shared.add(plain)
    return {name: code for name, code in found.items() if name not in shared} | capitals


def _plain(name: str) -> str:
    if name.isascii():
        return name
    return _MARKS.sub("", normalize("NFD", name)).replace("’", "'")
