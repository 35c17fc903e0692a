from hypothesis import given
from hypothesis import strategies as st
from tagging import tag

from builder.extraction.names import Name
from builder.text.document import Document
from builder.text.triggers import Trigger, find_triggers, in_any_case


def test_each_trigger_has_its_own_places() -> None:
    fish, boats = Trigger(lambda: ("cod", "eel")), Trigger(lambda: ("boat", "cod"))
    document = Document("A cod, an eel, a boat, a Cod.")
    assert fish.places(document) == [1, 4]
    assert boats.places(document) == [1, 7]


def test_words_in_any_case() -> None:
    assert Trigger(lambda: in_any_case(["eel"])).places(Document("eel Eel EEL eels")) == [0, 1, 2]


def test_a_trigger_that_is_defined_after_a_document_was_read() -> None:
    document = Document("a cod and an eel")
    assert Trigger(lambda: ("cod",)).places(document) == [1]
    assert Trigger(lambda: ("eel",)).places(document) == [4]


@given(st.lists(st.lists(st.sampled_from(["cod", "eel", ".", "boat"])).map(" ".join), min_size=1, max_size=4))
def test_places_are_those_of_the_words(texts: list[str]) -> None:
    documents = [Document(text) for text in texts]
    for document, places in zip(documents, find_triggers(documents), strict=True):
        expected = [i for i, word in enumerate(document.words) if word == "eel"]
        assert places.of(EELS) == EELS.places(document) == expected


EELS = Trigger(lambda: ("eel",))


def test_the_name_at_a_token() -> None:
    document = Document("Ann saw Bo Ek in Oslo.")
    names = [Name(1, 3, "person", "test"), Name(4, 5, "place", "test")]
    assert [tag(document, names).name_at(token) for token in range(6)] == [None, names[0], names[0], None, names[1], None]
