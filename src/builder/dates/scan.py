"""Where a text matches the patterns: tokens in, matches out, no date resolved yet."""

from collections.abc import Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from builder.dates import words
from builder.dates.patterns import Capture, Rule, Step
from builder.dates.runs import candidates, character_sets, runs_of
from builder.document import Document

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
        if name not in self.groups:
            return None
        said = self.tokens(name)
        return words.value(name, said[0] if len(said) == 1 else " ".join(said))

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


def find_matches(documents: Sequence[Document]) -> list[list[Match]]:
    """Of each document the matches in their order, none overlapping another and none crossing a line feed."""
    if not documents:
        return []
    matches: list[list[Match]] = [[] for _ in documents]
    characters, begins, stops, numbers, firsts = runs_of(documents)
    for begin, stop, number in zip(begins, stops, numbers, strict=True):
        found = _found[characters[begin:stop]]
        if found:
            document, at = documents[number], begin - firsts[number]
            matches[number] += [Match(document, rule, at + first, at + last, at, groups) for rule, first, last, groups in found]
    return matches


class _FoundInRun(dict[str, list[Found]]):
    """What is found in a run of characters, remembered for those that were met."""

    def __missing__(self, characters: str) -> list[Found]:
        found = _search(characters)
        if len(characters) <= _LONGEST_KEPT and len(self) < _MOST_KEPT:
            self[characters] = found
        return found


_found = _FoundInRun()


def _search(characters: str) -> list[Found]:
    """What is found in a run: of the spans that overlap the one that begins first, then the longest, then the first rule's."""
    sets = character_sets()
    tokens = [*(sets[character] for character in characters), 0]
    matches = []
    for start, rule in candidates(characters):
        path = rule.path(tokens, start)
        if path:
            in_span = [step.in_span for step in path]
            first = start + in_span.index(True)
            matches.append((first, -first - in_span.count(True), rule.order, start, rule, path))
    matches.sort(key=itemgetter(0, 1, 2, 3))
    found = []
    free = 0
    for first, minus_stop, _, start, rule, path in matches:
        if first >= free:
            free = -minus_stop
            if rule.meaning != "none":
                found.append(Found(rule, first, free, _groups(path, start)))
    return found


def _groups(path: list[Step], start: int) -> dict[str, TokenRange]:
    """Token ranges by name of class; of several of one class the first counts, and those in the span before those around it."""
    captured: dict[Capture, TokenRange] = {}
    for at, step in enumerate(path, start):
        if step.capture:
            begin, _ = captured.get(step.capture, (at, at))
            captured[step.capture] = begin, at + 1
    groups: dict[str, TokenRange] = {}
    for capture in sorted(captured, key=attrgetter("in_span"), reverse=True):
        groups.setdefault(capture.name, captured[capture])
    return groups
