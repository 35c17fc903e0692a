"""The names of an article made to agree with each other: who is a person once is that person everywhere."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from builder.document import Document
from builder.given_names import is_honorific
from builder.lexicon import entries, rows
from builder.offices import is_office

if TYPE_CHECKING:
    from builder.names import Name

RULES = {
    "last-name-of-person": "A single word tagged as an organisation that is the last name of a person named in full.",
    "repeated-last-name": "The last name of a person named in full, standing alone where the tagger passed it over.",
}

_ALSO_NAMES = frozenset("Pope King Queen Prince Princess Marine Dean Major Judge Bishop Baker Marshal Star Pilot Hunter".split())
_NEVER_NAMES = frozenset(("Mr", "Mrs", "Ms", "Dr"))
_SHORTEST = 3
_SHORTEST_AFTER_OFFICE = 2


def consistent_names(document: Document, names: "Sequence[Name]") -> "list[Name]":
    """``names`` in their order, without honorifics and offices, and with the last names of persons wherever they stand alone."""
    words = document.words
    trimmed = [name for name in [_without_title(words, name) for name in names] if name]
    full = [name for name in trimmed if name.kind == "person" and name.stop - name.first > 1]
    last_names = set(filter(_may_be_last_name, {words[name.stop - 1] for name in full}))
    if not last_names:
        return trimmed
    settled = [_as_person(name) if _is_last_name(words, name, last_names) else name for name in trimmed]
    covered = {token for first, stop, _, _ in settled for token in range(first, stop)}
    repeated = [
        full[0]._replace(first=i, stop=i + 1, rule="repeated-last-name")
        for i in document.where(_is_capitalised)
        if words[i] in last_names and i not in covered and _stands_alone(document, i)
    ]
    return sorted([*settled, *repeated]) if repeated else settled


def _may_be_last_name(word: str) -> bool:
    """Not what a tagger takes into a name by mistake: acronyms, offices, head nouns of bodies."""
    return len(word) >= _SHORTEST and not word.isupper() and not is_office(word) and word.lower() not in _not_last_names()


def _without_title(words: list[str], name: "Name") -> "Name | None":
    """A name that is only an honorific falls away; what stands before an office inside a name is no part of it.

    Nor is the apostrophe of an apostrophe-s after it.
    """
    first, stop, kind, _ = name
    if stop - first > 1 and words[stop - 1] in ("'", "’") and words[stop : stop + 1] == ["s"]:
        stop -= 1
        name = name._replace(stop=stop)
    if kind != "person" or (stop - first <= _SHORTEST_AFTER_OFFICE and words[first] not in _NEVER_NAMES):
        return name
    if words[first] in _NEVER_NAMES:
        first += 2 if words[first + 1 : first + 2] == ["."] else 1
    for i in range(stop - _SHORTEST_AFTER_OFFICE - 1, first - 1, -1):
        if is_office(words[i]) and words[i] not in _ALSO_NAMES:
            first = i + 1
            break
    return name if first == name.first else name._replace(first=first) if first < stop else None


def _is_last_name(words: list[str], name: "Name", last_names: set[str]) -> bool:
    return name.kind == "organisation" and name.stop - name.first == 1 and words[name.first] in last_names


def _as_person(name: "Name") -> "Name":
    return name._replace(kind="person", rule="last-name-of-person")


def _is_capitalised(word: str) -> int:
    return word[0].isupper()


def _stands_alone(document: Document, i: int) -> bool:
    """ "Young people" at the start of a sentence is not Andrew Young; a word between other capitals is part of their name."""
    words = document.words
    before = words[i - 1] if i else ""
    after = words[i + 1] if i + 1 < len(words) else ""
    if before == ".":
        before = words[i - 2] if i > 1 else ""
    elif before[:1].isupper() and not (is_honorific(before) or is_office(before)) and document.sentence(i)[0] != i - 1:
        return False
    titled = is_honorific(before) or is_office(before)
    return titled or not (after[:1].isupper() or (words[i].lower() in _common_words() and document.sentence(i)[0] == i))


@cache
def _not_last_names() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("agency-heads.tsv")) | entries("sentence-openers.txt")


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("parts-of-speech.tsv"))
