"""Bodies that the project knows, by the names a text uses for them.

A name is one body's own ("Bank of Japan"), or shared: bodies of several countries bear it ("Supreme Court"), and it means the
one of the country that the text gives.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from builder.knowledge.countries import country_of
from builder.knowledge.lexicon import columns, entries

_SHORTEST_IN_ANY_CASE = 6
_WORDS_OF_SIGN = 3
_OF = (" of the ", " of ")


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
    """Known bodies by key; those of organs.tsv are made where they are asked for."""
    return {key: Body(key, name, kind, country or None, parent or None) for key, name, _, kind, country, parent in _written_out()}


def _written_out() -> Iterator[tuple[str, ...]]:
    """Key, name, aliases, kind, country and parent."""
    yield from zip(*columns("agencies.tsv").values(), strict=True)
    for key, name, aliases, kind, country in zip(*columns("national-bodies.tsv").values(), strict=True):
        yield key, name, aliases, kind, country, ""


def known_body(name: str, country: str | None = None) -> Body | None:
    """The body that ``name`` means by itself, or where the text puts ``country`` before it.

    "Foreign Ministry" after "Russia's" is the Russian one; a body of another country than the one named is not meant.
    """
    body = _own(name)
    if country is None:
        return body or _with_country_in_name(name)
    if body and body.country_iso3 in (None, country):
        return body
    return national_body(name, country)


def national_body(name: str, country: str) -> Body | None:
    """The body of ``country`` that bears ``name``, be it shared or not."""
    plain, national = _plain(name), _national()
    if key := national.get((plain, country)):
        return bodies()[key]
    organ = _organs().get(plain)
    if organ is None:
        return None
    other = next((national[form, country] for form in organ.forms if (form, country) in national), None)
    return bodies()[other] if other else Body(f"{country.lower()}-{organ.key}", organ.name, organ.kind, country, None)


def bears(country: str, name: str) -> bool:
    """Whether a body of the country bears the name."""
    return national_body(name, country) is not None


def only_bearer(name: str) -> str | None:
    """The country of the only body that bears a shared name of several words: a sign of what an article is about."""
    return _only_bearers().get(_plain(name)) if name.count(" ") >= _WORDS_OF_SIGN - 1 else None


@cache
def _only_bearers() -> dict[str, str]:
    found: dict[str, str] = {}
    several = set()
    for name, country in _national():
        if found.setdefault(name, country) != country:
            several.add(name)
    return {name: code for name, code in found.items() if name not in several | _organs().keys() and name in _shared_names()}


def is_shared(name: str) -> bool:
    """Whether bodies of several countries, or that of one for which it is no proof, bear the name."""
    plain = _plain(name)
    return plain in _organs() or plain in _shared_names()


@lru_cache(maxsize=1 << 14)
def _own(name: str) -> Body | None:
    forms = _own_names()
    name = fold(name)
    key = forms.get(name) or (forms.get(name.lower()) if len(name) >= _SHORTEST_IN_ANY_CASE else None)
    return bodies()[key] if key else None


@lru_cache(maxsize=1 << 14)
def _with_country_in_name(name: str) -> Body | None:
    """ "British Foreign Office", "Ministry of Finance of Ghana", "U.S. Senate": a body of that country bears the rest."""
    country = country_of(name)
    if country is None:
        return None
    words = name.split()
    for size in range(1, min(4, len(words))):
        if country_of(" ".join(words[:size])) == country:
            return national_body(" ".join(words[size:]), country)
    for link in _OF:
        rest, found, owner = name.rpartition(link)
        if found and country_of(owner) == country and country_of(rest) is None:
            return national_body(rest, country)
    return None


def _plain(name: str) -> str:
    """In small letters where it is long enough; "us" and "who" are words."""
    folded = fold(name)
    return folded.lower() if len(folded) >= _SHORTEST_IN_ANY_CASE else folded


@cache
def _own_names() -> dict[str, str]:
    """Key by folded name; longer names also in small letters."""
    shared = {_plain(name) for name in entries("shared-names.txt")}
    forms: dict[str, str] = {}
    for key, full, aliases, *_ in zip(*columns("agencies.tsv").values(), strict=True):
        for name in (full, *aliases.split("|")) if aliases else (full,):
            if _plain(name) in shared:
                continue
            folded = fold(name)
            forms.setdefault(folded, key)
            if len(name) >= _SHORTEST_IN_ANY_CASE:
                forms.setdefault(folded.lower(), key)
    return forms


@cache
def _national() -> dict[tuple[str, str], str]:
    """Key by plain name and country, with and without the country's adjective."""
    found: dict[tuple[str, str], str] = {}
    for key, full, aliases, _, country, _ in _written_out():
        for name in (full, *aliases.split("|")) if country else ():
            for form in {name, _without_owner(name, country)} - {""}:
                found.setdefault((_plain(form), country), key)
    return found


class _Organ(NamedTuple):
    key: str
    name: str
    kind: str
    forms: tuple[str, ...]


@cache
def _organs() -> dict[str, _Organ]:
    """What every state has, by plain name."""
    found = {}
    for key, name, aliases, kind in zip(*columns("organs.tsv").values(), strict=True):
        forms = tuple(_plain(form) for form in (name, *aliases.split("|")) if form)
        found.update(dict.fromkeys(forms, _Organ(key, name, kind, forms)))
    return found


@cache
def _shared_names() -> frozenset[str]:
    """Plain names that other countries' bodies bear, and those that stand for bodies of one country but are no proof."""
    return frozenset(name for name, _ in _national()) - _own_names().keys()


def _without_owner(name: str, country: str) -> str:
    """ "Foreign Ministry" of "Russian Foreign Ministry"."""
    first, _, rest = fold(name).partition(" ")
    return rest if rest and country_of(first) == country else name
