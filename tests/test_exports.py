"""What is read of the downloads of newspaper databases."""

from datetime import date

import pytest
from downloaded import (
    CLOSE,
    FACTIVA_PAGE,
    FACTIVA_TEXT,
    FIRST,
    NEWER_NEXIS,
    NEWER_NEXIS_PRINTED,
    OLDER_NEXIS,
    PROQUEST,
    PROQUEST_PARAGRAPHS,
    SECOND,
)

from builder.reading.days import written_day
from builder.reading.documents.markup import html_lines
from builder.reading.exports import exported
from builder.reading.exports.lines import CONTINUED, Exported, Lines


def read(text: str, whole: bool = False) -> list[Exported]:
    found = exported(Lines(text.split("\n"), whole))
    assert found is not None
    return list(found)


def test_older_nexis() -> None:
    first, second = read(OLDER_NEXIS)
    assert first.fields == {
        "title": "Harbour to open in the spring",
        "publisher": "The River Courier",
        "published": "2010-01-11",
        "byline": "Ann Lee and Tom Hill",
        "section": "NEWS; Pg. 3",
        "length": "24 words",
    }
    last = '"Length: we do not know," she added. Section: a word that opens a line of the text.'
    assert first.text == f"{FIRST}\n\n{last}"
    assert (second.fields["title"], second.fields["publisher"]) == ("No harbour, says mayor", "The Hill Gazette")
    assert (second.fields["published"], second.text) == ("2010-01-12", "The mayor said it would not.")


def test_newer_nexis_with_a_cover_and_in_two_languages() -> None:
    first, second = read(NEWER_NEXIS, whole=True)
    assert (first.fields["title"], first.fields["publisher"]) == ("Harbour to open", "The River Courier")
    assert (first.fields["published"], first.fields["byline"]) == ("2020-03-05", "Ann Lee")
    assert first.text == f"{FIRST}\n\n{SECOND}"
    assert (second.fields["title"], second.fields["publisher"]) == ("Kein Hafen", "Der Bergbote")
    assert (second.fields["published"], second.text) == ("2020-03-06", "The mayor said it would not.")


def test_download_of_one_article_by_nexis() -> None:
    alone = OLDER_NEXIS.partition("2 of 2 DOCUMENTS")[0].replace("Items: 1-2", "Items: 1")
    (older,) = read(alone.replace("1 of 2 DOCUMENTS", "1 of 1 DOCUMENT"))
    assert (older.fields["title"], older.fields["published"]) == ("Harbour to open in the spring", "2010-01-11")
    alone = NEWER_NEXIS.partition("Kein Hafen")[0].replace("\nBody\n", "\nText\n")
    (newer,) = read(alone.replace("Byline", "Author"), whole=True)
    assert (newer.fields["byline"], newer.text) == ("Ann Lee", f"{FIRST}\n\n{SECOND}")


def test_newer_nexis_without_the_mark_of_its_body() -> None:
    text = (
        NEWER_NEXIS.partition("Kein Hafen")[0]
        .replace("\nBody\n", "\n")
        .replace("Classification", "Author: of none.\nClassification")
    )
    (article,) = read(text, whole=True)
    assert (article.fields["title"], article.fields["byline"]) == ("Harbour to open", "Ann Lee")
    assert article.text == f"{FIRST}\n\n{SECOND}\n\nAuthor: of none."


def test_newer_nexis_of_printed_lines_is_put_together() -> None:
    lines = [line for line, _ in NEWER_NEXIS_PRINTED]
    roles = {i: CONTINUED for i, (_, how) in enumerate(NEWER_NEXIS_PRINTED) if how == CLOSE}
    (article,) = exported(Lines(lines, whole=True, roles=roles)) or ()
    assert (article.fields["title"], article.fields["published"]) == ("Harbour to open", "1997-08-06")
    assert article.text == (
        f"{FIRST} A new harbour law needs it.\n\nCopyright fees are not in it, and Update: is a word that opens a line."
        "\n\nAuthor: a word that opens a line, too."
    )
    assert "byline" not in article.fields


def test_factiva_with_labels() -> None:
    (article,) = read("\n".join(html_lines(FACTIVA_PAGE)), whole=True)
    assert article.fields == {
        "title": "Harbour to open",
        "publisher": "The River Courier",
        "published": "2020-03-05",
        "byline": "By Ann Lee",
        "length": "24 words",
        "identifier": "RIVERC0020200305eg3500001",
    }
    assert article.text == f"{FIRST}\n\n{SECOND}\n\nIN a line of the text."


