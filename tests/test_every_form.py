"""What came of invented articles in every form, by the command; the table in docs/sources.md says the same."""

import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest
from conftest import ROOT, Run
from documents import PARAGRAPHS, docx, epub, odt, pdf, printed_docx, rtf, zipped
from downloaded import FACTIVA_PAGE, FACTIVA_TEXT, NEWER_NEXIS, NEWER_NEXIS_PRINTED, OLDER_NEXIS, PROQUEST, PROQUEST_PARAGRAPHS
from test_page_table import MEDIA_CLOUD, PAGE

import builder

FIRST, SECOND = ("The harbour of Bergen will open in April, the minister said.", "The mayor said that it would not open.")

NEWER = NEWER_NEXIS.replace("would not", "was late").split("\n")


class Sample(NamedTuple):
    files: Mapping[str, bytes | str]
    articles_in: int
    articles: int
    rejects: int
    options: tuple[str, ...] = ()


def excel() -> bytes:
    book = pytest.importorskip("openpyxl").Workbook()
    for row in (("ID", "Text", "Date"), (1, FIRST, "2020-03-05"), (2, SECOND, None), (3, None, None)):
        book.active.append(row)
    book.create_sheet("other").append(("ID", "Text"))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def parquet() -> bytes:
    file = BytesIO()
    pd.DataFrame({"doc_id": [1, 2], "body": [FIRST, SECOND], "reads": [7, 8]}).to_parquet(file)
    return file.getvalue()


def crawl() -> bytes:
    writer = pytest.importorskip("warcio.warcwriter")
    headers = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    file = BytesIO()
    kept = writer.WARCWriter(file, gzip=True)
    for number, status in enumerate(("200 OK", "404 Not Found", "301 Moved")):
        http = headers(status, [("Content-Type", "text/html")], protocol="HTTP/1.1")
        page = BytesIO(PAGE.format(head="", name=number).encode())
        kept.write_record(kept.create_warc_record(f"https://example.org/{number}", "response", payload=page, http_headers=http))
    return file.getvalue()


def news_service(*texts: str | None) -> str:
    found = [{"title": "T", "url": f"https://example.org/{i}", "publishedAt": "2020-03-05T08:40:00Z"} for i in range(len(texts))]
    return json.dumps({"status": "ok", "articles": [{**each, "content": text} for each, text in zip(found, texts, strict=True)]})


def feed() -> str:
    items = "".join(f"<item><title>T</title><description>{text}</description></item>" for text in (FIRST, SECOND, ""))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'


SAMPLES: Mapping[str, Callable[[], Sample]] = {
    "CSV with semicolons, in Windows-1252, with a row without text": lambda: Sample(
        {"x.csv": f"id;text;title\n1;{FIRST};“Häfen”\n2;{SECOND};\n3;;x\n".encode("cp1252")}, 3, 2, 1
    ),
    "TSV in UTF-16; CSV with a day that may be two": lambda: Sample(
        {"x.tsv": f"id\ttext\n1\t{FIRST}\n".encode("utf-16"), "y.csv": f"id,text,date\n2,{SECOND},05/06/2020\n"}, 2, 1, 1
    ),
    "Excel, with a row without text and a second sheet": lambda: Sample({"x.xlsx": excel()}, 3, 2, 2),
    "JSON of NewsAPI, with an article without text": lambda: Sample({"x.json": news_service(FIRST, None)}, 2, 1, 1),
    "JSON lines with names of their own": lambda: Sample(
        {"x.jsonl": "".join(json.dumps({"no": n, "words": text}) + "\n" for n, text in enumerate((FIRST, SECOND)))},
        2, 2, 0, ("--text-column", "words", "--id-column", "no"),
    ),
    "Parquet": lambda: Sample({"x.parquet": parquet()}, 2, 2, 0),
    "text and Markdown": lambda: Sample({"a.txt": FIRST, "b.md": f"---\ntitle: T\nmine: 1\n---\n{SECOND}"}, 2, 2, 0),
    ".docx, .odt, .rtf, .epub of one article": lambda: Sample(
        {"a.docx": docx(PARAGRAPHS), "b.odt": odt(PARAGRAPHS), "c.rtf": rtf(PARAGRAPHS), "d.epub": epub(PARAGRAPHS)}, 4, 4, 0
    ),
    "PDF, and one of a download": lambda: Sample(
        {"a.pdf": pdf([FIRST, SECOND]), "b.pdf": pdf([*NEWER_NEXIS.encode("ascii", "ignore").decode().split("\n")] * 2)}, 2, 1, 1
    ),
    "saved pages, one without a text": lambda: Sample(
        {"a.html": PAGE.format(head="", name="one"), "b.html": "<html><body></body></html>"}, 2, 1, 1
    ),
    "WARC, with answers 404 and 301": lambda: Sample({"x.warc.gz": crawl()}, 3, 1, 2),
    "RSS, with an entry that only links": lambda: Sample({"x.xml": feed()}, 3, 2, 1),
    "list of addresses": lambda: Sample(
        {"x.txt": "# of Monday\nhttps://example.org/1\nhttps://example.org/2\n", "a.txt": FIRST}, 2, 1, 1
    ),
    "table of Media Cloud beside saved pages, with a page that was not saved": lambda: Sample(
        {
            "a.html": PAGE.format(head='<link rel="canonical" href="https://example.org/news/one">', name="one"),
            "b.html": PAGE.format(head='<link rel="canonical" href="https://example.org/news?page=1&amp;id=2">', name="two"),
            "../x.csv": MEDIA_CLOUD.format(row=""),
        },
        3, 2, 1, ("--urls", "x.csv"),
    ),
    "Nexis, older and newer, as .txt and .docx": lambda: Sample(
        {"a.txt": OLDER_NEXIS, "b.docx": docx(NEWER), "c.docx": printed_docx(NEWER_NEXIS_PRINTED)}, 5, 5, 0
    ),
    "Factiva, page with labels and text without": lambda: Sample(
        {"a.html": FACTIVA_PAGE, "b.txt": FACTIVA_TEXT.replace("RIVERC00", "J0000000")}, 3, 3, 0
    ),
    "ProQuest as text, with a document without its text": lambda: Sample(
        {"a.txt": PROQUEST, "b.txt": PROQUEST_PARAGRAPHS.replace("ID: 123", "ID: 124")}, 3, 2, 1
    ),
    "picture, archive, lock file": lambda: Sample(
        {"a.png": b"\x89PNG\r\n\x1a\n", "b.zip": zipped(a="b"), "~$c.docx": b"x", "d.txt": FIRST}, 1, 1, 2
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", SAMPLES)
def test_each_article_comes_out_or_is_told(run: Run, tmp_path: Path, form: str) -> None:
    sample = SAMPLES[form]()
    (tmp_path / "in").mkdir()
    for name, content in sample.files.items():
        (tmp_path / "in" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run("build", "in", "--out", "out", *sample.options)
    assert done.returncode == 0, done.stderr
    tables = builder.load(tmp_path / "out" / "datapackage.json")
    assert (len(tables["articles"]), len(tables["rejects"])) == (sample.articles, sample.rejects)
    assert run("validate", "out").returncode == 0


def test_documented_table_says_what_the_tests_do() -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    told = {form: tuple(map(int, numbers)) for form, *numbers in rows}
    samples = {form: make() for form, make in SAMPLES.items()}
    assert told == {form: (made.articles_in, made.articles, made.rejects) for form, made in samples.items()}
