"""Makes the lexicon of the sexes of the world's given names from the locales of Faker.

Run: ``pip install Faker`` and ``python training/lexicons/sexes_of_given_names.py``. The file is committed; run this only to
renew it.
"""

import importlib
import pkgutil
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import faker.providers.person

LEXICON = Path(__file__).parent.parent.parent / "src" / "builder" / "knowledge" / "lexicon" / "given-names-world.tsv"
SEXES = ("male", "female")
FAMILY_FIRST = ("ko_", "ja_", "zh_", "vi_")
"""Locales whose given names in Latin script are few or tell no sex."""

_LATIN_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*[a-zß-öø-ÿā-ž]")


def names_of(sex: str) -> Iterator[tuple[str, str]]:
    """Locale and name, where the locale tells the sex."""
    for locale in sorted(module.name for module in pkgutil.iter_modules(faker.providers.person.__path__)):
        if locale.startswith(FAMILY_FIRST):
            continue
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in sorted(dir(provider)):
            values = getattr(provider, attribute)
            if attribute.startswith(f"first_names_{sex}") and isinstance(values, Iterable):
                yield from ((locale, str(value)) for value in values)


def plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def main() -> None:
    locales: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: {sex: set() for sex in SEXES})
    for sex in SEXES:
        for locale, name in names_of(sex):
            if _LATIN_NAME.fullmatch(name):
                for written in {name, plain(name)}:
                    locales[written][sex].add(locale)
    told = {name: [sex for sex in SEXES if met[sex]] for name, met in locales.items()}
    lines = [f"{name}\t{sexes[0]}" for name, sexes in sorted(told.items()) if len(sexes) == 1]
    source = "# source: the locales of Faker (MIT): given names that all of them give to one sex, also without accents"
    LEXICON.write_text("\n".join([source, "name\tsex", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
