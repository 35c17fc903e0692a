"""A document with its names, and what several features ask of the two."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from builder.countries import Countries, find_countries
from builder.document import Document
from builder.groups import Group, find_groups
from builder.triggers import Places, Trigger, find_triggers

if TYPE_CHECKING:
    from builder.names import Name


class TaggedDocument:
    """``names`` are ascending and apart from each other; ``words`` are padded, see :attr:`Document.padded`."""

    def __init__(self, document: Document, names: "Sequence[Name]", places: Places) -> None:
        self.document = document
        self.words = document.padded
        self.names = names
        self._firsts = [name[0] for name in names]
        self._places = places
        self.countries: Countries = find_countries(self.words, places)

    def places(self, trigger: Trigger) -> list[int]:
        return self._places[trigger]

    def name_at(self, token: int) -> "Name | None":
        """The name that ``token`` is part of."""
        at = bisect_right(self._firsts, token) - 1
        return self.names[at] if at >= 0 and token < self.names[at][1] else None

    @cached_property
    def groups(self) -> list[Group]:
        return find_groups(self)


def tag_documents(documents: Sequence[Document], names: "Iterable[Sequence[Name]]") -> list[TaggedDocument]:
    """Of each document, with its names."""
    return list(map(TaggedDocument, documents, names, find_triggers(documents)))
