"""Title, dateline, bylines and day of publication, read from the head of a text; credit lines, from its other lines."""

from collections.abc import Iterator
from typing import NamedTuple

from builder.text.head import lines as kinds
from builder.text.head.dateline import Dateline, IsPlace, closing_source, read_dateline
from builder.text.span import Span

RULES: dict[str, str] = {
    "metadata": "title and date of publication come from the article's metadata",
    "headline-and-dateline": "the first line reads as a headline and a dateline opens the report",
    "headline": "the first line reads as a headline; there is no dateline",
    "dateline": "a dateline opens the text; there is no headline",
    "text-only": "neither metadata nor the head of the text gives title or date",
}
"""How a row of articles came by its title and date."""

_HEAD_LINES = 10
_LONG_LINE = 400
_MOST_BLANK = 30
_LINES_BEFORE_DAY = 3
_MAX_STANDFIRST_WORDS = 25


class Head(NamedTuple):
    """``title`` is None where the text does not open with a headline.

    ``bylines`` are all lines that name who wrote, edited or photographed, at the head and elsewhere. ``days`` are the spans in
    which the day of publication may stand, the best first: the dateline's, then lines of their own and bylines.
    """

    title: Span | None
    dateline: Dateline | None
    bylines: tuple[Span, ...] = ()
    days: tuple[Span, ...] = ()

    @property
    def aside(self) -> tuple[Span, ...]:
        """What is no part of the report: the dateline and the bylines."""
        return ((self.dateline.span,) if self.dateline else ()) + self.bylines


def read_head(text: str, is_place: IsPlace = lambda _: False) -> Head:
    """The head of ``text``; ``is_place`` says of words whether they are a town's name."""
    head = _Reader(text)
    for line in _first_lines(text):
        dateline = read_dateline(text, line, is_place)
        if dateline:
            return head.close(_with_source(text, dateline))
        if head.read(line):
            break
    return head.close(None)


def _with_source(text: str, dateline: Dateline) -> Dateline:
    """The agency may stand at the text's end: "OSLO: ... on Tuesday. — Nordwire"."""
    return dateline if dateline.publisher or dateline.day else dateline._replace(publisher=closing_source(text))


class _Reader:
    """What the lines so far say."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.title: Span | None = None
        self.bylines: list[Span] = []
        self.days: list[Span] = []
        self.others: list[Span] = []
        """Lines after the headline that are nothing yet."""
        self.lead = False

    def read(self, line: Span) -> bool:
        """Whether the line is of the report, so that the head is over; else it is put where it belongs."""
        words = line.of(self.text)
        day = kinds.day_in(words)
        if day:
            self._read_day(Span(line.start + day[0], line.start + day[1]))
        elif kinds.is_byline(words):
            self.bylines.append(line)
            self.days.append(line)
        elif kinds.is_credit(words):
            self.bylines.append(line)
        elif not kinds.is_chrome(words):
            return self._read_words(line, words)
        return False

    def _read_day(self, day: Span) -> None:
        """Lines between headline and day are a name and what that person is, or nothing."""
        self.days.append(day)
        if self.others and len(self.others) <= _LINES_BEFORE_DAY and kinds.reads_as_name(self.others[0].of(self.text)):
            self.bylines += self.others
        self.others = []

    def _read_words(self, line: Span, words: str) -> bool:
        if self.title is None and not self.lead and kinds.reads_as_title(words):
            self.title = line
            return False
        self.lead = True
        self.others.append(line)
        return len(words.split()) > _MAX_STANDFIRST_WORDS or kinds.ends_as_sentence(words) or len(self.others) > _LINES_BEFORE_DAY

    def close(self, dateline: Dateline | None) -> Head:
        """The head, with the credit lines of the whole text; a text of one line is a report and has no title."""
        bylines = tuple(sorted({*self.bylines, *_credits(self.text)}))
        days = ([dateline.day] if dateline and dateline.day else []) + self.days
        title = self.title if dateline or (self.title and self.text[self.title.end :].strip()) else None
        return Head(title, dateline, bylines, tuple(days))


def _first_lines(text: str) -> list[Span]:
    """The first lines that are not blank, trimmed; only the head of the text is looked at."""
    found = []
    start = 0
    for _ in range(_HEAD_LINES + _MOST_BLANK):
        end = text.find("\n", start, start + 20_000)
        stop = len(text) if end < 0 else end
        piece = text[start : min(stop, start + _LONG_LINE)]
        body = piece.strip()
        if body:
            first = start + len(piece) - len(piece.lstrip())
            found.append(Span(first, first + len(body) if stop - start <= _LONG_LINE else stop))
        if end < 0 or len(found) == _HEAD_LINES:
            break
        start = end + 1
    return found


def _credits(text: str) -> Iterator[Span]:
    """Lines that name who reported, edited or photographed."""
    start = 0
    for line in text.split("\n"):
        if 0 < len(line) < _LONG_LINE and kinds.is_credit(line.lstrip()):
            body = line.strip()
            first = start + line.index(body)
            yield Span(first, first + len(body))
        start += len(line) + 1
