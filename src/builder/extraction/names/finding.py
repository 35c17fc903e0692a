"""Names of documents: the network's persons and organisations, and known places where it found neither."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from builder.extraction.names import gazetteer
from builder.extraction.names.candidates import Grid, lay_out
from builder.extraction.names.decoding import best_parts
from builder.extraction.names.found import Names
from builder.extraction.names.network import Network, load
from builder.extraction.names.rules import names_of
from builder.extraction.names.scoring import score
from builder.text.document import Document

BATCH_TOKENS = 100_000
"""Documents are worked on together up to so many tokens."""
LEAST_TOKENS = 200
"""A document counts as at least so many, so that a table of the words of each document of a batch stays small."""


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
            size += max(len(document), LEAST_TOKENS)
        yield batch


def names_on(grid: Grid, network: Network) -> Names:
    """The names of all documents of a grid."""
    if not len(grid.places):
        return Names(len(grid))
    marks = gazetteer.marks(grid)
    return names_of(grid, best_parts(score(grid, marks, network), grid.runs.starts, grid.runs.lengths), marks)


def _by_document(grid: Grid, names: Names) -> list[list[Name]]:
    firsts, stops, kinds, rules = names.columns()
    number = grid.document[firsts]
    offsets = np.array(grid.firsts)[number]
    found = list(map(Name._make, zip((firsts - offsets).tolist(), (stops - offsets).tolist(), kinds, rules, strict=True)))
    bounds = np.searchsorted(number, np.arange(len(grid.firsts) + 1)).tolist()
    return [found[first:stop] for first, stop in pairwise(bounds)]
