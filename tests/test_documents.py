"""Documents and downloads of newspaper databases, built by the command."""

import json
from pathlib import Path

import pytest
from conftest import Run
from documents import PARAGRAPHS, articles, docx, epub, odt, pdf, printed_docx, rtf, zipped
from downloaded import (
    CELLS_OF_RTF,
    CLOSE,
    FACTIVA_PAGE,
    FIRST,
    LINKED_RTF,
    NEWER_NEXIS,
    NEWER_NEXIS_PRINTED,
    OLDER_NEXIS,
    PROQUEST,
    SECOND,
)

import builder
from builder.reading.documents.office import docx_lines, odt_lines


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.docx", docx(PARAGRAPHS)),
        ("one.odt", odt(PARAGRAPHS)),
        ("one.epub", epub(PARAGRAPHS)),
        ("one.rtf", rtf(PARAGRAPHS)),
        ("one.doc", rtf(PARAGRAPHS)),
    ],
)
def test_documents_of_one_article(run: Run, tmp_path: Path, name: str, content: bytes) -> None:
    table = articles(run, tmp_path, name, content)
    assert table["text"].tolist() == ["\n\n".join(PARAGRAPHS)]
    assert table["article_id"].tolist() == ["one"]
    assert table["source"].tolist() == [name]


def test_pdf_has_its_lines_joined(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    lines = ["The harbour will open in April, the minis-", "ter said on Monday, and the road will be closed", "in May."]
    table = articles(run, tmp_path, "one.pdf", pdf(lines))
    expected = "The harbour will open in April, the minister said on Monday, and the road will be closed in May."
    assert table["text"].tolist() == [expected]


def test_own_fields_of_front_matter_are_kept(run: Run, tmp_path: Path) -> None:
    head = "---\ntitle: Harbour\npublished: 2020-03-05\nlayout: post\ntags: [sea, port]\ndraft:\n---\n"
    (row,) = articles(run, tmp_path, "one.md", f"{head}The harbour opened.").to_dict("records")
    assert (row["title"], str(row["published"]), row["text"]) == ("Harbour", "2020-03-05", "The harbour opened.")
    assert json.loads(row["extra"]) == {"layout": "post", "tags": ["sea", "port"]}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("older.txt", OLDER_NEXIS),
        ("newer.docx", docx(NEWER_NEXIS.split("\n"))),
        ("newer.rtf", rtf([line.replace("ä", "\\'e4").replace("ö", "\\'f6") for line in NEWER_NEXIS.split("\n")])),
        ("newer.txt", NEWER_NEXIS),
        ("page.html", "".join(f"<p>{line}</p>" for line in NEWER_NEXIS.split("\n"))),
    ],
)
def test_downloads_of_nexis(run: Run, tmp_path: Path, name: str, content: bytes | str) -> None:
    table = articles(run, tmp_path, name, content)
    assert len(table) == 2
    assert table["publisher"].tolist()[0] == "The River Courier"
    assert table["text"].str.startswith(FIRST).tolist() == [True, False]
    assert json.loads(table["extra"].iloc[0])["section"] == "NEWS; Pg. 3"
    assert table["published"].notna().all()


def test_downloads_as_rich_text_have_links_and_tables(run: Run, tmp_path: Path) -> None:
    (row,) = articles(run, tmp_path, "nexis.rtf", LINKED_RTF).to_dict("records")
    assert (row["title"], row["publisher"]) == ("Harbour to open", "The River Courier")
    assert row["text"] == f"{FIRST}\n\n“We are ready,” she said of it."
    rows = "".join(rf"\trowd\cellx900\cellx9000\pard\intbl{{\b {label}}}\cell {value}\cell\row" for label, value in CELLS_OF_RTF)
    (row,) = articles(run, tmp_path, "factiva.rtf", rf"{{\rtf1\ansi {rows}}}").to_dict("records")
    assert (row["title"], row["publisher"], str(row["published"])) == ("Harbour to open", "The River Courier", "2020-03-05")
    assert row["text"] == f"{FIRST}\n\n{SECOND}\n\nIN a line of the text."


def test_what_a_writer_has_deleted_or_remarked_is_no_text() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>".format
    box = f"<w:r><w:txbxContent><w:p>{run('Box.')}</w:p></w:txbxContent></w:r>"
    deleted = f"<w:del><w:r><w:delText>No.</w:delText></w:r></w:del><w:moveFrom>{run('Gone.')}</w:moveFrom>"
    body = f"<w:p>{run('The')}{box}{deleted}<w:r><w:t> non</w:t><w:noBreakHyphen/><w:t>aligned</w:t></w:r></w:p>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    raw = zipped(**{"word/document.xml": f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'})
    assert docx_lines(raw, CLOSE).lines == ["Box.", "The non\u2011aligned"]
    names = "".join(f' xmlns:{name[0]}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    changes = "<t:tracked-changes><t:deletion><t:p>Gone.</t:p></t:deletion></t:tracked-changes>"
    remark = "<o:annotation><t:p>Check this.</t:p></o:annotation>"
    raw = zipped(**{"content.xml": f"<d{names}>{changes}<t:p>It{remark} opened.</t:p></d>"})
    assert odt_lines(raw) == ["It opened."]


def test_printed_lines_are_put_together_in_a_download_alone(run: Run, tmp_path: Path) -> None:
    table = articles(run, tmp_path, "nexis.docx", printed_docx(NEWER_NEXIS_PRINTED))
    assert table["text"].iloc[0].startswith(f"{FIRST} A new harbour law needs it.\n\n")
    table = articles(run, tmp_path, "own.docx", printed_docx([("The harbour opened.", ""), ("It closed.", CLOSE)]))
    assert table["text"].tolist() == ["The harbour opened.\n\nIt closed."]


def test_download_as_pdf_is_refused(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "nexis.pdf").write_bytes(pdf([line for line in NEWER_NEXIS.split("\n") if line.isascii()] + ["End of Document"]))
    done = run("build", "nexis.pdf", "--out", "package")
    assert done.returncode == 2
    assert "nexis.pdf: a download of a newspaper database as PDF: take it as .docx, .rtf, .txt or .html" in done.stderr


def test_download_of_factiva_is_known_by_its_accession_number(run: Run, tmp_path: Path) -> None:
    table = articles(run, tmp_path, "Factiva.html", FACTIVA_PAGE)
    assert table["article_id"].tolist() == ["riverc0020200305eg3500001"]


def test_download_of_proquest_tells_of_what_has_no_text(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ProQuest.txt").write_text(PROQUEST, encoding="utf-8")
    assert run("build", "ProQuest.txt", "--out", "package").returncode == 0
    tables = builder.load(tmp_path / "package" / "datapackage.json")
    assert tables["articles"]["article_id"].tolist() == ["123"]
    assert tables["rejects"].iloc[0].tolist() == ["ProQuest.txt", "article 2", "the download holds no text of it"]
