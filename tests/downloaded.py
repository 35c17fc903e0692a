"""Downloads of newspaper databases, in the structure that each database writes; the articles are invented."""

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

LINKED_RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\header\pard Page 1\par}
\pard{\field{\*\fldinst{HYPERLINK "https://example.org/document?id=1"}}{\fldrslt{\b\i Harbour to open}}}\par
The River Courier\par
March 5, 2020 Thursday\par
{\b Length:}\~24 words\par
{\bkmkstart Body_1}{\bkmkend Body_1}{\b Body}\par
The harbour will open in April, the minister said on Monday.\par
\u8220?We are ready,\u8221? she said of {\field{\*\fldinst HYPERLINK "https://example.org"}{\fldrslt it}}.\par
End of Document\par
}"""

CELLS_OF_RTF = [
    ("HD", "Harbour to open"), ("WC", "24 words"), ("PD", "5 March 2020"), ("SN", "The River Courier"), ("LP", FIRST),
    ("TD", f"{SECOND}\\par IN a line of the text."), ("AN", "Document J000000020200305eg3500001"),
]  # fmt: skip
