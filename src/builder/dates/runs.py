"""Where a text could match a pattern: runs of tokens each of which may follow the one before it in some pattern."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.dates import words
from builder.dates.patterns import Characters, Rule, rules
from builder.document import Document

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


class _Tables(NamedTuple):
    """What the patterns allow, by number of character or, for pairs of them, by ``first * characters + second``."""

    singles: Flags
    """A match can be that character."""
    doubles: Flags
    """A match can be that pair."""
    opens: Flags
    """A match can begin with the pair."""
    links: Flags
    """The second can follow the first within a match."""
    points: npt.NDArray[np.uint16]
    """The code point of a character."""


@cache
def _tables() -> _Tables:
    shapes = [rule.shape for rule in rules()]
    links = list({link for shape in shapes for link in shape.links})
    return _Tables(
        np.logical_or.reduce(_flags([shape.singles for shape in shapes])),
        _pairs([(shape.starts, shape.seconds & shape.ends) for shape in shapes if shape.shortest <= 2]),
        _pairs([(shape.starts, shape.seconds) for shape in shapes]),
        _pairs(links),
        np.array([ord(character) for character in words.characters()], np.uint16),
    )


def _flags(sets: list[Characters]) -> Flags:
    """A row for each set, a column for each character."""
    count = len(words.characters())
    size = -(-count // 8)
    packed = np.frombuffer(b"".join(one.to_bytes(size, "little") for one in sets), np.uint8)
    return np.unpackbits(packed.reshape(len(sets), size), axis=1, count=count, bitorder="little").view(np.bool_)


def _pairs(sets: list[tuple[Characters, Characters]]) -> Flags:
    """For each pair of characters, whether one is in the first and the other in the second set of some pair of sets."""
    first, second = (_flags(list(side)).astype(np.float32) for side in zip(*sets, strict=True))
    return (first.T @ second > 0).ravel()


class Runs(NamedTuple):
    """The characters of several documents' tokens, one after the other, and the ranges of them that could hold a match.

    Every match lies in one of these ranges; none crosses a line feed.
    """

    characters: str
    begins: list[int]
    stops: list[int]
    documents: list[int]
    """The number of the document in which a range lies."""
    firsts: list[int]
    """Where the tokens of each document begin."""


def runs_of(documents: Sequence[Document]) -> Runs:
    """The runs of several texts; from the first token with which a match can begin to the last that can follow."""
    tables = _tables()
    sizes = [len(document) for document in documents]
    ends = np.cumsum(sizes, dtype=np.intp)
    firsts = ends - sizes
    numbers = _numbers(documents, firsts)
    pairs = numbers[:-1] * len(words.characters()) + numbers[1:]
    linked = tables.links.take(pairs)
    linked[_line_starts(documents, firsts)[1:] - 1] = False
    goes_on = np.append(linked[1:], False)
    opens = tables.singles.take(numbers)
    opens[:-1] |= linked & (tables.doubles.take(pairs) | tables.opens.take(pairs) & goes_on)
    stops = np.append((~linked).nonzero()[0] + 1, len(numbers))
    begins = opens.nonzero()[0]
    run = stops.searchsorted(begins, "right")
    is_first = np.append(True, run[1:] > run[:-1])[: len(run)]
    begins = begins[is_first]
    return Runs(
        tables.points.take(numbers).tobytes().decode("utf-16-le"),
        begins.tolist(),
        stops[run[is_first]].tolist(),
        ends.searchsorted(begins, "right").tolist(),
        firsts.tolist(),
    )


def _line_starts(documents: Sequence[Document], firsts: Places) -> Places:
    lines = (np.array(document.line_starts, np.intp) for document in documents)
    return np.concatenate([first + line for first, line in zip(firsts, lines, strict=True)])


def _numbers(documents: Sequence[Document], firsts: Places) -> npt.NDArray[np.int32]:
    """The number of each token's character."""
    starts = np.concatenate([document.start_array for document in documents])
    ends = np.concatenate([document.end_array for document in documents])
    codes = 2 * np.concatenate([document.values(words.code) for document in documents])
    is_glued = starts[1:] == ends[:-1]
    is_glued[firsts[(firsts > 0) & (firsts < len(codes))] - 1] = False
    codes[1:] += is_glued
    return words.numbers().take(codes)


class _Roles(NamedTuple):
    """The rules, as the bits of a number, whose match can begin with a character, can have it second, can be it alone."""

    starts: int
    seconds: int
    singles: int


@cache
def _roles() -> dict[str, _Roles]:
    shapes = [rule.shape for rule in rules()]
    sides = ([getattr(shape, role) for shape in shapes] for role in _Roles._fields)
    columns = (np.packbits(_flags(side), axis=0, bitorder="little").T.tolist() for side in sides)
    roles = (_Roles(*(int.from_bytes(column, "little") for column in of_one)) for of_one in zip(*columns, strict=True))
    return dict(zip(words.characters(), roles, strict=True))


class _RulesFor(dict[str, tuple[Rule, ...]]):
    """The rules whose match can begin with a character and the one after it, filled as such pairs are met."""

    def __missing__(self, pair: str) -> tuple[Rule, ...]:
        first = _roles()[pair[0]]
        possible = first.singles | (first.starts & _roles()[pair[1]].seconds if len(pair) > 1 else 0)
        found = self[pair] = tuple(_rules_in(possible))
        return found


rules_for = _RulesFor()


def _rules_in(bits: int) -> Iterator[Rule]:
    while bits:
        yield rules()[(bits & -bits).bit_length() - 1]
        bits &= bits - 1


def set_of(characters: str) -> Characters:
    """The characters of a run as a set, to hold against what a rule requires."""
    bits = _bits()
    found = 0
    for character in characters:
        found |= bits[character]
    return found


@cache
def _bits() -> dict[str, Characters]:
    return {character: 1 << number for number, character in enumerate(words.characters())}
