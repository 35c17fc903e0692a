"""The labels of a transcript's turns name persons ("MR LEE: We are ready."), whom the network passes over in capitals."""

from collections.abc import Sequence

from builder.extraction.names import Name
from builder.extraction.quotes import Turn
from builder.knowledge.given_names import is_honorific
from builder.knowledge.offices import is_office
from builder.text.document import Document

_BETWEEN = frozenset(".,")


def names_with_labels(document: Document, names: Sequence[Name], turns: Sequence[Turn]) -> Sequence[Name]:
    """The names, and a person for each label that is one; they ascend and stay apart from each other."""
    if not turns:
        return names
    surnames = {document.words[name.stop - 1].lower() for name in names if name.kind == "person"}
    labels = [label for turn in turns if (label := _person(document, turn, surnames))]
    kept = [name for name in names if not any(name.first < label.stop and label.first < name.stop for label in labels)]
    return sorted([*kept, *labels])


def _person(document: Document, turn: Turn, surnames: set[str]) -> Name | None:
    """What follows the title; a single word without one only if it is the last name of a person of the article."""
    words, first, stop = document.words, turn.first, turn.stop
    while first < stop and (is_honorific(words[first]) or is_office(words[first]) or words[first] in _BETWEEN):
        first += 1
    alone = first == turn.first and stop - first == 1
    if first == stop or turn.asks or not words[first][0].isupper() or (alone and words[first].lower() not in surnames):
        return None
    return Name(first, stop, "person", "speaker-label")
