"""Tables, feeds, folders and archives, built by the command; documents and downloads are in test_documents.py."""

import json
import re
import struct
import tracemalloc
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ROOT, Run
from documents import TEXT, articles, zipped

import builder
from builder.reading import Unit, find_units
from builder.reading.documents.zipped import member, refuse_lies
from builder.reading.forms import READERS
from builder.reading.sheets import BLOCK_BYTES

CELLS = "ID,Headline,Pub Date,Body,Reporter\nA_1,Harbour,19/06/2023,The minister said it would open.,Ann Lee\n"


@pytest.mark.parametrize(("name", "content"), [("x.csv", CELLS), ("x.tsv", CELLS.replace(",", "\t"))])
def test_tables_with_usual_names(run: Run, tmp_path: Path, name: str, content: str) -> None:
    table = articles(run, tmp_path, name, content, "--date-column", "Pub Date")
    row = table.iloc[0]
    assert (row["article_id"], row["title"], str(row["published"])) == ("a-1", "Harbour", "2023-06-19")
    assert row["text"] == "The minister said it would open."
    assert json.loads(row["extra"]) == {"article_id": "A_1", "Reporter": "Ann Lee"}


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8"), ("|", "cp1252"), ("\t", "utf-16"), (";", "utf-16-le")])
def test_tables_as_spreadsheets_of_other_countries_save_them(run: Run, tmp_path: Path, delimiter: str, encoding: str) -> None:
    """One of the names and two cells hold the other delimiters, a line break and letters beyond ASCII."""
    rows = [
        '"id","Title, or; head|line","text"',
        '"1","Häfen; offen","The minister said: “It will, after all; open | it.”\nIt did."',
    ]
    content = "\n".join(row.replace('","', f'"{delimiter}"') for row in [*rows, rows[1].replace("1", "2", 1)])
    table = articles(run, tmp_path, "x.csv", content.encode(encoding), "--title-column", "Title, or; head|line")
    assert table["title"].tolist() == ["Häfen; offen"] * 2
    assert table["text"].iloc[0] == "The minister said: “It will, after all; open | it.”\nIt did."


def test_letters_that_come_late_tell_the_encoding(run: Run, tmp_path: Path) -> None:
    rows = [f"{number},It rained." for number in range(40_000)]
    content = "\n".join(["id,text", *rows, "last,The café opened."]).encode("cp1252")
    (tmp_path / "x.csv").write_bytes(content)
    *_, last = find_units([tmp_path / "x.csv"])
    assert isinstance(last, Unit)
    assert json.loads(last.raw)["text"] == "The café opened."
    (tmp_path / "x.txt").write_bytes(b"It rained. " * 20_000 + "The café opened.".encode("cp1252"))
    (text,) = find_units([tmp_path / "x.txt"])
    assert isinstance(text, Unit)
    assert text.raw.endswith("café opened.".encode())


