"""Participants: the persons, delegations, groups and states that take part in what an article reports."""

from builder.participants.find import find_participants
from builder.participants.found import FoundAffiliation, FoundParticipant, ParticipantMention

__all__ = ["RULES", "FoundAffiliation", "FoundParticipant", "ParticipantMention", "find_participants"]

RULES: dict[str, str] = {}
"""What each rule of this feature does, for the codebook."""
