"""The pattern language of ``lexicon/date-patterns.tsv``, read into steps from token to token.

Each token of a text is one character of an alphabet: what the lexicon says of its word (the classes it is in, the literals
it is), and whether white space stands before it. A step of a pattern takes one token whose character is among its own.

    word       that word in any case            Word     that word with a capital
    CLASS      a word (or words) of a class of ``date-words.tsv``; captured under the class's name if it has values
    MACRO      a pattern of ``date-macros.tsv``, put in its place; captured as a whole if that says so
    a b        a, then b                        a | b    a or b, whichever of them fits first
    a ?        a or, if that does not fit, nothing
    ( )        grouping                         ~a       a, with no white space before
    !a         not a here (takes no token)      x < a > y  a, where x stands before it and y after it
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from builder.errors import LexiconError
from builder.extraction.dates import words
from builder.knowledge.lexicon import rows

Characters = int
"""A set of characters of the alphabet, as the bits of a number."""


class Steps(NamedTuple):
    """Of which the first that fits, and after which the rest fits, is taken."""

    steps: tuple["Step", ...]
    first: Characters
    """What the next token can be, among it what is denied there."""


class Capture:
    """What stands for a class or macro at one place of a pattern, in its expression or in what stands around that."""

    __slots__ = ("in_span", "name")

    def __init__(self, name: str, in_span: bool) -> None:
        self.name = name
        self.in_span = in_span


class Step:
    """Takes a token among ``characters`` and goes on with ``next``; without characters it starts a pattern, ends one, or goes on
    only if what comes after the step ``denied`` does not fit.
    """

    __slots__ = ("after", "capture", "characters", "denied", "in_span", "next")

    def __init__(self, characters: Characters, next: Steps, where: "_Where", denied: "Step | None" = None) -> None:
        self.characters = characters
        self.next = next
        self.in_span, self.capture = where
        self.denied = denied
        self.after: dict[str, tuple[Step, ...]] = {}
        """Those of ``next`` that may fit, by the characters that were met after this one."""

    def fitting(self, character: str) -> "tuple[Step, ...]":
        """Those of ``next`` that take the character, or no token at all."""
        token = 1 << ord(character)
        found = tuple(step for step in self.next.steps if not step.characters or step.characters & token)
        self.after[character] = found
        return found


class _Where(NamedTuple):
    """Whether a step is part of the expression or of what stands around it, and what captures its token."""

    in_span: bool
    capture: Capture | None = None


_AROUND = _Where(in_span=False)
_NOTHING = Steps((), 0)
END = Step(0, _NOTHING, _AROUND)
"""Ends a pattern."""
_ONLY_END = Steps((END,), 0)


def lasts(steps: Steps) -> Characters:
    """What the next token can be if a pattern can end after it."""
    found = 0
    for step in steps.steps:
        if any(after is END or (after.denied and END in after.next.steps) for after in step.next.steps):
            found |= step.characters
    return found


@dataclass(frozen=True, eq=False)
class Rule:
    """One line of ``date-patterns.tsv``."""

    order: int
    name: str
    meaning: str
    parameter: str
    start: Step
    """Before the first token."""
    required: Characters
    """Of which every match holds one."""

    def path(self, characters: str, at: int) -> list[Step]:
        """The steps that take the tokens from ``at`` on, the first way that fits; empty if none does.

        After the ``characters`` of a text's tokens stands the one of words that no pattern knows.
        """
        taken: list[Step] = []
        _goes_on(self.start, characters, at, taken)
        return taken


def _goes_on(step: Step, characters: str, at: int, taken: list[Step]) -> bool:
    """Whether what comes after a step fits; ``taken`` are then all steps that took a token."""
    character = characters[at]
    after = step.after.get(character)
    for following in step.fitting(character) if after is None else after:
        if following.characters:
            taken.append(following)
            if _goes_on(following, characters, at + 1, taken):
                return True
            taken.pop()
        elif following.denied is None or (
            not _goes_on(following.denied, characters, at, []) and _goes_on(following, characters, at, taken)
        ):
            return True
    return False


class _Token(NamedTuple):
    """One token among characters."""

    required: Characters

    def before(self, rest: Steps, where: _Where) -> Steps:
        """The steps of this and then of the rest."""
        return Steps((Step(self.required, rest, where),), self.required)


class _Sequence:
    required: Characters

    def __init__(self, parts: "list[_Pattern]") -> None:
        self.parts = parts[::-1]
        self.required = next((part.required for part in self.parts if part.required), 0)

    def before(self, rest: Steps, where: _Where) -> Steps:
        for part in self.parts:
            rest = part.before(rest, where)
        return rest


class _Choice:
    required: Characters

    def __init__(self, parts: "list[_Pattern]") -> None:
        self.parts = parts
        self.required = reduce(or_, (part.required for part in parts)) if all(part.required for part in parts) else 0

    def before(self, rest: Steps, where: _Where) -> Steps:
        parts = [part.before(rest, where) for part in self.parts]
        return Steps(tuple(step for part in parts for step in part.steps), reduce(or_, (part.first for part in parts)))


class _Maybe(NamedTuple):
    part: "_Pattern"
    required: Characters = 0

    def before(self, rest: Steps, where: _Where) -> Steps:
        steps, first = self.part.before(rest, where)
        return Steps(steps + rest.steps, first | rest.first)


class _Denied(NamedTuple):
    part: "_Pattern"
    required: Characters = 0

    def before(self, rest: Steps, where: _Where) -> Steps:
        denied = self.part.before(_ONLY_END, where)
        return Steps((Step(0, rest, where, Step(0, denied, where)),), denied.first | rest.first)


class _Captured(NamedTuple):
    """A class or macro; what stands within one is not captured again."""

    name: str
    part: "_Pattern"

    @property
    def required(self) -> Characters:
        return self.part.required

    def before(self, rest: Steps, where: _Where) -> Steps:
        captured = _Where(where.in_span, where.capture or Capture(self.name, where.in_span))
        return self.part.before(rest, captured)


class _Span(NamedTuple):
    """The expression, without the words around it."""

    part: "_Pattern"

    @property
    def required(self) -> Characters:
        return self.part.required

    def before(self, rest: Steps, _: _Where) -> Steps:
        return self.part.before(rest, _Where(in_span=True))


_Pattern = _Token | _Sequence | _Choice | _Maybe | _Denied | _Captured | _Span


def _sequence(parts: list[_Pattern]) -> _Pattern:
    return parts[0] if len(parts) == 1 else _Sequence(parts)


def _choice(parts: Iterable[_Pattern]) -> _Pattern:
    """One of the parts, those of one token each that stand side by side as one."""
    merged: list[_Pattern] = []
    for part in parts:
        if merged and isinstance(part, _Token) and isinstance(merged[-1], _Token):
            merged[-1] = _Token(merged[-1].required | part.required)
        else:
            merged.append(part)
    return merged[0] if len(merged) == 1 else _Choice(merged)


@cache
def _one_of(symbol: str, glued_only: bool) -> _Pattern:
    """One token that has a symbol; see :func:`words.code`."""
    numbers = words.numbers_with(symbol, glued_only)
    if not numbers:
        raise LexiconError(f"lexicon/date-patterns.tsv: no word is {symbol!r}")
    return _Token(sum(1 << number for number in numbers))


class _Parser:
    """Recursive descent over the pieces of one pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._pieces = list(words.pieces_of(pattern))

    def parse(self) -> _Pattern:
        before = self._choice_until("<") if "<" in self._pieces else None
        span = self._choice_until(">" if ">" in self._pieces else "")
        after = self._choice_until("") if ">" in self.pattern else None
        return _sequence([part for part in (before, _Span(span), after) if part])

    def parse_macro(self) -> _Pattern:
        return self._choice_until("")

    def _choice_until(self, end: str) -> _Pattern:
        part = self._choice()
        if (self._pieces.pop(0) if self._pieces else "") != end:
            raise LexiconError(f"lexicon/date-patterns.tsv: cannot read {self.pattern!r}")
        return part

    def _choice(self) -> _Pattern:
        parts = [_sequence(list(self._items()))]
        while self._pieces[:1] == ["|"]:
            self._pieces.pop(0)
            parts.append(_sequence(list(self._items())))
        return _choice(parts)

    def _items(self) -> Iterator[_Pattern]:
        while self._pieces and self._pieces[0] not in "|)<>":
            item = self._atom(self._pieces.pop(0), glued_only=False)
            if self._pieces[:1] == ["?"]:
                self._pieces.pop(0)
                item = _Maybe(item)
            yield item

    def _atom(self, piece: str, glued_only: bool) -> _Pattern:
        if piece == "(":
            return self._choice_until(")")
        if piece == "~":
            return self._atom(self._pieces.pop(0), glued_only=True)
        if piece == "!":
            return _Denied(self._atom(self._pieces.pop(0), glued_only=False))
        if piece in _macros():
            return _macro(piece)
        if piece.isupper() and len(piece) > 1:
            return _class(piece, glued_only)
        return _one_of(words.literal(piece), glued_only)


