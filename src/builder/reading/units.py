"""Pieces of sources that should hold one article each, not yet looked into."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from builder.reading.encodings import decoded
from builder.reading.rejects import Reject

Kind = Literal["text", "json", "html", "page"]


class Unit(NamedTuple):
    """``source`` is the name by which the package knows the file, ``place`` where in it the unit stands, None for all of it."""

    kind: Kind
    source: str
    place: str | None
    raw: bytes
    """UTF-8 for text and JSON; a saved page as it is, or below a line of JSON that tells of it."""


def object_unit(source: str, place: str | None, fields: Mapping[str, Any]) -> Unit:
    """A unit of an article's text and what is known about it, under any names that :mod:`builder.reading.columns` knows."""
    raw = json.dumps(fields, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
    return Unit("json", source, place, raw)


def _untold(source: str, note: str) -> None:
    """Notes go nowhere."""


@dataclass(frozen=True)
class HowToRead:
    """What the user says about the sources, and who is told what was assumed of a file."""

    encoding: str | None = None
    join_lines: bool = False
    """Put together the words and paragraphs that a printed page has broken."""
    note: Callable[[str, str], None] = _untold

    def decode(self, source: str, raw: bytes) -> str:
        """The text of a file; where its encoding had to be guessed, the user is told. Raises InputError."""
        text, guessed = decoded(raw, self.encoding)
        self.tell_guess(source, guessed)
        return text

    def tell_guess(self, source: str, encoding: str | None) -> None:
        if encoding:
            self.note(source, f"is not UTF-8; read as {encoding}, which its bytes suggest (--encoding names it)")


Found = Iterator[Unit | Reject]
Reader = Callable[[Path, str, HowToRead], Found]
"""From a file and the name by which the package knows it. What it raises costs the rest of the file, and becomes a Reject."""
