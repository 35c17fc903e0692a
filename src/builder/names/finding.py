"""Names of documents: the network's persons and organisations, and known places where it found neither."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from builder.document import Document
from builder.names import gazetteer
from builder.names.candidates import Grid, Ints, lay_out
from builder.names.decoding import best_parts
from builder.names.found import Names
from builder.names.gazetteer import Marks
from builder.names.network import ROWS_AT_ONCE, Floats, Network, load
from builder.names.rules import names_of
from builder.names.signs import LONE_POSITIONS, POSITIONS, SAME_IF_LONE, opinions, signs, spread, windows

BATCH_TOKENS = 100_000
"""Documents are worked on together up to so many tokens."""


class Name(NamedTuple):
    """Tokens ``[first, stop)``; kind is ``person``, ``organisation``, ``place`` or ``other``."""

    first: int
    stop: int
    kind: str
    rule: str


def find_names(documents: Sequence[Document]) -> list[list[Name]]:
    """The names of each document, ascending and apart from each other; no document influences another."""
    found: list[list[Name]] = []
    for batch in _batches(documents):
        grid = lay_out(batch)
        found.extend(_by_document(grid, names_on(grid, load())))
    return found


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    for _, group in groupby(documents, key=lambda document: id(document.vocabulary)):
        batch: list[Document] = []
        size = 0
        for document in group:
            if batch and size + len(document) > BATCH_TOKENS:
                yield batch
                batch, size = [], 0
            batch.append(document)
            size += len(document)
        yield batch


def text_sums(grid: Grid, marks: Marks, network: Network) -> Floats:
    """What the words around each candidate and its signs add to the hidden values of both layers (candidates x both hidden).

    A candidate that is a stretch by itself has some of its words at several positions; their weights are added up beforehand.
    """
    used, numbers = windows(grid)
    vectors, signs_of = network.vectors(grid.words.features(used)), signs(grid, marks)
    of_words, of_signs = np.split(network.of_text, [POSITIONS * vectors.shape[1]])
    weights = of_words.reshape(POSITIONS, vectors.shape[1], -1)
    lone = grid.core_first == grid.core_last
    found = np.empty((len(numbers), of_words.shape[1]), np.float32)
    for group, positions, of_positions in (
        (np.flatnonzero(~lone), np.arange(POSITIONS), weights),
        (np.flatnonzero(lone), LONE_POSITIONS, _for_lone(weights)),
    ):
        of_group = of_positions.reshape(-1, of_words.shape[1])
        for first in range(0, len(group), ROWS_AT_ONCE):
            rows = group[first : first + ROWS_AT_ONCE]
            words = vectors.take(numbers[rows[:, None], positions], axis=0)
            found[rows] = words.reshape(len(rows), -1) @ of_group + spread(signs_of[rows]) @ of_signs
    return found


def _for_lone(weights: Floats) -> Floats:
    added = weights.copy()
    for position, same in SAME_IF_LONE.items():
        added[same] += weights[position]
    found: Floats = added[LONE_POSITIONS]
    return found


def score(grid: Grid, marks: Marks, network: Network) -> Ints:
    """Scores of each candidate for each part of a name, of the layers that know the whole document."""
    first, second = np.split(text_sums(grid, marks, network), 2, axis=1)
    return network.second.scores(second, opinions(grid, network.first.scores(first)))


def names_on(grid: Grid, network: Network) -> Names:
    """The names of all documents of a grid."""
    if not len(grid.places):
        return Names(len(grid))
    marks = gazetteer.marks(grid)
    return names_of(grid, best_parts(score(grid, marks, network), grid.run_starts, grid.run_lengths), marks)


def _by_document(grid: Grid, names: Names) -> list[list[Name]]:
    firsts, stops, kinds, rules = names.columns()
    number = grid.document[firsts]
    offsets = np.array(grid.firsts)[number]
    found = list(map(Name._make, zip((firsts - offsets).tolist(), (stops - offsets).tolist(), kinds, rules, strict=True)))
    bounds = np.searchsorted(number, np.arange(len(grid.firsts) + 1)).tolist()
    return [found[first:stop] for first, stop in pairwise(bounds)]
