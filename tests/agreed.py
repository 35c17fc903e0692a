"""Names set by hand and made to agree, as the name finder hands its own over."""

from collections.abc import Iterable

from builder.extraction.names import Name
from builder.extraction.names.agreeing import make_agree
from builder.extraction.names.candidates import lay_out
from builder.extraction.names.found import KIND_NAMES, Names
from builder.text.document import Document


def agreed(document: Document, names: Iterable[Name]) -> list[Name]:
    grid = lay_out([document])
    (offset,) = grid.firsts
    found = Names(len(grid))
    for first, stop, kind, rule in names:
        found.add(first + offset, stop + offset, KIND_NAMES.index(kind), rule)
    make_agree(grid, found)
    return [Name(first - offset, stop - offset, kind, rule) for first, stop, kind, rule in found.found()]
