"""Quotations without marks: what follows "the minister said:" at the end of a paragraph, and the turns of a transcript.

A block is a run of paragraphs of one speaker. Each paragraph is a quote; a mark inside it belongs to its text.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from builder.extraction.quotes.batch import Batch
from builder.extraction.quotes.marks import Passages
from builder.extraction.quotes.turns import Turn
from builder.extraction.quotes.words import (
    FINITE,
    SINGLE_MARK,
    Bools,
    CueClass,
    Ints,
    WordClass,
    are_among,
    classes_of,
    cues_of,
    lower_hashes_of,
)

NONE = -1
REACH = 12
"""Most tokens from a reporting verb to the colon that it opens a statement with."""
SHORTEST = 9
"""Tokens of a paragraph that may be a statement although no full stop ends it; a shorter one is a heading."""

_SPEECH = (CueClass.SAY, CueClass.TELL, CueClass.ASK, CueClass.WRITE)
_REPORTING = (*FINITE, WordClass.PARTICIPLE)
_PARTS = (*FINITE, WordClass.MARK)
"""What a reporting verb before it has nothing to do with the colon after it."""
_TELLING = lower_hashes_of("said says added adds told tells wrote writes continued concluded tweeted".split())
_FIRST_PERSONS = lower_hashes_of("i we my our me us".split())
_BREAKS = (WordClass.BRACKET, WordClass.DASH, WordClass.HYPHEN, WordClass.OTHER, WordClass.MARK)
"""Classes of what opens a line that is no paragraph of a statement: lists, notes, quotations."""


class Blocks(NamedTuple):
    """Paragraphs ``[first, stop)`` in ascending order. ``cue`` is the verb before the colon, or NONE; ``label`` the last token
    of the label of a turn, or NONE; ``opens`` tells the first paragraph of each block."""

    first: Ints
    stop: Ints
    cue: Ints
    label: Ints
    opens: Bools

    def holds(self, tokens: Ints) -> Bools:
        """Whether each token is inside a paragraph."""
        at = np.searchsorted(self.first, tokens, side="right") - 1
        found: Bools = (at >= 0) & (tokens < np.append(self.stop, 0).take(at))
        return found

    @property
    def cues(self) -> Ints:
        """The verbs before the colons, and the colons after the labels."""
        return np.append(self.cue[self.cue != NONE], self.label[self.label != NONE] + 1)

    def without(self, passages: Passages) -> Passages:
        """The passages outside."""
        if not len(self.first):
            return passages
        kept = ~self.holds(passages.first)
        return Passages(passages.mark[kept], passages.stop[kept], passages.closed[kept])


def find_blocks(batch: Batch, turns: Sequence[Sequence[Turn]]) -> Blocks:
    """Turns and statements of all documents; a document that is a transcript is read as nothing else."""
    found = [*_turn_rows(batch, turns), *_Statements(batch, turns).rows()]
    first, stop, cue, label, opens = np.array(sorted(found), np.int32).reshape(-1, 5).T
    return Blocks(first, stop, cue, label, opens != 0)


_Row = tuple[int, int, int, int, bool]


def _turn_rows(batch: Batch, turns: Sequence[Sequence[Turn]]) -> list[_Row]:
    return [
        (shift + first, shift + stop, NONE, shift + turn.stop - 1, not number)
        for shift, spoken in zip(batch.firsts.tolist(), turns, strict=True)
        for turn in spoken
        for number, (first, stop) in enumerate(turn.paragraphs)
    ]


class _Statements:
    """Looks for lines that end with a reporting verb and a colon."""

    def __init__(self, batch: Batch, turns: Sequence[Sequence[Turn]]) -> None:
        self._batch = batch
        self._classes = classes_of(batch.facts)
        self._lines = batch.line_starts.tolist()
        self._in_transcript = np.repeat([bool(spoken) for spoken in turns], np.diff(np.append(0, batch.stops)))

    def rows(self) -> list[_Row]:
        lines = self._batch.line_starts
        ends = lines[1:] - 1
        leads = np.flatnonzero((self._classes[ends] == WordClass.COLON) & ~self._in_transcript[ends]).tolist()
        return list(chain.from_iterable(map(self._statement, leads)))

    def _statement(self, lead: int) -> list[_Row]:
        """Rows of the paragraphs after the line of this number."""
        lines = self._lines
        cue = self._cue_before(lines[lead], lines[lead + 1] - 1)
        if cue == NONE:
            return []
        document = self._batch.document_numbers(np.array([cue]))[0]
        following = [(lines[k], lines[k + 1]) for k in range(lead + 1, self._last_line(document))]
        return [(first, stop, cue, NONE, not number) for number, (first, stop) in enumerate(self._paragraphs(following))]

    def _last_line(self, document: int) -> int:
        """Number of the line of empty tokens after a document."""
        found = np.searchsorted(self._batch.line_starts, self._batch.stops[document]) - 1
        return int(found)

    def _cue_before(self, begin: int, colon: int) -> int:
        """The verb of "said in a statement:", no other verb between it and the colon; NONE if there is none."""
        begin = max(begin, colon - REACH)
        cues, classes = cues_of(self._batch.facts[begin:colon]).tolist(), self._classes[begin:colon].tolist()
        for at in range(colon - begin - 1, -1, -1):
            if cues[at] in _SPEECH and classes[at] in _REPORTING:
                return begin + at
            if classes[at] in _PARTS:
                break
        return NONE

    def _paragraphs(self, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those of the lines that the statement takes in.

        One, unless the rest tells nothing but the statement, as in a press release, or goes on in the first person.
        """
        taken: list[tuple[int, int]] = []
        goes_on = bool(lines) and not any(self._tells(*line) for line in lines)
        for first, stop in lines:
            if not self._may_be_said(first, stop) or self._tells(first, stop):
                break
            if taken and not goes_on and not are_among(self._batch.hashes[first:stop], _FIRST_PERSONS).any():
                break
            taken.append((first, stop))
        return taken

    def _may_be_said(self, first: int, stop: int) -> bool:
        if self._classes[first] in _BREAKS or self._batch.facts[first] & SINGLE_MARK or stop - first < 2:
            return False
        return bool(self._classes[stop - 1] == WordClass.STOP) or stop - first >= SHORTEST

    def _tells(self, first: int, stop: int) -> bool:
        """Whether a paragraph holds marks, or a verb of telling that is not the statement's own ("I said", "has concluded")."""
        hashes = self._batch.hashes[first - 1 : stop]
        told_by_itself = are_among(hashes[:-1], _FIRST_PERSONS) | (self._classes[first - 1 : stop - 1] == WordClass.AUXILIARY)
        telling = are_among(hashes[1:], _TELLING) & ~told_by_itself
        return bool(telling.any() or (self._classes[first:stop] == WordClass.MARK).any())
