"""Which names of an article are one person: full names first, then what is short for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from builder.extraction.participants.namesakes import Namesakes, Setting
from builder.extraction.participants.person import Person, PersonName, person_name
from builder.extraction.tagged import TaggedDocument

_Bearers = defaultdict[str, list[Person]]


def group_persons(tagged: TaggedDocument, texts: Sequence[str]) -> list[Person]:
    """One Person for each of the persons among the names, of which ``texts`` are the words; ordered by first mention."""
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        by_text[text].append(i)
    named = list(map(person_name, by_text))
    persons = _named_in_full(zip(by_text.items(), named, strict=True))
    alone: defaultdict[str, list[int]] = defaultdict(list)
    for (words, _, _), members in zip(named, by_text.values(), strict=True):
        if len(words) == 1:
            alone[words[0]] += members
    bearers = _bearers(persons, alone)
    setting = Setting(tagged)
    for word, members in alone.items():
        meant = bearers.get(word)
        if meant is None:
            name = PersonName((word,), frozenset(), (word, word))
            persons.append(Person(name, min(members), 0, [], members, name.initials))
        else:
            _add_short(meant, sorted(members), setting)
    for person in persons:
        person.members = sorted(person.full + person.short)
    return sorted(persons, key=attrgetter("members"))


def _named_in_full(named: Iterable[tuple[tuple[str, list[int]], PersonName]]) -> list[Person]:
    """Given all places of each text, in the order of the first ones, and the text's name; what is no full name is passed over."""
    persons: list[Person] = []
    by_ends: dict[tuple[str, str], list[Person]] = {}
    by_tail: dict[tuple[str, ...], Person] = {}
    by_letters: dict[str, Person] = {}
    for (text, members), name in named:
        words, initials, ends = name
        if len(words) == 1:
            continue
        alike = by_ends.setdefault(ends, [])
        same = [person for person in alike if not initials or not person.initials or initials & person.initials] if alike else []
        letters = "".join(words).replace("-", "")
        person = same[0] if same else by_tail.get(words)
        if person is None and letters in by_letters and by_letters[letters].name.words != words:
            person = by_letters[letters]
        if person:
            person.add_full(text, initials, members)
            continue
        person = Person(name, members[0], len(text), members, [], initials)
        persons.append(person)
        alike.append(person)
        by_letters.setdefault(letters, person)
        for k in range(1, len(words) - 1):
            by_tail.setdefault(words[k:], person)
    return persons


def _bearers(persons: Sequence[Person], alone: Mapping[str, object]) -> dict[str, list[Person]]:
    """For each word that stands alone, those whose last name it is, else whose first name, else whose middle name."""
    last, first, middle = _Bearers(list), _Bearers(list), _Bearers(list)
    for person in persons:
        words = person.name.words
        if alone.keys().isdisjoint(words):
            continue
        last[words[-1]].append(person)
        first[words[0]].append(person)
        for word in words[1:-1]:
            middle[word].append(person)
    return {**middle, **first, **last}


def _add_short(persons: list[Person], members: list[int], setting: Setting) -> None:
    """All places of one name that stands alone and is borne by ``persons``."""
    if len(persons) == 1:
        persons[0].short += members
        return
    for person in persons:
        person.full.sort()
    namesakes = Namesakes(setting, persons, len(members))
    for i in members:
        namesakes.choose(i).short.append(i)
