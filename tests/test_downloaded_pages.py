"""Pages that newspaper databases write, in the structure of public test files of other tools; the articles are invented."""

import json
from pathlib import Path
from typing import Any

import pytest

from builder.reading import Unit, find_units
from builder.reading.documents.markup import html_lines, marked_lines
from builder.reading.exports.lines import Lines
from builder.reading.exports.nexis import articles as nexis_articles

STYLE = "<STYLE TYPE='text/css'><!--\n.c0 { text-align: center; }\n--></STYLE>"
PAGE = f"<HTML>\n<HEAD>\n{STYLE}\n<TITLE>&nbsp;</TITLE></HEAD>\n<BODY>\n%s</BODY></HTML>"


def block(content: str) -> str:
    return f'<BR><DIV CLASS="c5"><P CLASS="c6">{content}</P>\n</DIV>\n'


def labels(**values: str) -> str:
    shown = {name.replace("_", "-"): value for name, value in values.items()}
    return "".join(block(f'<SPAN CLASS="c8">{name}: </SPAN><SPAN CLASS="c2">{value}</SPAN>') for name, value in shown.items())


def nexis(number: int, of: int, day: str, title: str | None, head: str, tail: str, *paragraphs: str) -> str:
    """An article as LexisNexis Academic and Nexis UK save it, with their comments."""
    opening = f'<A NAME="DOC_ID_{number}_0"></A><!-- Hide XML section from browser\n<DOC NUMBER={number}>\n<DOCFULL> -->\n'
    body = "".join(f'<P CLASS="c9"><SPAN CLASS="c2">{paragraph}</SPAN></P>\n' for paragraph in paragraphs)
    logo = '<IMG SRC="logo.gif" ALT="logo"><BR><SPAN CLASS="c2">The River Courier</SPAN>'
    parts = [block(f"{number} of {of} DOCUMENTS"), block(logo), block(day), block(title) if title else "", head]
    return (
        opening
        + "".join(parts)
        + f'<BR><DIV CLASS="c5">{body}</DIV>\n{tail}'
        + block("Copyright 2013 River<BR>All Rights Reserved")
    )


def read(folder: Path, page: str) -> list[Any]:
    """The fields of each article, or the reason of a reject."""
    (folder / "page.html").write_text(page, encoding="utf-8")
    return [json.loads(unit.raw) if isinstance(unit, Unit) else unit.reason for unit in find_units([folder / "page.html"])]


NEXIS = {
    "labels after the length, in German": (
        nexis(
            1, 1, '<SPAN>27.</SPAN><SPAN> Februar 2012 Montag 9:50 PM GMT+1</SPAN>', "Kein Hafen",
            labels(AUTOR="Anna Meier", RUBRIK="HAFEN", LÄNGE="1285 Wörter", HIGHLIGHT="Der Rat hat zugestimmt.<BR>"),
            labels(UPDATE="28. Februar 2012", SPRACHE="GERMAN", ZEITUNGS_CODE="spox"),
            "Berlin - Es soll so sein.", "Es kam anders.",
        ),
        {"title": "Kein Hafen", "published": "2012-02-27", "byline": "Anna Meier",
         "text": "Berlin - Es soll so sein.\n\nEs kam anders."},
    ),
    "index terms after the text, in French": (
        nexis(
            1, 1, "<SPAN>12</SPAN><SPAN> April 2013 Tuesday</SPAN>", "Le port",
            labels(RUBRIQUE="INTERNATIONAL; Pg. 35", LONGUEUR="143 mots", ENCART="&nbsp;Introduction<br>"),
            labels(SUJET="ÉNERGIE (90%)", LOCALISATION_GEO="ASIE (93%)", DATE_CHARGEMENT="13 March 2013"),
            "Premier.", "Second. \nFin.",
        ),
        {"title": "Le port", "published": "2013-04-12", "section": "INTERNATIONAL; Pg. 35", "text": "Premier.\n\nSecond. Fin."},
    ),
    "a dateline after the length, and index terms": (
        nexis(
            1, 1, "<SPAN>March 14, 2013 Thursday 11:21 AM GMT</SPAN>", "Council meets",
            labels(LENGTH="239 words", DATELINE="BERGEN, March 14 2013"),
            labels(SUBJECT="HARBOURS (90%)", PERSON="ANN LEE (90%)", LOAD_DATE="March 15, 2013"),
            "The council met.", "Company: a word that opens a line of the text.",
        ),
        {"title": "Council meets", "published": "2013-03-14",
         "text": "The council met.\n\nCompany: a word that opens a line of the text."},
    ),
    "an edition and no title": (
        nexis(
            1, 1, "<SPAN>December</SPAN><SPAN> 31, 2018 Monday<BR>City Final Edition</SPAN>", None,
            labels(SECTION="Pg. B22", LENGTH="44 words"), labels(LOAD_DATE="December 31, 2018"), "The council met.",
        ),
        {"title": None, "published": "2018-12-31", "text": "The council met."},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), NEXIS.values(), ids=NEXIS.keys())
