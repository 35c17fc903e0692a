"""Downloads of newspaper databases, in the structure that each database writes; the articles are invented."""

from datetime import date

import pytest

from builder.reading.days import written_day
from builder.reading.documents.markup import html_lines
from builder.reading.exports import exported
from builder.reading.exports.lines import CONTINUED, Exported, Lines

OLDER_NEXIS = """

Download Request: Selected Items: 1-2
Time Of Request: Friday, March 20, 2018  16:51:31

                               1 of 2 DOCUMENTS

                              The River Courier

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Harbour to open
in the spring

BYLINE: Ann Lee and
Tom Hill

SECTION: NEWS; Pg. 3

LENGTH: 24 words

The harbour will open in April, the minister
said on Monday.

"Length: we do not know," she added.
Section: a word that opens a line of the text.

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                       Copyright 2010 River Courier Ltd
                              All Rights Reserved

                               2 of 2 DOCUMENTS

                              The Hill Gazette

                            12 January 2010

No harbour, says mayor

LENGTH: 7 words

The mayor said it would not.

LOAD-DATE: January 12, 2010
"""

NEWER_NEXIS = """User Name: Ann Lee
Date and Time: March 9, 2020 10:00:00
1. Harbour to open
Client/Matter: -None-
Harbour to open
The River Courier
March 5, 2020 Thursday
Copyright 2020 River Courier Ltd All Rights Reserved
Section: NEWS; Pg. 3
Length: 24 words
Byline: Ann Lee
Body
The harbour will open in April, the minister said on Monday.
"We are ready," she said.
Classification
Language: ENGLISH
Publication-Type: Newspaper
Load-Date: March 6, 2020
End of Document
Kein Hafen
Der Bergbote
6. März 2020 Freitag
Copyright 2020 Der Bergbote
Länge: 7 Wörter
Hauptteil
The mayor said it would not.
Klassifizierung
Ende des Dokuments
"""

FACTIVA_PAGE = """<html><body><h1>Factiva</h1>
<div class="article enArticle"><table>
<tr><td class="index"><b>HD</b></td><td><span class="enHeadline">Harbour to open</span></td></tr>
<tr><td class="index"><b>BY</b></td><td>By Ann Lee</td></tr><tr><td class="index"><b>WC</b></td><td>24 words</td></tr>
<tr><td class="index"><b>PD</b></td><td>5 March 2020</td></tr><tr><td class="index"><b>SN</b></td><td>The River Courier</td></tr>
<tr><td class="index"><b>LP</b></td><td><p class="articleParagraph enarticleParagraph">The harbour will open in April,
the minister said on Monday.</p></td></tr>
<tr><td class="index"><b>TD</b></td><td><p>"We are ready," she said.</p><p>IN a line of the text.</p></td></tr>
<tr><td class="index"><b>IN</b></td><td>i75 : Ports</td></tr>
<tr><td class="index"><b>AN</b></td><td>Document RIVERC0020200305eg3500001</td></tr></table></div></body></html>"""

FACTIVA_TEXT = """Harbour to open
By Ann Lee
24 words
5 March 2020
09:15
The River Courier
RIVERC
3
English
Copyright 2020 River Courier Ltd.

The harbour will open in April, the minister
said on Monday.

"We are ready," she said.

Document RIVERC0020200305eg3500001

No harbour, says mayor
7 words
6 March 2020
The Hill Gazette
HILLG
English
(c) 2020 The Hill Gazette

The mayor said it would not.

Document HILLG00020200306eg3600001
"""

PROQUEST = """____________________________________________________________

Report Information from ProQuest
March 09 2020 10:00
____________________________________________________________

Document 1 of 2

Harbour to open

Author: Lee, Ann

ProQuest document link

Publication info: The River Courier ; Riverton [Riverton]. 05 Mar 2020: 3.

http://example.org/docview/123

Full text: The harbour will open in April, the minister said on Monday.

"We are ready," she said.

Title: Harbour to open

Publication title: The River Courier

Publication date: Mar 5, 2020

ProQuest document ID: 123

Document URL: http://example.org/docview/123
____________________________________________________________

Document 2 of 2

No harbour, says mayor

Publication title: The Hill Gazette

Publication date: Mar 6, 2020

Abstract: The mayor said it would not.
____________________________________________________________

Bibliography

Lee, A. (2020). Harbour to open.
"""

FIRST, SECOND = "The harbour will open in April, the minister said on Monday.", '"We are ready," she said.'


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


CLOSE = "close"
NEWER_NEXIS_PRINTED = [
    ("Harbour to open", ""),
    ("The River Courier", ""),
    ("August 6, 1997, Wednesday,, FINAL EDITION", ""),
    ("Copyright 1997 River Company, Inc.", ""),
    ("Section:\xa0NEWS;", ""),
    ("Length:\xa024 words", ""),
    ("Body", ""),
    ("The harbour will open", ""),
    ("in April, the minister", CLOSE),
    ("said on Monday. A new", CLOSE),
    ("harbour law needs it.", ""),
    ("Copyright fees are not in it, and Update: is a word that opens a line.", ""),
    ("Author: a word that opens a line, too.", ""),
    ("Graphic", ""),
    (" ", ""),
    ("PHOTO, B/W, Ann Lee", ""),
    ("Load-Date:\xa0October 12, 2004", ""),
    ("End of Document", ""),
]
"""Lines and how they stand in a .docx of an old article; the word that was searched for begins a paragraph of its own."""


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
    first, _ = read(FACTIVA_TEXT.replace("Harbour to open\nBy Ann Lee", opening))
    assert first.fields["title"] == "Harbour to open"
    assert first.fields.get("byline") == ("Ann Lee" if "Ann" in opening else None)


PROQUEST_PARAGRAPHS = """____________________________________________________________

Document 1 of 500

Harbour to open

https://example.org/blogs/harbour-to-open/docview/123/se-2?accountid=1

Abstract: None available.

Links: https://example.org/openurl?atitle=Harbour+to+open&amp;title=The+River+Courier+%28Online%29&amp;date=2024-09-20

Full text: The harbour will open in April, the minister said on Monday, and the road along the river will be closed for a year.
"We are ready," she said.
Location: at the river, where the old one was.

CAPTION: The harbour.
CREDIT: Ann Lee River Courier

Business indexing term: Subject: Harbours

Location: Riverton

Title: Harbour to open:   Road closed

Publication title: The River Courier (Online); Riverton

Publication date: Sep 20, 2024

Section: opinion/columnists

Source type: Blog, Podcast, or Website

ProQuest document ID: 123

Document URL: https://example.org/login?url=https://example.org/docview/123

Last updated: 2024-09-22

Database: River Newsstream
"""


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
