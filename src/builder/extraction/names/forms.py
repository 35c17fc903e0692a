"""How words are written: a shape, and beside it HAS_CAPITAL, LONG and IN_LOWER_CASE where they hold."""

import numpy as np
import numpy.typing as npt

from builder.knowledge.learned import UInts

Longs = npt.NDArray[np.int64]
Forms = npt.NDArray[np.uint8]

LOWER, CAPITAL, CAPITALS, ONE_CAPITAL, INNER_CAPITAL, DOTTED, DIGITS, MIXED, MARK = range(9)
SHAPE = 0b1111
HAS_CAPITAL = 0b10000
LONG = 0b100000
"""Long enough to tell how the line of the word is written."""
IN_LOWER_CASE = 0b1000000
"""The word is itself in lower case."""

ZEROS = 4
"""How many there are after the last one of the code points of words."""

_SMALL, _CAPITAL, _OTHER = 1, 2, 4
_letters_of = np.full(129, _OTHER, np.uint8)
_letters_of[ord("a") : ord("z") + 1] = _SMALL
_letters_of[ord("A") : ord("Z") + 1] = _CAPITAL
"""What each character of ASCII is; last what all others are."""
_UNKNOWN = 0xFF
_forms_of_letters = np.full((8, 8), _UNKNOWN, np.uint8)
"""By the first letter of a word and by what is among the others."""
_forms_of_letters[_SMALL, [0, _SMALL]] = LOWER
_forms_of_letters[_SMALL, [_CAPITAL, _SMALL | _CAPITAL]] = INNER_CAPITAL | HAS_CAPITAL
_forms_of_letters[_CAPITAL, [0, _SMALL, _CAPITAL, _SMALL | _CAPITAL]] = [
    kind | HAS_CAPITAL for kind in (ONE_CAPITAL, CAPITAL, CAPITALS, INNER_CAPITAL)
]
_least_letters = np.full(SHAPE + 1, np.iinfo(np.int64).max)
_least_letters[[LOWER, CAPITAL, CAPITALS]] = 4, 3, 3
"""Of words that are LONG, by shape."""


def shape(word: str) -> int:
    """One of the shapes named above."""
    if word.islower() and word.isalpha():
        return LOWER
    if word[-1] == "." and len(word) > 1:
        return DOTTED if word[0].isupper() else MARK
    if word.isalpha():
        if word.isupper():
            return ONE_CAPITAL if len(word) == 1 else CAPITALS
        return CAPITAL if word[0].isupper() and word[1:].islower() else INNER_CAPITAL
    if word.isdigit():
        return DIGITS
    return MIXED if word[0].isalnum() or word[0] == "_" else MARK


def form(word: str) -> int:
    found = shape(word)
    return found | HAS_CAPITAL if found != LOWER and word != word.lower() and any(map(str.isupper, word)) else found


def forms_of(words: list[str]) -> Forms:
    """The :func:`form` of each word, of those of ASCII letters by what their letters are, and LONG."""
    points, stops = points_of(words)
    starts = np.append(0, stops)[: len(stops)]
    letters = _letters_of.take(points[: len(points) - ZEROS], mode="clip")
    first = letters.take(starts)
    letters[starts] = 0
    found = _forms_of_letters[first, np.bitwise_or.reduceat(letters, starts)]
    for i in np.flatnonzero(found == _UNKNOWN).tolist():
        found[i] = form(words[i])
    found[stops - starts >= _least_letters.take(found & SHAPE)] |= LONG
    return found


def points_of(words: list[str]) -> tuple[UInts, Longs]:
    """The code points of all words, and then ZEROS; and where each word ends."""
    points = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass") + bytes(4 * ZEROS), np.uint32)
    return points, np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))
