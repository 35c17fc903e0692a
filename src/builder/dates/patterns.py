"""The pattern language of ``lexicon/date-patterns.tsv``, compiled to regular expressions over tokens.

Each token of a text is one character of an alphabet: what the lexicon says of its word (the classes it is in, the literals
it is), and whether white space stands before it. A pattern is then an ordinary regular expression, one character a token.

    word       that word in any case            Word     that word with a capital
    CLASS      a word (or words) of a class of ``date-words.tsv``; captured under the class's name
    MACRO      a pattern of ``date-macros.tsv``, put in its place
    a b        a, then b                        a | b    a or b
    a ?        a or nothing                     ( )      grouping
    ~a         a, with no white space before    !a       not a here (takes no token)
    x < a > y  a, where x stands before it and y after it
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from builder.dates import words
from builder.errors import LexiconError
from builder.lexicon import rows

FIRST_CHARACTER = 0xE000


class Rule(NamedTuple):
    """One line of ``date-patterns.tsv``, compiled. ``starts`` and ``anchor`` are sets of characters of the alphabet."""

    order: int
    name: str
    meaning: str
    parameter: str
    regex: re.Pattern[str]
    starts: frozenset[str]
    anchor: frozenset[str]


class _Fragment(NamedTuple):
    """A piece of a regular expression: the characters it can begin with, and some of which one is in every match."""

    regex: str
    starts: frozenset[str]
    may_be_empty: bool
    anchor: frozenset[str] | None


def _characters(symbol: str, glued_only: bool) -> frozenset[str]:
    """The characters of all tokens that have a symbol; see :func:`words.codes`."""
    found = words.codes_with(symbol)
    if not found:
        raise LexiconError(f"lexicon/date-patterns.tsv: no word is {symbol!r}")
    return frozenset(chr(FIRST_CHARACTER + 2 * code + glued) for code in found for glued in ((1,) if glued_only else (0, 1)))


def _one_of(characters: frozenset[str]) -> _Fragment:
    return _Fragment(f"[{''.join(sorted(characters))}]", characters, False, characters)


def _sequence(parts: list[_Fragment]) -> _Fragment:
    starts: frozenset[str] = frozenset()
    for part in parts:
        starts |= part.starts
        if not part.may_be_empty:
            break
    anchors = [part.anchor for part in parts if part.anchor]
    regex = "".join(part.regex for part in parts)
    return _Fragment(regex, starts, all(part.may_be_empty for part in parts), min(anchors, key=_commonness, default=None))


def _choice(parts: list[_Fragment]) -> _Fragment:
    if len(parts) == 1:
        return parts[0]
    starts: frozenset[str] = frozenset().union(*(part.starts for part in parts))
    anchors = [part.anchor for part in parts if part.anchor]
    anchor: frozenset[str] | None = frozenset().union(*anchors) if len(anchors) == len(parts) else None
    regex = f"(?:{'|'.join(part.regex for part in parts)})"
    return _Fragment(regex, starts, any(part.may_be_empty for part in parts), anchor)


@cache
def _common_characters() -> frozenset[str]:
    return _characters("COMMON", False)


def _commonness(anchor: frozenset[str]) -> tuple[int, int]:
    return len(anchor & _common_characters()), len(anchor)


class _Parser:
    """Recursive descent over the pieces of one pattern; group names are numbered so that a class may stand twice."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.pieces = words.PIECE.findall(pattern)
        self.groups = 0

    def parse(self) -> _Fragment:
        before = self._choice_until("<") if "<" in self.pieces else None
        span = self._choice_until(">" if ">" in self.pieces else "")
        after = self._choice_until("") if ">" in self.pattern else None
        span = span._replace(regex=f"(?P<span>{span.regex})")
        return _sequence([part for part in (before, span, after) if part])

    def _choice_until(self, end: str) -> _Fragment:
        fragment = self._choice()
        if (self.pieces.pop(0) if self.pieces else "") != end:
            raise LexiconError(f"lexicon/date-patterns.tsv: cannot read {self.pattern!r}")
        return fragment

    def _choice(self) -> _Fragment:
        parts = [_sequence(list(self._items()))]
        while self.pieces[:1] == ["|"]:
            self.pieces.pop(0)
            parts.append(_sequence(list(self._items())))
        return _choice(parts)

    def _items(self) -> Iterator[_Fragment]:
        while self.pieces and self.pieces[0] not in "|)<>":
            item = self._atom(self.pieces.pop(0), glued_only=False)
            if self.pieces[:1] == ["?"]:
                self.pieces.pop(0)
                item = _Fragment(f"(?:{item.regex})?", item.starts, True, None)
            yield item

    def _atom(self, piece: str, glued_only: bool) -> _Fragment:
        if piece == "(":
            return self._choice_until(")")
        if piece == "~":
            return self._atom(self.pieces.pop(0), glued_only=True)
        if piece == "!":
            return _Fragment(f"(?!{self._atom(self.pieces.pop(0), False).regex})", frozenset(), True, None)
        if piece in _macros():
            self.pieces = ["(", *words.PIECE.findall(_macros()[piece]), ")", *self.pieces]
            return self._captured(piece, self._atom(self.pieces.pop(0), glued_only))
        if piece.isupper() and len(piece) > 1:
            return self._class(piece, glued_only)
        return _one_of(_characters(words.literal(piece), glued_only))

    def _class(self, name: str, glued_only: bool) -> _Fragment:
        sequences = sorted(words.sequences(name), key=len, reverse=True)
        parts = [_sequence([_one_of(_characters(words.literal(word), False)) for word in entry]) for entry in sequences]
        if words.codes_with(name) or not parts:
            parts.append(_one_of(_characters(name, glued_only)))
        return self._captured(name, _choice(parts))

    def _captured(self, name: str, fragment: _Fragment) -> _Fragment:
        self.groups += 1
        return fragment._replace(regex=f"(?P<{name}_{self.groups}>{fragment.regex})")


@cache
def _macros() -> dict[str, str]:
    return {row["macro"]: row["pattern"] for row in rows("date-macros.tsv")}


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file. Raises LexiconError for a pattern that cannot be read."""
    return tuple(_rule(order, row) for order, row in enumerate(rows("date-patterns.tsv")))


def _rule(order: int, row: dict[str, str]) -> Rule:
    fragment = _Parser(row["pattern"]).parse()
    if fragment.anchor is None or fragment.may_be_empty:
        raise LexiconError(f"lexicon/date-patterns.tsv: {row['pattern']!r} can match nothing")
    meaning, _, parameter = row["meaning"].partition(" ")
    return Rule(order, row["rule"], meaning, parameter, re.compile(fragment.regex), fragment.starts, fragment.anchor)


@cache
def rules_by_start() -> dict[str, tuple[Rule, ...]]:
    """For each character of the alphabet, the rules whose match can begin with it."""
    table: dict[str, list[Rule]] = {}
    for rule in rules():
        for character in sorted(rule.starts):
            table.setdefault(character, []).append(rule)
    return {character: tuple(found) for character, found in table.items()}


@cache
def anchors() -> frozenset[str]:
    """Characters of which every match of any rule holds at least one."""
    return frozenset().union(*(rule.anchor for rule in rules()))