def test_rows_of_any_length_keep_their_places(run: Run, tmp_path: Path) -> None:
    """A row longer than a block, and rows with too few cells before and after it."""
    long = "The minister said it would open. " * (BLOCK_BYTES[0] // 30)
    rows = ["a,First row\n", "b\n", f"c,{long}\n", '"d","Two\nlines"\n', "\n", "e,Fifth,too many\n", "f,Last\n"]
    (tmp_path / "x.csv").write_text("id,text\n" + "".join(rows), encoding="utf-8")
    found = list(find_units([tmp_path / "x.csv"]))
    assert [(type(unit).__name__, unit.place) for unit in found] == [
        ("Unit", "row 1"), ("Reject", "row 2"), ("Unit", "row 3"), ("Unit", "row 4"), ("Reject", "row 5"), ("Unit", "row 6"),
    ]  # fmt: skip
    assert [json.loads(unit.raw)["id"] for unit in found if isinstance(unit, Unit)] == ["a", "c", "d", "f"]


def test_excel(run: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in csv_of(CELLS):
        book.active.append(row)
    book.create_sheet("empty")
    book.save(tmp_path / "x.xlsx")
    table = articles(run, tmp_path, "x.xlsx", (tmp_path / "x.xlsx").read_bytes(), "--date-column", "Pub Date")
    assert table["article_id"].tolist() == ["a-1"]
    assert str(table["published"].iloc[0]) == "2023-06-19"


def test_other_sheets_are_told(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("2021")):
        for row in csv_of(CELLS):
            sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    _, other = find_units([tmp_path / "x.xlsx"])
    assert tuple(other) == ("x.xlsx", "sheet 2021", "only the first sheet is read; save this one as a file of its own")


def csv_of(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines()]


def test_answers_of_news_services(run: Run, tmp_path: Path) -> None:
    news = {
        "source": {"id": None, "name": "River Courier"},
        "title": "Harbour",
        "url": "https://example.org/a",
        "publishedAt": "2021-10-08T00:10:00Z",
        "content": "The minister said it would open.",
    }
    row = articles(run, tmp_path, "x.json", json.dumps({"status": "ok", "articles": [news]})).iloc[0]
    assert (row["article_id"], row["publisher"], str(row["published"])) == ("example-org-a", "River Courier", "2021-10-08")
    assert row["source"] == "https://example.org/a"
    cut = {**news, "content": "The minister said it would… [+1234 chars]", "title": "Häfen"}
    (tmp_path / "x.json").write_bytes(json.dumps({"articles": [cut]}, ensure_ascii=False).encode("utf-16-le"))
    told = run("build", "x.json", "--out", "package").stderr
    assert "x.json: the service has cut off 1 of its texts" in told
    assert "x.json: is not UTF-8; read as utf_16_le" in told


def test_names_inside_of_objects(run: Run, tmp_path: Path) -> None:
    found = {"id": 7, "webTitle": "Harbour", "fields": {"bodyText": "It opened.", "byline": {"who": "Ann Lee"}}}
    content = json.dumps({"response": {"results": [found]}})
    named = ("--text-column", "fields.bodyText", "--title-column", "webTitle")
    (row,) = articles(run, tmp_path, "x.json", content, *named).to_dict("records")
    assert (row["article_id"], row["title"], row["text"]) == ("7", "Harbour", "It opened.")
    assert json.loads(row["extra"]) == {"fields": {"byline": {"who": "Ann Lee"}}}
    done = run("build", "x.json", "--out", "other", "--text-column", "fields.body")
    assert "no column 'fields.body'; there are id, webTitle, fields" in done.stderr


def test_feed_with_its_content(run: Run, tmp_path: Path) -> None:
    item = "<title>Harbour</title><pubDate>Mon, 19 Jun 2023 08:40:00 GMT</pubDate><description>&lt;p&gt;It opens.</description>"
    linked = "<title>No text</title><link>https://example.org/b</link>"
    items = f"<item>{item}</item><item>{linked}</item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'
    (tmp_path / "feed.xml").write_text(feed, encoding="utf-8")
    assert run("build", "feed.xml", "--out", "package").returncode == 0
    tables = builder.load(tmp_path / "package" / "datapackage.json")
    row = tables["articles"].iloc[0]
    assert (row["text"], row["publisher"], str(row["published"])) == ("It opens.", "Courier", "2023-06-19")
    assert tables["rejects"].iloc[0]["reason"].startswith("the feed only links to the article")


def test_feed_whose_content_is_markup_keeps_its_paragraphs(run: Run, tmp_path: Path) -> None:
    page = '<div xmlns="http://www.w3.org/1999/xhtml"><p>It <b>opens</b> &amp; stays.</p><p>So.</p></div>'
    content = f'<content type="xhtml">{page}</content>'
    entry = f'<entry><title>A</title><link href="https://example.org/a"/><updated>2023-06-19T08:40:00Z</updated>{content}</entry>'
    feed = f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title>{entry}</feed>'
    (row,) = articles(run, tmp_path, "x.atom", feed).to_dict("records")
    assert (row["text"], row["source"], str(row["published"])) == (
        "It opens & stays.\n\nSo.", "https://example.org/a", "2023-06-19",
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le"])
def test_other_encodings_are_found_and_told(run: Run, tmp_path: Path, encoding: str) -> None:
    text = "The minister said “it would open” in the café, and the naïve crowd went home.\n" * 5
    (tmp_path / "x.txt").write_bytes(text.encode(encoding))
    done = run("build", "x.txt", "--out", "package")
    assert done.returncode == 0, done.stderr
    assert builder.load(tmp_path / "package" / "datapackage.json")["articles"]["text"].tolist() == [text]
    assert ("x.txt: is not UTF-8; read as " in done.stderr) == (encoding != "utf-16")


def test_encoding_that_is_named_holds(run: Run, tmp_path: Path) -> None:
    table = articles(run, tmp_path, "x.csv", "id,text\n1,Café\n".encode("cp437"), "--encoding", "cp437")
    assert table["text"].tolist() == ["Café"]


def test_day_that_is_open_is_refused_until_its_order_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"article_id": 4, "text": "It opened.", "published": "05/06/2023"}\n', encoding="utf-8")
    done = run("build", "x.jsonl", "--out", "package")
    assert done.returncode == 2
    assert "--dates dmy or mdy says which number is the day" in done.stderr
    row = articles(run, tmp_path, "x.jsonl", (tmp_path / "x.jsonl").read_bytes(), "--dates", "dmy").iloc[0]
    assert (row["article_id"], str(row["published"])) == ("4", "2023-06-05")


def test_words_broken_by_a_page_are_joined_where_asked(run: Run, tmp_path: Path) -> None:
    text = "The Commission said in a state-\nment that the negotia-\ntions had begun.\n"
    table = articles(run, tmp_path, "x.txt", text, "--join-lines")
    assert table["text"].tolist() == ["The Commission said in a statement that the negotiations had begun."]


def test_files_of_one_name_in_two_folders_are_two_articles(run: Run, tmp_path: Path) -> None:
    for folder in ("courier/2021", "gazette/2021"):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "05-04.txt").write_text(f"It rained in the {folder}.", encoding="utf-8")
    assert run("build", "in", "--out", "package").returncode == 0
    tables = builder.load(tmp_path / "package" / "datapackage.json")
    assert tables["articles"]["article_id"].tolist() == ["courier-2021-05-04", "gazette-2021-05-04"]
    assert tables["rejects"].empty


def test_article_without_identifier_keeps_its_own_among_others(run: Run, tmp_path: Path) -> None:
    alone = articles(run, tmp_path, "x.jsonl", '{"text": "It opened."}\n')["article_id"].tolist()
    together = articles(run, tmp_path, "x.jsonl", '{"text": "It closed."}\n{"text": "It opened."}\n')["article_id"].tolist()
    assert together[1:] == alone
    assert re.fullmatch(r"article-[0-9a-f]{12}", alone[0])


def test_folder_of_all_that_a_computer_keeps(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    kept = {
        "photo.jpg": b"\xff\xd8\xff\xe0\x00",
        "old.zip": zipped(a="b"),
        "sheet.ods": b"PK\x03\x04broken",
        "empty.txt": b"",
        "broken.docx": b"PK\x03\x04broken",
        "broken.xlsx": b"no sheet",
        "broken.pdf": b"%PDF-1.4 no more",
        "program.exe": b"MZ\x00",
        "no-ending": b"\x00\x01",
        "letter.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "table.ods": zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<a/>"}),
        "list.xml": b"<?xml version='1.0'?><list><b>It rained.</b></list>",
        "page.mhtml": b"From: <Saved by Blink>\nMIME-Version: 1.0\n",
        "none.jsonl": b"",
        "none.json": b"[]",
        "names.csv": b"id,text\n",
    }
    passed_over = [".DS_Store", "Thumbs.db", "desktop.ini", "~$letter.docx", ".~lock.letter.odt#", "README.md", "LICENSE"]
    for name, content in [*kept.items(), *((name, b"x") for name in passed_over)]:
        (folder / name).write_bytes(content)
    (folder / "good.md").write_text(TEXT, encoding="utf-8")
    for name, target in (("loop.txt", "loop.txt"), ("dangling.txt", "nowhere"), ("outside.txt", "../package.txt")):
        (folder / name).symlink_to(target)
        kept[name] = b""
    (tmp_path / "package.txt").write_text(TEXT, encoding="utf-8")
    assert run("build", "articles", "--out", "package").returncode == 0
    tables = builder.load(tmp_path / "package" / "datapackage.json")
    assert tables["articles"]["source"].tolist() == ["good.md"]
    assert sorted(tables["rejects"]["source"]) == sorted(kept)
    reasons = tables["rejects"].set_index("source")["reason"]
    assert reasons["letter.doc"] == "a file of Office before 2007; save it as .docx or .xlsx"
    assert set(reasons[["list.xml", "none.jsonl", "none.json", "names.csv"]]) == {"holds no article"}
    assert not reasons.str.contains("fault of builder").any()


