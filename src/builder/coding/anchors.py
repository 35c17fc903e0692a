"""Finding a passage again in a text that has changed: exactly the same words, and the place that their surroundings tell.

Never by similarity: a passage whose words have changed is another passage, and two places that look alike are no place.
"""

from functools import lru_cache
from typing import NamedTuple

CONTEXT = 32
"""Characters kept on each side of a passage."""

_PLAIN = str.maketrans("“”„«»‘’‚–—\u00a0", '"""""\'\'\'-- ')
"""Surroundings are the same where only the form of marks, dashes and spaces is another."""


class Anchor(NamedTuple):
    """A passage with what stood before and after it; a side shorter than CONTEXT is where the text begins or ends."""

    text: str
    start: int
    prefix: str
    suffix: str


class _Place(NamedTuple):
    """Where the passage could be; ``same`` counts the characters around it that are as they were."""

    same: int
    start: int
    whole: bool
    """Whether one side is there in full."""


def anchor_at(text: str, start: int, end: int) -> Anchor:
    return Anchor(text[start:end], start, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def stands_at(text: str, anchor: Anchor) -> bool:
    """Whether the passage is where it was."""
    return bool(anchor.text) and text.startswith(anchor.text, anchor.start)


def find_again(text: str, anchor: Anchor) -> int | None:
    """Where the passage begins in ``text``; None where no place, or more than one, has the best surroundings.

    The best place counts only if one side is there in full, or as many characters as one side has match on both together. Another
    place that has one side in full too makes it doubtful, as where a paragraph stands twice, unless the passage has not moved.
    """
    if not anchor.text:
        return None
    places = _places(text, anchor)
    best = max(places, default=None)
    if best is None or sum(place.same == best.same for place in places) > 1:
        return None
    if not best.whole and best.same < CONTEXT:
        return None
    others = any(place.whole for place in places if place is not best)
    return None if others and best.start != anchor.start else best.start


def _places(text: str, anchor: Anchor) -> list[_Place]:
    around, prefix, suffix = _plain(text), anchor.prefix.translate(_PLAIN), anchor.suffix.translate(_PLAIN)
    places = []
    at = text.find(anchor.text)
    while at >= 0:
        end = at + len(anchor.text)
        if _cuts_words_like(around, at, end, anchor):
            before, after = _same_before(around, at, prefix), _same_after(around, end, suffix)
            whole = _is_whole(before, prefix, at == before) or _is_whole(after, suffix, end + after == len(around))
            places.append(_Place(before + after, at, whole))
        at = text.find(anchor.text, at + 1)
    return places


def _cuts_words_like(text: str, start: int, end: int, anchor: Anchor) -> bool:
    """Whether the passage begins and ends in the middle of a word only where it did before: "aa" is not an "a" once more."""
    before = text[start - 1 : start] if start else ""
    return anchor.prefix[-1:].isalnum() == before.isalnum() and anchor.suffix[:1].isalnum() == text[end : end + 1].isalnum()


@lru_cache(maxsize=8)
def _plain(text: str) -> str:
    return text.translate(_PLAIN)


def _is_whole(matched: int, side: str, at_border: bool) -> bool:
    """A side that was cut short by the text's border must be so again."""
    return matched == len(side) and (len(side) >= CONTEXT or at_border)


def _same_before(text: str, at: int, prefix: str) -> int:
    """How many characters before ``at`` are the last of ``prefix``."""
    if text.endswith(prefix, 0, at):
        return len(prefix)
    count = 0
    while count < min(at, len(prefix)) and text[at - count - 1] == prefix[-count - 1]:
        count += 1
    return count


def _same_after(text: str, end: int, suffix: str) -> int:
    if text.startswith(suffix, end):
        return len(suffix)
    count = 0
    while count < min(len(text) - end, len(suffix)) and text[end + count] == suffix[count]:
        count += 1
    return count
