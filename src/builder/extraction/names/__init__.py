"""Finds the names of persons, organisations and places.

A trained network marks persons and organisations; rules complete them and make the names of an article agree with each other;
places come from lexicons where neither was found.
"""

from builder.extraction.names.agreeing import RULES as AGREEMENT_RULES
from builder.extraction.names.finding import Name, find_names
from builder.extraction.names.rules import RULES

__all__ = ["AGREEMENT_RULES", "RULES", "Name", "find_names"]
