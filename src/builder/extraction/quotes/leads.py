"""Who a line introduces that ends with a colon: "And from Mayor Ann Lee:", and the quote fills the next line."""

import numpy as np

from builder.extraction.quotes.heads import whole
from builder.extraction.quotes.layout import KINDS, Layout
from builder.extraction.quotes.words import Ints, WordClass

LONGEST = 20
"""Most tokens of such a line."""
NONE = -1

_SPEAKING = [KINDS.index(kind) + 1 for kind in ("person", "organisation")]


def leads(layout: Layout, edge: dict[str, Ints], chosen: Ints) -> Ints:
    """For each passage the last token of the name that ends the line before it, or NONE; ``chosen`` in that line goes before."""
    lines = layout.batch.line_starts
    stop = lines.take(layout.line_of.take(edge["mark"]))
    first = lines.take(np.maximum(layout.line_of.take(edge["mark"]) - 1, 0))
    name = stop - 2
    found = edge["starts_line"] & (layout.classes[stop - 1] == WordClass.COLON) & (stop - first <= LONGEST)
    found &= np.isin(layout.kinds_of_names(name), _SPEAKING) | (layout.classes[name] == WordClass.NAME)
    found &= ~((chosen >= first) & (chosen < stop))
    return np.where(found.astype(bool), whole(layout, name), NONE)
