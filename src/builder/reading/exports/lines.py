"""What the downloads of all databases are read as: lines of text, and marks that part them."""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from builder.knowledge.lexicon import rows

PAGE_ROLES = MappingProxyType({"hd": "headline", "author": "byline", "articleParagraph": "paragraph"})
"""What Factiva's pages call their elements."""

CONTINUED = "continued"
"""The role of a paragraph of a file that goes on with the text of the one before."""


class Lines(NamedTuple):
    """Of a file. ``whole`` where each line is a paragraph; else lines are wrapped, and blank ones part the paragraphs.

    ``roles`` are, by number of the line, those of :data:`PAGE_ROLES` of a page, where blank lines part the blocks (``blocks``),
    and :data:`CONTINUED`.
    """

    lines: list[str]
    whole: bool
    roles: Mapping[int, str] = MappingProxyType({})
    blocks: bool = False


class Exported(NamedTuple):
    """One article of a download: what the database says of it by name of the field, and its text."""

    fields: dict[str, str]
    text: str


class Labelled(NamedTuple):
    """What a line such as ``LENGTH: 355 words`` gives."""

    role: str
    value: str


@cache
def marks(database: str) -> dict[str, str]:
    """Role by mark, in small letters."""
    return {row["mark"].lower(): row["role"] for row in rows("export-marks.tsv") if row["database"] == database}


def labelled(line: str, database: str) -> Labelled | None:
    """None for a line without a label that the database uses."""
    label, colon, value = line.strip().partition(":")
    role = marks(database).get(label.strip().lower()) if colon else None
    return Labelled(role, value.strip()) if role else None


def paragraphs(lines: Iterable[str], whole: bool) -> str:
    """The text of lines: paragraphs with a blank line between them, wrapped lines put together."""
    stripped = [" ".join(line.split()) for line in lines]
    if whole:
        return "\n\n".join(filter(None, stripped))
    return "\n\n".join(" ".join(group) for filled, group in groupby(stripped, bool) if filled)


def named(**fields: str | None) -> dict[str, str]:
    """The fields that have a value, each on one line."""
    return {name: " ".join(value.split()) for name, value in fields.items() if value and not value.isspace()}
