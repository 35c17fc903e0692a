"""Coordinated names: one head noun shared by several bodies ("the Departments of State and Energy")."""

from collections.abc import Iterator
from typing import NamedTuple

from builder.extraction.tagged import TaggedDocument
from builder.knowledge.bodies import known_body
from builder.text.document import Document
from builder.text.triggers import Trigger, in_any_case

_SINGULAR = {
    "departments": "Department",
    "ministries": "Ministry",
    "universities": "University",
    "institutes": "Institute",
    "committees": "Committee",
    "bureaus": "Bureau",
    "offices": "Office",
    "banks": "Bank",
    "governments": "Government",
}
_PLURAL_HEADS = Trigger(lambda: in_any_case(_SINGULAR))
_INVERTED = frozenset(("departments", "ministries"))
_MOST_WORDS = 6
_MOST_ITEMS = 9


class CoordinatedName(NamedTuple):
    """Tokens [first, stop): of the item beside the head with the head, of the others only their own. ``name`` is complete."""

    first: int
    stop: int
    name: str


def find_coordinated(tagged: TaggedDocument) -> Iterator[list[CoordinatedName]]:
    """Each coordination of the text, its names in reading order."""
    document = tagged.document
    words = document.words
    for head in tagged.places.of(_PLURAL_HEADS):
        following = words[head + 1] if head + 1 < len(words) else ""
        if following in ("of", "for") and words[head][0].isupper():
            found = _after_head(document, head)
        elif words[head].lower() in _INVERTED:
            found = _before_head(words, head)
        else:
            continue
        if len(found) > 1:
            yield found


def _after_head(document: Document, head: int) -> list[CoordinatedName]:
    words = document.words
    lead = f"{_SINGULAR[words[head].lower()]} {words[head + 1]}"
    found: list[CoordinatedName] = []
    i, last = head + 2, False
    while len(found) < _MOST_ITEMS:
        first = i + (words[i : i + 1] == ["the"])
        stop = _item_stop(words, first, lead)
        if stop == first:
            break
        found.append(CoordinatedName(first if found else head, stop, _joined(lead, words, i, stop)))
        if last:
            return found
        i, last = _after_separator(words, stop)
        if i == stop:
            break
    return []


def _item_stop(words: list[str], first: int, lead: str) -> int:
    """End of one item; "Health and Human Services" goes on over its "and" because the whole is a known body."""
    stop = _capitals_stop(words, first)
    if stop > first and words[stop : stop + 1] == ["and"]:
        beyond = _capitals_stop(words, stop + 1)
        if beyond > stop + 1 and known_body(_joined(lead, words, first, beyond)):
            return beyond
    return stop


def _capitals_stop(words: list[str], first: int) -> int:
    stop = first
    while stop < len(words) and stop - first < _MOST_WORDS and words[stop][0].isupper():
        stop += 1
    return stop


def _after_separator(words: list[str], i: int) -> tuple[int, bool]:
    """Where the next item begins, and whether it is the last; ``i`` itself where no separator stands."""
    if words[i : i + 2] in ([",", "and"], [",", "&"]):
        return i + 2, True
    if words[i : i + 1] in (["and"], ["&"]):
        return i + 1, True
    return (i + 1, False) if words[i : i + 1] == [","] else (i, False)


def _joined(lead: str, words: list[str], first: int, stop: int) -> str:
    return f"{lead} {' '.join(words[first:stop])}"


def _before_head(words: list[str], head: int) -> list[CoordinatedName]:
    """ "the Justice, State and Treasury departments": items in capitals before a shared head."""
    noun = _SINGULAR[words[head].lower()]
    found: list[CoordinatedName] = []
    stop = head
    while len(found) < _MOST_ITEMS:
        first = stop
        while first > 0 and stop - first < _MOST_WORDS and words[first - 1][0].isupper():
            first -= 1
        first += words[first] == "The"
        if first >= stop:
            break
        found.append(CoordinatedName(first, stop if found else head + 1, f"{' '.join(words[first:stop])} {noun}"))
        before = words[first - 1] if first else ""
        if before not in (("and", "&") if len(found) == 1 else (",",)):
            break
        stop = first - 1
        if stop and words[stop - 1] == "," and before != ",":
            stop -= 1
    return found[::-1]
