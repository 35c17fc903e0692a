"""An article as the builder sees it: frozen text and what is known about it."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from builder.errors import InputError

ARTICLE_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
MAX_ID_CHARACTERS = 200
"""Pages are files that are named by their article."""
MAX_CHARACTERS = 20_000_000
"""Longest text accepted, in code points; memory grows with the longest article, not with their number."""


def normalise(text: str) -> str:
    """The text all offsets count in: no byte-order mark, line ends as ``\\n``, nothing else changed."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class Article:
    """One article; ``text`` is already normalised. Metadata that is not known is None.

    Raises InputError for an identifier, text or date that no package can hold.
    """

    article_id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    language: str | None = None
    source: str | None = None
    rights: str | None = None
    day_order: str | None = None
    """ "dmy" or "mdy": what the caller says of days that the text gives in figures alone."""
    extra: str | None = None
    """What else the source says of the article, as a JSON object."""

    def __post_init__(self) -> None:
        if not ARTICLE_ID.fullmatch(self.article_id):
            raise InputError(f"article_id {self.article_id[:80]!r} must match [a-z0-9][a-z0-9-]*")
        if len(self.article_id) > MAX_ID_CHARACTERS:
            raise InputError(f"article_id has {len(self.article_id):,} characters; at most {MAX_ID_CHARACTERS} are read")
        if not self.text or self.text.isspace():
            raise InputError("the article is empty")
        if len(self.text) > MAX_CHARACTERS:
            raise InputError(f"{len(self.text):,} characters; an article may have at most {MAX_CHARACTERS:,}")
        if "\r" in self.text or self.text.startswith("\ufeff"):
            raise InputError("the text is not normalised")

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()
