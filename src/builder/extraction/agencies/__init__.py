"""Agencies: every organisation that an article names, with all places where it is named."""

from builder.extraction.agencies.find import find_agencies, survey
from builder.extraction.agencies.found import AgencyMention, FoundAgency

__all__ = ["MENTION_RULES", "RULES", "AgencyMention", "FoundAgency", "find_agencies", "survey"]

RULES: dict[str, str] = {
    "tagged-name": "A name that the tagger takes for an organisation.",
    "known-body": "A tagged name that is in the lexicon of known bodies.",
    "coordinated-name": "One of several bodies that share a head noun: the Departments of State and Energy.",
    "dateline-publisher": "The publisher named in the dateline.",
    "named-part": "A body and the common noun of a part of it: the State Department press service.",
    "seat-for-body": "A seat that stands for the body that sits there, not named as a place: the White House said.",
    "body-of-state": "A state and the common noun of a body that every state has: the Russian foreign ministry, army of Chad.",
    "body-of-place": "A city, county or the like and the common noun of a body that such places have: Hamburg police.",
    "body-in-small-letters": "A known body whose last word is written small: the European commission.",
    "body-of-person": "A campaign or administration named for a person: the Lee campaign.",
}
"""Which rule made a row of agencies."""

MENTION_RULES: dict[str, str] = {**RULES, "bracketed-acronym": "An acronym in brackets after the full name."}
"""Which rule made a mention of an agency."""
