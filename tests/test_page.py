"""The reading page as a file, and as a reader sees it in a browser (skipped where there is no Chromium)."""

import base64
import hashlib
import html
import json
import re
import weakref
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from conftest import Run, contents
from marked import ARTICLE_ID, CITATION, DESCRIPTOR, TEXT, page, tables

from builder.page import reading_pages
from builder.tables.arrow import ArrowTables


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
    together = dict(reading_pages([tables(3)], DESCRIPTOR, CITATION))
    apart = dict(reading_pages([tables(3)], DESCRIPTOR, CITATION, one_file_bytes=1000))
    assert list(together) == ["index.html"]
    assert list(apart) == [
        f"{ARTICLE_ID}.html",
        f"{ARTICLE_ID}-1.html",
        f"{ARTICLE_ID}-2.html",
        "_quotes.html",
        "_quotes-2.html",
        "index.html",
    ]
    assert TEXT.splitlines()[2][:15] not in apart["index.html"]


class Parts(Sequence[ArrowTables]):
    """An article a part; knows how many parts somebody held at once."""

    def __init__(self, whole: ArrowTables) -> None:
        self._whole = whole
        self._read: list[weakref.ref[pa.Table]] = []
        self.held = 0

    def __len__(self) -> int:
        return int(self._whole["articles"].num_rows)

    def __getitem__(self, number: int) -> ArrowTables:  # type: ignore[override]
        own = self._whole["articles"]["article_id"][number]
        part = {name: table.filter(pc.equal(table["article_id"], own)) for name, table in self._whole.items()}
        self._read.append(weakref.ref(part["quotes"]))
        self.held = max(self.held, sum(table() is not None for table in self._read))
        return part


def test_pages_of_many_articles_need_one_part_at_a_time() -> None:
    parts = Parts(tables(40))
    pages = dict(reading_pages(parts, DESCRIPTOR, CITATION, one_file_bytes=5_000))
    assert pages == dict(reading_pages([tables(40)], DESCRIPTOR, CITATION, one_file_bytes=5_000))
    assert parts.held <= 2


def test_command_writes_the_page_that_a_build_writes(project: Path, run: Run) -> None:
    assert run("build").returncode == 0
    done = run("page", "--out", "seen")
    assert (done.returncode, done.stdout) == (0, "seen/index.html\n")
    assert contents(project / "seen") == contents(project / "page")
    (project / "file").write_text("")
    done = run("page", "--out", "file/page")
    assert (done.returncode, done.stderr) == (2, "builder: file/page: Not a directory\n")


def test_quotes_of_many_pages_are_searched_in_files_of_bounded_size() -> None:
    pages = dict(reading_pages([tables(40)], DESCRIPTOR, CITATION, one_file_bytes=5_000))
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
