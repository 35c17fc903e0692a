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
from builder.names.network import Bytes, Network, load
from builder.names.rules import names_of
from builder.names.signs import opinions, signs, spread, windows

BATCH_TOKENS = 50_000
"""Documents are worked on together up to so many tokens."""
ROWS_AT_ONCE = 16_384
"""Candidates that the network scores together; few batches have more."""


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
    """What the first layers see of a grid's candidates, made for some rows at a time to bound memory."""

    def __init__(self, grid: Grid, marks: Ints, network: Network) -> None:
        self._words = grid.ids[windows(grid)]
        self._signs = signs(grid, marks)
        self._vectors = grid.vocabulary.table(network.vectors)
        self._empty = network.empty
        self._last: tuple[slice, tuple[Bytes, Bytes]] | None = None

    def rows(self, rows: slice) -> tuple[Bytes, Bytes]:
        """The vectors of the words around each candidate, and its signs."""
        if self._last is None or self._last[0] != rows:
            ids = self._words[rows]
            vectors = self._vectors[np.maximum(ids, 0)]
            vectors[ids < 0] = self._empty
            self._last = rows, (vectors.reshape(len(ids), -1), spread(self._signs[rows]))
        return self._last[1]


def score(grid: Grid, marks: Ints, network: Network) -> Ints:
    """Scores of each candidate for each part of a name, of the layers that know the whole document."""
    view = View(grid, marks, network)
    slices = [slice(first, first + ROWS_AT_ONCE) for first in range(0, len(grid.places), ROWS_AT_ONCE)]
    first_scores = np.concatenate([network.first.scores(*view.rows(rows)) for rows in slices])
    known = opinions(grid, first_scores)
    return np.concatenate([network.second.scores(*view.rows(rows), known[rows]) for rows in slices])


def _names_of_grid(grid: Grid, documents: Sequence[Document]) -> list[list[Name]]:
    found: list[list[Name]] = [[] for _ in documents]
    for first, stop, kind, rule in names_on(grid, load()):
        number = int(grid.document[first])
        offset = grid.firsts[number]
        found[number].append(Name(first - offset, stop - offset, kind, rule))
    return found


def names_on(grid: Grid, network: Network) -> list[Found]:
    """The names of all documents of a grid, ascending."""
    if not len(grid.places):
        return []
    marks = gazetteer.marks(grid)
    return names_of(grid, best_parts(score(grid, marks, network), grid.run_starts, grid.run_lengths), marks)
