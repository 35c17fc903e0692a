"""The names of an article made to agree: who is a person once is that person everywhere."""

import pytest
from agreed import agreed

from builder.extraction.names import Name
from builder.text.document import Document


def name(document: Document, text: str, kind: str, nth: int = 1) -> Name:
    """The ``nth`` place of ``text``."""
    at = -1
    for _ in range(nth):
        at = document.text.index(text, at + 1)
    return Name(document.token_at(at), document.token_at(at + len(text) - 1) + 1, kind, "test")


def settled(text: str, *names: tuple[str, str, int]) -> list[tuple[str, str]]:
    document = Document(text)
    found = agreed(document, sorted(name(document, *each) for each in names))
    assert found == sorted(found)
    return [(document.span(each.first, each.stop).of(text), each.kind) for each in found]


ANN = ("Ann Berg", "person", 1)


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("Ann Berg left. Then Berg slept.", [ANN], ["Ann Berg", "Berg"]),
        ("Ann Berg left. Berg slept.", [ANN], ["Ann Berg", "Berg"]),
        ("Ann Berg left. Sen. Berg slept.", [ANN], ["Ann Berg", "Berg"]),
        ("Ann Berg left. The Berg Museum closed.", [ANN], ["Ann Berg"]),
        ("Ann Berg left. They saw Carl Berg.", [ANN], ["Ann Berg"]),
        ("Berg slept.", [("Berg", "place", 1)], ["Berg"]),
    ],
)
def test_a_last_name_that_stands_alone(text: str, names: list[tuple[str, str, int]], expected: list[str]) -> None:
    assert [found for found, _ in settled(text, *names)] == expected


def test_a_last_name_is_no_organisation() -> None:
    assert settled("Ann Berg left. They asked Berg.", ANN, ("Berg", "organisation", 2))[1] == ("Berg", "person")
    assert (
        settled("Ann Lind left. They asked Berg.", ("Ann Lind", "person", 1), ("Berg", "organisation", 1))[1][1] == "organisation"
    )


def test_what_is_no_part_of_a_name() -> None:
    assert settled("Mr. Berg left.", ("Mr. Berg", "person", 1)) == [("Berg", "person")]
    assert settled("Bergen Mayor Ann Berg left.", ("Bergen Mayor Ann Berg", "person", 1)) == [("Ann Berg", "person")]
    assert settled("Prince Carl Johan left.", ("Prince Carl Johan", "person", 1)) == [("Prince Carl Johan", "person")]
    assert settled("Ann Berg's house", ("Ann Berg'", "person", 1)) == [("Ann Berg", "person")]
    assert settled("Mr left.", ("Mr", "person", 1)) == []
