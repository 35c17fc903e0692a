"""Bodies that the project knows, by the names a text uses for them."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from builder.knowledge.countries import country_adjectives, country_of
from builder.knowledge.lexicon import columns

_SHORTEST_IN_ANY_CASE = 6


class Body(NamedTuple):
    key: str
    name: str
    kind: str
    country_iso3: str | None
    parent: str | None


def fold(name: str) -> str:
    """A name with straight apostrophes and without a leading article."""
    return name.replace("’", "'").removeprefix("The ").removeprefix("the ")


@cache
def bodies() -> dict[str, Body]:
    """Known bodies by key."""
    return {
        key: Body(key, name, kind, country or None, parent or None) for key, name, _, kind, country, parent in _listed_bodies()
    }


def _listed_bodies() -> Iterator[tuple[str, ...]]:
    """Key, name, aliases, kind, country and parent."""
    return zip(*columns("agencies.tsv").values(), strict=True)


@lru_cache(maxsize=1 << 14)
def known_body(name: str, country: str | None = None) -> Body | None:
    """The body that ``name`` means where the text puts ``country`` before it.

    "Foreign Ministry" after "Russia's" is the Russian one; a body of another country than the one named is not meant.
    """
    body = _lookup(name)
    if country is None:
        return body or _without_country(name)
    if body and body.country_iso3 in (None, country):
        return body
    adjective = country_adjectives().get(country)
    return _lookup(f"{adjective} {name}") if adjective else None


def _lookup(name: str) -> Body | None:
    forms = _forms()
    name = fold(name)
    key = forms.get(name) or (forms.get(name.lower()) if len(name) >= _SHORTEST_IN_ANY_CASE else None)
    return bodies()[key] if key else None


def _without_country(name: str) -> Body | None:
    """ "British Foreign Office" is the known Foreign Office if that is British."""
    first, _, rest = name.partition(" ")
    body = _lookup(rest) if rest else None
    return body if body and body.country_iso3 and body.country_iso3 == country_of(first) else None


@cache
def _forms() -> dict[str, str]:
    """Key by folded name; longer names also in small letters, but "us" and "who" are words."""
    forms: dict[str, str] = {}
    for key, full, aliases, *_ in _listed_bodies():
        for name in (full, *aliases.split("|")) if aliases else (full,):
            folded = fold(name)
            forms.setdefault(folded, key)
            if len(name) >= _SHORTEST_IN_ANY_CASE:
                forms.setdefault(folded.lower(), key)
    return forms