@cache
def _class(name: str, glued_only: bool) -> _Pattern:
    parts = [_sequence([_one_of(words.literal(word), False) for word in entry]) for entry in words.sequences(name)]
    if words.numbers_with(name, glued_only) or not parts:
        parts.append(_one_of(name, glued_only))
    return _Captured(name, _choice(parts)) if words.has_values(name) else _choice(parts)


@cache
def _macros() -> dict[str, dict[str, str]]:
    return {row["macro"]: row for row in rows("date-macros.tsv")}


@cache
def _macro(name: str) -> _Pattern:
    macro = _macros()[name]
    pattern = _Parser(macro["pattern"]).parse_macro()
    return _Captured(name, pattern) if macro["captured"] == "yes" else pattern


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file. Raises LexiconError for a pattern that cannot be read."""
    return tuple(_rule(order, row) for order, row in enumerate(rows("date-patterns.tsv")))


def _rule(order: int, row: dict[str, str]) -> Rule:
    pattern = _Parser(row["pattern"]).parse()
    steps = pattern.before(_ONLY_END, _AROUND)
    if END in steps.steps or not pattern.required:
        raise LexiconError(f"lexicon/date-patterns.tsv: {row['pattern']!r} can match nothing, or no word of its own")
    meaning, _, parameter = row["meaning"].partition(" ")
    return Rule(order, row["rule"], meaning, parameter, Step(0, steps, _AROUND), pattern.required)


def links() -> dict[Characters, Characters]:
    """The characters that steps of all rules take -> those that can come after."""
    found: dict[Characters, Characters] = {}
    waiting = [rule.start.next for rule in rules()]
    seen = set(map(id, waiting))
    while waiting:
        for step in waiting.pop().steps:
            found[step.characters] = found.get(step.characters, 0) | step.next.first
            for steps in (step.next, step.denied.next if step.denied else _NOTHING):
                if id(steps) not in seen:
                    seen.add(id(steps))
                    waiting.append(steps)
    return found
