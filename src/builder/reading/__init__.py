"""Articles from files and folders, one at a time and in a fixed order.

Reading has two steps, so that a corpus is never held and the second step can run on other processes: :func:`find_units` finds
the pieces of the sources that should hold one article each, :func:`parse` makes an article of one.
"""

from builder.reading.parse import parse
from builder.reading.units import Unit
from builder.reading.walk import find_units

__all__ = ["Unit", "find_units", "parse"]
