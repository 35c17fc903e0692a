"""Finds the names of persons, organisations and places.

A trained network marks persons and organisations; places come from lexicons where it found neither.
"""

from builder.names.finding import RULES, Name, find_names

__all__ = ["RULES", "Name", "find_names"]
