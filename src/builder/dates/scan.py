"""Where a text matches the patterns: tokens in, matches out, no date resolved yet."""

import re
from bisect import bisect_right
from typing import NamedTuple

from builder.dates import words
from builder.dates.candidates import UNKNOWN, anchor_flags, anchors_of, rules_from
from builder.dates.patterns import FIRST_CHARACTER, Rule
from builder.document import Document, Ints

REACH_BACK = 8
REACH_ON = 16
"""Tokens before and after an anchor within which a match with its context must lie: work is bounded for each anchor."""

_LONGEST_KEPT = 32
_MOST_KEPT = 1 << 15
"""Tokens of a run, and runs, of which the matches are remembered: a run is seldom new, and memory stays bounded."""

TokenRange = tuple[int, int]


class Found(NamedTuple):
    """What a rule matched in a run of tokens; ``groups`` are ranges by name of class. Places count from the run's first."""

    rule: Rule
    first: int
    stop: int
    groups: dict[str, TokenRange]


class Match(NamedTuple):
    """A rule that matched tokens ``first`` to ``stop - 1``; the ranges of ``groups`` count from token ``begin``."""

    document: Document
    rule: Rule
    first: int
    stop: int
    begin: int
    groups: dict[str, TokenRange]

    def has(self, name: str) -> bool:
        return name in self.groups

    def tokens(self, name: str) -> list[str]:
        first, stop = self.groups[name]
        return self.document.words[self.begin + first : self.begin + stop]

    def value(self, name: str) -> str | None:
        """The value that the lexicon gives the words of a class; None where the match holds none of that class."""
        return words.value(name, " ".join(self.tokens(name))) if name in self.groups else None

    def any_value(self, *names: str) -> str | None:
        """The value of the first of these classes that the match holds."""
        for name in names:
            if name in self.groups:
                return self.value(name)
        return None

    def previous_word(self) -> str:
        """The word before the span in lower case, "" if there is none."""
        return self.document.words[self.first - 1].lower() if self.first else ""

    def next_word(self) -> str:
        """The word after the span as it is written, "" if there is none."""
        return "".join(self.document.words[self.stop : self.stop + 1])

    def says(self, *wanted: str) -> bool:
        """Whether one of these words stands in the span."""
        return any(word.lower() in wanted for word in self.document.words[self.first : self.stop])


def find_matches(document: Document) -> list[Match]:
    """Matches in the order of the text, none overlapping another.

    None crosses a line feed or a word that no pattern knows, so each lies in a run of tokens between two of these.
    """
    codes = _codes(document)
    anchors: list[int] = anchor_flags()[codes].nonzero()[0].tolist()
    if not anchors:
        return []
    characters = (FIRST_CHARACTER + codes).astype("<u2").tobytes().decode("utf-16-le")
    lines = [*document.line_starts, len(codes)]
    found: list[Match] = []
    end = 0
    for anchor in anchors:
        if anchor < end:
            continue
        line = bisect_right(lines, anchor)
        begin = max(lines[line - 1], end, characters.rfind(UNKNOWN, max(lines[line - 1], end), anchor) + 1)
        end = characters.find(UNKNOWN, anchor, lines[line])
        end = lines[line] if end < 0 else end
        for rule, first, stop, groups in _runs[characters[begin:end]]:
            found.append(Match(document, rule, begin + first, begin + stop, begin, groups))
    return found


def _codes(document: Document) -> Ints:
    """The characters of the text's tokens, counted from FIRST_CHARACTER."""
    codes = 2 * document.values(words.code)
    codes[1:] += (document.start_array[1:] == document.end_array[:-1]) & (codes[1:] != 0)
    return codes


class _Runs(dict[str, list[Found]]):
    """What is found in a run of characters, remembered for those that were met."""

    def __missing__(self, run: str) -> list[Found]:
        found = _search(run)
        if len(run) <= _LONGEST_KEPT and len(self) < _MOST_KEPT:
            self[run] = found
        return found


_runs = _Runs()


def _search(run: str) -> list[Found]:
    """What is found in a run of characters.

    A match that begins at or before an anchor and goes beyond it was found at that anchor, so no token is begun at twice.
    """
    rules = rules_from(run)
    found: list[Found] = []
    free = untried = 0
    for anchor in anchors_of(run):
        if anchor < free:
            continue
        begin = max(anchor - REACH_BACK, untried)
        untried = anchor + 1
        starts = [(start, rules[start]) for start in range(begin, untried) if rules[start]]
        end = min(len(run), anchor + REACH_ON)
        while best := _widest(starts, run, (anchor, end), free):
            rule, match = best
            first, free = match.span(rule.span_group)
            if rule.meaning != "none":
                found.append(Found(rule, first, free, _groups(rule, match)))
            if free >= end:
                break
    return found


def _widest(
    starts: list[tuple[int, tuple[Rule, ...]]], characters: str, window: tuple[int, int], free: int
) -> tuple[Rule, re.Match[str]] | None:
    """The match over an anchor whose span, from ``free`` on, begins first; of several the longest, then the first in the file.

    ``window`` is the anchor and the end of what may be matched. Behind an anchor that a match has taken, only rules that
    look back can match.
    """
    anchor, end = window
    best: tuple[Rule, re.Match[str]] | None = None
    lowest = end, 0, 0
    for start, rules in starts:
        if lowest[0] < start:
            break
        for rule in rules:
            if free > anchor and not rule.has_context:
                continue
            match = rule.regex.match(characters, start, end)
            if match is None or match.end() <= anchor:
                continue
            first, stop = match.span(rule.span_group)
            rank = first, -stop, rule.order
            if first >= free and rank < lowest:
                lowest, best = rank, (rule, match)
    return best


def _groups(rule: Rule, match: re.Match[str]) -> dict[str, TokenRange]:
    """Token ranges by name of class; of several of one class the first counts, and those in the span before those around it."""
    first, stop = match.span(rule.span_group)
    inside: dict[str, TokenRange] = {}
    around: dict[str, TokenRange] = {}
    for number, name in rule.captures:
        found = match.regs[number]
        if found[0] >= 0:
            (inside if first <= found[0] < stop else around).setdefault(name, found)
    return around | inside
