"""Names of documents: the network's persons and organisations, and known places where it found neither."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from builder.document import Document
from builder.names import gazetteer
from builder.names.candidates import Grid, Ints, lay_out
from builder.names.decoding import best_parts
from builder.names.network import Bytes, Network, load
from builder.names.rules import Found, names_of
from builder.names.signs import opinions, signs, windows

BATCH_TOKENS = 50_000
"""Documents are worked on together up to so many tokens, to bound memory."""


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


class Seen(NamedTuple):
    """What the first layers see of each candidate: the vectors of the words around it, and its signs."""

    words: Bytes
    signs: Bytes


def look(grid: Grid, marks: Ints, network: Network) -> Seen:
    ids = grid.ids[windows(grid)]
    vectors = grid.vocabulary.table(network.vectors)[np.maximum(ids, 0)]
    vectors[ids < 0] = network.empty
    return Seen(vectors.reshape(len(ids), -1), signs(grid, marks))


def score(grid: Grid, marks: Ints, network: Network) -> Ints:
    """Scores of each candidate for each part of a name, of the layers that know the whole document."""
    seen = look(grid, marks, network)
    return network.second.scores(*seen, opinions(grid, network.first.scores(*seen)))


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
