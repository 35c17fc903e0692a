"""A table of addresses and dates beside a folder of saved pages; addresses and articles are invented."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

import builder
from builder.reading.addresses import addresses_of, same_address

PAGE = """<html><head>{head}<title>Harbour | River Courier Online</title></head><body><article><h1>Harbour {name}</h1>
<p>The minister said on Monday that the {name} harbour would be opened in the spring of next year.</p>
<p>“We are ready for it,” said Ann Lee. More words follow here, so that the text is long enough.</p></article></body></html>"""

MEDIA_CLOUD = """id,stories_id,title,publish_date,url,language,media_name
{row}1,901,Harbour to open,2021-03-04 10:00:00,http://www.example.org/news/one/?utm_source=feed,en,River Courier
2,902,No harbour,2021-03-05,https://example.org/news?id=2&page=1,en,Hill Gazette
3,903,Never saved,2021-03-06,https://example.org/news/three,en,River Courier
"""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    heads = {
        "a.html": '<link href="https://example.org/news/one" rel="canonical"><meta property="og:title" content="Another">',
        "b.html": '<meta content="https://example.org/news?page=1&amp;id=2#top" property="og:url">',
        "c.html": '<meta property="article:published_time" content="2020-07-01">',
    }
    for name, head in heads.items():
        (folder / name).write_text(PAGE.format(head=head, name=name[0]), encoding="utf-8")
    return folder


def test_table_tells_of_the_pages(run: Run, tmp_path: Path, pages: Path) -> None:
    (tmp_path / "stories.csv").write_text(MEDIA_CLOUD.format(row=""), encoding="utf-8")
    done = run("build", "pages", "--urls", "stories.csv", "--id-column", "stories_id", "--out", "package")
    assert done.returncode == 0, done.stderr
    tables = builder.load(tmp_path / "package" / "datapackage.json")
    articles = tables["articles"].set_index("article_id")
    assert articles.index.tolist() == ["901", "902", "c"]
    columns = ["title", "publisher", "source"]
    assert articles.loc["901", columns].tolist() == [
        "Harbour to open", "River Courier", "http://www.example.org/news/one/?utm_source=feed",
    ]  # fmt: skip
    assert articles["published"].astype("string").tolist() == ["2021-03-04", "2021-03-05", "2020-07-01"]
    assert json.loads(articles.loc["902", "extra"]) == {"id": "2"}
    assert "harbour would be opened" in articles.loc["901", "text"]
    assert tables["rejects"].values.tolist() == [["stories.csv", "row 3", "no saved page has this address; nothing is fetched"]]
    assert "c.html: no row of stories.csv has its address" in done.stderr


def test_table_inside_the_folder_is_no_article(run: Run, tmp_path: Path, pages: Path) -> None:
    urls = pa.table({"SOURCEURL": ["https://example.org/news/one"], "Date": ["2020-01-02"], "content": ["Only the first words"]})
    pq.write_table(urls, pages / "gdelt.parquet")
    assert run("build", "pages", "--urls", "pages/gdelt.parquet", "--out", "package").returncode == 0
    tables = builder.load(tmp_path / "package" / "datapackage.json")
    assert tables["articles"]["article_id"].tolist() == ["example-org-news-one", "b", "c"]
    assert json.loads(tables["articles"]["extra"][0]) == {"text": "Only the first words"}
    assert tables["rejects"].empty


def test_rows_of_one_address_that_differ_are_told(run: Run, tmp_path: Path, pages: Path) -> None:
    row = "9,999,Another title,2021-01-01,https://example.org/news/one,en,River Courier\n"
    (tmp_path / "stories.csv").write_text(MEDIA_CLOUD.format(row=row) + "4,904,No address,2021-03-06,,en,\n", encoding="utf-8")
    assert run("build", "pages", "--urls", "stories.csv", "--out", "package").returncode == 0
    tables = builder.load(tmp_path / "package" / "datapackage.json")
    assert tables["articles"]["title"][0] == "Another title"
    told = dict(tables["rejects"][["place", "reason"]].values.tolist())
    assert told["row 2"] == "the same address as row 1, which holds"
    assert told["row 5"].startswith("no address of a page")


def test_table_without_addresses_is_refused(run: Run, tmp_path: Path, pages: Path) -> None:
    (tmp_path / "stories.csv").write_text("title,date\nHarbour,2020-01-02\n", encoding="utf-8")
    done = run("build", "pages", "--urls", "stories.csv", "--out", "package")
    assert done.returncode == 2
    assert "stories.csv: no row with the address of a page: stories.csv, row 1: no address" in done.stderr


def test_table_of_addresses_alone_says_where_it_belongs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "stories.csv").write_text(MEDIA_CLOUD.format(row=""), encoding="utf-8")
    done = run("build", "stories.csv", "--out", "package")
    assert done.returncode == 2
    assert "goes with them as --urls" in done.stderr


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/a/b",
        "https://www.example.org/a/b/",
        "https://EXAMPLE.org:443/a/b#part",
        "https://example.org/a/b?utm_medium=rss&fbclid=x",
        "https://example.org/%61/b",
    ],
)
def test_same_page(other: str) -> None:
    assert same_address(other) == same_address("https://example.org/a/b")


@pytest.mark.parametrize(
    "other",
    ["https://example.org/A/b", "https://example.org/a%2Fb", "https://example.org/a/b?id=2", "https://m.example.org/a/b",
     "https://example.org:8080/a/b", "https://example.org/a/b#!2"],
)  # fmt: skip
def test_another_page(other: str) -> None:
    assert same_address(other) not in (None, same_address("https://example.org/a/b"))


@given(st.text(st.characters(exclude_characters="#")).map(lambda text: f"https://{text}") | st.just("ftp://a"))
def test_any_text_is_an_address_or_none(text: str) -> None:
    same = same_address(text)
    assert same is None or same == same_address(text.strip() + "#part")


@pytest.mark.parametrize(
    ("page", "source"),
    [
        (b"<!-- saved from url=(0025)https://example.org/news -->", "a.html"),
        (
            b"<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://example.org/news \n saved date: x\n-->",
            "a.html",
        ),
        (b"<LINK REL='canonical' HREF='https://example.org/news'>", "a.html"),
        (b"<html>", "example.org/news.html"),
        (b"<html>", "https://example.org/news"),
    ],
)
def test_page_tells_where_it_is_from(page: bytes, source: str) -> None:
    assert "example.org/news" in set(map(same_address, addresses_of(page, source)))
