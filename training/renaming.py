"""Copies of annotated articles in which other people, bodies and cities are named, so that the network learns from what
stands around names, and from how names are made, more than from the names."""

import re
from collections.abc import Callable
from typing import NamedTuple

from name_maker import NameMaker

CHANCE = 0.7
"""Share of the names of an article that are replaced."""
TITLE_LINES = 0.12
SHOUTED_LINES = 0.03
"""Shares of the lines of a copy that are written as headlines, all words capitalised or in capitals."""

_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset("a an and as at but by for from in into is of on or over s t the to vs with".split())


class Gold(NamedTuple):
    text: str
    names: list[tuple[int, int, str]]


class Renamer:
    """Draws names from the project's own lexicons; the copies depend on the article alone."""

    def __init__(self) -> None:
        self._maker = NameMaker()
        self._cities = set(self._maker.cities)

    def copies(self, article: Gold, count: int) -> list[Gold]:
        """The article so many times, each name replaced by the same other name wherever it stands in a copy."""
        self._maker.seed(article.text)
        return [self._with_headlines(self._renamed(article)) for _ in range(count)]

    def _renamed(self, article: Gold) -> Gold:
        persons = self._person_parts(article)
        bodies: dict[str, str] = {}
        changes = []
        for start, end, kind in article.names:
            old = article.text[start:end]
            if kind == "person":
                new = _WORD.sub(lambda word: persons.get(word[0], word[0]), old)
            else:
                if old not in bodies:
                    bodies[old] = self._maybe(old, lambda old=old: self._maker.body_like(old))
                new = bodies[old]
            changes.append((start, end, kind, new))
        inside = {position for start, end, _ in article.names for position in range(start, end)}
        cities: dict[str, str] = {}
        for found in _WORD.finditer(article.text):
            if found[0] in self._cities and found.start() not in inside:
                new = cities.setdefault(found[0], self._maybe(found[0], lambda: self._maker.one_of(self._maker.cities)))
                changes.append((found.start(), found.end(), "", new))
        return _changed(article.text, sorted(changes))

    def _maybe(self, old: str, other: Callable[[], str]) -> str:
        return other() if self._maker.chance(CHANCE) else old

    def _person_parts(self, article: Gold) -> dict[str, str]:
        """Old part of a person's name -> new one: surnames for last parts, first names for those before."""
        names = [_WORD.findall(article.text[start:end]) for start, end, kind in article.names if kind == "person"]
        found: dict[str, str] = {}
        for parts in sorted(names, key=len, reverse=True):
            for part in parts:
                if len(part) > 2 and part[0].isupper() and part not in found:
                    found[part] = self._maybe(part, self._maker.surname if part == parts[-1] else self._maker.first_name)
        return found

    def _with_headlines(self, article: Gold) -> Gold:
        """No offset changes."""
        lines = article.text.split("\n")
        for number, line in enumerate(lines):
            if self._maker.chance(TITLE_LINES):
                lines[number] = _WORD.sub(_as_in_title, line)
            elif self._maker.chance(SHOUTED_LINES):
                lines[number] = _WORD.sub(_in_capitals, line)
        return Gold("\n".join(lines), article.names)


def _as_in_title(word: re.Match[str]) -> str:
    return word[0] if word[0] in _SMALL_WORDS else word[0][0].upper() + word[0][1:]


def _in_capitals(word: re.Match[str]) -> str:
    capitals = word[0].upper()
    return capitals if len(capitals) == len(word[0]) else word[0]


def _changed(text: str, changes: list[tuple[int, int, str, str]]) -> Gold:
    pieces, names, at, length = [], [], 0, 0
    for start, end, kind, new in changes:
        pieces += [text[at:start], new]
        length += start - at
        if kind:
            names.append((length, length + len(new), kind))
        length += len(new)
        at = end
    return Gold("".join([*pieces, text[at:]]), names)
