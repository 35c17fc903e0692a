"""The country of a body: what its name says, what stands beside it, what it is a part of, or what the article is about."""

from collections.abc import Sequence

from builder.extraction.countries.given import UNKNOWN, Given
from builder.extraction.countries.setting import STATE_KINDS, Setting
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.bodies import bears, is_shared
from builder.knowledge.countries import ADJECTIVE, CAPITAL, NAME, country_of
from builder.knowledge.places import country_of_place, country_of_places_in

_NOWHERE = frozenset(("intergovernmental", "other"))
"""Kinds that have no country, or of which the article's country tells nothing."""
_MOST_BETWEEN = 3
_SHORTEST_SHARED = 5


def country_meant(name: str, setting: Setting) -> str | None:
    """Of which country's body a shared name is meant where the text puts none before it.

    That is the article's country or, where it has none, the only one named of which a body bears the name.
    """
    if not is_shared(name):
        return None
    if setting.main:
        return setting.main if bears(setting.main, name) else None
    found = [code for code in setting.named if bears(code, name)] if len(name) >= _SHORTEST_SHARED else []
    return found[0] if len(found) == 1 else None


def country_of_body(tagged: TaggedDocument, name: str, kind: str, places: Sequence[tuple[int, int]]) -> Given:
    """Of a body that is not known by its own name; ``places`` are the token ranges that mean it."""
    if kind == "intergovernmental":
        return UNKNOWN
    if code := country_of(name):
        return Given(code, "name")
    for first, stop in places:
        if code := _before(tagged, first) or _after(tagged, stop):
            return Given(code, "beside")
    if kind == "other":
        return UNKNOWN
    if code := country_of_places_in(name):
        return Given(code, "place")
    for _, stop in places:
        if code := _seat(tagged, stop):
            return Given(code, "place")
    return UNKNOWN


def country_of_article(kind: str, setting: Setting) -> Given:
    """Where nothing else tells the country of a body of that kind."""
    if kind in _NOWHERE:
        return UNKNOWN
    code = setting.main if kind in STATE_KINDS else setting.sole
    return Given(code, "article") if code else UNKNOWN


def _before(tagged: TaggedDocument, first: int) -> str | None:
    """ "Russia's Duma", "the Egyptian state news agency Mena": small letters may stand between."""
    words, countries = tagged.words, tagged.countries
    if code := countries.before(words, first):
        return code
    for i in range(first - 1, max(first - 2 - _MOST_BETWEEN, 0), -1):
        if not (words[i].isalpha() and words[i].islower()) or words[i] in _LINKS:
            return None
        mention = countries.up_to(i)
        if mention:
            return mention.country_iso3 if mention.use == ADJECTIVE else None
    return None


_LINKS = frozenset("of the and or in at on for to with from by as that which who said a an is was".split())


def _after(tagged: TaggedDocument, stop: int) -> str | None:
    """ "the Electoral Commission of Norway", "Mena, an Egyptian agency"."""
    words, countries = tagged.words, tagged.countries
    if words[stop] == "of":
        mention = countries.from_token(stop + 1 + (words[stop + 1] == "the"))
        return mention.country_iso3 if mention and mention.use == NAME else None
    if words[stop] == "," and words[stop + 1] in ("a", "an", "the"):
        mention = countries.from_token(stop + 2)
        return mention.country_iso3 if mention and mention.use == ADJECTIVE else None
    return None


def _seat(tagged: TaggedDocument, stop: int) -> str | None:
    """ "the Constitutional Court in Bangui", "the Reef Institute, in Suva"."""
    words = tagged.words
    at = stop + (words[stop] == ",")
    if words[at] not in ("in", "at"):
        return None
    mention = tagged.countries.from_token(at + 1)
    if mention:
        return mention.country_iso3 if mention.use in (CAPITAL, NAME) and words[at] == "in" else None
    place = tagged.name_at(at + 1)
    return country_of_place(" ".join(words[place.first : place.stop])) if place and place.kind == "place" else None
