"""Where a text matches the patterns: tokens in, matches out, no date resolved yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from builder.dates import words
from builder.dates.patterns import Capture, Rule, Step
from builder.dates.runs import candidates, character_sets, runs_of
from builder.document import Document
from builder.tuples import make_all

_LONGEST_KEPT = 32
_MOST_KEPT = 1 << 15
"""Tokens of a run, and runs, of which the matches are remembered: a run is seldom new, and memory stays bounded."""

TokenRange = tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """What a rule matched in a run of tokens: the expression at ``first`` to ``stop - 1``, with what stands around it at
    ``begin`` to ``end - 1``; ``groups`` are ranges by name of class. Places count from the run's first.
    """

    rule: Rule
    first: int
    stop: int
    begin: int
    end: int
    groups: dict[str, TokenRange]


class Phrase(NamedTuple):
    """What a rule says in certain words; all are in lower case."""

    rule: Rule
    said: dict[str, str]
    """By each class of words that it holds, the value that the lexicon gives those words."""
    tokens: dict[str, list[str]]
    mod: str | None
    words: list[str]


class Match(NamedTuple):
    """A phrase in a document, at tokens ``first`` to ``stop - 1``; see :class:`Phrase`."""

    document: Document
    first: int
    stop: int
    rule: Rule
    said: dict[str, str]
    tokens: dict[str, list[str]]
    mod: str | None
    words: list[str]

    def any_value(self, *names: str) -> str | None:
        """The value of the first of these classes that the match holds."""
        return _any_value(self.said, names)

    def previous_word(self) -> str:
        """The word before the span in lower case, "" if there is none."""
        return self.document.words[self.first - 1].lower() if self.first else ""

    def next_word(self) -> str:
        """The word after the span as it is written, "" if there is none."""
        return "".join(self.document.words[self.stop : self.stop + 1])

    def says(self, *wanted: str) -> bool:
        """Whether one of these words stands in the span."""
        return any(word in wanted for word in self.words)


def _any_value(said: dict[str, str], names: Iterable[str]) -> str | None:
    for name in names:
        if name in said:
            return said[name]
    return None


def find_matches(documents: Sequence[Document]) -> list[list[Match]]:
    """Of each document the matches in their order, none overlapping another and none crossing a line feed."""
    if not documents:
        return []
    matches: list[list[tuple[Any, ...]]] = [[] for _ in documents]
    characters, begins, stops, numbers, firsts = runs_of(documents)
    for begin, stop, number in zip(begins, stops, numbers, strict=True):
        for found in _found[characters[begin:stop]]:
            document, at = documents[number], begin - firsts[number]
            phrase = _phrases[found, *document.words[at + found.begin : at + found.end]]
            matches[number].append((document, at + found.first, at + found.stop, *phrase))
    return [make_all(Match, rows) for rows in matches]


class _PhraseOf(dict[tuple[Any, ...], Phrase]):
    """The phrase of what was found and the words it was found in, remembered for those that were met."""

    def __missing__(self, key: tuple[Any, ...]) -> Phrase:
        phrase = _phrase(*key)
        if len(self) < _MOST_KEPT:
            self[key] = phrase
        return phrase


def _phrase(found: Found, *written: str) -> Phrase:
    lower = [word.lower() for word in written]
    begin = found.begin
    tokens = {name: lower[first - begin : stop - begin] for name, (first, stop) in found.groups.items()}
    said = {name: words.value(name, " ".join(of_class)) for name, of_class in tokens.items()}
    return Phrase(found.rule, said, tokens, _any_value(said, _MODS), lower[found.first - begin : found.stop - begin])


_MODS = ("EDGE", "EARLY", "EARLIER", "APPROX", "NEARLY")
_phrases = _PhraseOf()


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
                found.append(Found(rule, first, free, start, start + len(path), _groups(path, start)))
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
