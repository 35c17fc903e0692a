"""The pattern language of ``lexicon/date-patterns.tsv``, compiled to regular expressions over tokens.

Each token of a text is one character of an alphabet: what the lexicon says of its word (the classes it is in, the literals
it is), and whether white space stands before it. A pattern is then an ordinary regular expression, one character a token.

    word       that word in any case            Word     that word with a capital
    CLASS      a word (or words) of a class of ``date-words.tsv``; captured under the class's name if it has values
    MACRO      a pattern of ``date-macros.tsv``, put in its place; captured as a whole if that says so
    a b        a, then b                        a | b    a or b
    a ?        a or nothing                     ( )      grouping
    ~a         a, with no white space before    !a       not a here (takes no token)
    x < a > y  a, where x stands before it and y after it
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from itertools import groupby
from operator import or_
from typing import NamedTuple

from builder.dates import words
from builder.errors import LexiconError
from builder.lexicon import rows

SPAN = "span"
"""The name of the group that is the expression without the words around it."""

Characters = int
"""A set of characters of the alphabet, as the bits of a number."""


class Shape(NamedTuple):
    """A regular expression with the names of its groups in order, and what its matches can be: their first, second and last
    characters, which may follow which (each of the one set each of the other), which can be a match alone, of which every
    match holds one (0 if there are no such), and how many of them the shortest match has.
    """

    regex: str
    names: tuple[str, ...] = ()
    starts: Characters = 0
    seconds: Characters = 0
    ends: Characters = 0
    links: tuple[tuple[Characters, Characters], ...] = ()
    singles: Characters = 0
    required: Characters = 0
    shortest: int = 0


@dataclass(frozen=True, eq=False)
class Rule:
    """One line of ``date-patterns.tsv``; its regular expression is compiled when it is first asked for."""

    order: int
    name: str
    meaning: str
    parameter: str
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
    numbers = words.numbers_with(symbol, glued_only)
    if not numbers:
        raise LexiconError(f"lexicon/date-patterns.tsv: no word is {symbol!r}")
    return _one("".join(_ranges(numbers)), sum(1 << number for number in numbers))


def _ranges(numbers: list[int]) -> Iterator[str]:
    """Ascending numbers of characters, as a set has them. A range may take in code points that no character has."""
    for _, group in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        run = [words.ALPHABET[number] for _, number in group]
        yield f"{run[0]}-{run[-1]}" if len(run) > 2 else "".join(run)


def _one(characters: str, among: Characters) -> Shape:
    """One token that is one of these characters, as a set has them."""
    regex = characters if len(characters) == 1 else f"[{characters}]"
    return Shape(regex, starts=among, ends=among, singles=among, required=among, shortest=1)


def _is_one(shape: Shape) -> bool:
    return shape.singles != 0 and not (shape.names or shape.links) and shape.shortest == 1


def _then(one: Shape, rest: Shape) -> Shape:
    """What ``one`` and then ``rest`` match."""
    return Shape(
        regex=one.regex + rest.regex,
        names=one.names + rest.names,
        starts=one.starts | (0 if one.shortest else rest.starts),
        seconds=one.seconds | (rest.starts if one.singles else 0) | (0 if one.shortest else rest.seconds),
        ends=rest.ends | (0 if rest.shortest else one.ends),
        links=(*one.links, *rest.links, (one.ends, rest.starts)),
        singles=(0 if rest.shortest else one.singles) | (0 if one.shortest else rest.singles),
        required=rest.required or one.required,
        shortest=one.shortest + rest.shortest,
    )


def _sequence(parts: list[Shape]) -> Shape:
    whole = parts.pop() if parts else Shape("")
    while parts:
        whole = _then(parts.pop(), whole)
    return whole


def _choice(parts: list[Shape]) -> Shape:
    if len(parts) == 1:
        return parts[0]
    starts = seconds = ends = singles = 0
    for part in parts:
        starts |= part.starts
        seconds |= part.seconds
        ends |= part.ends
        singles |= part.singles
    if all(_is_one(part) for part in parts):
        return _one("".join(part.regex.strip("[]") for part in parts), singles)
    return Shape(
        regex=f"(?:{'|'.join(part.regex for part in parts)})",
        names=tuple(name for part in parts for name in part.names),
        starts=starts,
        seconds=seconds,
        ends=ends,
        links=tuple(link for part in parts for link in part.links),
        singles=singles,
        required=reduce(or_, (part.required for part in parts)) if all(part.required for part in parts) else 0,
        shortest=min(part.shortest for part in parts),
    )


def _optional(shape: Shape) -> Shape:
    return shape._replace(regex=f"{shape.regex}?" if _is_one(shape) else f"(?:{shape.regex})?", required=0, shortest=0)


def _captured(name: str, shape: Shape) -> Shape:
    return shape._replace(regex=f"({shape.regex})", names=(name, *shape.names))


class _Parser:
    """Recursive descent over the pieces of one pattern."""

    def __init__(self, pattern: str, captures: bool = True) -> None:
        self.pattern = pattern
        self.captures = captures
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
                item = _optional(item)
            yield item

    def _atom(self, piece: str, glued_only: bool) -> Shape:
        if piece == "(":
            return self._choice_until(")")
        if piece == "~":
            return self._atom(self.pieces.pop(0), glued_only=True)
        if piece == "!":
            denied = self._atom(self.pieces.pop(0), glued_only=False)
            return denied._replace(regex=f"(?!{denied.regex})", required=0, shortest=0)
        if piece in _macros():
            return _macro(piece)
        if piece.isupper() and len(piece) > 1:
            shape = _class(piece, glued_only)
            return _captured(piece, shape) if self.captures and words.has_values(piece) else shape
        return _one_of(words.literal(piece), glued_only)


@cache
def _class(name: str, glued_only: bool) -> Shape:
    parts = [_sequence([_one_of(words.literal(word), False) for word in entry]) for entry in words.sequences(name)]
    if words.numbers_with(name, glued_only) or not parts:
        parts.append(_one_of(name, glued_only))
    return _choice(parts)


@cache
def _macros() -> dict[str, dict[str, str]]:
    return {row["macro"]: row for row in rows("date-macros.tsv")}


@cache
def _macro(name: str) -> Shape:
    macro = _macros()[name]
    is_captured = macro["captured"] == "yes"
    shape = _Parser(macro["pattern"], captures=not is_captured).parse_macro()
    return _captured(name, shape) if is_captured else shape


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the file. Raises LexiconError for a pattern that cannot be read."""
    return tuple(_rule(order, row) for order, row in enumerate(rows("date-patterns.tsv")))


def _rule(order: int, row: dict[str, str]) -> Rule:
    shape = _Parser(row["pattern"]).parse()
    if not shape.shortest:
        raise LexiconError(f"lexicon/date-patterns.tsv: {row['pattern']!r} can match nothing")
    meaning, _, parameter = row["meaning"].partition(" ")
    return Rule(order, row["rule"], meaning, parameter, shape)
