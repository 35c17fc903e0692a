"""Copies of annotated articles in which other people, bodies and cities are named, so that the network learns from what
stands around names, and from how names are made, more than from the names."""

import random
import re
import string
from collections.abc import Callable
from typing import NamedTuple

from builder.lexicon import entries, rows

CHANCE = 0.7
"""Share of the names of an article that are replaced."""
TITLE_LINES = 0.12
SHOUTED_LINES = 0.03
"""Shares of the lines of a copy that are written as headlines, all words capitalised or in capitals."""

_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = frozenset("a an and as at but by for from in into is of on or over s t the to vs with".split())
_QUALITIES = (
    "National United Democratic Social Liberal Christian Popular Independent Progressive Republican Communist Socialist Green "
    "Federal Central International European African American Asian Islamic Free New Revolutionary Patriotic Royal General Civic "
    "Conservative Radical Agrarian Constitutional Economic Public Northern Southern Regional Joint Special Supreme"
).split()
_TOPICS = (
    "Labour Freedom Justice Peace Women Farmers Workers Veterans Progress Unity Reform Development Democracy Health Education "
    "Defence Trade Finance Agriculture Culture Energy Transport Science Youth Students Teachers Citizens|"
    "Refugees|Human Rights|National Unity|Social Justice|Public Safety|Foreign Relations|Economic Development|the Environment|the People"
)
_HEADS = (
    "Party Party Party Union Movement Front Alliance League Congress Coalition Federation Association Organization Council "
    "Committee Commission Agency Bureau Institute Foundation Society Center Centre Board Authority Campaign Group Fund Army"
).split()
_PARTICLES = ("de", "van", "van der", "von", "al", "bin", "Abu", "Ó", "Mac", "ter", "la", "di", "del")


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
        self._countries = [row["name"] for row in rows("countries.tsv") if " " not in row["name"]]
        self._peoples = [row["adjectives"].split("|")[0] for row in rows("countries.tsv") if row["adjectives"]]
        self._foreign_heads = sorted(row["word"] for row in rows("organisation-words.tsv") if row["kind"] == "party")
        self._topics = [topic for part in _TOPICS.split("|") for topic in (part.split() if len(part) > 25 else [part])]
        bodies = sorted(entries("organisation-names.txt"))
        self._acronyms = [name for name in bodies if name.isupper()]
        self._short_bodies = [name for name in bodies if not name.isupper() and " " not in name]
        self._long_bodies = [name for name in bodies if " " in name]

    def copies(self, article: Gold, count: int) -> list[Gold]:
        """The article so many times, each name replaced by the same other name wherever it stands in a copy."""
        self._random.seed(article.text)
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
                    bodies[old] = self._maybe(old, lambda old=old: self._body(old))
                new = bodies[old]
            changes.append((start, end, kind, new))
        inside = {position for start, end, _ in article.names for position in range(start, end)}
        cities: dict[str, str] = {}
        for found in _WORD.finditer(article.text):
            if found[0] in self._city_set and found.start() not in inside:
                new = cities.setdefault(found[0], self._maybe(found[0], lambda: self._one_of(self._cities)))
                changes.append((found.start(), found.end(), "", new))
        return _changed(article.text, sorted(changes))

    def _one_of(self, values: list[str]) -> str:
        return values[int(self._random.random() * len(values))]

    def _maybe(self, old: str, other: Callable[[], str]) -> str:
        return other() if self._random.random() < CHANCE else old

    def _person_parts(self, article: Gold) -> dict[str, str]:
        """Old part of a person's name -> new one: surnames for last parts, first names for those before."""
        names = [_WORD.findall(article.text[start:end]) for start, end, kind in article.names if kind == "person"]
        found: dict[str, str] = {}
        for parts in sorted(names, key=len, reverse=True):
            for part in parts:
                if len(part) > 2 and part[0].isupper() and part not in found:
                    found[part] = self._maybe(part, self._surname if part == parts[-1] else self._first_name)
        return found

    def _first_name(self) -> str:
        name, form = self._one_of(self._first_names), self._random.random()
        if form < 0.1:
            return f"{name} {self._one_of(list(string.ascii_uppercase))}."
        return f"{name}-{self._one_of(self._first_names)}" if form < 0.14 else name

    def _surname(self) -> str:
        name, form = self._one_of(self._surnames), self._random.random()
        if form < 0.06:
            return f"{self._one_of(self._surnames)}-{name}"
        return f"{self._one_of(list(_PARTICLES))} {name}" if form < 0.1 else name

    def _body(self, old: str) -> str:
        """Another body, written like the old one: an acronym, one word or several."""
        if old.isupper() and " " not in old:
            if self._random.random() < 0.5:
                return self._one_of(self._acronyms)
            return "".join(self._one_of(list(string.ascii_uppercase)) for _ in range(self._random.randint(2, 5)))
        if " " not in old:
            return self._one_of(self._short_bodies) if self._random.random() < 0.6 else old
        form = self._random.random()
        if form < 0.35:
            return self._one_of(self._long_bodies)
        return self._made_body() if form < 0.85 else self._foreign_body()

    def _made_body(self) -> str:
        """A body's name by the patterns of English: "National Union of Farmers", "Peace and Justice Party of Chad"."""
        head, topic, draw = self._one_of(_HEADS), self._one_of(self._topics), self._random.random
        before = [self._one_of(self._peoples)] if draw() < 0.3 else []
        before += [self._one_of(_QUALITIES)] if draw() < 0.6 else []
        after = ""
        if not before or draw() < 0.35:
            place = self._one_of(self._countries)
            field = self._one_of([topic, place, f"{topic} and {self._one_of(self._topics)}"])
            after = f" {self._one_of(['of', 'of', 'for'])} {field}"
        elif draw() < 0.3:
            before.append(f"{topic} and {self._one_of(self._topics)}" if draw() < 0.3 else topic)
        if draw() < 0.15:
            after += f" of {self._one_of(self._countries)}"
        return " ".join([*before, head]) + after

    def _foreign_body(self) -> str:
        """Words that say nothing in English, as of a party or paper of another country."""
        others = [self._one_of(self._surnames) for _ in range(self._random.randint(1, 2))]
        if self._random.random() < 0.6:
            return " ".join([self._one_of(self._foreign_heads), *others])
        return " ".join([*others, self._one_of(self._cities)])

    def _with_headlines(self, article: Gold) -> Gold:
        """No offset changes."""
        lines = article.text.split("\n")
        for number, line in enumerate(lines):
            draw = self._random.random()
            if draw < TITLE_LINES:
                lines[number] = _WORD.sub(_as_in_title, line)
            elif draw < TITLE_LINES + SHOUTED_LINES:
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
