"""Names of documents: the network's persons and organisations, and known places where it found neither."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from builder.document import Document
from builder.names import gazetteer
from builder.names.candidates import Grid, Ints, lay_out
from builder.names.decoding import best_parts
from builder.names.found import Found
from builder.names.gazetteer import Marks
from builder.names.network import Floats, Network, load
from builder.names.rules import names_of
from builder.names.signs import SIGNS, opinions, signs, spread, windows

BATCH_TOKENS = 100_000
"""Documents are worked on together up to so many tokens."""
ROWS_AT_ONCE = 2048
"""Candidates that the network scores together, so few that a processor's cache holds what it sees of them."""


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
        found.extend(_names_of_grid(lay_out(batch), batch))
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


class View:
    """What the first layers see of a grid's candidates, made for some rows at a time."""

    def __init__(self, grid: Grid, marks: Marks, network: Network) -> None:
        used, self._words = grid.words.renumbered(windows(grid))
        self._signs = signs(grid, marks)
        self._vectors = np.append(network.vectors(grid.words.features(used)), network.empty[None], axis=0)

    def rows(self, rows: slice) -> Floats:
        """The vectors of the words around each candidate, then its signs."""
        words = self._vectors.take(self._words[rows], axis=0)
        words = words.reshape(len(words), -1)
        seen = np.empty((len(words), words.shape[1] + SIGNS), np.float32)
        seen[:, : words.shape[1]] = words
        seen[:, words.shape[1] :] = spread(self._signs[rows])
        return seen


def score(grid: Grid, marks: Marks, network: Network) -> Ints:
    """Scores of each candidate for each part of a name, of the layers that know the whole document."""
    view = View(grid, marks, network)
    slices = [slice(first, first + ROWS_AT_ONCE) for first in range(0, len(grid.places), ROWS_AT_ONCE)]
    first_scores, sums = [], []
    for rows in slices:
        seen = view.rows(rows)
        first_scores.append(network.first.scores(network.first.sums(seen)))
        sums.append(network.second.sums(seen))
    known = opinions(grid, np.concatenate(first_scores)).astype(np.float32)
    width = len(network.first.hidden)
    return np.concatenate(
        [network.second.scores(sums[i] + network.second.sums(known[rows], width)) for i, rows in enumerate(slices)]
    )


def _names_of_grid(grid: Grid, documents: Sequence[Document]) -> list[list[Name]]:
    found: list[list[Name]] = [[] for _ in documents]
    names = names_on(grid, load())
    numbers = grid.document[[name.first for name in names]].tolist() if names else []
    for number, (first, stop, kind, rule) in zip(numbers, names, strict=True):
        offset = grid.firsts[number]
        found[number].append(Name(first - offset, stop - offset, kind, rule))
    return found


def names_on(grid: Grid, network: Network) -> list[Found]:
    """The names of all documents of a grid, ascending."""
    if not len(grid.places):
        return []
    marks = gazetteer.marks(grid)
    return names_of(grid, best_parts(score(grid, marks, network), grid.run_starts, grid.run_lengths), marks)
