"""Which names of an article are one person: full names first, then what is short for them."""

from collections import defaultdict
from operator import attrgetter

from builder.given_names import plain_given_name
from builder.participants.namesakes import Namesakes, Setting
from builder.participants.person import Person, PersonName, person_name
from builder.tagged import TaggedDocument


def group_persons(tagged: TaggedDocument) -> list[Person]:
    """One Person for each person among the names, ordered by first mention."""
    group = _Grouping(Setting(tagged))
    alone: defaultdict[str, list[int]] = defaultdict(list)
    for text, members in _by_text(tagged).items():
        name = person_name(text)
        if len(name.words) > 1:
            group.add_full(len(text), name, members)
        else:
            alone[name.words[0]] += members
    for word, members in alone.items():
        group.add_short(word, sorted(members))
    return group.persons()


def _by_text(tagged: TaggedDocument) -> dict[str, list[int]]:
    """Indexes of the persons among the names by what stands in the text, each ascending."""
    document, names = tagged.document, tagged.names
    words, text, starts, ends = document.words, document.text, document.starts, document.ends
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, (first, stop, kind, _) in enumerate(names):
        if kind == "person":
            found[words[first] if stop - first == 1 else text[starts[first] : ends[stop - 1]]].append(i)
    return found


class _Grouping:
    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._persons: list[Person] = []
        self._by_ends: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
        self._by_tail: dict[tuple[str, ...], Person] = {}
        self._by_last: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_first: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_middle: defaultdict[str, list[Person]] = defaultdict(list)

    def add_full(self, length: int, name: PersonName, members: list[int]) -> None:
        """All places of one text of so many characters; texts are added in the order of their first places."""
        person = self._known_full(name) or self._new_full(name, members[0])
        person.full += members
        if name.initials:
            person.initials |= name.initials
        if length > person.length:
            person.length, person.fullest = length, members[0]

    def _known_full(self, name: PersonName) -> Person | None:
        ends = plain_given_name(name.words[0]), name.words[-1]
        for person in self._by_ends.get(ends, ()):
            if not name.initials or not person.initials or name.initials & person.initials:
                return person
        return self._by_tail.get(name.words)

    def _new_full(self, name: PersonName, first: int) -> Person:
        words = name.words
        person = Person(name, first)
        self._persons.append(person)
        self._by_ends[plain_given_name(words[0]), words[-1]].append(person)
        self._by_last[words[-1]].append(person)
        self._by_first[words[0]].append(person)
        for k in range(1, len(words) - 1):
            self._by_tail.setdefault(words[k:], person)
            self._by_middle[words[k]].append(person)
        return person

    def add_short(self, word: str, members: list[int]) -> None:
        """All places of one name that stands alone, after all full names."""
        persons = self._by_last.get(word) or self._by_first.get(word) or self._by_middle.get(word)
        if persons is None:
            self._persons.append(Person(PersonName((word,), frozenset()), members[0], short=members))
        elif len(persons) == 1:
            persons[0].short += members
        else:
            for person in persons:
                person.full.sort()
            namesakes = Namesakes(self._setting, persons, len(members))
            for i in members:
                namesakes.choose(i).short.append(i)

    def persons(self) -> list[Person]:
        for person in self._persons:
            person.members = sorted(person.full + person.short)
        return sorted(self._persons, key=attrgetter("members"))
