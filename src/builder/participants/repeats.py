"""Last names that an article repeats alone where the tagger passed them over."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from builder.document import Document
from builder.given_names import is_honorific
from builder.lexicon import rows
from builder.offices import is_office

if TYPE_CHECKING:
    from builder.names import Name

_SHORTEST = 3


def with_repeated_last_names(document: Document, names: "Sequence[Name]") -> "list[Name]":
    """``names`` and, in reading order among them, each other place where the last name of a person named in full stands alone.

    "Young people" at the start of a sentence is not Andrew Young; a word between other capitals is part of their name.
    """
    full = [name for name in names if name.kind == "person" and name.stop - name.first > 1]
    last_names = {word for name in full if len(word := document.words[name.stop - 1]) >= _SHORTEST}
    if not last_names:
        return list(names)
    covered = {token for name in names for token in range(name.first, name.stop)}
    found = [
        full[0]._replace(first=i, stop=i + 1, rule="repeated-last-name")
        for i in document.where(_is_capitalised)
        if document.words[i] in last_names and i not in covered and _stands_alone(document, i)
    ]
    return sorted([*names, *found]) if found else list(names)


def _is_capitalised(word: str) -> int:
    return word[0].isupper()


def _stands_alone(document: Document, i: int) -> bool:
    words = document.words
    before = words[i - 1] if i else ""
    after = words[i + 1] if i + 1 < len(words) else ""
    if before == ".":
        before = words[i - 2] if i > 1 else ""
    elif before[:1].isupper() and not (is_honorific(before) or is_office(before)) and document.sentence(i)[0] != i - 1:
        return False
    titled = is_honorific(before) or is_office(before)
    return titled or not (after[:1].isupper() or (words[i].lower() in _common_words() and document.sentence(i)[0] == i))


@cache
def _common_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("parts-of-speech.tsv"))
