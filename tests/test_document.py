from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.document import Document, Vocabulary, documents_of, words_of

MESSY = st.text(st.characters() | st.sampled_from(" \n.\"“”’'U.S"), max_size=200)


def sentences(text: str) -> list[str]:
    document = Document(text)
    starts = document.sentence_starts
    return [document.span(a, b).of(text) for a, b in zip(starts, [*starts[1:], len(document)], strict=True)]


@given(MESSY)
def test_tokens_cover_all_but_white_space(text: str) -> None:
    document = Document(text)
    rebuilt = list(text)
    for word, start, end in zip(document.words, document.starts, document.ends, strict=True):
        assert text[start:end] == word
        rebuilt[start:end] = " " * (end - start)
    assert "".join(rebuilt).isspace() or not text


@given(st.lists(MESSY, max_size=4))
def test_tokens_do_not_depend_on_other_texts(texts: list[str]) -> None:
    for text, document in zip(texts, documents_of(texts), strict=True):
        assert document.words == words_of(text)
        assert [document.span(i, i + 1).of(text) for i in range(len(document))] == document.words


@given(MESSY)
def test_every_token_stands_in_one_sentence(text: str) -> None:
    document = Document(text)
    starts = document.sentence_starts
    assert starts == sorted(set(starts))
    assert set(document.line_starts) <= set(starts)
    for i in range(len(document)):
        first, stop = document.sentence(i)
        assert first <= i < stop


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Berg met Gen. Holm. They spoke.", ["Mr. Berg met Gen. Holm.", "They spoke."]),
        ("He left the U.S. The trip was long.", ["He left the U.S.", "The trip was long."]),
        ("The U.S. Senate met at 5 p.m. Monday.", ["The U.S. Senate met at 5 p.m. Monday."]),
        ("“We agreed.” She left.", ["“We agreed.”", "She left."]),
        ("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."]),
        ("One line\nAnother", ["One line", "Another"]),
        ("J. R. Holm spoke. So did I. We left.", ["J. R. Holm spoke.", "So did I.", "We left."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


marks_and_words = st.lists(st.sampled_from([*'.!?…"”) \n', " ", "U.S.", "Dr", "J", "The", "said"]), max_size=12).map("".join)


@given(st.lists(marks_and_words, min_size=1, max_size=4))
def test_sentences_of_a_document_do_not_depend_on_others(texts: list[str]) -> None:
    together = [document.sentence_starts for document in documents_of(texts)]
    assert together == [Document(text).sentence_starts for text in texts]


@pytest.mark.parametrize("slot_bits", [2, 18])
def test_equal_words_have_equal_numbers(slot_bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.text.vocabulary._SLOT_BITS", slot_bits)
    monkeypatch.setattr("builder.text.document._shared", Vocabulary())
    words = ["a" * n for n in range(1, 40)]
    words += [
        "a" * 16 + "b",
        "\0",
        "\U00010041",
        "A",
        "\U00010042\U00010043",
        "Öl",
        "老",
        "U.S.",
        ".",
    ]
    number_of: dict[str, int] = {}
    for texts in ([" ".join(words), " ".join(reversed(words))], [" ".join(words)]):
        for each in documents_of(texts):
            for word, number in zip(each.words, each.ids.tolist(), strict=True):
                assert number_of.setdefault(word, number) == number
    assert sorted(number_of) == sorted(words)
    assert len(set(number_of.values())) == len(words)


def test_initials_are_one_token() -> None:
    assert Document("The U.S. and the U.N. agree").words == ["The", "U.S.", "and", "the", "U.N.", "agree"]


def test_values_are_looked_up_by_distinct_word() -> None:
    seen: list[str] = []

    def length(word: str) -> int:
        seen.append(word)
        return len(word)

    document = Document("zyx wvu zyx")
    assert document.values(length).tolist() == [3, 3, 3]
    assert seen.count("zyx") == 1


def test_a_decomposed_letter_is_part_of_its_word() -> None:
    text = normalize("NFD", "Zoë Ångström")
    assert Document(text).words == words_of(text) == text.split()
