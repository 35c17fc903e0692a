"""A document with its names, and what several features ask of the two."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from builder.extraction.groups import Group, find_groups
from builder.knowledge.countries import Countries, find_countries
from builder.text.document import Document
from builder.text.triggers import Places, find_triggers

if TYPE_CHECKING:
    from builder.extraction.names import Name


_PARTY_LETTERS = frozenset("DRI")


class TaggedDocument:
    """``names`` are ascending and apart from each other; ``words`` are padded, see :attr:`Document.padded`."""

    def __init__(self, document: Document, names: "Sequence[Name]", places: Places) -> None:
        self.document = document
        self.words = document.padded
        self.names = names
        self._firsts = [name.first for name in names]
        self.persons = [name for name in names if name.kind == "person" and not self._is_party_of_state(name.first)]
        self.organisations = [name for name in names if name.kind == "organisation"]
        self.places = places
        self.countries: Countries = find_countries(self.words, places)
        self.groups: list[Group] = find_groups(document, names, self.countries, places)

    def _is_party_of_state(self, first: int) -> bool:
        """ "D-Mo." after the name of a member of Congress."""
        return self.words[first] in _PARTY_LETTERS and self.words[first + 1] == "-"

    def name_at(self, token: int) -> "Name | None":
        """The name that ``token`` is part of."""
        at = bisect_right(self._firsts, token) - 1
        return self.names[at] if at >= 0 and token < self.names[at].stop else None


def tag_documents(documents: Sequence[Document], names: "Sequence[Sequence[Name]]") -> Iterator[TaggedDocument]:
    """Each document with its names; made one by one, so that few are kept at a time."""
    return map(TaggedDocument, documents, names, find_triggers(documents))
