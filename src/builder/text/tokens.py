"""Where the tokens of texts stand, found for many texts at once: each step is one look at all their characters."""

import re
import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Points = npt.NDArray[np.uint32]
"""Code points."""

_UNASKED, _SPACE, _MARK, _JOINER, _LETTER = range(5)
"""What a character is; a joiner is a digit or what else is no letter but part of words: ``\\w`` and COMBINING."""

COMBINING = "\u0300-\u036f"
"""Marks that change the letter before them, as a class of a regular expression: the diaeresis of a decomposed ë."""

_COMBINING = re.compile(f"[{COMBINING}]")
_LINE_FEED, _FULL_STOP = ord("\n"), ord(".")


class Tokens(NamedTuple):
    """The tokens of ``text``, which is several texts with line feeds before, between and after them."""

    text: str
    points: Points
    starts: Places
    ends: Places
    spaced: Flags
    """Whether white space stands before a token."""
    opens_line: Flags
    texts: Places
    """Where in ``text`` each of the texts begins."""
    firsts: Places
    """The first token of each of the texts, and at last the number of tokens."""


def find_tokens(texts: Sequence[str]) -> Tokens:
    """The words, dotted initials ("U.S.") and single characters that texts consist of beside white space."""
    text = "\n".join(["", *texts, ""])
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds_of(points)
    is_first = _are_first(points, kinds)
    starts = is_first.nonzero()[0]
    ends = _are_last(kinds, is_first).nonzero()[0] + 1
    opens_line = np.zeros(len(starts) + 1, np.bool_)
    opens_line[starts.searchsorted((points == _LINE_FEED).nonzero()[0])] = True
    bounds = np.cumsum([0, *(len(each) + 1 for each in texts)], dtype=np.intp)
    return Tokens(
        text=text,
        points=points,
        starts=starts,
        ends=ends,
        spaced=np.append(True, starts[1:] > ends[:-1])[: len(starts)],
        opens_line=opens_line[:-1],
        texts=bounds[:-1] + 1,
        firsts=starts.searchsorted(bounds),
    )


def _are_first(points: Points, kinds: npt.NDArray[np.uint8]) -> Flags:
    """Whether each character is the first of a token."""
    in_word = kinds >= _JOINER
    is_first = kinds > _SPACE
    is_first[1:] &= ~(in_word[1:] & in_word[:-1])
    is_initial = is_first & (kinds == _LETTER)
    is_initial[:-1] &= points[1:] == _FULL_STOP
    before_initial = (is_initial[:-2] & is_initial[2:]).nonzero()[0]
    for step in (1, 2, 3):
        is_first[before_initial + step] = False
    return is_first


def _are_last(kinds: npt.NDArray[np.uint8], is_first: Flags) -> Flags:
    """Whether each character is the last of its token."""
    is_last = kinds > _SPACE
    is_last[:-1] &= is_first[1:] | ~is_last[1:]
    return is_last


def _kinds_of(points: Points) -> npt.NDArray[np.uint8]:
    kinds: npt.NDArray[np.uint8] = _kinds.take(points)
    if not kinds.all():
        for point in set(points[kinds == _UNASKED].tolist()):
            _kinds[point] = _kind(chr(point))
        kinds = _kinds.take(points)
    return kinds


def _kind(character: str) -> int:
    if character.isspace():
        return _SPACE
    if character.isalnum():
        return _JOINER if character.isdecimal() else _LETTER
    return _JOINER if character == "_" or _COMBINING.match(character) else _MARK


_kinds = np.zeros(sys.maxunicode + 1, np.uint8)
"""By code point, of those that were asked for; the memory of others is never touched."""
_kinds[:256] = [_kind(chr(point)) for point in range(256)]
