"""Whom a last or given name alone means where several persons of the article bear it."""

from bisect import bisect_left, bisect_right
from functools import cached_property

from builder.extraction.participants.person import Person
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.given_names import sex_of_given_name, sex_of_honorific

_PREPOSITIONS = frozenset("of for with by to from about against than like".split())
_SECTION_MARK = "___"
_GOVERNOR_REACH = 4
_MUCH_OFTENER = 3
_LOOKED_BACK = 6
_TITLES_READ = 8


class Setting:
    """What the words around a name tell."""

    def __init__(self, tagged: TaggedDocument) -> None:
        self._document = tagged.document
        self._persons = tagged.persons

    def word_before(self, i: int) -> str | None:
        """The capitalised word before person ``i``, over the full stop of an abbreviation."""
        words, first = self._document.words, self._persons[i].first
        if first > 1 and words[first - 1] == ".":
            first -= 1
        return words[first - 1] if first and words[first - 1][0].isupper() else None

    def is_governed(self, i: int) -> bool:
        """Whether "of", "with" or the like stands shortly before: "mother of Ann Lee"."""
        first = self._persons[i].first
        return not _PREPOSITIONS.isdisjoint(self._document.words[max(0, first - _GOVERNOR_REACH) : first])

    def in_one_section(self, i: int, j: int) -> bool:
        """In a running report between two rules of underscores, elsewhere in one line."""
        first, last = self._persons[i].first, self._persons[j].first
        return bisect_right(self._section_starts, first) == bisect_right(self._section_starts, last)

    @cached_property
    def _section_starts(self) -> list[int]:
        document = self._document
        marks = []
        if _SECTION_MARK in document.text:
            marks = [i for i, word in enumerate(document.words) if word.startswith(_SECTION_MARK) and not word.strip("_")]
        return marks or document.line_starts


class Namesakes:
    """The bearers of one name, which stands alone ``alone`` times in the article."""

    def __init__(self, setting: Setting, persons: list[Person], alone: int) -> None:
        self._setting = setting
        self._persons = persons
        self._alone = alone
        self._mains: dict[str | None, Person] = {}

    def choose(self, i: int) -> Person:
        """By honorific and by the office before person ``i``, by paragraph, else the one whom the article is about."""
        if len(self._persons) == 1:
            return self._persons[0]
        before = self._setting.word_before(i)
        sex = sex_of_honorific(before) if before else None
        titled = self._by_title.get(before) if before and sex is None else None
        return titled or self._named_since(i, sex) or self._main(sex)

    @cached_property
    def _by_title(self) -> dict[str, Person | None]:
        """The one bearer with a capitalised word before the full name; None where several have it."""
        found: dict[str, Person | None] = {}
        for person in self._persons:
            for title in {self._setting.word_before(i) for i in person.full[:_TITLES_READ]} - {None}:
                found[title or ""] = None if title in found else person
        return found

    @cached_property
    def _full(self) -> list[tuple[int, int]]:
        """(name, number of its bearer), ascending."""
        return sorted((i, number) for number, person in enumerate(self._persons) for i in person.full)

    def _named_since(self, i: int, sex: str | None) -> Person | None:
        """The last one named in full, not merely "of" or "with" somebody, since the line or section began."""
        at = bisect_left(self._full, (i, -1))
        for j, number in reversed(self._full[max(0, at - _LOOKED_BACK) : at]):
            if not self._setting.in_one_section(j, i):
                return None
            if not self._setting.is_governed(j) and _agrees(self._persons[number], sex):
                return self._persons[number]
        return None

    def _main(self, sex: str | None) -> Person:
        if sex not in self._mains:
            self._mains[sex] = self._find_main([p for p in self._persons if _agrees(p, sex)] or self._persons)
        return self._mains[sex]

    def _find_main(self, persons: list[Person]) -> Person:
        """The one named first, since the others keep their given names, unless only "mother of Ann Lee".

        One who is named in full much oftener goes before, but not where the name alone is still more frequent.
        """
        first = min(persons, key=lambda person: (all(map(self._setting.is_governed, person.full)), person.full[0]))
        often = max(persons, key=lambda person: len(person.full))
        oftener = len(often.full) >= max(_MUCH_OFTENER * len(first.full), self._alone)
        return often if oftener else first


def _agrees(person: Person, sex: str | None) -> bool:
    return sex is None or sex_of_given_name(person.name.words[0]) in (sex, None)
