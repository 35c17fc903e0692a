"""What given names and honorifics say about a person."""

from functools import cache, lru_cache

from builder.knowledge.lexicon import columns, entries, rows

MALE, FEMALE = "male", "female"

_HONORIFICS = {"mr": MALE, "sir": MALE, "lord": MALE, "mrs": FEMALE, "ms": FEMALE, "miss": FEMALE, "lady": FEMALE, "dame": FEMALE}
_UNSEXED_HONORIFICS = frozenset(("dr", "mx"))
_LONGEST_SYLLABLE = 5


@lru_cache(maxsize=1 << 14)
def is_honorific(word: str) -> bool:
    return word.lower() in _HONORIFICS or word.lower() in _UNSEXED_HONORIFICS


@lru_cache(maxsize=1 << 14)
def sex_of_honorific(word: str) -> str | None:
    return _HONORIFICS.get(word.lower())


def given_name(name: str) -> str:
    """The first word of a full name, the last where the family name stands first ("Kim Dae-ki"); '' if there is one word only."""
    words = name.split()
    if len(words) < 2:
        return ""
    first, rest = words[0].lower(), words[1:]
    if first in entries("family-names-first.txt") and (
        "-" in name or (len(words) > 2 and max(map(len, rest)) <= _LONGEST_SYLLABLE)
    ):
        return words[-1]
    return words[0]


def sex_of_given_name(name: str) -> str | None:
    """None where the name is unknown or borne by both; of a double name the first part tells ("Jean-Claude")."""
    known = _sexes()
    found = known.get(name.title())
    return found or known.get(name.partition("-")[0].title())


def plain_given_name(name: str) -> str:
    """The name, in small letters, that a nickname or variant is compared by: "bill" and "william" agree."""
    return _nicknames().get(name, name)


@cache
def _sexes() -> dict[str, str]:
    """Of the names of many countries, then of those that one list weighs by their frequency."""
    found: dict[str, str] = {}
    for file in ("given-names-world.tsv", "given-names.tsv"):
        listed = columns(file)
        found |= dict(zip(map(str.title, listed["name"]), listed["sex"], strict=True))
    return found


@cache
def _nicknames() -> dict[str, str]:
    return {row["nickname"]: row["name"] for row in rows("nicknames.tsv")}
