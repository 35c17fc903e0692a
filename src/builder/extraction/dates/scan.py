"""Where a text matches the patterns: tokens in, matches out, no date resolved yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from builder.extraction.dates import words
from builder.extraction.dates.patterns import Capture, Rule, Step
from builder.extraction.dates.runs import candidates, runs_of
from builder.text.document import Document

_LONGEST_KEPT = 32
_MOST_KEPT = 1 << 15
"""Tokens of a run, and runs, of which the matches are remembered: a run is seldom new, and memory stays bounded."""

TokenRange = tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """What a rule matched in a run of tokens: the expression at ``first`` to ``stop - 1``, with what stands around it at
    ``begin`` to ``end - 1``, counted from the run's first token; ``groups`` are ranges by name of class, from ``begin`` on.
    """

    rule: Rule
    first: int
    stop: int
    begin: int
    end: int
    groups: dict[str, TokenRange]


class Match(NamedTuple):
    """A rule that matched tokens ``first`` to ``stop - 1``."""

    document: Document
    first: int
    stop: int
    rule: Rule
    said: dict[str, str]
    """By each class of words that it holds, the value that the lexicon gives those words."""
    mod: str | None
    """Value of the words that modify what is said, such as "early"."""

    def any_value(self, *names: str) -> str | None:
        """The value of the first of these classes that the match holds."""
        said = self.said
        for name in names:
            if name in said:
                return said[name]
        return None

    def previous_word(self) -> str:
        """The word before the span in lower case, "" if there is none."""
        return self.document.words[self.first - 1].lower() if self.first else ""

    def next_word(self) -> str:
        """The word after the span as it is written, "" if there is none."""
        return "".join(self.document.words[self.stop : self.stop + 1])

    def words(self) -> list[str]:
        """The words of the span as they are written."""
        return self.document.words[self.first : self.stop]

    def says(self, *wanted: str) -> bool:
        """Whether one of these words stands in the span."""
        return any(word.lower() in wanted for word in self.document.words[self.first : self.stop])


def find_matches(documents: Sequence[Document]) -> list[list[Match]]:
    """Of each document the matches in their order, none overlapping another and none crossing a line feed."""
    if not documents:
        return []
    matches: list[list[tuple[Any, ...]]] = [[] for _ in documents]
    characters, begins, stops, numbers, firsts = runs_of(documents)
    for begin, stop, number in zip(begins, stops, numbers, strict=True):
        for found in _found[characters[begin:stop]]:
            document, at = documents[number], begin - firsts[number]
            said, mod = _said[found, *document.words[at + found.begin : at + found.end]] if found.groups else _NOTHING
            matches[number].append((document, at + found.first, at + found.stop, found.rule, said, mod))
    return [list(map(Match._make, rows)) for rows in matches]


Said = tuple[dict[str, str], str | None]
"""Of a match, ``said`` and ``mod``."""

_NOTHING: Said = {}, None


class _SaidIn(dict[tuple[Any, ...], Said]):
    """What is said by what was found in certain words, remembered for those that were met."""

    def __missing__(self, key: tuple[Any, ...]) -> Said:
        found, *written = key
        said = {name: words.value(name, " ".join(written[first:stop])) for name, (first, stop) in found.groups.items()}
        mods = said.keys() & _MODS
        result = said, next((said[name] for name in _MODS if name in mods), None) if mods else None
        if len(self) < _MOST_KEPT:
            self[key] = result
        return result


_MODS = dict.fromkeys(("EDGE", "EARLY", "EARLIER", "APPROX", "NEARLY")).keys()
_said = _SaidIn()


class _FoundInRun(dict[str, list[Found]]):
    """What is found in a run of characters, remembered for those that were met."""

    def __missing__(self, characters: str) -> list[Found]:
        found = _search(characters)
        if len(characters) <= _LONGEST_KEPT and len(self) < _MOST_KEPT:
            self[characters] = found
        return found


_found = _FoundInRun()


class _Candidate(NamedTuple):
    """The span ``[first, stop)`` of a match that begins at ``start``, with the steps of its rule."""

    first: int
    stop: int
    start: int
    rule: Rule
    path: list[Step]

    def rank(self) -> tuple[int, int, int, int]:
        return self.first, -self.stop, self.rule.order, self.start


def _search(characters: str) -> list[Found]:
    """What is found in a run: of the spans that overlap the one that begins first, then the longest, then the first rule's."""
    tokens = characters + words.UNKNOWN
    matches = []
    for start, rule in candidates(characters):
        path = rule.path(tokens, start)
        if path:
            in_span = [step.in_span for step in path]
            first = start + in_span.index(True)
            matches.append(_Candidate(first, first + in_span.count(True), start, rule, path))
    matches.sort(key=_Candidate.rank)
    found = []
    free = 0
    for first, stop, start, rule, path in matches:
        if first >= free:
            free = stop
            if rule.meaning != "none":
                found.append(Found(rule, first, stop, start, start + len(path), _groups(path)))
    return found


def _groups(path: list[Step]) -> dict[str, TokenRange]:
    """Token ranges by name of class; of several of one class the first counts, and those in the span before those around it."""
    captured: dict[Capture, TokenRange] = {}
    for at, step in enumerate(path):
        if step.capture:
            begin, _ = captured.get(step.capture, (at, at))
            captured[step.capture] = begin, at + 1
    groups: dict[str, TokenRange] = {}
    for capture in sorted(captured, key=attrgetter("in_span"), reverse=True):
        groups.setdefault(capture.name, captured[capture])
    return groups
