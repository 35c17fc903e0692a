"""The reading page as a file, and as a reader sees it in a browser (skipped where there is no Chromium)."""

import base64
import hashlib
import html
import json
import re
from pathlib import Path

from conftest import Run, contents
from marked import ARTICLE_ID, CITATION, DESCRIPTOR, TEXT, page, tables

from builder.page import reading_pages


def test_same_rows_give_the_same_page() -> None:
    assert page() == page()


def test_no_text_becomes_markup() -> None:
    hostile = TEXT + "</script><script>window.hacked = 2</script><!--\u2028"
    text = page(text=hostile)
    before, data, after = re.split(r'<script type="application/json" id="data">|</script>\n<script>"use strict"', text)
    assert not set("<>&\u2028") & set(data)
    assert hostile == json.loads(data)["articles"][0]["text"]
    assert "hacked" not in before + after


def test_policy_allows_this_style_and_this_script_alone() -> None:
    text = page()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    for element in ("style", "script"):
        (content,) = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in html.unescape(policy)
    assert "default-src 'none'" in html.unescape(policy)


def test_many_articles_stand_in_one_file_or_in_one_each() -> None:
    together = dict(reading_pages(tables(3), DESCRIPTOR, CITATION))
    apart = dict(reading_pages(tables(3), DESCRIPTOR, CITATION, one_file_bytes=1000))
    assert list(together) == ["index.html"]
    assert list(apart) == [
        "index.html",
        "_quotes.html",
        "_quotes-2.html",
        f"{ARTICLE_ID}.html",
        f"{ARTICLE_ID}-1.html",
        f"{ARTICLE_ID}-2.html",
    ]
    assert TEXT.splitlines()[2][:15] not in apart["index.html"]


def test_command_writes_the_page_that_a_build_writes(project: Path, run: Run) -> None:
    assert run("build").returncode == 0
    done = run("page", "--out", "seen")
    assert (done.returncode, done.stdout) == (0, "seen/index.html\n")
    assert contents(project / "seen") == contents(project / "page")
    (project / "file").write_text("")
    done = run("page", "--out", "file/page")
    assert (done.returncode, done.stderr) == (2, "builder: file/page: Not a directory\n")


def test_quotes_of_many_pages_are_searched_in_files_of_bounded_size() -> None:
    pages = dict(reading_pages(tables(40), DESCRIPTOR, CITATION, one_file_bytes=5_000))
    parts = [name for name in pages if name.startswith("_quotes")]
    assert parts[:2] == ["_quotes.html", "_quotes-2.html"]
    rows = []
    for name in parts:
        (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', pages[name])
        quotes = json.loads(data)["quotes"]
        assert quotes["names"] == parts
        assert len(json.dumps([quotes["articles"], quotes["rows"]])) < 6_000
        rows += [(quotes["articles"][number][0], key, text, who) for number, key, text, who in quotes["rows"]]
    kept = tables(40)["quotes"].to_pylist()
    assert [f"{article}.{key}" for article, key, _, _ in rows] == [row["quote_id"] for row in kept]
    assert {who for *_, who in rows} == {"Ingrid Solheim"}