def test_pages_of_nexis(tmp_path: Path, page: str, expected: dict[str, Any]) -> None:
    (found,) = read(tmp_path, PAGE % page)
    assert {name: found.get(name) for name in expected} == expected


def test_document_that_a_download_left_out_is_told(tmp_path: Path) -> None:
    cover = block("Download Request: Selected Items: 1-4<BR>Time Of Request: Tuesday, October 15, 2019")
    one, three = (nexis(n, 4, "March 4, 2021", "Harbour", labels(LENGTH="3 words"), "", f"It opened {n}.") for n in (1, 3))
    sorry = block("We are sorry but there is an error in this document and it is not possible to display it.")
    first, second, third, fourth = read(tmp_path, PAGE % (cover + one + sorry + three))
    assert (first["text"], third["text"]) == ("It opened 1.", "It opened 3.")
    assert second == fourth == "the download holds no text of it"


@pytest.mark.parametrize("last", ["999999999999", "1"])
def test_numbers_that_lie_cost_little(last: str) -> None:
    lines = [
        f"Selected Items: 1-{last}",
        "1 of 2 DOCUMENTS",
        "Courier",
        "March 4, 2021",
        "Title",
        "LENGTH: 2 words",
        "It rained.",
    ]
    assert 1 <= len(list(nexis_articles(Lines(lines, whole=True)))) <= 1001


def factiva(site: str, number: str, head: str, words: str, day: str, language: str, end: str, *paragraphs: str) -> str:
    """An article as Factiva shows it on a page, in a language of its site."""
    parts = [words, day, "The River Courier", "RIVER", "09:57:32", "0", language, "Copyright 2017. River Ltd"]
    body = "".join(f'<p class="articleParagraph {site}articleParagraph">{paragraph}</p>\n' for paragraph in paragraphs)
    middle = "".join(f"<div>{part}</div>" for part in parts)
    return (
        f'<div id="article-{end}" class="article"><div class="article {site}Article"><p>\n</p>{head}{middle}\n<p></p>\n{body}'
        f"<p>River Syndication</p><p>{end} RIVER000201704{number}ed4100055</p></div></div><br><span></span>"
    )


def title(site: str, words: str, by: str = "") -> str:
    return f'<div id="hd"><span class="{site}Headline">{words}</span>\n</div>' + (
        f'<div class="author">{by} </div>' if by else ""
    )


@pytest.mark.parametrize(
    ("site", "words", "day", "language", "end"),
    [
        ("en", "145 words", "1 April 2017", "English", "Document"),
        ("de", "145 Wörter", "1 April 2017", "Englisch", "Dokument"),
        ("es", "145 palabras", "1 abril 2017", "Inglés", "Documento"),
        ("zhcn", "1,145 字", "2017 年 4 月 1 日", "英文", "文件"),
    ],
)
def test_pages_of_factiva_in_the_languages_of_its_site(
    tmp_path: Path, site: str, words: str, day: str, language: str, end: str
) -> None:
    one = factiva(
        site,
        "01",
        "<div>World</div>" + title(site, "1) Harbour to open", "Ann Lee"),
        words,
        day,
        language,
        end,
        "It opened.",
        "It did.",
    )
    two = factiva(site, "02", title(site, "2) No harbour"), words, day, language, end, "The mayor said no.")
    first, second = read(tmp_path, f"<html><head><title>Factiva</title></head><body>{one}{two}</body></html>")
    assert (first["title"], first["byline"], first["text"]) == ("Harbour to open", "Ann Lee", "It opened.\n\nIt did.")
    assert (first["publisher"], first["published"], first["article_id"]) == (
        "The River Courier",
        "2017-04-01",
        "RIVER00020170401ed4100055",
    )
    assert (second["title"], second.get("byline"), second["text"]) == ("No harbour", None, "The mayor said no.")


