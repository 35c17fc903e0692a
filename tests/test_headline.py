import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.text.head import Head, read_head

BODY = "ministers met for a second day and agreed to go on with their talks about satellites."


TOWNS = {"oslo", "bergen", "cape town", "tokyo"}


def head_of(text: str) -> Head:
    return read_head(text, lambda words: words.lower() in TOWNS)


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
        ("OSLO, Mar 3 2019 (NPS) - The ", "OSLO, Mar 3 2019 (NPS)", "NPS"),
        ("OSLO, Sept. 3, 2019 (Nordwire) -- The ", "OSLO, Sept. 3, 2019 (Nordwire)", "Nordwire"),
        ("BERGEN/OSLO, 3 March 2019 – The ", "BERGEN/OSLO, 3 March 2019", None),
        ("BERGEN and OSLO, Mar 3 2019 (NPS) - The ", "BERGEN and OSLO, Mar 3 2019 (NPS)", "NPS"),
        ("OSLO. March 3, 2019 (Nordwire) - The ", "OSLO. March 3, 2019 (Nordwire)", "Nordwire"),
        ("OSLO, March 3 (Fjord Mail/NPN): The ", "OSLO, March 3 (Fjord Mail/NPN)", "Fjord Mail/NPN"),
        ("OSLO, Mar 03: The ", "OSLO, Mar 03", None),
        ("OSLO (March 3, 2019) — The ", "OSLO (March 3, 2019)", None),
        ("OSLO: The ", "OSLO", None),
        ("Oslo: The ", "Oslo", None),
        ("Cape Town - The ", "Cape Town", None),
        ("Oslo, Norway – The ", "Oslo, Norway", None),
        ("OSLO – 3 March 2019: The ", "OSLO – 3 March 2019", None),
        ("Oslo /NORD/. The ", "Oslo /NORD/", "NORD"),
        ("OSLO, 3 Mar. (NPS).- The ", "OSLO, 3 Mar. (NPS)", "NPS"),
        ("fjord News, 3 March - The ", "fjord News, 3 March", "fjord News"),
        ("March 3, 2019 (OSLO) - The ", "March 3, 2019 (OSLO)", None),
        ("SMALLTOWN, N.Y. (NPS) -- The ", "SMALLTOWN, N.Y. (NPS)", "NPS"),
    ],
)
def test_datelines_of_several_styles(opening: str, dateline: str, publisher: str | None) -> None:
    text = f"Talks Go On\n{opening}{BODY}"
    head = head_of(text)
    assert head.dateline is not None
    assert head.dateline.span.of(text) == dateline
    assert (head.dateline.publisher.of(text) if head.dateline.publisher else None) == publisher
    assert text[head.dateline.stop :].startswith("The ")
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
        "(UPDATE) - The ",
        "NOTE -- the ",
        "BREAKING — The ",
        "QUESTION: The ",
        "MR BERG: The ",
        "Note: The ",
        "Oslo – which is a town – and the ",
        "Oslo: a ",
        "Ann Berg (Centre) – The ",
        "On March 3 – a Sunday – the ",
        "However, March 3 – a Sunday – the ",
    ],
)
def test_a_plain_opening_is_no_dateline(opening: str) -> None:
    assert head_of(f"Talks Go On\n{opening}{BODY}").dateline is None


def test_a_dateline_may_stand_on_a_line_of_its_own() -> None:
    text = f"Talks Go On\n\nSMALLTOWN, N.Y. (NPS) --\n\nThe {BODY}"
    head = head_of(text)
    assert head.dateline is not None
    assert text[head.dateline.stop :].startswith("\n\nThe")


