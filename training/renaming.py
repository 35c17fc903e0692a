"""Copies of annotated articles in which other people, bodies and cities are named, so that the network learns from what
stands around names more than from the names."""

import random
import re
from typing import NamedTuple

from builder.lexicon import entries, rows

CHANCE = 0.7
"""Share of the names of an article that are replaced."""
TITLE_LINES = 0.12
SHOUTED_LINES = 0.03
_SMALL_WORDS = frozenset("a an and as at but by for from in into is of on or over s t the to vs with".split())
_WORD = re.compile(r"[^\W\d_]+")


class Gold(NamedTuple):
    text: str
    names: list[tuple[int, int, str]]


class Renamer:
    """Draws names from the project's own lexicons; the copies depend on the article alone."""

    def __init__(self) -> None:
        self._random = random.Random()
        self._first_names = sorted(entries("first-names.txt"))
        self._surnames = sorted(entries("surnames.txt"))
        self._cities = sorted(row["name"] for row in rows("cities.tsv") if _WORD.fullmatch(row["name"]))
        self._city_set = set(self._cities)
        self._bodies: dict[bool, list[str]] = {True: [], False: []}
        for name in sorted(entries("organisation-names.txt")):
            self._bodies[name.isupper()].append(name)

    def copies(self, article: Gold, count: int) -> list[Gold]:
        """The article so many times, each name replaced by the same other name wherever it stands in a copy."""
        self._random.seed(article.text)
        return [self._copy(article) for _ in range(count)]

    def _copy(self, article: Gold) -> Gold:
        persons = self._person_parts(article)
        bodies: dict[str, str] = {}
        changes = []
        for start, end, kind in article.names:
            old = article.text[start:end]
            if kind == "person":
                new = _WORD.sub(lambda word: persons.get(word[0], word[0]), old)
            else:
                new = bodies.setdefault(old, self._body(old))
            changes.append((start, end, kind, new))
        inside = {position for start, end, _ in article.names for position in range(start, end)}
        cities: dict[str, str] = {}
        for found in _WORD.finditer(article.text):
            if found[0] in self._city_set and found.start() not in inside:
                new = cities.setdefault(found[0], self._maybe(found[0], self._cities))
                changes.append((found.start(), found.end(), "", new))
        return self._with_headlines(_changed(article.text, sorted(changes)))

    def _with_headlines(self, article: Gold) -> Gold:
        """Some lines written as headlines are: all words capitalised, or in capitals. No offset changes."""
        lines = article.text.split("\n")
        for number, line in enumerate(lines):
            draw = self._random.random()
            if draw < TITLE_LINES:
                lines[number] = _WORD.sub(lambda word: word[0] if word[0] in _SMALL_WORDS else word[0][0].upper() + word[0][1:], line)
            elif draw < TITLE_LINES + SHOUTED_LINES:
                lines[number] = _WORD.sub(lambda word: word[0].upper() if len(word[0].upper()) == len(word[0]) else word[0], line)
        return Gold("\n".join(lines), article.names)

    def _maybe(self, old: str, others: list[str]) -> str:
        return self._random.choice(others) if self._random.random() < CHANCE else old

    def _person_parts(self, article: Gold) -> dict[str, str]:
        """Old part of a person's name -> new one: surnames for last parts, first names for those before."""
        names = [_WORD.findall(article.text[start:end]) for start, end, kind in article.names if kind == "person"]
        found: dict[str, str] = {}
        for parts in sorted(names, key=len, reverse=True):
            for part in parts[:-1]:
                if len(part) > 2 and part[0].isupper():
                    found.setdefault(part, self._maybe(part, self._first_names))
            if parts and len(parts[-1]) > 2 and parts[-1][0].isupper():
                found.setdefault(parts[-1], self._maybe(parts[-1], self._surnames))
        return found

    def _body(self, old: str) -> str:
        """Another body; a name of several words, which says itself what it names, is more often kept."""
        if " " in old and self._random.random() < CHANCE:
            return old
        return self._maybe(old, self._bodies[old.isupper()])


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
