"""Known names of several words, found in a grid of documents by the hashes of their word sequences."""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from builder.document import Document
from builder.learned import word_hash
from builder.lexicon import entries, rows
from builder.names.candidates import Grid, Ints, lower_hash

LONGEST = 7
"""Most tokens of a known name that is looked up."""

Hashes = npt.NDArray[np.uint64]


class Gazetteer(NamedTuple):
    """``hashes[n]`` are the sorted sequence hashes of the known names of n + 1 tokens."""

    hashes: tuple[Hashes, ...]


def _extend(state: Hashes, words: Hashes) -> Hashes:
    mixed: Hashes = (state ^ words) * np.uint64(0x9E3779B97F4A7C15)
    return mixed ^ (mixed >> np.uint64(29))


def gazetteer(names: list[str]) -> Gazetteer:
    """Names are compared in lower case, so that they are found in headlines too."""
    document = Document("\n".join(names))
    hashes = document.values(lower_hash).astype(np.uint64)
    starts = document.line_starts
    by_length: list[list[int]] = [[] for _ in range(LONGEST)]
    for first, stop in zip(starts, [*starts[1:], len(document)], strict=True):
        if stop - first <= LONGEST:
            by_length[stop - first - 1].append(first)
    return Gazetteer(tuple(np.unique(_sequence_hashes(hashes, np.array(f, np.int64), n)) for n, f in enumerate(by_length, 1)))


def _sequence_hashes(words: Hashes, firsts: npt.NDArray[np.int64], length: int) -> Hashes:
    state = np.zeros(len(firsts), np.uint64)
    for k in range(length):
        state = _extend(state, words[firsts + k])
    return state


NONE, BEGINS, INSIDE, ENDS, ALONE = range(5)
MARKS = 5


def marks(grid: Grid, known: Gazetteer) -> Ints:
    """For each place where in the longest known name around it it stands: NONE, BEGINS, INSIDE, ENDS or ALONE."""
    found = np.zeros(len(grid.ids), np.int32)
    words = np.append(grid.values(lower_hash).astype(np.uint64), np.zeros(LONGEST, np.uint64))
    state = np.zeros(len(grid.places), np.uint64)
    places = grid.places
    hits: list[npt.NDArray[np.int32]] = []
    for length, hashes in enumerate(known.hashes):
        state = _extend(state, words[places + length])
        at = np.minimum(np.searchsorted(hashes, state), max(len(hashes) - 1, 0))
        hits.append(places[hashes[at] == state] if len(hashes) else places[:0])
    for length, firsts in enumerate(hits, 1):
        if length == 1:
            found[firsts] = ALONE
            continue
        for k in range(1, length - 1):
            found[firsts + k] = INSIDE
        found[firsts] = BEGINS
        found[firsts + length - 1] = ENDS
    return found


@cache
def organisations() -> Gazetteer:
    names = set(entries("organisation-names.txt"))
    for row in rows("agencies.tsv"):
        names |= {row["name"], *row["aliases"].split("|")} - {""}
    return gazetteer(sorted(names))


@cache
def countries() -> Gazetteer:
    return gazetteer(sorted({name for row in rows("countries.tsv") for name in (row["name"], *row["aliases"].split("|")) if name}))


@cache
def cities() -> Gazetteer:
    return gazetteer(sorted({row["name"] for row in rows("cities.tsv")}))


@cache
def peoples() -> Gazetteer:
    forms = (form for row in rows("countries.tsv") for cell in (row["adjectives"], row["people"]) for form in cell.split("|"))
    return gazetteer(sorted({form for form in forms if form}))


@cache
def public_figures() -> Gazetteer:
    return gazetteer(sorted(entries("public-figures.txt")))
