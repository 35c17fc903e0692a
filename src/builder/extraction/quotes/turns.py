"""Turns of a transcript or an interview: lines that begin with the speaker's label and a colon ("MR LEE: We are ready.")."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from builder.knowledge.lexicon import rows
from builder.text.document import Document

LONGEST_LABEL = 8
LEAST_SPOKEN = 0.6
"""Share of the turns that must end as sentences do; in tables and lists of results ("Lee: 34") they do not."""
_SMALL = frozenset("the of de la al el bin van von . - ' ’ , ( )".split())
_TALKS = frozenset("interview transcript conversation".split())
_ENDS = frozenset((*".!?…—)\"”'’»", "--"))


class Turn(NamedTuple):
    """The label's tokens ``[first, stop)``, whether it is one for questions, and the token ranges of the paragraphs after it."""

    first: int
    stop: int
    asks: bool
    paragraphs: list[tuple[int, int]]


def find_turns(documents: Sequence[Document]) -> list[list[Turn]]:
    """The turns of each document; none where it is no transcript."""
    return list(map(_turns, documents))


def _turns(document: Document) -> list[Turn]:
    colons = document.where(_is_colon)
    if len(colons) < 2:
        return []
    labels = dict(_labels(document, colons))
    if not _alternate([document.words[stop - 1].lower() for stop in labels.values()]):
        return []
    found = list(_spoken(document, labels))
    ends = [document.words[turn.paragraphs[-1][1] - 1] in _ENDS for turn in found]
    return found if sum(ends) >= LEAST_SPOKEN * len(ends) > 0 else []


def _is_colon(word: str) -> int:
    return word == ":"


def _labels(document: Document, colons: list[int]) -> Iterator[tuple[int, int]]:
    """First tokens of the lines with a label, and the colons after it."""
    starts = set(document.line_starts)
    for colon in colons:
        first = next((at for at in range(colon - 1, max(-1, colon - 1 - LONGEST_LABEL), -1) if at in starts), None)
        if first is not None and not document.space_before(colon) and _is_label(document.words[first:colon]):
            yield first, colon


def _is_label(words: list[str]) -> bool:
    """Capitals throughout, and no heading of another kind ("Photo:")."""
    if not words[0][0].isupper() or _label_words().get(words[0].lower()) == "other":
        return False
    return all(word[0].isupper() or word.lower() in _SMALL for word in words)


def _alternate(keys: list[str]) -> bool:
    """By the last words of the labels: two speakers at least, of whom one speaks again or is a label for questions."""
    counts = Counter(keys)
    return len(counts) > 1 and (max(counts.values()) > 1 or any(map(_asks, counts)))


def _asks(word: str) -> bool:
    return _label_words().get(word.lower()) == "question"


def _spoken(document: Document, labels: dict[int, int]) -> Iterator[Turn]:
    lines = [line for line in document.line_starts if line >= min(labels)]
    turn: Turn | None = None
    for first, stop in zip(lines, [*lines[1:], len(document)], strict=True):
        if first in labels:
            if turn and turn.paragraphs:
                yield turn
            turn = Turn(first, labels[first], _asks(document.words[labels[first] - 1]), [])
        begin = labels[first] + 1 if first in labels else first
        if turn and _is_of_editor(document.words[begin:stop]):
            if turn.paragraphs:
                yield turn
            turn = None
        if turn and begin < stop and not _is_note(document.words[begin:stop]):
            turn.paragraphs.append((begin, stop))
    if turn and turn.paragraphs:
        yield turn


def _is_note(words: list[str]) -> bool:
    """What nobody says: "(Applause.)", "* * *"."""
    return (words[0] in "([" and words[-1] in ")]") or not any(word[0].isalnum() for word in words)


def _is_of_editor(words: list[str]) -> bool:
    """Where the report takes over: "This interview was edited." """
    return len(words) > 1 and words[0] == "This" and words[1] in _TALKS


@cache
def _label_words() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in rows("quote-label-words.tsv")}
