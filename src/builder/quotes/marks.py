"""Quotation marks, and the passages that stand between them."""

from typing import NamedTuple

from builder.document import Document
from builder.span import Span

STRAIGHT = '"'
OPENING = {"“": "”", "„": "”", "«": "»", "‟": "”"}
CLOSING = frozenset(OPENING.values())
_MARKS = frozenset(OPENING) | CLOSING | {STRAIGHT}
_OPENS_AFTER = frozenset("([{—–-/:…")
_MIN_SINGLE = 2


class Passage(NamedTuple):
    """Tokens ``[first, stop)`` between two marks; ``mark`` is the opening one. An unclosed passage ends with its line."""

    mark: int
    first: int
    stop: int
    closed: bool
    line: int

    def span(self, document: Document) -> Span:
        return document.span(self.first, self.stop)


def is_mark(word: str) -> int:
    return word in _MARKS


def is_single_mark(word: str) -> int:
    return word in ("'", "‘", "’")


def find_passages(document: Document) -> list[Passage]:
    """Passages in order, none inside another. A line feed ends every passage, so a mark left open costs its line at most."""
    lines = _marks_by_line(document, document.where(is_mark))
    found = [passage for line, marks in lines for passage in _pair(document, line, marks)]
    return found


def _marks_by_line(document: Document, marks: list[int]) -> list[tuple[tuple[int, int], list[int]]]:
    """Marks grouped by their line's token range."""
    starts = document.line_starts
    grouped: list[tuple[tuple[int, int], list[int]]] = []
    at = 0
    for mark in marks:
        if grouped and mark < grouped[-1][0][1]:
            grouped[-1][1].append(mark)
            continue
        while at + 1 < len(starts) and starts[at + 1] <= mark:
            at += 1
        stop = starts[at + 1] if at + 1 < len(starts) else len(document)
        grouped.append(((starts[at], stop), [mark]))
    return grouped


def _pair(document: Document, line: tuple[int, int], marks: list[int]) -> list[Passage]:
    found: list[Passage] = []
    opened: int | None = None
    inner = 0
    for mark in marks:
        if opened is None:
            if _may_open(document, mark, line):
                opened, inner = mark, 0
        elif _opens_inside(document, opened, mark, line):
            inner += 1
        elif inner:
            inner -= 1
        else:
            if mark > opened + 1 and not _is_attribute(document, opened):
                found.append(Passage(opened, opened + 1, mark, True, line[0]))
            opened = None
    if opened is not None and opened + 1 < line[1]:
        found.append(Passage(opened, opened + 1, line[1], False, line[0]))
    return found


def _may_open(document: Document, mark: int, line: tuple[int, int]) -> bool:
    """A closing mark opens nothing, unless it is put where only an opening one can stand."""
    word = document.words[mark]
    if word in OPENING:
        return True
    before, after = _free_before(document, mark, line), _free_after(document, mark, line)
    if word == STRAIGHT:
        return not (after and not before) and not _is_inch(document, mark)
    return before and not after


def _opens_inside(document: Document, opened: int, mark: int, line: tuple[int, int]) -> bool:
    """Whether a mark inside an open passage opens a quotation of its own."""
    word = document.words[mark]
    if word in CLOSING:
        return False
    before, after = _free_before(document, mark, line), _free_after(document, mark, line)
    return before and not after and (word in OPENING or document.words[opened] != STRAIGHT)


def _free_before(document: Document, mark: int, line: tuple[int, int]) -> bool:
    return mark == line[0] or document.space_before(mark) or document.words[mark - 1] in _OPENS_AFTER


def _free_after(document: Document, mark: int, line: tuple[int, int]) -> bool:
    if mark + 1 >= line[1] or document.space_before(mark + 1):
        return True
    return document.words[mark + 1] in ".,;:!?)]}…—–"


def _is_attribute(document: Document, mark: int) -> bool:
    """Markup and code: name="value"."""
    return mark > 0 and document.words[mark - 1] == "=" and not document.space_before(mark)


def _is_inch(document: Document, mark: int) -> bool:
    return mark > 0 and document.words[mark - 1].isdigit() and not document.space_before(mark)
