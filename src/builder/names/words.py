"""What the name finder knows of a word by itself: hashed features for a batch of distinct words."""

from functools import cache
from operator import eq

import numpy as np
import numpy.typing as npt

from builder.learned import UInts, combine, word_hash
from builder.lexicon import entries, rows

ROWS = 1 << 16
"""Number of feature rows; hashes are cut to it."""

LOWER, CAPITAL, CAPITALS, ONE_CAPITAL, INNER_CAPITAL, DOTTED, DIGITS, MIXED, MARK = range(9)


_STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
"""Marks that the network takes for one; it learns from texts that have the straight ones only."""


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


@cache
def _word_classes() -> dict[str, int]:
    """Lower-case word -> class << 1 | written in lower case."""
    found: dict[str, int] = {}
    for number, row in enumerate(rows("word-classes.tsv"), 1):
        words, lower = row["words"].split(" "), row["words"].lower().split(" ")
        found.update(zip(lower, map((number << 1).__or__, map(eq, words, lower)), strict=True))
    return found


def is_common(word: str) -> int:
    """1 if dictionaries have the word in lower case."""
    return _word_classes().get(word.lower(), 0) & 1


@cache
def _name_lists() -> tuple[frozenset[str], ...]:
    """First names, surnames, and the words of the names of cities and of people in public life."""
    return (
        entries("first-names.txt"),
        entries("surnames.txt"),
        _words_in("cities.txt"),
        _words_in("public-figures.txt"),
    )


def _words_in(file: str) -> frozenset[str]:
    return frozenset(" ".join(entries(file)).replace("-", " ").split())


@cache
def _roles() -> dict[str, int]:
    """Word -> number of the kind of title, or of word of an organisation's name, that it is."""
    found: dict[str, int] = {}
    kinds: dict[str, int] = {}
    for file, column in (("person-titles.tsv", "title"), ("organisation-words.tsv", "word")):
        for row in rows(file):
            kind = kinds.setdefault(row["kind"], len(kinds) + 1)
            found[row[column]] = found.get(row[column], 0) * 16 + kind
    return found


def role_of(word: str) -> int:
    """Not 0 for words of titles and of organisations' names."""
    return _roles().get(word, 0)


def _letters(words: list[str], width: int) -> UInts:
    """Code points of the first ``width`` characters of each word, 0 where it is shorter."""
    return np.array(words, f"U{width}").view(np.uint32).reshape(len(words), width)


def word_features(words: list[str]) -> npt.NDArray[np.uint32]:
    """Row numbers of the features of each word (words x features)."""
    words = [_STRAIGHT.get(word, word) for word in words]
    lower = [word.lower() for word in words]
    starts = _letters(lower, 3)
    ends = _letters([word[-4:][::-1] for word in lower], 4)
    shapes = np.fromiter(map(shape, words), np.uint32, len(words))
    roles, classes = _roles(), _word_classes()
    titled = [word.capitalize() if of_word == CAPITALS else word for word, of_word in zip(words, shapes.tolist(), strict=True)]
    lists = np.zeros(len(words), np.uint32)
    for bit, names in enumerate(_name_lists()):
        lists |= np.fromiter(map(names.__contains__, titled), np.uint32, len(words)) << np.uint32(bit)
    role = np.fromiter((roles.get(word, 0) for word in titled), np.uint32, len(words))
    class_of = np.fromiter((classes.get(w, 0) for w in lower), np.uint32, len(words))
    hashes = np.fromiter(map(word_hash, words), np.uint32, len(words))
    lower_hashes = hashes.copy()
    changed = [i for i, (word, low) in enumerate(zip(words, lower, strict=True)) if word != low]
    lower_hashes[changed] = [word_hash(lower[i]) for i in changed]
    columns = [
        combine(0, lower_hashes),
        combine(1, hashes),
        combine(2, shapes, class_of & 1),
        combine(3, class_of >> 1),
        combine(4, lists, class_of & 1),
        combine(5, lists),
        combine(12, role),
        combine(6, ends[:, 0], shapes),
        combine(7, ends[:, 0], ends[:, 1]),
        combine(8, ends[:, 0], ends[:, 1], ends[:, 2]),
        combine(9, ends[:, 0], ends[:, 1], ends[:, 2], ends[:, 3]),
        combine(10, starts[:, 0], starts[:, 1]),
        combine(11, starts[:, 0], starts[:, 1], starts[:, 2]),
    ]
    return np.stack(columns, axis=1) & np.uint32(ROWS - 1)