def test_factiva_without_labels() -> None:
    first, second = read(FACTIVA_TEXT)
    assert (first.fields["title"], first.fields["publisher"]) == ("Harbour to open", "The River Courier")
    assert (first.fields["published"], first.fields["byline"]) == ("2020-03-05", "By Ann Lee")
    assert first.text == f"{FIRST}\n\n{SECOND}"
    assert (second.fields["title"], second.fields["publisher"]) == ("No harbour, says mayor", "The Hill Gazette")
    assert second.text == "The mayor said it would not."


@pytest.mark.parametrize("accession", ["J000000020200305eg350000b", "adn0000020200305dy5i00669", "NYTF000020200305eg35000a1"])
def test_accession_numbers_end_each_article(accession: str) -> None:
    first, second = read(FACTIVA_TEXT.replace("RIVERC0020200305eg3500001", accession))
    assert (first.fields["identifier"], first.text) == (accession, f"{FIRST}\n\n{SECOND}")
    assert second.fields["title"] == "No harbour, says mayor"


def test_article_that_was_cut_off_is_not_lost() -> None:
    _, second = read(FACTIVA_TEXT.partition("Document HILLG")[0])
    assert (second.fields["title"], second.text) == ("No harbour, says mayor", "The mayor said it would not.")
    assert "identifier" not in second.fields
    assert len(read(f"{FACTIVA_TEXT}\nSearch Summary\nText\nharbour\nDate\nAll Dates\n")) == 2


@pytest.mark.parametrize("opening", ["News\nHarbour to open\nAnn Lee", "Harbour to open\nAnn Lee", "News\nHarbour to open"])
def test_factiva_title_has_section_before_and_byline_after(opening: str) -> None:
    cover = "Dow Jones Factiva, all rights are reserved\n\nTwo\n\n" if opening.count("\n") == 2 else ""
    first, _ = read(cover + FACTIVA_TEXT.replace("Harbour to open\nBy Ann Lee", opening))
    assert first.fields["title"] == "Harbour to open"
    assert first.fields.get("byline") == ("Ann Lee" if "Ann" in opening else None)


def test_proquest_whose_lines_are_paragraphs() -> None:
    (article,) = read(PROQUEST_PARAGRAPHS)
    assert article.fields == {
        "title": "Harbour to open: Road closed",
        "publisher": "The River Courier (Online)",
        "published": "2024-09-20",
        "section": "opinion/columnists",
        "url": "https://example.org/login?url=https://example.org/docview/123",
        "identifier": "123",
    }
    assert article.text.split("\n\n") == [
        "The harbour will open in April, the minister said on Monday, and the road along the river will be closed for a year.",
        SECOND,
        "Location: at the river, where the old one was.",
        "CAPTION: The harbour.",
        "CREDIT: Ann Lee River Courier",
    ]


def test_proquest() -> None:
    first, second = read(PROQUEST)
    assert first.fields == {
        "title": "Harbour to open",
        "publisher": "The River Courier",
        "published": "2020-03-05",
        "byline": "Lee, Ann",
        "url": "http://example.org/docview/123",
        "identifier": "123",
    }
    assert first.text == f"{FIRST}\n\n{SECOND}"
    assert (second.fields["title"], second.text) == ("No harbour, says mayor", "")


@pytest.mark.parametrize(
    "text",
    [
        "The committee read 2 of 10 documents.\n\nIt went on.",
        "End of Document\n\nis a film, the critic said.",
        "HD is a label.\n\nDocument it well, she said.",
        "______________________\n\nA ruler opens the article.",
    ],
)
def test_articles_that_are_no_downloads(text: str) -> None:
    assert exported(Lines(text.split("\n"), whole=False)) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("January 11, 2010 Monday", date(2010, 1, 11)),
        ("Monday, 11 January 2010 09:15 AM", date(2010, 1, 11)),
        ("11. Januar 2010 Montag", date(2010, 1, 11)),
        ("5-Mar-2020", date(2020, 3, 5)),
        ("lundi 11 janvier 2010", date(2010, 1, 11)),
        ("11 de enero de 2010", date(2010, 1, 11)),
        ("Sept. 30th, 2017", date(2017, 9, 30)),
        ("Mon, 19 Jun 2023 08:40:00 GMT", date(2023, 6, 19)),
        ("20200305T120000Z", date(2020, 3, 5)),
        ("2020/3/5", date(2020, 3, 5)),
        ("19/06/2023", date(2023, 6, 19)),
        ("06/19/2023", date(2023, 6, 19)),
        ("5.3.2020", date(2020, 3, 5)),
        ("February 30, 2010", None),
        ("5 of 10 documents", None),
        ("May 2010", None),
        ("05/06/2023", None),
    ],
)
def test_written_days(text: str, day: date | None) -> None:
    assert written_day(text) == day


def test_order_of_a_day_in_numbers_is_told() -> None:
    assert written_day("05/06/2023", "dmy") == date(2023, 6, 5)
    assert written_day("05/06/2023", "mdy") == date(2023, 5, 6)
