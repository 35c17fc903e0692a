"""One place where a text names a body."""

from typing import NamedTuple

from builder.text.document import Document
from builder.text.span import Span

APOSTROPHES = frozenset("'’")


class Surface(NamedTuple):
    """Tokens [first, stop) name a body. ``country`` is what the text says right before it ("Russia's Foreign Ministry").

    ``whole`` and ``defined_by`` are indexes of other surfaces: the body this one is a part of, and the full name before
    brackets that hold this acronym.
    """

    first: int
    stop: int
    span: Span
    name: str
    rule: str
    country: str | None = None
    whole: int | None = None
    defined_by: int | None = None


def text_of(document: Document, first: int, stop: int) -> str:
    """The words of tokens [first, stop) in one line with single spaces."""
    if stop - first == 1:
        return document.words[first]
    text = document.text[document.starts[first] : document.ends[stop - 1]]
    return " ".join(text.split()) if "\n" in text or "  " in text else text


def owner_stop(words: list[str], first: int) -> int:
    """Where the owner of what begins at ``first`` stops, if an apostrophe-s stands between them, else ``first``."""
    return first - 2 if first > 2 and words[first - 1] == "s" and words[first - 2] in APOSTROPHES else first