def test_archive_that_unpacks_without_end_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bomb.docx").write_bytes(zipped(**{"word/document.xml": "<a>" * 3_000_000}))
    (tmp_path / "bomb.xlsx").write_bytes(zipped(**{"xl/workbook.xml": "<a>" * 3_000_000}))
    for name in ("bomb.docx", "bomb.xlsx"):
        done = run("build", name, "--out", "package")
        assert done.returncode == 2
        assert "unpack to" in done.stderr


def test_archive_that_lies_about_its_size_is_not_unpacked(run: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    with zipfile.ZipFile(tmp_path / "book.xlsx") as book:
        sheet = {name: book.read(name).decode() for name in book.namelist()}
    bomb = "<a>" + " " * 50_000_000
    for name, members, liar in (
        ("lies.docx", {"word/document.xml": bomb}, "word/document.xml"),
        ("lies.xlsx", {**sheet, "xl/worksheets/sheet1.xml": bomb}, "xl/worksheets/sheet1.xml"),
    ):
        packed = lying(zipped(**members), liar.encode())
        (tmp_path / name).write_bytes(packed)
        done = run("build", name, "--out", "package")
        assert done.returncode == 2
        assert "Bad CRC-32" in done.stderr
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            for unpack in (refuse_lies, lambda archive, liar=liar: member(archive, liar)):
                tracemalloc.start()
                with pytest.raises(zipfile.BadZipFile):
                    unpack(archive)
                assert tracemalloc.get_traced_memory()[1] < 5_000_000
                tracemalloc.stop()


def lying(archive: bytes, name: bytes) -> bytes:
    """The archive, whose directory gives a member of this name 1,000 bytes."""
    directory = archive.rindex(b"PK\x01\x02", 0, archive.rindex(name))
    return archive[: directory + 24] + struct.pack("<I", 1000) + archive[directory + 28 :]


def test_markup_that_multiplies_itself_is_refused(run: Run, tmp_path: Path) -> None:
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {to} "{f"&{of};" * 10}">' for of, to in pairwise(names))
    laughs = f'<!DOCTYPE l [<!ENTITY a "ha ha ha ">{entities}]><l>&j;</l>'
    (tmp_path / "laughs.docx").write_bytes(zipped(**{"word/document.xml": laughs}))
    (tmp_path / "laughs.xml").write_text(
        laughs.replace("<l>", "<rss><item><description>").replace("</l>", "</description></item></rss>")
    )
    for name in ("laughs.docx", "laughs.xml"):
        done = run("build", name, "--out", "package")
        assert done.returncode == 2
        assert "amplification" in done.stderr


def test_every_form_is_documented() -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert all(f"`{end}`" in page for end in READERS)
