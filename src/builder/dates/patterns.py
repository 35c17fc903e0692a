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
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from builder.dates import words
from builder.errors import LexiconError
from builder.lexicon import rows

FIRST_CHARACTER = 0xE000
SPAN = "span"
"""The name of the group that is the expression without the words around it."""


class Shape(NamedTuple):
    """A regular expression with the names of its groups in order, and what its matches can be: their first and second
    characters, whether they can be empty or one character long, and characters of which each match holds at least one
    (None if there are no such).
    """

    regex: str
    names: tuple[str, ...] = ()
    starts: frozenset[str] = frozenset()
    seconds: frozenset[str] = frozenset()
    may_be_empty: bool = True
    may_be_single: bool = False
    anchor: frozenset[str] | None = None


@dataclass(frozen=True, eq=False)
class Rule:
    """One line of ``date-patterns.tsv``; its regular expression is compiled when it is first asked for."""

    order: int
    name: str
    meaning: str
    parameter: str
    has_context: bool
    shape: Shape

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.shape.regex)

    @cached_property
    def span_group(self) -> int:
        return self.shape.names.index(SPAN) + 1

    @cached_property
    def captures(self) -> tuple[tuple[int, str], ...]:
        """Groups of ``regex`` by number, with their class."""
        return tuple((number, name) for number, name in enumerate(self.shape.names, 1) if name != SPAN)


@cache
def _one_of(symbol: str, glued_only: bool) -> Shape:
    """One token that has a symbol; see :func:`words.code`."""
    found = words.codes_with(symbol)
    if not found:
        raise LexiconError(f"lexicon/date-patterns.tsv: no word is {symbol!r}")
    glued = (1,) if glued_only else (0, 1)
    characters = frozenset(chr(FIRST_CHARACTER + 2 * code + g) for code in found for g in glued)
    return Shape(f"[{''.join(sorted(characters))}]", (), characters, frozenset(), False, True, characters)


def _then(one: Shape, rest: Shape) -> Shape:
    """What ``one`` and then ``rest`` match."""
    none: frozenset[str] = frozenset()
    return Shape(
        regex=one.regex + rest.regex,
        names=one.names + rest.names,
        starts=one.starts | (rest.starts if one.may_be_empty else none),
        seconds=one.seconds | (rest.starts if one.may_be_single else none) | (rest.seconds if one.may_be_empty else none),
        may_be_empty=one.may_be_empty and rest.may_be_empty,
        may_be_single=(one.may_be_single and rest.may_be_empty) or (one.may_be_empty and rest.may_be_single),
        anchor=min((part.anchor for part in (one, rest) if part.anchor), key=_commonness, default=None),
    )


def _sequence(parts: list[Shape]) -> Shape:
    whole = Shape("")
    for part in reversed(parts):
        whole = _then(part, whole)
    return whole


def _choice(parts: list[Shape]) -> Shape:
    if len(parts) == 1:
        return parts[0]
    anchors = [part.anchor for part in parts if part.anchor]
    return Shape(
        regex=f"(?:{'|'.join(part.regex for part in parts)})",
        names=tuple(name for part in parts for name in part.names),
        starts=frozenset().union(*(part.starts for part in parts)),
        seconds=frozenset().union(*(part.seconds for part in parts)),
        may_be_empty=any(part.may_be_empty for part in parts),
        may_be_single=any(part.may_be_single for part in parts),
        anchor=frozenset().union(*anchors) if len(anchors) == len(parts) else None,
    )


def _captured(name: str, shape: Shape) -> Shape:
    return shape._replace(regex=f"({shape.regex})", names=(name, *shape.names))


@cache
def _commonness(anchor: frozenset[str]) -> int:
    """About how often one of these characters comes; a word glued to the one before it comes the more seldom."""
    places = [divmod(ord(character) - FIRST_CHARACTER, 2) for character in anchor]
    weights = words.weights()
    return sum(weights[code] // 10 if glued else weights[code] for code, glued in places)


class _Parser:
    """Recursive descent over the pieces of one pattern."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.pieces = words.PIECE.findall(pattern)

    def parse(self) -> Shape:
        before = self._choice_until("<") if "<" in self.pieces else None
        span = self._choice_until(">" if ">" in self.pieces else "")
        after = self._choice_until("") if ">" in self.pattern else None
        return _sequence([part for part in (before, _captured(SPAN, span), after) if part])

    def parse_macro(self) -> Shape:
        return self._choice_until("")

    def _choice_until(self, end: str) -> Shape:
        shape = self._choice()
        if (self.pieces.pop(0) if self.pieces else "") != end:
            raise LexiconError(f"lexicon/date-patterns.tsv: cannot read {self.pattern!r}")
        return shape

    def _choice(self) -> Shape:
        parts = [_sequence(list(self._items()))]
        while self.pieces[:1] == ["|"]:
            self.pieces.pop(0)
            parts.append(_sequence(list(self._items())))
        return _choice(parts)

    def _items(self) -> Iterator[Shape]:
        while self.pieces and self.pieces[0] not in "|)<>":
            item = self._atom(self.pieces.pop(0), glued_only=False)
            if self.pieces[:1] == ["?"]:
                self.pieces.pop(0)
                item = item._replace(regex=f"(?:{item.regex})?", may_be_empty=True, anchor=None)
            yield item

    def _atom(self, piece: str, glued_only: bool) -> Shape:
        if piece == "(":
            return self._choice_until(")")
        if piece == "~":
            return self._atom(self.pieces.pop(0), glued_only=True)
        if piece == "!":
            denied = self._atom(self.pieces.pop(0), glued_only=False)
            return Shape(f"(?!{denied.regex})", denied.names)
        if piece in _macros():
            return _macro(piece)
        if piece.isupper() and len(piece) > 1:
            return _class(piece, glued_only)
        return _one_of(words.literal(piece), glued_only)


@cache
def _class(name: str, glued_only: bool) -> Shape:
    sequences = sorted(words.sequences(name), key=len, reverse=True)
    parts = [_sequence([_one_of(words.literal(word), False) for word in entry]) for entry in sequences]
    if words.codes_with(name) or not parts:
        parts.append(_one_of(name, glued_only))
    return _captured(name, _choice(parts)) if words.has_values(name) else _choice(parts)


@cache
def _macros() -> dict[str, dict[str, str]]:
    return {row["macro"]: row for row in rows("date-macros.tsv")}


@cache
def _macro(name: str) -> Shape:
    macro = _macros()[name]
    shape = _Parser(macro["pattern"]).parse_macro()
    return _captured(name, shape) if macro["captured"] == "yes" else shape


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file. Raises LexiconError for a pattern that cannot be read."""
    return tuple(_rule(order, row) for order, row in enumerate(rows("date-patterns.tsv")))


def _rule(order: int, row: dict[str, str]) -> Rule:
    shape = _Parser(row["pattern"]).parse()
    if shape.anchor is None or shape.may_be_empty:
        raise LexiconError(f"lexicon/date-patterns.tsv: {row['pattern']!r} can match nothing")
    meaning, _, parameter = row["meaning"].partition(" ")
    return Rule(order, row["rule"], meaning, parameter, "<" in row["pattern"], shape)
