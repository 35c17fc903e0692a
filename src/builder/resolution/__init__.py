"""Resolution: which participant or agency a speaker, a pronoun or a short name means."""

from builder.resolution.resolve import Referent, ReferringMention, ResolvedQuote, resolve_speakers

__all__ = ["RULES", "Referent", "ReferringMention", "ResolvedQuote", "resolve_speakers"]

RULES: dict[str, str] = {}
"""What each rule of this feature does, for the codebook."""
