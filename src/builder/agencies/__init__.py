"""Agencies: every organisation that an article names, with all places where it is named."""

from builder.agencies.find import find_agencies
from builder.agencies.found import AgencyMention, FoundAgency

__all__ = ["RULES", "AgencyMention", "FoundAgency", "find_agencies"]

RULES: dict[str, str] = {}
"""What each rule of this feature does, for the codebook."""
