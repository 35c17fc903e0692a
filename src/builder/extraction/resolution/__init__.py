"""Resolution: which participant or agency a speaker, a pronoun or a short name means."""

from builder.extraction.resolution.resolve import FoundMention, Resolved, resolve_speakers

__all__ = ["RULES", "FoundMention", "Resolved", "resolve_speakers"]

RULES: dict[str, str] = {
    "pronoun-person": "A pronoun for the person whom place, position, sex and the last speaker make likeliest.",
    "pronoun-agency": "“It” for the agency that spoke last or was named last.",
    "noun-for-person": "A description for the person whose office it names: the senator.",
    "noun-for-agency": "A common noun for the agency whose name ends in it, or is of its kind: the department.",
    "issuer-of-document": "A document for the one who spoke last: the statement said.",
}
"""Which rule made a mention that only a quote needs."""