def test_the_agency_may_stand_at_the_end() -> None:
    text = f"Talks Go On\n\nOSLO: The {BODY}\n\nThey meet again on Tuesday. — NPS\n"
    head = head_of(text)
    assert head.dateline is not None
    assert head.dateline.publisher is not None
    assert head.dateline.publisher.of(text) == "NPS"
    signed = head_of(text.replace("— NPS", "— Ann Lee Berg"))
    assert signed.dateline is not None
    assert signed.dateline.publisher is None


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ("March 3, 2019", "March 3, 2019"),
        ("3 March 2019 10:30 GMT", "3 March 2019"),
        ("Published: Sunday, March 3, 2019", "Sunday, March 3, 2019"),
        ("Last updated on 3 March 2019 at 9:15 am", "3 March 2019"),
        ("By Ann Berg | Mar. 03, 2019", "By Ann Berg | Mar. 03, 2019"),
        ("Ann Berg\nHarbour Editor\nSunday 3 March 2019 10:30 GMT", "Sunday 3 March 2019"),
        ("2019-03-03T10:30:00Z", "2019-03-03"),
    ],
)
def test_the_day_of_publication_may_stand_above_the_report(lines: str, day: str) -> None:
    text = f"Talks go on\n{lines}\n\nThe {BODY}"
    head = head_of(text)
    assert [span.of(text) for span in head.days] == [day]
    assert head.title is not None
    assert head.title.of(text) == "Talks go on"


@pytest.mark.parametrize("line", ["March 3", "The vote of March 3, 2019", "From 3 March 2019 to 4 March 2019", "Room 2019"])
def test_a_line_that_says_more_or_less_is_no_day_of_publication(line: str) -> None:
    assert head_of(f"Talks go on\n{line}\n\nThe {BODY}").days == ()


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Berg and Tom Hill in OSLO",
        "BY ANN BERG",
        "Written by Ann Berg | Oslo |",
        "(Reporting by Ann Berg; editing by Tom Hill)",
        "Additional reporting by Ann Berg.",
        "Photo: NPS",
        "Photograph by Ann Berg/NPS",
        "(Photo by Ann Berg/Nord Images)",
        "Photo by Ann Berg",
        "Ann Berg / Nord Images",
        "Ann Berg/NPS",
        "Ann Berg in Oslo and Tom Hill contributed to this report.",
        "Tom Hill contributed reporting from Bergen.",
    ],
)
def test_bylines_and_credit_lines(line: str) -> None:
    text = f"Talks go on\n{line}\n\nThe {BODY}"
    assert [span.of(text) for span in head_of(text).bylines] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "By the sea",
        "By noon, it was over.",
        "Photos show a bridge",
        "Photos by Ann Berg show a bridge",
        "Reporting is hard",
        "The bank contributed to this report by paying for it",
        "Ships of the harbour/NPS",
    ],
)
def test_other_lines_are_no_bylines(line: str) -> None:
    assert head_of(f"Talks go on\n{line}\n\nThe {BODY}").bylines == ()


def test_author_with_her_office_is_no_title() -> None:
    assert head_of(f"By Ann Berg, Chief Economist of the Harbour Bank.\n\nThe {BODY}").title is None


@pytest.mark.parametrize("line", ["QUESTION: Is it over?", "Q: Why?", "A2: Because it is"])
def test_turn_is_no_title(line: str) -> None:
    assert head_of(f"{line}\n\nMR BERG: No.\n\nThe {BODY}").title is None


def test_credits_stand_at_the_end_too() -> None:
    text = f"Talks go on\n\nThe {BODY}\n  (Reporting by Ann Berg)\n"
    assert [span.of(text) for span in head_of(text).bylines] == ["(Reporting by Ann Berg)"]


@pytest.mark.parametrize(
    "line",
    ["All news", "PRESS RELEASE", "The Fjord Telegraph", "By Ann Berg", "Source: NPS", "Home > World > Fjords", "March 3, 2019"],
)
def test_what_a_page_says_above_the_headline_is_no_title(line: str) -> None:
    text = f"{line}\n\nTalks go on\n\nThe {BODY}"
    title = head_of(text).title
    assert title is not None
    assert title.of(text) == "Talks go on"


def test_a_headline_may_have_the_words_of_a_page_among_others() -> None:
    text = f"World news is sad news\n\nThe {BODY}"
    title = head_of(text).title
    assert title is not None
    assert title.of(text) == "World news is sad news"


def test_a_short_first_sentence_is_no_title() -> None:
    assert head_of(f"The ship sank, officials said.\n\nThe {BODY}").title is None


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
