"""From a word inside a noun phrase to the head of the whole: from a possessor to what it owns, from an office to its holder.

"China" in "China's spokesman" and "his" in "his spokesman" lead to the spokesman, "Secretary" in "Secretary of State Ann Lee" and
"minister" in "the minister, Ann Lee, said" to Lee. A possessor of a reporting noun stays: in "Lee's claim" it is Lee who claims.
"""

import numpy as np

from builder.extraction.quotes.layout import Layout, members
from builder.extraction.quotes.words import (
    OFFICE,
    Bools,
    CueClass,
    Ints,
    Particle,
    WordClass,
    are_among,
    lower_hash,
    lower_hashes_of,
)

LONGEST_COMPLEMENT = 12
_QUOTES = lower_hashes_of("quoted quotes cited cites".split())
_SAYING = lower_hashes_of("saying telling".split())
_WHO = lower_hash("who")
_AS = lower_hash("as")
_MOST_OWNERS = 3
_PERSON = 1
_TAKES_APPOSITION = members(WordClass.NOUN)
_ENDS_COMPLEMENT = members(WordClass.NAME, WordClass.NOUN)
_CLOSES_APPOSITION = members(WordClass.COMMA, WordClass.COLON)


def whole(layout: Layout, head: Ints) -> Ints:
    """The heads of the whole phrases; negative ones stay as they are."""
    for _ in range(_MOST_OWNERS):
        head = _owned(layout, head)
    head = _before_who(layout, head)
    return _holder(layout, _said_by(layout, head))


def _said_by(layout: Layout, head: Ints) -> Ints:
    """Whom the subject of "quoted Ann Lee as saying" quotes, and whom the agent of "Ann Lee was quoted as saying by" quotes."""
    words, at = layout.words, np.maximum(head, 0)
    quoted = layout.heads.next(at + 2)
    active = are_among(words[at + 1], _QUOTES) & (layout.phrase_starts[quoted] <= at + 2) & (words[quoted + 1] == _AS)
    active &= are_among(words[quoted + 2], _SAYING)
    start = layout.phrase_starts[at]
    passive = (
        (layout.particles[start - 1] == Particle.BY) & are_among(words[start - 2], _SAYING) & are_among(words[start - 4], _QUOTES)
    )
    subject = layout.heads.last(start - 4)
    return np.where((head >= 0) & active, quoted, np.where((head >= 0) & passive & (subject >= 0), subject, head))


def _before_who(layout: Layout, head: Ints) -> Ints:
    """The name that a relative pronoun follows: "Ann Lee, who said"."""
    at = np.maximum(head, 0)
    last = at - 1 - (layout.classes[at - 1] == WordClass.COMMA)
    found = (head >= 0) & (layout.words[at] == _WHO) & _is_person(layout, last) & ~layout.is_quoted[last]
    return np.where(found, last, head)


def _owned(layout: Layout, head: Ints) -> Ints:
    """What a possessor owns, if no verb or noun of reporting."""
    at = np.maximum(head, 0)
    owns = (layout.classes[at + 1] == WordClass.POSSESSIVE) | (layout.particles[at] == Particle.POSSESSIVE)
    owned = layout.heads.next(at + 1)
    reports = (layout.cues[owned] != CueClass.NONE) & (layout.name_at[owned] < 0)
    found = owns & (head >= 0) & (owned < layout.count) & (layout.phrase_starts[owned] <= at + 1) & ~reports
    return np.where(found, owned, head)


def _holder(layout: Layout, head: Ints) -> Ints:
    """The person who follows a title with "of", or a title and a comma."""
    at = np.maximum(head, 0)
    end = with_complement(layout, at + 1)
    last = end - 1
    in_title = (end > at + 2) & (layout.batch.facts[at] & OFFICE != 0) & _is_person(layout, last)
    in_title &= _first_of_name(layout, last) > at + 2
    first = end + 1
    past = _stop_of_name(layout, first)
    after = layout.are_in(past, _CLOSES_APPOSITION) | layout.is_verbal_cue[past]
    is_common = layout.are_in(at, _TAKES_APPOSITION) | (layout.batch.facts[at] & OFFICE != 0)
    apposed = is_common & (layout.classes[end] == WordClass.COMMA) & _is_person(layout, first) & after
    apposed &= (_first_of_name(layout, first) == first) & ~layout.is_quoted[first]
    found: Ints = np.where((head >= 0) & in_title, last, np.where((head >= 0) & apposed, past - 1, head))
    return found


def _is_person(layout: Layout, token: Ints) -> Bools:
    found: Bools = layout.kinds_of_names(token) == _PERSON
    return found


def _first_of_name(layout: Layout, token: Ints) -> Ints:
    """First token of the name at a token, -1 outside names."""
    found: Ints = np.append(layout.name_ranges.first, np.int32(-1)).take(layout.name_at.take(token))
    return found


def _stop_of_name(layout: Layout, token: Ints) -> Ints:
    """The token after the name at a token; outside names the token itself."""
    stops = np.append(layout.name_ranges.stop, np.int32(-1)).take(layout.name_at.take(token))
    return np.where(stops < 0, token, stops)


def with_complement(layout: Layout, stop: Ints) -> Ints:
    """End of "a spokesman for the port" and "the authors of the study", where the phrase up to its "of" ends at ``stop``."""
    end = np.minimum(layout.complements.after(stop + 1), stop + LONGEST_COMPLEMENT)
    complete = (layout.particles[stop] == Particle.OF) & layout.are_in(end - 1, _ENDS_COMPLEMENT)
    return np.where(complete, end, stop)
