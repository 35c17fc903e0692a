"""Common nouns for offices, occupations and descriptions of persons."""

from functools import cache, lru_cache
from typing import NamedTuple

from builder.knowledge.lexicon import entries, rows


class Office(NamedTuple):
    """``relation`` of the holder to a body named with it; ``state`` where the holder speaks for a country named with it."""

    relation: str | None
    state: bool
    sex: str | None


_NO_OFFICE = Office(None, False, None)
_PLURALS = (("ies", "y"), ("men", "man"), ("women", "woman"), ("wives", "wife"), ("sses", "ss"), ("s", ""))


@cache
def offices() -> dict[str, Office]:
    """By common noun in small letters."""
    return {
        row["office"]: Office(row["relation"] or None, row["state"] == "yes", row["sex"] or None) for row in rows("offices.tsv")
    }


def is_office(word: str) -> bool:
    return word.lower() in offices()


@lru_cache(maxsize=1 << 14)
def person_noun(word: str) -> str | None:
    """The office or other noun for a person that the word is, or stands for by initials; in small letters and the singular."""
    if word in _acronyms():
        return _acronyms()[word]
    lower = word.lower()
    if lower in offices() or lower in entries("person-nouns.txt"):
        return lower
    return singular_of(lower)


@cache
def _acronyms() -> dict[str, str]:
    return {row["acronym"]: row["office"] for row in rows("office-acronyms.tsv")}


def singular_of(word: str) -> str | None:
    """The noun for a person of which the word in small letters is the plural."""
    for ending, instead in _PLURALS:
        if word.endswith(ending):
            one = word.removesuffix(ending) + instead
            if one in offices() or one in entries("person-nouns.txt"):
                return one
    return None


def is_plural(word: str) -> bool:
    """Whether it means several persons: "senators"."""
    lower = word.lower()
    return lower not in entries("person-nouns.txt") and singular_of(lower) is not None


def office_of(noun: str) -> Office:
    """What is known of a noun for a person, also of its plural or initials."""
    lower = noun.lower()
    return offices().get(lower) or offices().get(person_noun(noun) or "", _NO_OFFICE)
