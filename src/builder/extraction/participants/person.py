"""A person of an article and the words of a person's name."""

from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import combining, normalize

from builder.knowledge.given_names import plain_given_name

_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
_NO_INITIALS: frozenset[str] = frozenset()
_EDGE = ".,'’‘\"“”()"
_ARABIC_ARTICLES = frozenset("al el ad ar as at az an ul".split())


class PersonName(NamedTuple):
    """Words in small letters without accents, initials and "Jr." apart.

    ``ends`` are the first, as the name that a nickname stands for, and the last.
    """

    words: tuple[str, ...]
    initials: frozenset[str]
    ends: tuple[str, str]


@dataclass(slots=True)
class Person:
    """Indexes into the persons among the names: ``full`` of full names, ``short`` of others, ``members`` of all, ascending.

    ``fullest`` is the one that gives the name, of ``length`` characters.
    """

    name: PersonName
    fullest: int
    length: int
    full: list[int]
    short: list[int]
    initials: frozenset[str]
    members: list[int] = field(init=False)

    def add_full(self, text: str, initials: frozenset[str], members: list[int]) -> None:
        """All places of another text that names the person in full, with those initials."""
        self.full += members
        self.initials |= initials
        if len(text) > self.length:
            self.length, self.fullest = len(text), members[0]


def person_name(text: str) -> PersonName:
    plain = "".join(c for c in normalize("NFD", text) if not combining(c)) if not text.isascii() else text
    words = plain.lower().replace("’", "'").split()
    if not "".join(words).isalpha():
        words = [stripped for word in words if (stripped := _without_article(word.strip(_EDGE)))]
    elif min(map(len, words)) > 1 and _GENERATIONS.isdisjoint(words):
        return _named(tuple(words), _NO_INITIALS)
    words = [word for word in words if word not in _GENERATIONS] or words
    long = tuple(word for word in words if len(word.replace(".", "")) > 1 and not _is_initials(word))
    short = frozenset(word[0] for word in words[1:] if word not in long)
    return _named(long or tuple(words) or (text,), short)


def _without_article(word: str) -> str:
    """ "al-Assad" and "Assad" agree."""
    article, hyphen, rest = word.partition("-")
    return rest if hyphen and rest and article in _ARABIC_ARTICLES else word


def _named(words: tuple[str, ...], initials: frozenset[str]) -> PersonName:
    return PersonName(words, initials, (plain_given_name(words[0]), words[-1]))


def _is_initials(word: str) -> bool:
    """ "h.w" of "H.W." """
    return "." in word and all(len(part) <= 1 for part in word.split("."))
