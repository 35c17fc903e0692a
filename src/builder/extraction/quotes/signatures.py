"""Who signs a quote: the name after a dash in the line below a quote that fills its own line."""

import numpy as np

from builder.extraction.quotes.layout import KINDS, Layout, members
from builder.extraction.quotes.words import Ints, WordClass

LONGEST = 16
"""Most tokens of a line that is a signature."""
NONE = -1

_DASHES = members(WordClass.DASH, WordClass.HYPHEN)
_SIGNING = [KINDS.index(kind) + 1 for kind in ("person", "organisation")]


def signatures(layout: Layout, edge: dict[str, Ints]) -> Ints:
    """For each passage the last token of the name that signs it, or NONE."""
    lines = layout.batch.line_starts
    below = np.minimum(layout.line_of.take(edge["mark"]) + 1, len(lines) - 2)
    first, stop = lines.take(below), lines.take(below + 1)
    found = edge["starts_line"] & edge["ends_line"] & (stop - first <= LONGEST) & layout.are_in(first, _DASHES)
    found &= np.isin(layout.kinds_of_names(first + 1), _SIGNING)
    _, ends = layout.name_ranges
    name = layout.name_at.take(first + 1)
    return np.where(found, np.append(ends, 0).take(name) - 1, NONE)
