"""The pattern language of ``lexicon/date-patterns.tsv``, compiled to regular expressions over tokens.

Each token of a text is one character of an alphabet: what the lexicon says of its word (the classes it is in, the literals
it is), and whether white space stands before it. A pattern is then an ordinary regular expression, one character a token.

    word       that word in any case            Word     that word with a capital
    CLASS      a word (or words) of a class of ``date-words.tsv``; captured under the class's name if it has values
    MACRO      a pattern of ``date-macros.tsv``, put in its place; captured if that says so
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
    """One line of ``date-patterns.tsv``, compiled; ``captures`` are the groups of ``regex`` by number, with their class."""

    order: int
    name: str
    meaning: str
    parameter: str
    has_context: bool
    regex: re.Pattern[str]
    captures: tuple[tuple[int, str], ...]
    shape: "_Fragment"


class _Fragment(NamedTuple):
    """A piece of a regular expression and what its matches can be: their first and second characters, whether they can be
    empty or one character long, and characters of which each match holds at least one (None if there are no such).
    """

    regex: str
    starts: frozenset[str] = frozenset()
    seconds: frozenset[str] = frozenset()
    may_be_empty: bool = True
    may_be_single: bool = False
    anchor: frozenset[str] | None = None


def _characters(symbol: str, glued_only: bool) -> frozenset[str]:
    """The characters of all tokens that have a symbol; see :func:`words.code`."""
    found = words.codes_with(symbol)
    if not found:
        raise LexiconError(f"lexicon/date-patterns.tsv: no word is {symbol!r}")
    return frozenset(chr(FIRST_CHARACTER + 2 * code + glued) for code in found for glued in ((1,) if glued_only else (0, 1)))


def _one_of(characters: frozenset[str]) -> _Fragment:
    return _Fragment(f"[{''.join(sorted(characters))}]", characters, frozenset(), False, True, characters)


def _then(one: _Fragment, rest: _Fragment) -> _Fragment:
    """What ``one`` and then ``rest`` match."""
    none: frozenset[str] = frozenset()
    return _Fragment(
        regex=one.regex + rest.regex,
        starts=one.starts | (rest.starts if one.may_be_empty else none),
        seconds=one.seconds | (rest.starts if one.may_be_single else none) | (rest.seconds if one.may_be_empty else none),
        may_be_empty=one.may_be_empty and rest.may_be_empty,
        may_be_single=(one.may_be_single and rest.may_be_empty) or (one.may_be_empty and rest.may_be_single),
        anchor=min((part.anchor for part in (one, rest) if part.anchor), key=_commonness, default=None),
    )


def _sequence(parts: list[_Fragment]) -> _Fragment:
    whole = _Fragment("")
    for part in reversed(parts):
        whole = _then(part, whole)
    return whole


def _choice(parts: list[_Fragment]) -> _Fragment:
    if len(parts) == 1:
        return parts[0]
    anchors = [part.anchor for part in parts if part.anchor]
    return _Fragment(
        regex=f"(?:{'|'.join(part.regex for part in parts)})",
        starts=frozenset().union(*(part.starts for part in parts)),
        seconds=frozenset().union(*(part.seconds for part in parts)),
        may_be_empty=any(part.may_be_empty for part in parts),
        may_be_single=any(part.may_be_single for part in parts),
        anchor=frozenset().union(*anchors) if len(anchors) == len(parts) else None,
    )


def _commonness(anchor: frozenset[str]) -> int:
    """About how often one of these characters comes; a word glued to the one before it comes the more seldom."""
    places = [divmod(ord(character) - FIRST_CHARACTER, 2) for character in anchor]
    weights = words.weights()
    return sum(weights[code] // 10 if glued else weights[code] for code, glued in places)


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
                item = item._replace(regex=f"(?:{item.regex})?", may_be_empty=True, anchor=None)
            yield item

    def _atom(self, piece: str, glued_only: bool) -> _Fragment:
        if piece == "(":
            return self._choice_until(")")
        if piece == "~":
            return self._atom(self.pieces.pop(0), glued_only=True)
        if piece == "!":
            return _Fragment(f"(?!{self._atom(self.pieces.pop(0), False).regex})")
        if macro := _macros().get(piece):
            self.pieces = ["(", *words.PIECE.findall(macro["pattern"]), ")", *self.pieces]
            fragment = self._atom(self.pieces.pop(0), glued_only)
            return self._captured(piece, fragment) if macro["captured"] == "yes" else fragment
        if piece.isupper() and len(piece) > 1:
            return self._class(piece, glued_only)
        return _one_of(_characters(words.literal(piece), glued_only))

    def _class(self, name: str, glued_only: bool) -> _Fragment:
        sequences = sorted(words.sequences(name), key=len, reverse=True)
        parts = [_sequence([_one_of(_characters(words.literal(word), False)) for word in entry]) for entry in sequences]
        if words.codes_with(name) or not parts:
            parts.append(_one_of(_characters(name, glued_only)))
        return self._captured(name, _choice(parts)) if words.has_values(name) else _choice(parts)

    def _captured(self, name: str, fragment: _Fragment) -> _Fragment:
        self.groups += 1
        return fragment._replace(regex=f"(?P<{name}_{self.groups}>{fragment.regex})")


@cache
def _macros() -> dict[str, dict[str, str]]:
    return {row["macro"]: row for row in rows("date-macros.tsv")}


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file. Raises LexiconError for a pattern that cannot be read."""
    return tuple(_rule(order, row) for order, row in enumerate(rows("date-patterns.tsv")))


def _rule(order: int, row: dict[str, str]) -> Rule:
    shape = _Parser(row["pattern"]).parse()
    if shape.anchor is None or shape.may_be_empty:
        raise LexiconError(f"lexicon/date-patterns.tsv: {row['pattern']!r} can match nothing")
    meaning, _, parameter = row["meaning"].partition(" ")
    regex = re.compile(shape.regex)
    captures = tuple((number, name.rpartition("_")[0]) for name, number in regex.groupindex.items() if name != "span")
    return Rule(order, row["rule"], meaning, parameter, "<" in row["pattern"], regex, captures, shape)


class RuleTable(dict[str, tuple[Rule, ...]]):
    """The rules whose match can begin with two characters, or with the first and end there.

    Filled as such pairs are met, of which there are not many.
    """

    def __init__(self, chosen: tuple[Rule, ...]) -> None:
        self._by_start: dict[str, list[Rule]] = {}
        for rule in chosen:
            for character in rule.shape.starts:
                self._by_start.setdefault(character, []).append(rule)

    def __missing__(self, two: str) -> tuple[Rule, ...]:
        begun = self._by_start.get(two[0], [])
        found = self[two] = tuple(rule for rule in begun if rule.shape.may_be_single or two[1:] in rule.shape.seconds)
        return found


@cache
def all_rules() -> RuleTable:
    return RuleTable(rules())


@cache
def rules_with_context() -> RuleTable:
    """The rules that ask for words before the span: these can match once more beside what was found."""
    return RuleTable(tuple(rule for rule in rules() if rule.has_context))


@cache
def anchors() -> frozenset[str]:
    """Characters of which every match of any rule holds at least one."""
    return frozenset().union(*(rule.shape.anchor or () for rule in rules()))