def test_page_of_factiva_of_old_articles_without_a_copyright(tmp_path: Path) -> None:
    page = "".join(
        f"""<div id="article-{code}" class="article" ><div class="article deArticle"><p>
<div id="hd" ><span class='deHeadline'>
{title}
</span>
</div><div>222 Wörter</div><div>20 Mai 2002</div><div>15:37</div><div>Der Bote</div><div>BOTE</div><div>Deutsch</div>{rights}
</p>
<p class="articleParagraph dearticleParagraph">
Der Hafen wird
<b>bald</b> geöffnet.
</p>
<p>Dokument {code}</p></div></div><br/><span></span>"""
        for title, code, rights in [
            ("Hafen offen.", "bote000020020518dy5i00669", "<div>(c) 2002, Der Bote.\nhttp://example.org/</div>"),
            ("Kein Hafen.", "bote000020020518dy5i00670", ""),
        ]
    )
    first, second = read(tmp_path, page)
    for found, title in ((first, "Hafen offen."), (second, "Kein Hafen.")):
        assert (found["title"], found["publisher"], found["published"]) == (title, "Der Bote", "2002-05-20")
        assert found["text"] == "Der Hafen wird bald geöffnet."


def proquest(identifier: str, title: str, text: str, day: str) -> str:
    """A document of a page that ProQuest saves: without rulers, the fields of the text form in bold."""

    def field(name: str, value: str) -> str:
        return f'<p style="margin-top:0;"><strong>{name}: </strong>{value}</p>\n'

    before = [
        ("Author", "Lee, Ann"),
        ("Publication info", "River Times ; Riverton. [Riverton]08 May 2010: AA.2."),
        ("Abstract", ""),
    ]
    after = [
        ("Subject", "Ships"),
        ("Publication title", "River Times; Riverton."),
        ("Publication date", day),
        ("ProQuest document ID", identifier),
    ]
    return (
        f'<div>\n<a name="DocID_RIVER_{identifier}"></a><p></p>\n<p style="font-weight:bold;">{title}</p>\n'
        + "".join(field(*pair) for pair in before)
        + f'<p>Short words.</p><p><strong>Full text: </strong><text htmlcontent="true"><title></title>\n{text}</text></p>\n'
        + "".join(field(*pair) for pair in after)
        + "</div>\n"
    )


def test_page_of_proquest_is_as_many_articles_as_it_has(tmp_path: Path) -> None:
    one = proquest("251", "Harbour to open", "<p>It opened.</p>    <p>It did.</p>", "May 8, 2010")
    two = proquest("252", "No harbour", "<p>The mayor said no.</p>", "May 9, 2010")
    first, second = read(tmp_path, one + two)
    assert first == {
        "article_id": "251", "title": "Harbour to open", "publisher": "River Times", "published": "2010-05-08",
        "byline": "Lee, Ann", "text": "It opened.\n\nIt did.",
    }  # fmt: skip
    assert (second["article_id"], second["published"], second["text"]) == ("252", "2010-05-09", "The mayor said no.")


def test_roles_are_those_of_the_line_that_opens_an_element() -> None:
    page = "<div id=hd>\2x\2 One<br>two</div>three<p class='a author'><b>four</b></p>"
    marked = marked_lines(page, {"hd": "headline", "author": "byline"})
    assert marked.lines == ["x One", "two", "", "three", "", "four", ""]
    assert marked.roles == {0: "headline", 5: "byline"}
    assert html_lines(page) == ["x One", "two", "three", "four"]
