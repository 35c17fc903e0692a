"""Participants: the persons, delegations, groups and states that take part in what an article reports."""

from builder.extraction.names import AGREEMENT_RULES
from builder.extraction.participants.find import find_participants
from builder.extraction.participants.found import FoundAffiliation, FoundParticipant, ParticipantMention

__all__ = [
    "AFFILIATION_RULES",
    "MENTION_RULES",
    "PARTICIPANT_RULES",
    "RULES",
    "FoundAffiliation",
    "FoundParticipant",
    "ParticipantMention",
    "find_participants",
]

PARTICIPANT_RULES: dict[str, str] = {
    "tagged-person": "A name that the tagger takes for a person, without a role.",
    "apposition": "A person with a description after the name: Ann Lee, the mayor.",
    "office-before": "A person with an office before the name: Mayor Ann Lee.",
    "office-before-comma": "A person named in apposition to the office: the mayor, Ann Lee.",
    "office-by-verb": "A person who is, becomes or is appointed what the text says: Ann Lee became mayor.",
    "tagged-group": "A tagged name that is a working group or a known set of states.",
    "listed-group": "One of several working groups that share their words: working groups on trade and fishing.",
    "bilateral-group": "A working group named by two countries: the Russian-American working group.",
    "delegation": "A delegation named with its country or body: the U.S. delegation.",
    "counterpart-team": "The other side of a delegation: their Russian counterparts.",
    "headline-actor": "A country that opens the headline or one of its clauses, or is coordinated with one that does.",
    "side-of-pair": "One of two countries joined by a hyphen: Russia-United States.",
    "side-of-between": "One of two countries after “between”.",
    "government-of-state": "A country whose government, regime or authorities are named: the Indian government.",
    "side-of-relation": "A country with which there is an agreement, talks, ties or a war: ties with Norway.",
    "object-of-act": "A country that is accused, urged, warned or the like: they accused China of spying.",
    "acting-state": "A country, or its capital for it, that says or does something: China announced, Moscow denied.",
    "represented-state": "A country for which a delegation or an official of the article stands: Norway's prime minister.",
}
"""Which rule made a row of participants."""

AFFILIATION_RULES: dict[str, str] = {
    "role-names-agency": "An agency named inside a person's role: director of the World Bank.",
    "role-means-agency": "A person whose role means an agency of the article: foreign minister, and the Foreign Ministry.",
    "heads-agency": "A person who heads, leads, joined or represents an agency: Ann Lee, who heads the World Bank.",
    "agency-in-brackets": "A person with an agency in brackets after the name: Ann Lee (Labour).",
    "person-of-agency": "A person followed by “of”, “from”, “with” or “at” and an agency.",
    "agency-s-person": "An agency with apostrophe-s before a person: Reuters' Ann Lee.",
    "includes": "An agency in the list of those whose people a delegation or group includes.",
}
"""Which rule made a row of affiliations."""

RULES: dict[str, str] = {**PARTICIPANT_RULES, **AFFILIATION_RULES}

MENTION_RULES: dict[str, str] = {
    **{
        rule: RULES[rule]
        for rule in ("tagged-person", "tagged-group", "listed-group", "bilateral-group", "delegation", "counterpart-team")
    },
    **AGREEMENT_RULES,
    "bare-delegation": "“The delegation” where the article has only one.",
    "state-name": "The name of a state that is a party, where it is no mere place.",
    "people-for-state": "The people for the state that is a party: the Russians.",
    "capital-for-state": "The capital for the state that is a party: talks with Moscow.",
    "government-of-state": "The government of a state that is a party: the Indian government.",
    "state-adjective": "The first adjective of a state that is a party and is never named itself.",
}
"""Which rule made a mention of a participant."""
