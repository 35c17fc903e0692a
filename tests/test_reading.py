import gzip
import json
import os
import socket
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.errors import InputError
from builder.reading import Unit, find_units, parse
from builder.reading.fields import Defaults
from builder.reading.rejects import Reject
from builder.reading.text import decode, split_front_matter
from builder.text.article import Article


def read(*paths: Path) -> list[Article]:
    units = list(find_units(paths))
    assert not [unit for unit in units if isinstance(unit, Reject)]
    return [parse(unit, Defaults()) for unit in units if isinstance(unit, Unit)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_text_keeps_everything_but_its_mark_and_line_ends(tmp_path: Path) -> None:
    (article,) = read(
        write(tmp_path / "Report 01.txt", b"\xef\xbb\xbfA title\r\nA\x07 \xe2\x80\xaeline\rAnother \xf0\x9f\x9a\xa2 <script>\n")
    )
    assert article.text == "A title\nA\x07 \u202eline\nAnother \U0001f6a2 <script>\n"
    assert article.article_id == "report-01"
    assert article.source == "Report 01.txt"


def test_front_matter_is_metadata_and_no_part_of_the_text(tmp_path: Path) -> None:
    head = "---\r\ntitle: 'A  title'\npublished: 2021-05-04\nurl: https://example.org/a\narticle_id: a-1\n---\n"
    (article,) = read(write(tmp_path / "x.txt", head + "The text.\n"))
    assert (article.article_id, article.title, article.published) == ("a-1", "A title", date(2021, 5, 4))
    assert (article.text, article.source) == ("The text.\n", "https://example.org/a")


@pytest.mark.parametrize("title", ["No", "1984", "2020-07-29", "1.50", "12:30:00", "0x10", "1_000", '"No"', "1" * 5000])
def test_front_matter_is_the_text_that_stands_there(tmp_path: Path, title: str) -> None:
    write(tmp_path / "x.txt", f"---\ntitle: {title}\npublisher: ~\nlanguage: no\npublished: 2020-07-29\n---\nIt rained.".encode())
    (article,) = read(tmp_path)
    assert (article.title, article.publisher, article.language, article.published) == (
        title.strip('"'),
        None,
        "no",
        date(2020, 7, 29),
    )


@pytest.mark.parametrize("text", ["---\nNo metadata, but a rule.\n---\nText", "--- not a rule\n", "---\nunclosed: yes\n"])
def test_text_that_opens_with_hyphens_stays_whole(text: str) -> None:
    assert split_front_matter(text) == ({}, text)


def test_json_lines_in_their_order(tmp_path: Path) -> None:
    lines = [
        {"article_id": "b", "text": "Second", "published": "2021-05-04T10:00:00Z", "tags": ["ignored"]},
        {"article_id": "a", "text": "First", "language": "en-GB", "rights": "Public domain"},
    ]
    path = write(tmp_path / "x.jsonl", "\ufeff" + "\n\n".join(json.dumps(line) for line in lines))
    b, a = read(path)
    assert (b.article_id, b.published, b.language, b.source) == ("b", date(2021, 5, 4), "en", "x.jsonl")
    assert (a.article_id, a.language, a.rights) == ("a", "en-GB", "Public domain")


def test_folder_is_read_by_name_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", ".hidden.txt", "README.md", "~$note.docx", "Thumbs.db", "a/.git/d.txt"):
        write(tmp_path / name, f"Text of {name}")
    assert [(article.article_id, article.source) for article in read(tmp_path)] == [("a-c", "a/c.txt"), ("b", "b.txt")]


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_input_error(raw: bytes) -> None:
    try:
        text = decode(raw)
    except InputError as error:
        assert "byte" in str(error)
    else:
        assert text.encode() == raw.removeprefix(b"\xef\xbb\xbf")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_front_matter_is_read_or_an_input_error(head: str, body: str) -> None:
    text = f"---\n{head}\n---\n{body}"
    try:
        fields, rest = split_front_matter(text)
    except InputError:
        return
    assert text.endswith(rest)
    assert fields or rest == text


BROKEN_LINES = {
    b'{"article_id": "a", "text": "x"\n': "broken JSON at character 32",
    b"[1]": "not a JSON object",
    b'{"article_id": "a", "words": "x"}': "text is missing; the keys are article_id, words; name the one that holds it",
    b'{"article_id": "a", "text": 3}': "text is not a string",
    b'{"article_id": "?", "text": "x"}': "article_id: '?' has no letter or digit",
    b'{"article_id": [1], "text": "x"}': "article_id: [1] is neither a string nor a number",
    b'{"article_id": "a", "text": "x", "published": "2021-02-30"}': "published: '2021-02-30' is no date",
    b'{"article_id": "a", "text": "x\\u0000y"}': "the text holds a NUL character at 1",
    b'{"article_id": "a", "text": "x\\ud800"}': "the text holds half a surrogate pair at 1",
    b'{"article_id": "a", "text": "\xff"}': "not UTF-8: byte 0xff at byte 29",
    b'{"article_id": "a", "title": 1, "text": "x"}': "title: 1 is not a string",
    b'{"text": "x", "text": "y"}': "key 'text' stands twice in one object",
    b"[" * 100_000: "JSON that cannot be read",
}


@pytest.mark.parametrize("line", BROKEN_LINES, ids=BROKEN_LINES.values())
def test_broken_line_says_what_is_wrong(line: bytes) -> None:
    with pytest.raises(InputError) as raised:
        parse(Unit("json", "x.jsonl", "line 2", line), Defaults())
    assert BROKEN_LINES[line] in str(raised.value)
    assert "\n" not in str(raised.value)


LINES = b'{"article_id": "a", "text": "First"}\n\n{"article_id": "b", "text": "Second"}\n'


def test_compressed_lines(tmp_path: Path) -> None:
    write(tmp_path / "x.jsonl.gz", gzip.compress(LINES[:38]) + gzip.compress(LINES[38:]))
    with pa.OSFile(str(tmp_path / "y.jsonl.zst"), "wb") as file, pa.CompressedOutputStream(file, "zstd") as stream:
        stream.write(LINES)
    units = list(find_units([tmp_path]))
    assert [(unit.source, unit.place) for unit in units] == [
        ("x.jsonl.gz", "line 1"), ("x.jsonl.gz", "line 3"), ("y.jsonl.zst", "line 1"), ("y.jsonl.zst", "line 3"),
    ]  # fmt: skip


def test_tables_of_articles(tmp_path: Path) -> None:
    rows = pa.table({"article_id": ["a", "b"], "text": ["First", "Second"], "published": [date(2021, 5, 4), None], "n": [1, 2]})
    pq.write_table(rows, tmp_path / "x.parquet")
    with pa.ipc.new_file(tmp_path / "y.arrow", rows.schema) as writer:
        writer.write_table(rows)
    read_twice = read(tmp_path)
    assert [(article.article_id, article.published) for article in read_twice] == [("a", date(2021, 5, 4)), ("b", None)] * 2


TYPES = {
    "dictionary": (pa.array(["a", "b"]).dictionary_encode(), pa.array(["First", "Second"]).dictionary_encode()),
    "large": (pa.array(["a", "b"], pa.large_string()), pa.array(["First", "Second"], pa.large_string())),
    "view": (pa.array(["a", "b"]), pa.array(["First", "Second"], pa.string_view())),
    "number": (pa.array([7, 8]), pa.array([b"First", b"Second"])),
}


@pytest.mark.parametrize("end", ["arrow", "arrows", "feather"])
@pytest.mark.parametrize("types", TYPES)
def test_arrow_files_and_streams_of_any_type_of_text(tmp_path: Path, end: str, types: str) -> None:
    ids, texts = TYPES[types]
    days = pa.array([datetime(2020, 7, 29, 10), None], pa.timestamp("ns", "UTC"))
    rows = pa.table({"ID": ids, "Full Text": texts, "Pub Date": days, "photo": [b"\xff", None], "n": pa.array([1, 2])})
    rows = rows.rename_columns(["ID", "Full Text", "published", "photo", "n"])
    with (pa.ipc.new_stream if end == "arrows" else pa.ipc.new_file)(tmp_path / f"x.{end}", rows.schema) as writer:
        writer.write_table(rows)
    found = read(tmp_path)
    assert [(article.text, article.published) for article in found] == [("First", date(2020, 7, 29)), ("Second", None)]
    assert [json.loads(article.extra or "{}")["n"] for article in found] == [1, 2]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cut.jsonl.gz", gzip.compress(LINES * 100, mtime=0)[:-20], "Truncated"),
        ("no.jsonl.gz", LINES, "zlib"),
        ("no.parquet", LINES, "Parquet"),
        ("no.arrow", LINES, "Arrow"),
        ("long.txt", b"x" * 80_000_004, "more than 80,000,003 bytes"),
    ],
)
def test_file_that_cannot_be_read_is_a_reject(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    write(tmp_path / name, content)
    reject = list(find_units([tmp_path]))[-1]
    assert isinstance(reject, Reject)
    assert reject.source == name
    assert reason in reject.reason


@pytest.mark.parametrize("suffix", ["gz", "zst"])
@pytest.mark.parametrize(
    "content", [b"\0", b"\n", b'{"article_id": "a", "text": "b"}\n'], ids=["one line", "blank lines", "articles"]
)
def test_file_that_unpacks_without_end_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, content: bytes
) -> None:
    monkeypatch.setattr("builder.reading.lines.MAX_LINE_BYTES", 10_000)
    path = tmp_path / f"bomb.jsonl.{suffix}"
    with pa.OSFile(str(path), "wb") as file, pa.CompressedOutputStream(file, "gzip" if suffix == "gz" else "zstd") as stream:
        for _ in range(4):
            stream.write(content * (1_000_000 // len(content)))
    *units, last = find_units([tmp_path])
    assert "unpacks to more than 200 times its size" in str(last)
    assert sum(len(unit.raw) for unit in units if isinstance(unit, Unit)) <= max(200 * path.stat().st_size, 10_000)


def test_line_that_is_too_long_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.reading.lines.MAX_LINE_BYTES", 1000)
    write(tmp_path / "x.jsonl", LINES + b"x" * 3500 + b"\n" + LINES)
    found = [(type(unit).__name__, unit.place) for unit in find_units([tmp_path])]
    assert found == [("Unit", "line 1"), ("Unit", "line 3"), ("Reject", "line 4"), ("Unit", "line 5"), ("Unit", "line 7")]


def test_links_that_go_round_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.txt", "Text")
    (tmp_path / "a" / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self.txt").symlink_to(tmp_path / "a" / "self.txt")
    units = list(find_units([tmp_path]))
    assert [unit.source for unit in units] == ["a/self.txt", "a/x.txt"]
    assert isinstance(units[0], Reject)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and sockets that are files")
def test_what_is_no_file_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading any of these would wait or go on for ever."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.txt")
    socket.socket(socket.AF_UNIX).bind("socket.jsonl")
    Path("zeros.jsonl").symlink_to("/dev/zero")
    Path("nowhere.txt").symlink_to("nothing")
    Path("folder.txt").mkdir()
    found = {str(unit) for unit in find_units([tmp_path], follow_links=True)}
    no_file = "a device, a pipe or a socket, and no file"
    assert found == {
        f"pipe.txt: {no_file}", f"socket.jsonl: {no_file}", f"zeros.jsonl: {no_file}", "nowhere.txt: No such file or directory",
    }  # fmt: skip


PAGE = """<html><head><title>Treaty Signed | Harbour News</title>
<meta property="og:title" content="Treaty Signed"><meta property="og:site_name" content="Harbour News">
<meta property="article:published_time" content="2021-05-04T08:00:00Z"></head><body><nav>Home | News | Sport</nav>
<article><h1>Treaty Signed</h1><p>The Ministry of Transport signed the harbour treaty on Monday, after ten years of talks.</p>
<p>“We have waited ten years for this,” Foreign Minister Ada Lindqvist told reporters. “It was worth every day of it.”</p>
<p>The treaty will be in force from the first day of June, the ministry said in a statement on Tuesday.</p></article>
<footer>Copyright Harbour News. All rights reserved.</footer></body></html>"""


def test_saved_page(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (article,) = read(write(tmp_path / "Treaty signed.html", PAGE))
    assert (article.article_id, article.title, article.publisher) == ("treaty-signed", "Treaty Signed", "Harbour News")
    assert article.published == date(2021, 5, 4)
    assert "“It was worth every day of it.”" in article.text
    assert "All rights reserved" not in article.text


def page_of(body: str, head: str = "", foot: str = "") -> str:
    more = "".join(f"<p>The council met in the town hall, and the road was the {n}th matter it spoke of.</p>" for n in range(6))
    page = f"<html><head><title>Road</title>{head}</head><body><article>{body}{more}</article>"
    return f"{page}<footer>{foot}</footer></body></html>"


def test_page_without_a_date_has_none(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    body = "<p>The town was founded in 1998, the mayor said, and the road was opened on 12 March 2011.</p>"
    (article,) = read(write(tmp_path / "a.html", page_of(body, foot="© 2015 Road News")))
    assert article.published is None


def test_date_in_the_address_of_a_page_is_its_own(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    head = '<link rel="canonical" href="https://example.org/2020/07/01/road.html">'
    (article,) = read(write(tmp_path / "a.html", page_of("<p>The road is open, the mayor said on Monday.</p>", head)))
    assert article.published == date(2020, 7, 1)


@pytest.mark.parametrize(
    ("head", "opens", "closes"),
    [
        ('<meta charset="iso-8859-1">', b"\x93", b"\x94"),
        ("", b"&#147;", b"&#x94;"),
        ('<meta charset="utf-8">', b"\xe2\x80\x9c", b"&#8221;"),
    ],
)
def test_marks_that_browsers_show_are_kept(tmp_path: Path, head: str, opens: bytes, closes: bytes) -> None:
    said = (
        b"<p>"
        + opens
        + b"We are ready for the water,"
        + closes
        + " said Jörg Müller of Köln.</p>".encode("utf-8" if "utf" in head else "cp1252")
    )
    more = b"<p>More words follow here, so that the text is long enough for everyone who reads it in the town.</p>"
    write(
        tmp_path / "x.html",
        b"<html><head>" + head.encode() + b"</head><body><article>" + said + more + b"</article></body></html>",
    )
    (article,) = read(tmp_path)
    assert "“We are ready for the water,” said Jörg Müller of Köln." in article.text


def test_quote_elements_of_a_page_have_marks(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    (article,) = read(write(tmp_path / "a.html", page_of("<p><q>We are ready,</q> said Ann Lee. <q cite=x>We wait.</q></p>")))
    assert "“We are ready,” said Ann Lee. “We wait.”" in article.text


def test_pages_of_a_crawl(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    warcwriter = pytest.importorskip("warcio.warcwriter")
    headers = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    with (tmp_path / "crawl.warc.gz").open("wb") as file:
        writer = warcwriter.WARCWriter(file, gzip=True)
        for address, kind in (("https://www.example.org/news/1", "text/html"), ("https://example.org/logo.png", "image/png")):
            http = headers("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(address, "response", BytesIO(PAGE.encode()), http_headers=http))
    (article,) = read(tmp_path / "crawl.warc.gz")
    assert (article.article_id, article.source) == ("example-org-news-1", "https://www.example.org/news/1")


def test_folder_that_cannot_be_opened_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", "Text")
    write(tmp_path / "closed" / "b.txt", "Text")
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "listdir", scandir)
    assert list(find_units([tmp_path])) == [Unit("text", "a.txt", None, b"Text"), Reject("closed", None, "Permission denied")]
