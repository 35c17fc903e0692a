"""Names set by hand, so that what is made of them is tested without the tagger."""

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from builder.extraction.names import Name
from builder.extraction.tagged import TaggedDocument, tag_documents
from builder.text.document import Document


def tagged(document: Document, persons: str = "", organisations: str = "") -> list[Name]:
    """Names at every place of the given texts, which are separated by |; a longer text goes before one inside it."""
    found: dict[int, Name] = {}
    for kind, texts in (("person", persons), ("organisation", organisations)):
        for text in sorted(filter(None, texts.split("|")), key=len, reverse=True):
            for match in re.finditer(rf"\b{re.escape(text)}\b", document.text):
                first, last = document.token_at(match.start()), document.token_at(match.end() - 1)
                if not found.keys() & set(range(first, last + 1)):
                    found |= dict.fromkeys(range(first, last + 1), Name(first, last + 1, kind, "test"))
    return sorted(set(found.values()))


def tag(document: Document, names: Sequence[Name]) -> TaggedDocument:
    (found,) = tag_documents([document], [names])
    return found


def drawn_names(document: Document, data: st.DataObject) -> list[Name]:
    """Any names of any kinds, ascending and apart from each other."""
    names = []
    stop = 0
    while stop < len(document) and data.draw(st.booleans()):
        first = data.draw(st.integers(stop, len(document) - 1))
        stop = data.draw(st.integers(first + 1, len(document)))
        names.append(Name(first, stop, data.draw(st.sampled_from(["person", "organisation", "place", "other"])), "test"))
    return names
