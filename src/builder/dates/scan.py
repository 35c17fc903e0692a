"""Where a text matches the patterns: tokens in, matches out, no date resolved yet."""

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from builder.dates import words
from builder.dates.patterns import FIRST_CHARACTER, Rule, anchors, rules_by_start
from builder.document import Document

REACH_BACK = 8
REACH_ON = 16
"""Tokens before and after an anchor within which a match with its context must lie: work is bounded for each anchor."""


class Match(NamedTuple):
    """A rule that matched tokens ``first`` to ``stop - 1``; ``groups`` are token ranges by name of class."""

    document: Document
    rule: Rule
    first: int
    stop: int
    groups: dict[str, tuple[int, int]]

    def has(self, name: str) -> bool:
        return name in self.groups

    def tokens(self, name: str) -> list[str]:
        first, stop = self.groups[name]
        return self.document.words[first:stop]

    def value(self, name: str) -> str | None:
        """The value that the lexicon gives the words of a class; None where the match holds none of that class."""
        return words.value(name, " ".join(self.tokens(name))) if name in self.groups else None

    def any_value(self, *names: str) -> str | None:
        """The value of the first of these classes that the match holds."""
        return next((self.value(name) for name in names if name in self.groups), None)

    def says(self, *wanted: str) -> bool:
        """Whether one of these words stands in the span."""
        return any(word.lower() in wanted for word in self.document.words[self.first : self.stop])


@cache
def _anchor_codes() -> frozenset[int]:
    return frozenset((ord(character) - FIRST_CHARACTER) // 2 for character in anchors())


def is_anchor(word: str) -> int:
    """Whether a word is one without which no rule matches."""
    return words.code(word) in _anchor_codes()


def _as_characters(document: Document) -> str:
    """The text in the alphabet of the patterns, one character a token."""
    characters = FIRST_CHARACTER + 2 * document.values(words.code)
    characters[1:] += document.start_array[1:] == document.end_array[:-1]
    return characters.astype("<u2").tobytes().decode("utf-16-le")


def find_matches(document: Document) -> list[Match]:
    """Matches in the order of the text, none overlapping another."""
    anchors_here = document.where(is_anchor)
    if not anchors_here:
        return []
    characters = _as_characters(document)
    line_starts = document.line_starts
    found: list[Match] = []
    free = 0
    for anchor in anchors_here:
        line = bisect_right(line_starts, anchor)
        begin = max(line_starts[line - 1], anchor - REACH_BACK)
        end = min(line_starts[line] if line < len(line_starts) else len(characters), anchor + REACH_ON)
        while match := _widest(document, characters, begin, anchor, end, free):
            free = match.stop
            if match.rule.meaning != "none":
                found.append(match)
    return found


def _widest(document: Document, characters: str, begin: int, anchor: int, end: int, free: int) -> Match | None:
    """The match over ``anchor`` whose span, from ``free`` on, begins first, and of those the longest."""
    best: tuple[tuple[int, int, int], Rule, re.Match[str]] | None = None
    table = rules_by_start()
    for start in range(begin, anchor + 1):
        if best and best[0][0] < start:
            break
        for rule in table.get(characters[start], ()):
            match = rule.regex.match(characters, start, end)
            if match is None or match.end() <= anchor:
                continue
            first, stop = match.span("span")
            rank = first, -stop, rule.order
            if first >= free and (best is None or rank < best[0]):
                best = rank, rule, match
    if best is None:
        return None
    _, rule, match = best
    return Match(document, rule, *match.span("span"), _groups(match))


def _groups(match: re.Match[str]) -> dict[str, tuple[int, int]]:
    """Token ranges by name of class; of several of one class the first counts, and those in the span before those around it."""
    first, stop = match.span("span")
    found = [(name.rsplit("_", 1)[0], match.span(name)) for name in match.re.groupindex if match.start(name) >= 0]
    found.sort(key=lambda group: not first <= group[1][0] < stop)
    return {name: span for name, span in reversed(found)}
