"""Groups and delegations among the names of a text: they take part, and are no bodies of their own."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from builder.knowledge.countries import Countries
from builder.knowledge.lexicon import entries
from builder.text.document import Document, words_of
from builder.text.triggers import Places, Trigger, in_any_case

if TYPE_CHECKING:
    from builder.extraction.names import Name

_HEADS = frozenset("group groups commission committee dialogue council".split())
_MODIFIERS = frozenset("working contact expert experts steering consultative joint bilateral trilateral".split())
_TOPIC_LINKS = frozenset(("on", "for"))
_TOPIC_WORDS = frozenset(("and", "of", "the", "&", ","))
_LONGEST_TOPIC = 12


class Group(NamedTuple):
    """Tokens [first, stop) name a group."""

    first: int
    stop: int
    rule: str


def names_group(name: str) -> bool:
    """Whether ``name`` is a working group, a delegation, or a set of states that acts together."""
    return name in entries("known-groups.txt") or _group_words().search(name) is not None


@cache
def _group_words() -> re.Pattern[str]:
    heads = sorted(entries("group-heads.txt"), key=lambda head: (-len(head), head))
    return re.compile(rf"\b(?:{'|'.join(heads)})\b", re.IGNORECASE)


def find_groups(document: Document, names: "Sequence[Name]", countries: Countries, places: Places) -> list[Group]:
    """Groups that two states share, whatever the tagger made of their words, then other tagged names of groups; ascending."""
    telling = places.of(_TELLING_WORDS)
    if not telling:
        return []
    found = _bilateral_groups(document.words, countries, telling)
    taken = {token for group in found for token in range(group.first, group.stop)}
    name_at = {token: name for name in names for token in range(name.first, name.stop)}
    for name in filter(None, map(name_at.get, telling)):
        if name.kind == "person" or name.first in taken:
            continue
        text = " ".join(document.span(name.first, name.stop).of(document.text).split())
        if names_group(text) and "delegation" not in text.lower():
            taken.add(name.first)
            found.append(Group(name.first, _topic_stop(document.words, name.stop), "tagged-group"))
    return sorted(found)


def _telling() -> set[str]:
    """Words without one of which no name is a group, and no two countries share one."""
    heads = {head.split()[-1] for head in entries("group-heads.txt")}
    return in_any_case(heads | _HEADS) | {words_of(name)[0] for name in entries("known-groups.txt")}


_TELLING_WORDS = Trigger(_telling)


def _bilateral_groups(words: list[str], countries: Countries, heads: list[int]) -> list[Group]:
    found = []
    for head in heads:
        if head and words[head - 1].lower() in _MODIFIERS and words[head].lower() in _HEADS:
            first = _pair_start(words, countries, head)
            if first is not None:
                found.append(Group(first, _topic_stop(words, head + 1), "bilateral-group"))
    return found


def _pair_start(words: list[str], countries: Countries, head: int) -> int | None:
    """Where "Russia-United States Working" begins; None without two countries joined by a hyphen."""
    first = head
    while first and words[first - 1].lower() in _MODIFIERS:
        first -= 1
    second = countries.up_to(first)
    if second is None or second.first < 2 or words[second.first - 1] not in ("-", "–"):
        return None
    other = countries.up_to(second.first - 1)
    return other.first if other else None


def _topic_stop(words: list[str], stop: int) -> int:
    """Over "on Space Security": a topic in capitals."""
    if stop + 1 >= len(words) or words[stop] not in _TOPIC_LINKS or not words[stop + 1][0].isupper():
        return stop
    i = stop + 1
    while i < len(words) and i - stop < _LONGEST_TOPIC and (words[i][0].isupper() or words[i] in _TOPIC_WORDS):
        i += 1
    while words[i - 1] in _TOPIC_WORDS:
        i -= 1
    return i
