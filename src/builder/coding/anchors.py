"""Finding a passage again in a text that has changed: exactly the same words, and the place that their surroundings tell.

Never by similarity: a passage whose words have changed is another passage, and two places that look alike are no place.
"""

from typing import NamedTuple

CONTEXT = 32
"""Characters kept on each side of a passage."""


class Anchor(NamedTuple):
    """A passage with what stood before and after it; a side shorter than CONTEXT is where the text begins or ends."""

    text: str
    start: int
    prefix: str
    suffix: str


def anchor_at(text: str, start: int, end: int) -> Anchor:
    return Anchor(text[start:end], start, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def stands_at(text: str, anchor: Anchor) -> bool:
    """Whether the passage is where it was."""
    return bool(anchor.text) and text.startswith(anchor.text, anchor.start)


def find_again(text: str, anchor: Anchor) -> int | None:
    """Where the passage begins in ``text``; None where no place, or more than one, has the best surroundings.

    The best place counts only if one side is there in full, or as many characters as one side has match on both together.
    """
    best: list[tuple[int, int, bool]] = []
    if not anchor.text:
        return None
    at = text.find(anchor.text)
    while at >= 0:
        end = at + len(anchor.text)
        before = _same_before(text, at, anchor.prefix)
        after = _same_after(text, end, anchor.suffix)
        whole = _is_whole(before, anchor.prefix, at == before) or _is_whole(after, anchor.suffix, end + after == len(text))
        if not best or before + after > best[0][0]:
            best = [(before + after, at, whole)]
        elif before + after == best[0][0]:
            best.append((before + after, at, whole))
        at = text.find(anchor.text, at + 1)
    if len(best) != 1:
        return None
    score, place, whole = best[0]
    return place if whole or score >= CONTEXT else None


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
