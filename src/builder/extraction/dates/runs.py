"""Where a text could match a pattern: runs of tokens each of which may follow the one before it in some pattern."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.extraction.dates import words
from builder.extraction.dates.patterns import Characters, Rule, lasts, links, rules
from builder.text.document import Document

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


@cache
def _tables() -> _Tables:
    ends = (lasts(rule.start.next) for rule in rules())
    firsts = [step for rule in rules() for step in rule.start.next.steps]
    return _Tables(
        _flags([reduce(or_, ends)])[0],
        _pairs((step.characters, lasts(step.next)) for step in firsts),
        _pairs((step.characters, step.next.first) for step in firsts),
        _pairs(links().items()),
    )


def _flags(sets: list[Characters]) -> Flags:
    """A row for each set, a column for each character."""
    count = len(words.characters())
    size = -(-count // 8)
    packed = np.frombuffer(b"".join(one.to_bytes(size, "little") for one in sets), np.uint8)
    return np.unpackbits(packed.reshape(len(sets), size), axis=1, count=count, bitorder="little").view(np.bool_)


def _pairs(pairs: Iterable[tuple[Characters, Characters]]) -> Flags:
    """For each pair of characters, whether one is in the first and the other in the second set of some pair of sets."""
    found: defaultdict[Characters, Characters] = defaultdict(int)
    for first, second in pairs:
        found[first] |= second
    seconds = list(found.values())
    after = [0] * len(words.characters())
    for each, character in zip(*(places.tolist() for places in _flags(list(found)).nonzero()), strict=True):
        after[character] |= seconds[each]
    return _flags(after).ravel()


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
    numbers = _numbers(documents)
    pairs = numbers[:-1] * len(words.characters()) + numbers[1:]
    linked = tables.links.take(pairs)
    linked &= ~np.concatenate([document.opens_line for document in documents])[1:]
    first = linked.nonzero()[0]
    pairs, goes_on = pairs[first], np.append(linked, False)[first + 1]
    opens = tables.singles.take(numbers)
    opens[first] |= tables.doubles.take(pairs) | tables.opens.take(pairs) & goes_on
    stops = np.append((~linked).nonzero()[0] + 1, len(numbers))
    begins = opens.nonzero()[0]
    run = stops.searchsorted(begins, "right")
    is_first = np.append(True, run[1:] > run[:-1])[: len(run)]
    begins = begins[is_first]
    return Runs(
        numbers.astype(np.uint16).tobytes().decode("utf-16-le"),
        begins.tolist(),
        stops[run[is_first]].tolist(),
        ends.searchsorted(begins, "right").tolist(),
        firsts.tolist(),
    )


def _numbers(documents: Sequence[Document]) -> Places:
    """The number of each token's character; the documents share a vocabulary."""
    codes = documents[0].vocabulary.table(words.codes).take(np.concatenate([document.ids for document in documents]))
    is_glued = ~np.concatenate([document.spaced for document in documents])
    numbers: Places = words.numbers().take(2 * codes + is_glued)
    return numbers


class _Roles(NamedTuple):
    """The rules, as the bits of a number, whose match can begin with a character, can have it second, can be it alone, and
    those of whose required characters it is one.
    """

    starts: int
    seconds: int
    singles: int
    required: int


@cache
def _roles() -> dict[str, _Roles]:
    starts = [rule.start.next.first for rule in rules()]
    seconds = [reduce(or_, (step.next.first for step in rule.start.next.steps)) for rule in rules()]
    singles = [lasts(rule.start.next) for rule in rules()]
    required = [rule.required for rule in rules()]
    return dict(zip(words.characters(), map(_Roles, *map(_turned, (starts, seconds, singles, required))), strict=True))


def _turned(sets: list[Characters]) -> list[int]:
    """For each character, which of the sets hold it, as the bits of a number."""
    packed = np.packbits(_flags(sets), axis=0, bitorder="little")
    content, size = packed.T.tobytes(), len(packed)
    return [int.from_bytes(content[at : at + size], "little") for at in range(0, len(content), size)]


class _RulesFor(dict[str, int]):
    """The rules whose match can begin with a character and the one after it, filled as such pairs are met."""

    def __missing__(self, pair: str) -> int:
        first = _roles()[pair[0]]
        found = self[pair] = first.singles | (first.starts & _roles()[pair[1]].seconds if len(pair) > 1 else 0)
        return found


_rules_for = _RulesFor()


def candidates(characters: str) -> Iterator[tuple[int, Rule]]:
    """Where in a run which rules could match."""
    roles = _roles()
    met = 0
    for start in range(len(characters) - 1, -1, -1):
        met |= roles[characters[start]].required
        bits = _rules_for[characters[start : start + 2]] & met
        while bits:
            yield start, rules()[(bits & -bits).bit_length() - 1]
            bits &= bits - 1
