"""Which countries an article names, how often, and whether one of them is what it is about."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from builder.extraction.tagged import TaggedDocument
from builder.knowledge.bodies import known_body, only_bearer
from builder.knowledge.countries import CAPITAL, NAME, REGION, countries_in
from builder.knowledge.lexicon import entries
from builder.knowledge.places import country_of_place, country_of_places_in

_TITLED, _NAMED, _LOCATED = 4, 2, 1
"""Weights of a country that the title names, of a word for one or its people, and of a place in it or a body of its state."""
_LEAD = 40
"""Tokens of the headline and the first sentences."""
_IN_PASSING = 2
"""The weight of a country that is named once after the lead: it tells nothing of bodies that are not said to be of it."""
STATE_KINDS = frozenset(("government", "legislature", "court", "military", "political-party"))
_TIMES_MORE = 2.0
_TIMES_MORE_FOR_ANY_BODY = 3.0


class Setting(NamedTuple):
    """``main`` is the only country that a state's office or body can be of where none is named; ``sole`` the only one that
    any body can be of. ``named`` are those that the article names by their own name, outside the names of persons and bodies,
    and more than in passing.
    """

    main: str | None
    sole: str | None
    named: frozenset[str]
    weights: Mapping[str, int]


NO_SETTING = Setting(None, None, frozenset(), {})


def find_setting(tagged: TaggedDocument, names: Iterable[str], publisher: str | None = None, title: str | None = None) -> Setting:
    """``names`` are those of bodies, one for each place; ``publisher`` counts where the text says something of its country.

    A ``title`` is one that stands outside the text.
    """
    weights: Counter[str] = Counter()
    named: set[str] = set()
    opening: set[str] = set()
    in_persons = {token for person in tagged.persons for token in range(person.first, person.stop)}
    in_bodies = {token for body in tagged.organisations for token in range(body.first, body.stop)}
    for first, stop, code, use in tagged.countries:
        is_studied = first in in_bodies and tagged.words[stop].lower() in entries("fields-of-study.txt")
        if code and first not in in_persons and not is_studied:
            weights[code] += _LOCATED if use in (CAPITAL, REGION) else _NAMED
            if first < _LEAD:
                opening.add(code)
            if use == NAME and first not in in_bodies:
                named.add(code)
    weights.update(_places(tagged))
    weights.update(_states(names))
    titled = countries_in(title) if title else []
    weights.update(dict.fromkeys((mention.country_iso3 for mention in titled if mention.country_iso3), _TITLED))
    named.update(mention.country_iso3 for mention in titled if mention.country_iso3 and mention.use == NAME)
    body = known_body(publisher) if publisher else None
    home = body.country_iso3 if body else None
    if home and home in weights:
        weights[home] += _NAMED
    about = opening | {code for code, weight in weights.items() if weight > _IN_PASSING}
    main, sole = (_leading(weights, times, about) for times in (_TIMES_MORE, _TIMES_MORE_FOR_ANY_BODY))
    return Setting(main, sole, frozenset(named & about), weights)


def _places(tagged: TaggedDocument) -> Iterator[str]:
    """The country of each place that only one has."""
    words = tagged.words
    for first, stop, kind, _ in tagged.names:
        code = country_of_place(" ".join(words[first:stop])) if kind == "place" else None
        if code:
            yield code


def _states(names: Iterable[str]) -> Iterator[str]:
    """The country of each body of a state that is named by its own name, and of a body that is named for a place."""
    for name in names:
        body = known_body(name)
        if body and body.country_iso3 and body.kind in STATE_KINDS:
            yield body.country_iso3
        elif body is None and (code := only_bearer(name) or country_of_places_in(name)):
            yield code


def _leading(weights: Counter[str], times: float, about: set[str]) -> str | None:
    """The country of ``about`` with so many times the weight of the next of all."""
    first, second = [*weights.most_common(2), ("", 0), ("", 0)][:2]
    return first[0] if first[0] in about and first[1] >= times * second[1] else None
