import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.headline import read_head

BODY = "ministers met for a second day and agreed to go on with their talks about satellites."


@pytest.mark.parametrize(
    ("opening", "dateline", "publisher"),
    [
        ("March 3, 2019 (WXYZ)—The ", "March 3, 2019 (WXYZ)", "WXYZ"),
        ("OSLO, March 3 (Nordwire) - The ", "OSLO, March 3 (Nordwire)", "Nordwire"),
        ("OSLO (Nordwire) — The ", "OSLO (Nordwire)", "Nordwire"),
        ("OSLO, Norway, 3 March 2019 -- The ", "OSLO, Norway, 3 March 2019", None),
        ("NEW DELHI — The ", "NEW DELHI", None),
        ("OSLO, March 3. /NORD/. The ", "OSLO, March 3. /NORD/", "NORD"),
        ("2019-03-03 — The ", "2019-03-03", None),
    ],
)
def test_datelines_of_several_styles(opening: str, dateline: str, publisher: str | None) -> None:
    text = f"Talks Go On\n{opening}{BODY}"
    head = read_head(text)
    assert head.dateline is not None
    assert head.dateline.span.of(text) == dateline
    assert (head.dateline.publisher.of(text) if head.dateline.publisher else None) == publisher
    assert head.title is not None
    assert head.title.of(text) == "Talks Go On"


@pytest.mark.parametrize(
    "opening",
    [
        "The ",
        "Norway and Sweden — The ",
        "However, ",
        "Mr. Berg – a lawyer – and the ",
        "In Oslo. The ",
        "(Update) The ",
        "NOTE -- the ",
    ],
)
def test_a_plain_opening_is_no_dateline(opening: str) -> None:
    assert read_head(f"Talks Go On\n{opening}{BODY}").dateline is None


def test_a_text_of_one_paragraph_has_no_title() -> None:
    assert read_head(BODY).title is None


def test_a_first_line_that_runs_on_is_no_title() -> None:
    assert read_head(f"{BODY * 3}\n\n{BODY}").title is None


def test_a_dateline_on_the_first_line_leaves_no_title() -> None:
    head = read_head(f"OSLO (Nordwire) — The {BODY}\nMore of it.")
    assert head.title is None
    assert head.dateline is not None


@given(st.text(max_size=300))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    head = read_head(text)
    for span in (head.title, head.dateline and head.dateline.span):
        if span:
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip() == span.of(text)
