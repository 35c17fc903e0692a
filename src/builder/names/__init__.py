"""Finds the names of persons, organisations and places.

A trained network marks persons and organisations; places come from lexicons where it found neither.
"""

from builder.names.finding import Name, find_names
from builder.names.rules import RULES

__all__ = ["RULES", "Name", "find_names"]
