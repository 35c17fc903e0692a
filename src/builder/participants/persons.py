"""Which names of an article are one person: full names first, then what is short for them."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.document import Document
from builder.given_names import plain_given_name
from builder.participants.namesakes import Namesakes, Setting
from builder.participants.person import Person, PersonName, person_name

if TYPE_CHECKING:
    from builder.names import Name


def group_persons(document: Document, names: "Sequence[Name]") -> list[Person]:
    """One Person for each person among ``names``, ordered by first mention."""
    parsed = [(i, _parsed(document, first, stop)) for i, (first, stop, kind, _) in enumerate(names) if kind == "person"]
    group = _Grouping(document, names)
    for i, name in parsed:
        if len(name.words) > 1:
            group.add_full(i, name)
    group.add_short_names([(i, name) for i, name in parsed if len(name.words) == 1])
    return group.persons()


def _parsed(document: Document, first: int, stop: int) -> PersonName:
    if stop - first == 1:
        return person_name(document.words[first])
    return person_name(document.text[document.starts[first] : document.ends[stop - 1]])


class _Grouping:
    def __init__(self, document: Document, names: "Sequence[Name]") -> None:
        self._document = document
        self._names = names
        self._by_ends: dict[tuple[str, str], list[Person]] = {}
        self._by_tail: dict[tuple[str, ...], Person] = {}
        self._by_last: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        self._by_middle: dict[str, list[Person]] = {}
        self._setting = Setting(document, names)
        self._namesakes: dict[str, Namesakes | None] = {}
        self._alone: dict[str, Person] = {}
        self._alone_count: Counter[str] = Counter()

    def add_full(self, i: int, name: PersonName) -> None:
        person = self._known_full(name)
        if person is None:
            person = self._new_full(i, name)
        person.members.append(i)
        person.full.append(i)
        if name.initials:
            person.initials |= name.initials
        if self._length(i) > self._length(person.fullest):
            person.fullest = i

    def _known_full(self, name: PersonName) -> Person | None:
        ends = plain_given_name(name.words[0]), name.words[-1]
        for person in self._by_ends.get(ends, ()):
            if not name.initials or not person.initials or name.initials & person.initials:
                return person
        return self._by_tail.get(name.words)

    def _new_full(self, i: int, name: PersonName) -> Person:
        words = name.words
        person = Person(name, i)
        self._by_ends.setdefault((plain_given_name(words[0]), words[-1]), []).append(person)
        self._by_last.setdefault(words[-1], []).append(person)
        self._by_first.setdefault(words[0], []).append(person)
        for k in range(1, len(words) - 1):
            self._by_tail.setdefault(words[k:], person)
            self._by_middle.setdefault(words[k], []).append(person)
        return person

    def add_short_names(self, names: list[tuple[int, PersonName]]) -> None:
        self._alone_count.update(name.words[0] for _, name in names)
        for i, name in names:
            self._add_short(i, name)

    def _add_short(self, i: int, name: PersonName) -> None:
        word = name.words[0]
        if word not in self._namesakes:
            self._namesakes[word] = self._namesakes_of(word)
        namesakes = self._namesakes[word]
        person = namesakes.choose(i) if namesakes else self._alone.get(word)
        if person is None:
            person = self._alone[word] = Person(name, i)
        person.members.append(i)

    def _namesakes_of(self, word: str) -> Namesakes | None:
        persons = self._by_last.get(word) or self._by_first.get(word) or self._by_middle.get(word)
        return Namesakes(self._setting, persons, self._alone_count[word]) if persons else None

    def _length(self, i: int) -> int:
        name = self._names[i]
        return self._document.ends[name.stop - 1] - self._document.starts[name.first]

    def persons(self) -> list[Person]:
        found = [p for group in self._by_ends.values() for p in group] + list(self._alone.values())
        for person in found:
            person.members.sort()
        return sorted(found, key=lambda person: person.members[0])
