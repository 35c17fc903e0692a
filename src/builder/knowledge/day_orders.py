"""Whether day or month comes first where a date is in figures, by the language and the country that an article is of."""

from functools import cache

from builder.knowledge.bodies import known_body
from builder.knowledge.countries import country_of
from builder.knowledge.lexicon import columns
from builder.knowledge.places import country_of_place, country_of_places_in

_REGION = 2
"""Letters of a region in a language tag."""


def day_order(language: str | None, publisher: str | None) -> str | None:
    """ "dmy" or "mdy" by the region of a language tag ("en-GB"), else by the publisher's country; None where neither tells."""
    by_territory = _orders("territory")
    regions = [part.upper() for part in (language or "").replace("_", "-").split("-")[1:] if len(part) == _REGION]
    order = next((by_territory[region] for region in regions if region in by_territory), None)
    country = _country_of_publisher(publisher) if publisher and not regions else None
    return order or (_orders("country_iso3").get(country) if country else None)


def _country_of_publisher(name: str) -> str | None:
    body = known_body(name)
    if body:
        return body.country_iso3
    words = name.split()
    named = next(filter(None, map(country_of, words)), None)
    return named or country_of_place(name) or country_of_places_in(name)


@cache
def _orders(column: str) -> dict[str, str]:
    listed = columns("day-orders.tsv")
    return dict(zip(listed[column], listed["order"], strict=True))
