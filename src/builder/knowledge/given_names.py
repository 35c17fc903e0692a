"""What given names and honorifics say about a person."""

from functools import cache

from builder.knowledge.lexicon import columns, entries, rows

MALE, FEMALE = "male", "female"

_HONORIFICS = {"mr": MALE, "sir": MALE, "lord": MALE, "mrs": FEMALE, "ms": FEMALE, "miss": FEMALE, "lady": FEMALE, "dame": FEMALE}
_UNSEXED_HONORIFICS = frozenset(("dr", "mx"))
_LONGEST_SYLLABLE = 5


def is_honorific(word: str) -> bool:
    return word.lower() in _HONORIFICS or word.lower() in _UNSEXED_HONORIFICS


def sex_of_honorific(word: str) -> str | None:
    return _HONORIFICS.get(word.lower())


def sex_of_full_name(name: str) -> str | None:
    """Told by the given name; where the family name stands first ("Kim Dae-ki") only by a given name known as a whole."""
    words = name.split()
    if len(words) < 2:
        return None
    if _stands_first(words[0], words[1:]):
        return _sexes().get(words[-1].title()) if len(words) == 2 else None
    return sex_of_given_name(words[0])


def _stands_first(family: str, rest: list[str]) -> bool:
    short = len(rest) > 1 and max(map(len, rest)) <= _LONGEST_SYLLABLE
    return family.lower() in entries("family-names-first.txt") and (short or "-" in rest[-1])


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
