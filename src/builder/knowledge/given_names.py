"""What given names and honorifics say about a person."""

from functools import cache, lru_cache

from builder.knowledge.lexicon import columns, rows

MALE, FEMALE = "male", "female"

_HONORIFICS = {"mr": MALE, "sir": MALE, "lord": MALE, "mrs": FEMALE, "ms": FEMALE, "miss": FEMALE, "lady": FEMALE, "dame": FEMALE}
_UNSEXED_HONORIFICS = frozenset(("dr", "mx"))


@lru_cache(maxsize=1 << 14)
def is_honorific(word: str) -> bool:
    return word.lower() in _HONORIFICS or word.lower() in _UNSEXED_HONORIFICS


@lru_cache(maxsize=1 << 14)
def sex_of_honorific(word: str) -> str | None:
    return _HONORIFICS.get(word.lower())


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
    listed = columns("given-names.tsv")
    return dict(zip(map(str.title, listed["name"]), listed["sex"], strict=True))


@cache
def _nicknames() -> dict[str, str]:
    return {row["nickname"]: row["name"] for row in rows("nicknames.tsv")}
