"""Names drawn from the project's own lexicons, or made by the patterns of English."""

import random
import string

from builder.knowledge.lexicon import entries, rows

_QUALITIES = (
    "National United Democratic Social Liberal Christian Popular Independent Progressive Republican Communist Socialist Green "
    "Federal Central International European African American Asian Islamic Free New Revolutionary Patriotic Royal General Civic "
    "Conservative Radical Agrarian Constitutional Economic Public Northern Southern Regional Joint Special Supreme"
).split()
_TOPICS = [
    *"Labour Freedom Justice Peace Women Farmers Workers Veterans Progress Unity Reform Development Democracy Health".split(),
    *"Education Defence Trade Finance Agriculture Culture Energy Transport Science Youth Students Teachers Citizens".split(),
    *"Human Rights|National Unity|Social Justice|Public Safety|Foreign Relations|Economic Development".split("|"),
    *"Foreign Affairs|the Environment|the People|Refugees".split("|"),
]
_HEADS = (
    "Party Party Party Union Movement Front Alliance League Congress Coalition Federation Association Organization Council "
    "Committee Commission Agency Bureau Institute Foundation Society Center Centre Board Authority Campaign Group Fund Army"
).split()
_BLENDED = 4
"""Letters of each of two surnames in a blend of them."""
_PARTICLES = ("de", "van", "van der", "von", "al", "bin", "Abu", "Ó", "Mac", "ter", "la", "di", "del")


class NameMaker:
    """The same names in the same order after the same seed."""

    def __init__(self) -> None:
        self._random = random.Random()
        self._first_names = sorted(entries("first-names.txt"))
        self._surnames = sorted(entries("surnames.txt"))
        self._foreign_heads = sorted(row["word"] for row in rows("organisation-words.tsv") if row["kind"] == "party")
        bodies = sorted(entries("organisation-names.txt"))
        self._long_bodies = [name.removeprefix("The ") for name in bodies if " " in name]
        self.short_bodies = [name for name in bodies if not name.isupper() and " " not in name]
        self.acronyms = [name for name in bodies if name.isupper()]
        self.cities = sorted(name for name in entries("cities.txt") if name.isalpha())
        self.countries = [row["name"] for row in rows("countries.tsv") if " " not in row["name"]]
        self.peoples = [row["adjectives"].split("|")[0] for row in rows("countries.tsv") if row["adjectives"]]
        self.topics = _TOPICS

    def seed(self, value: str) -> None:
        self._random.seed(value)

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def number(self, first: int, last: int) -> int:
        return self._random.randint(first, last)

    def one_of(self, values: list[str]) -> str:
        return values[int(self._random.random() * len(values))]

    def acronym(self) -> str:
        if self.chance(0.5):
            return self.one_of(self.acronyms)
        return "".join(self.one_of(list(string.ascii_uppercase)) for _ in range(self.number(2, 5)))

    def first_name(self) -> str:
        name, form = self.one_of(self._first_names), self._random.random()
        if form < 0.1:
            return f"{name} {self.one_of(list(string.ascii_uppercase))}."
        return f"{name}-{self.one_of(self._first_names)}" if form < 0.14 else name

    def surname(self) -> str:
        name, form = self.one_of(self._surnames), self._random.random()
        if form < 0.06:
            return f"{self.one_of(self._surnames)}-{name}"
        return f"{self.one_of(list(_PARTICLES))} {name}" if form < 0.1 else name

    def word(self) -> str:
        """A word that tells nothing by itself: a surname, two surnames written as one, a blend of two."""
        name, other, form = self.one_of(self._surnames), self.one_of(self._surnames), self._random.random()
        if form < 0.5:
            return name
        return name + other if form < 0.6 else name[:_BLENDED] + other[-_BLENDED:].lower()

    def body_like(self, old: str) -> str:
        """Another body, written like the old one: an acronym, one word or several."""
        if old.isupper() and " " not in old:
            return self.acronym()
        if " " not in old:
            return self.one_of(self.short_bodies) if self._random.random() < 0.6 else old
        return self.body()

    def body(self) -> str:
        """The name of a body in several words."""
        form = self._random.random()
        if form < 0.35:
            return self.one_of(self._long_bodies)
        return self._made_body() if form < 0.85 else self._foreign_body()

    def _made_body(self) -> str:
        """A body's name by the patterns of English: "National Union of Farmers", "Peace and Justice Party of Chad"."""
        head, topic, draw = self.one_of(_HEADS), self.one_of(self.topics), self._random.random
        before = [self.one_of(self.peoples)] if draw() < 0.3 else []
        before += [self.one_of(_QUALITIES)] if draw() < 0.6 else []
        after = ""
        if not before or draw() < 0.35:
            place = self.one_of(self.countries)
            field = self.one_of([topic, place, f"{topic} and {self.one_of(self.topics)}"])
            after = f" {self.one_of(['of', 'of', 'for'])} {field}"
        elif draw() < 0.3:
            before.append(f"{topic} and {self.one_of(self.topics)}" if draw() < 0.3 else topic)
        if draw() < 0.15:
            after += f" of {self.one_of(self.countries)}"
        return " ".join([*before, head]) + after

    def _foreign_body(self) -> str:
        """Words that say nothing in English, as of a party or paper of another country."""
        others = [self.one_of(self._surnames) for _ in range(self._random.randint(1, 2))]
        if self._random.random() < 0.6:
            return " ".join([self.one_of(self._foreign_heads), *others])
        return " ".join([*others, self.one_of(self.cities)])
