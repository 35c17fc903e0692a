"""What the lexicons know of single words, packed so that it loads at once and is looked up for many words together.

``models/names-lexicons.npz`` is made from the lexicons by ``training/names_lexicons.py``; a test fails when it is behind them.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple
from zlib import adler32, crc32

import numpy as np
import numpy.typing as npt

from builder.knowledge.learned import UInts, stored_arrays
from builder.knowledge.lexicon import columns, entries, rows

Keys = npt.NDArray[np.uint64]
Values = npt.NDArray[np.uint16]

COMMON = 1
"""Of a word in lower case: dictionaries have it so. Above this bit stands the number of its class of meaning."""

LISTS = 0b1111
"""Of a word as it is written: which of first names, surnames, words of cities and of people in public life it is."""
FIRST_NAMES, SURNAMES = 0b1, 0b10
"""Of LISTS."""
GIVEN = 0b10000
"""It is a first name and nothing else."""
ROLE_SHIFT = 5
"""Above this bit: the kinds of title, or of word of an organisation's name, that it is; a digit of base 16 for each."""


def encoded(words: Sequence[str]) -> list[bytes]:
    """The words in UTF-8; none may hold a line feed."""
    return "\n".join(words).encode("utf-8", "surrogatepass").split(b"\n") if words else []


def keys(words: Sequence[bytes]) -> Keys:
    """A number for each word; two checksums together tell all words apart that one would ever meet."""
    found = np.fromiter(map(crc32, words), np.uint64, len(words)) << np.uint64(32)
    found |= np.fromiter(map(adler32, words), np.uint64, len(words))
    return found


class Known(NamedTuple):
    """``keys`` ascending, and what is known of the words that have them."""

    keys: Keys
    values: UInts

    def of(self, sought: Keys) -> UInts:
        """What is known of the words with these keys, 0 if nothing."""
        at = np.searchsorted(self.keys, sought)
        at[at == len(self.keys)] = 0
        found = self.values[at]
        found[self.keys[at] != sought] = 0
        return found


class KnownWords(NamedTuple):
    """``by_lower``: COMMON and a class of meaning; ``by_word``: LISTS, GIVEN and roles; ``by_form``, of words as they are
    written: a cluster, whose lowest bits are the way to it from the root of the tree of clusters.
    """

    by_lower: Known
    by_word: Known
    by_form: Known


@cache
def packed() -> dict[str, npt.NDArray[np.unsignedinteger]]:
    """The arrays here and those of the gazetteer."""
    return stored_arrays("names-lexicons")


@cache
def known_words() -> KnownWords:
    arrays = packed()
    return KnownWords(*(Known(arrays[f"{which}_keys"], arrays[f"{which}_values"]) for which in KnownWords._fields))


def packed_words() -> dict[str, npt.NDArray[np.unsignedinteger]]:
    """The arrays of :func:`known_words`, made from the lexicons."""
    by_lower = _word_classes()
    found: dict[str, npt.NDArray[np.unsignedinteger]] = {}
    for which, known in zip(KnownWords._fields, (by_lower, _word_lists(by_lower), _word_clusters()), strict=True):
        ascending = keys(encoded(list(known)))
        order = np.argsort(ascending)
        found[f"{which}_keys"] = ascending[order]
        found[f"{which}_values"] = np.array(list(known.values()), np.uint32)[order]
    return found


def _word_classes() -> dict[str, int]:
    found: dict[str, int] = {}
    for number, words in enumerate(columns("word-classes.tsv")["words"], 1):
        for word in words.split(" "):
            found[word.lower()] = number << 1 | COMMON * (word == word.lower())
    return found


def _word_clusters() -> dict[str, int]:
    clusters = columns("word-clusters.tsv")
    groups = zip(map(int, clusters["cluster"]), clusters["words"], strict=True)
    return {word: cluster for cluster, words in groups for word in words.split(" ")}


def _word_lists(common: dict[str, int]) -> dict[str, int]:
    first_names = entries("first-names.txt")
    lists = (first_names, entries("surnames.txt"), _words_in("cities.txt"), _words_in("public-figures.txt"))
    found: dict[str, int] = {word: role << ROLE_SHIFT for word, role in _roles().items()}
    plain = {word for word in first_names if word not in found and not common.get(word.lower(), 0) & COMMON}
    for bit, words in enumerate(lists):
        for word in words:
            found[word] = found.get(word, 0) | 1 << bit
    for word in plain - {people[:-1] for people in _peoples() if people.endswith("s")}:
        found[word] |= GIVEN
    return found


def _words_in(file: str) -> Iterable[str]:
    return " ".join(entries(file)).replace("-", " ").split()


def _roles() -> dict[str, int]:
    found: dict[str, int] = {}
    kinds: dict[str, int] = {}
    for file, column in (("person-titles.tsv", "title"), ("organisation-words.tsv", "word")):
        for row in rows(file):
            kind = kinds.setdefault(row["kind"], len(kinds) + 1)
            found[row[column]] = found.get(row[column], 0) * 16 + kind
    return found


def _peoples() -> Iterable[str]:
    return (people for row in rows("countries.tsv") for people in row["people"].split("|"))
