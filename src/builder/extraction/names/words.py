"""What the name finder knows of a word by itself, for a batch of distinct words."""

from operator import ne
from unicodedata import normalize

import numpy as np
import numpy.typing as npt

from builder.extraction.names.forms import CAPITAL, CAPITALS, IN_LOWER_CASE, SHAPE, forms_of, points_of
from builder.extraction.names.known import (
    COMMON,
    FIRST_NAMES,
    GIVEN,
    LISTS,
    ROLE_SHIFT,
    SURNAMES,
    Keys,
    Values,
    encoded,
    keys,
    known_words,
)
from builder.knowledge.learned import Integers, UInts, combine, word_hash

HASH_BITS = 31
"""Of a word's hash."""
ROWS = 1 << 17
"""Number of feature rows; hashes are cut to it."""
FEATURES = 17
CLUSTER_PATHS = (0b1111, 0b111111, 0b1111111111)
"""The first steps of the way to a word's cluster: 4, 6 and 10 of them tell ever finer groups of words apart."""

FACTS = np.dtype([("traits", "u2"), ("lower_hash", "u4"), ("features", "u4", FEATURES)])
"""``traits`` are a form, see :mod:`builder.extraction.names.forms`, and what follows."""

IS_COMMON, IS_GIVEN_NAME, HAS_ROLE, MAY_BE_LAST_NAME, IN_FIRST_NAMES, IN_SURNAMES = (1 << k for k in range(8, 14))
"""In lower case the word is in dictionaries; it is a first name and nothing else; it is a word of titles or organisations; it is
capitalised and neither common nor such a word; it is listed as a first name; as a surname."""

_STRAIGHT = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
"""Marks that the network takes for one; it learns from texts that have the straight ones only."""


def word_facts(words: list[str]) -> npt.NDArray[np.void]:
    """The FACTS of each word; a decomposed letter is as good as a composed one."""
    words = [word if word.isascii() else normalize("NFC", word) for word in words]
    facts = np.zeros(len(words), FACTS)
    straight = list(map(_STRAIGHT.get, words, words))
    lower = "\n".join(straight).lower().split("\n")[: len(words)]
    forms = forms_of(words)
    shapes = forms & SHAPE
    of_word = keys(encoded(straight))
    of_lower = of_word.copy()
    changed = np.flatnonzero(np.fromiter(map(ne, straight, lower), np.bool_, len(words)))
    forms |= np.uint8(IN_LOWER_CASE)
    forms[changed] ^= np.uint8(IN_LOWER_CASE)
    of_lower[changed] = keys(encoded([lower[i] for i in changed.tolist()]))
    of_titled = of_word.copy()
    capitals = np.flatnonzero(shapes == CAPITALS)
    of_titled[capitals] = keys(encoded([straight[i].capitalize() for i in capitals.tolist()]))
    known = known_words()
    facts["lower_hash"] = _hashes(of_lower)
    for i in np.flatnonzero(np.fromiter(map(_STRAIGHT.__contains__, words), np.bool_, len(words))).tolist():
        facts["lower_hash"][i] = word_hash(words[i])
    classes, lists, clusters = known.by_lower.of(of_lower), known.by_word.of(of_titled), known.by_form.of(of_word)
    facts["traits"] = forms + _traits(shapes, classes, lists)
    facts["features"] = _features(_hashes(of_word), _hashes(of_lower), shapes, classes, lists, clusters, lower)
    return facts


def _traits(shapes: Integers, classes: UInts, lists: UInts) -> Values:
    common, role = classes & COMMON != 0, lists >> ROLE_SHIFT != 0
    found: Values = (common * IS_COMMON + (lists & GIVEN != 0) * IS_GIVEN_NAME + role * HAS_ROLE).astype(np.uint16)
    found[(shapes == CAPITAL) & ~common & ~role] |= MAY_BE_LAST_NAME
    found |= ((lists & FIRST_NAMES != 0) * IN_FIRST_NAMES + (lists & SURNAMES != 0) * IN_SURNAMES).astype(np.uint16)
    return found


def _hashes(of_keys: Keys) -> UInts:
    """The :func:`builder.knowledge.learned.word_hash` of the words that have the keys."""
    return (of_keys >> np.uint64(32)).astype(np.uint32) & np.uint32(0x7FFFFFFF)


def _features(
    hashes: UInts, lower_hashes: UInts, shapes: Integers, classes: UInts, lists: UInts, clusters: UInts, lower: list[str]
) -> npt.NDArray[np.uint32]:
    """Row numbers of the features of each word (words x FEATURES)."""
    starts, ends = _letters(lower)
    common, list_bits = classes & COMMON, lists & LISTS
    columns = (
        combine(0, lower_hashes),
        combine(1, hashes),
        combine(2, shapes, common),
        combine(3, classes >> 1),
        combine(4, list_bits, common),
        combine(5, list_bits),
        combine(12, lists >> ROLE_SHIFT),
        combine(6, ends[0], shapes),
        combine(7, ends[0], ends[1]),
        combine(8, ends[0], ends[1], ends[2]),
        combine(9, ends[0], ends[1], ends[2], ends[3]),
        combine(10, starts[0], starts[1]),
        combine(11, starts[0], starts[1], starts[2]),
        combine(13, clusters),
        *(combine(14 + n, clusters & np.uint32(path)) for n, path in enumerate(CLUSTER_PATHS)),
    )
    return np.stack(columns, axis=1) & np.uint32(ROWS - 1)


def _letters(words: list[str]) -> tuple[list[UInts], list[UInts]]:
    """Code points of the first three letters of each word, and of the last four from the last one on; 0 where it is shorter."""
    points, stops = points_of(words)
    lengths = np.diff(stops, prepend=0)
    starts = [np.where(lengths > k, points[stops - lengths + k], 0) for k in range(3)]
    ends = [np.where(lengths > k, points[stops - 1 - k], 0) for k in range(4)]
    return starts, ends
