"""Which names of an article are one person: full names first, then what is short for them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, normalize

from builder.document import Document
from builder.given_names import plain_given_name, sex_of_given_name, sex_of_honorific

if TYPE_CHECKING:
    from builder.names import Name

_GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
_PREPOSITIONS = frozenset("of for with by to from about against than like".split())
_GOVERNOR_REACH = 4
_MUCH_OFTENER = 3
_EDGE = ".,'’‘\"“”()"


@dataclass(slots=True)
class Person:
    """``members`` are indexes into the article's names, ascending, ``full`` those of full names; ``fullest`` gives the name."""

    name: "PersonName"
    fullest: int
    members: list[int] = field(default_factory=list)
    full: list[int] = field(default_factory=list)
    initials: frozenset[str] = frozenset()


class PersonName(NamedTuple):
    """Words in small letters without accents, initials and "Jr." apart."""

    words: tuple[str, ...]
    initials: frozenset[str]


@lru_cache(maxsize=1 << 14)
def person_name(text: str) -> PersonName:
    plain = "".join(c for c in normalize("NFD", text) if not combining(c)) if not text.isascii() else text
    words = [stripped for word in plain.split() if (stripped := word.strip(_EDGE).lower())]
    words = [word for word in words if word not in _GENERATIONS] or words
    long = tuple(word for word in words if len(word.replace(".", "")) > 1 and not _is_initials(word))
    short = frozenset(word[0] for word in words[1:] if word not in long)
    return PersonName(long or tuple(words) or (text,), short)


def _is_initials(word: str) -> bool:
    """ "h.w" of "H.W." """
    return "." in word and all(len(part) <= 1 for part in word.split("."))


def group_persons(document: Document, names: "Sequence[Name]") -> list[Person]:
    """One Person for each person among ``names``, ordered by first mention."""
    parsed = [
        (i, person_name(document.text[document.starts[name.first] : document.ends[name.stop - 1]]))
        for i, name in enumerate(names)
        if name.kind == "person"
    ]
    group = _Grouping(document, names)
    for i, name in parsed:
        if len(name.words) > 1:
            group.add_full(i, name)
    group.add_short_names([(i, name) for i, name in parsed if len(name.words) == 1])
    return group.persons()


class _Grouping:
    def __init__(self, document: Document, names: "Sequence[Name]") -> None:
        self._document = document
        self._names = names
        self._by_ends: dict[tuple[str, str], list[Person]] = {}
        self._by_tail: dict[tuple[str, ...], Person] = {}
        self._by_last: dict[str, list[Person]] = {}
        self._by_first: dict[str, list[Person]] = {}
        self._by_middle: dict[str, list[Person]] = {}
        self._alone: dict[str, Person] = {}
        self._alone_count: Counter[str] = Counter()

    def add_full(self, i: int, name: PersonName) -> None:
        person = self._known_full(name)
        if person is None:
            person = self._new_full(i, name)
        person.members.append(i)
        person.full.append(i)
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
        candidates = self._by_last.get(word) or self._by_first.get(word) or self._by_middle.get(word)
        person = self._choose(i, word, candidates) if candidates else self._alone.get(word)
        if person is None:
            person = self._alone[word] = Person(name, i)
        person.members.append(i)

    def _choose(self, i: int, word: str, candidates: list[Person]) -> Person:
        """Among bearers of one name: by honorific, by the office before it, by paragraph, else the one the article is about."""
        if len(candidates) == 1:
            return candidates[0]
        sex = self._honorific_sex(i)
        if sex:
            candidates = [c for c in candidates if sex_of_given_name(c.name.words[0]) in (sex, None)] or candidates
        office = self._word_before(i)
        titled = [c for c in candidates if any(self._word_before(m) == office for m in c.members[:8])] if office else []
        if len(titled) == 1:
            return titled[0]
        return self._named_since(i, candidates) or self._main(word, candidates)

    def _named_since(self, i: int, candidates: list[Person]) -> Person | None:
        """The last one named in full, not merely "of" or "with" somebody, since the line or the section ("___") began."""
        best, best_at = None, -1
        for candidate in candidates:
            before = bisect_left(candidate.full, i) - 1
            at = candidate.full[before] if before >= 0 else -1
            if at > best_at and not self._is_governed(self._names[at].first):
                best, best_at = candidate, at
        if best is None:
            return None
        first, last = self._names[best_at].first, self._names[i].first
        starts = self._sections or self._document.line_starts
        return best if bisect_right(starts, first) == bisect_right(starts, last) else None

    def _main(self, word: str, candidates: list[Person]) -> Person:
        """The one named first, since the others keep their given names, unless only "mother of Ann Lee".

        One who is named in full much oftener goes before, but not where the last name alone is still more frequent.
        """
        first = min(candidates, key=lambda person: (self._is_only_governed(person), person.full[0]))
        often = max(candidates, key=lambda person: len(person.full))
        oftener = len(often.full) >= max(_MUCH_OFTENER * len(first.full), self._alone_count[word])
        return often if oftener else first

    def _is_only_governed(self, person: Person) -> bool:
        return all(self._is_governed(self._names[i].first) for i in person.full)

    def _is_governed(self, first: int) -> bool:
        return any(word in _PREPOSITIONS for word in self._document.words[max(0, first - _GOVERNOR_REACH) : first])

    @cached_property
    def _sections(self) -> list[int]:
        return self._document.where(_is_section_mark)

    def _start(self, i: int) -> int:
        return self._document.starts[self._names[i].first]

    def _length(self, i: int) -> int:
        return self._document.ends[self._names[i].stop - 1] - self._start(i)

    def _word_before(self, i: int) -> str | None:
        words, first = self._document.words, self._names[i].first
        if first and words[first - 1] == "." and first > 1:
            first -= 1
        return words[first - 1] if first and words[first - 1][0].isupper() else None

    def _honorific_sex(self, i: int) -> str | None:
        word = self._word_before(i)
        return sex_of_honorific(word) if word else None

    def persons(self) -> list[Person]:
        found = [p for group in self._by_ends.values() for p in group] + list(self._alone.values())
        for person in found:
            person.members.sort()
        return sorted(found, key=lambda person: person.members[0])


def _is_section_mark(word: str) -> int:
    """A rule of underscores parts the entries of a running report."""
    return len(word) > 2 and not word.strip("_")
