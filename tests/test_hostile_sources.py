"""Whatever a file of articles holds, it costs that file or that article: a reject, and everything else is built."""

import gzip
import json
import os
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ARTICLE, Run

from builder.errors import InputError
from builder.reading import Unit, find_units
from builder.reading.fields import Defaults
from builder.reading.parse import parse
from builder.reading.rejects import Reject


def table(**columns: object) -> pa.Table:
    given = {"article_id": ["b"], "text": ["Hi there"], **columns}
    return pa.table(given)


def aliases(folder: Path) -> None:
    lines, name = ["- &a [x,x,x,x,x,x,x,x,x]"], "a"
    for following in "bcdefghi":
        lines.append(f"- &{following} [{','.join([f'*{name}'] * 9)}]")
        name = following
    (folder / "x.txt").write_text("---\ntitle:\n" + "\n".join(lines) + "\n---\nHi there\n")


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "aliases that multiply": (aliases, "x.txt: front matter, line 3: anchors, aliases and tags are not read"),
    "a set, in any order": (
        lambda folder: (folder / "x.txt").write_text("---\ntitle: !!set {b, a}\n---\nHi"),
        "x.txt: front matter, line 2: anchors, aliases and tags are not read",
    ),
    "a number of 5,000 digits in JSON": (
        lambda folder: (folder / "x.jsonl").write_text(f'{{"article_id": "b", "text": "x", "title": {"1" * 5000}}}'),
        "x.jsonl, line 1: JSON that cannot be read: Exceeds the limit",
    ),
    "nested without end": (
        lambda folder: (folder / "x.jsonl").write_text("[" * 100_000),
        "x.jsonl, line 1: JSON that cannot be read",
    ),
    "the year 1": (
        lambda folder: (folder / "x.txt").write_text("---\npublished: '0001-01-01'\n---\nThe quarter ended July 31."),
        "x.txt: published: the year 1 is not from 1000 to 2999",
    ),
    "an identifier of 100,000 characters": (
        lambda folder: (folder / "x.jsonl").write_text(json.dumps({"article_id": "a" * 100_000, "text": "x"})),
        "is longer than 200 characters",
    ),
    "a name that is not UTF-8": (
        lambda folder: Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("Hi there"),
        "caf\\xe9.txt: the name of the file, or of a folder around it, is not UTF-8",
    ),
    "a folder's name that is not UTF-8": (
        lambda folder: (
            Path(os.fsdecode(os.fsencode(folder) + b"/\xe9")).mkdir(),
            Path(os.fsdecode(os.fsencode(folder) + b"/\xe9/x.txt")).write_text("Hi there"),
        ),
        "\\xe9/x.txt: the name of the file, or of a folder around it, is not UTF-8",
    ),
    "a link out of the folder": (
        lambda folder: (folder / "x.txt").symlink_to(__file__),
        "x.txt: a link that leads out of the folder; --follow-links reads it",
    ),
    "a day out of range": (
        lambda folder: pq.write_table(table(published=pa.array([2**30], pa.date32())), folder / "x.parquet"),
        "x.parquet, row 1: published: cannot be read: ",
    ),
    "a zone that is none": (
        lambda folder: pq.write_table(table(published=pa.array([1], pa.timestamp("s", "Mars/Base"))), folder / "x.parquet"),
        "x.parquet",
    ),
    "bytes that are not UTF-8": (
        lambda folder: pq.write_table(table(text=pa.array([b"Caf\xe9"]).view(pa.string())), folder / "x.parquet"),
        "x.parquet, row 1: text: cannot be read: 'utf-8' codec can't decode byte 0xe9",
    ),
    "a list for a text": (
        lambda folder: pq.write_table(table(text=[["Hi"]]), folder / "x.parquet"),
        "x.parquet, row 1: text is not a string",
    ),
    "no Arrow file": (lambda folder: (folder / "x.arrow").write_bytes(b"ARROW1\0\0" * 9), "x.arrow: "),
    "half an archive": (lambda folder: (folder / "x.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 99)[:-12]), "x.jsonl.gz"),
}


@pytest.mark.parametrize(("make", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_it_costs_one_reject(run: Run, tmp_path: Path, make: Callable[[Path], object], message: str) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    make(tmp_path / "articles")
    done = run("build", "articles", "--out", "package")
    assert done.returncode == 0, done.stderr
    assert message in done.stderr
    assert pd.read_parquet(tmp_path / "package/datapackage/articles.parquet")["article_id"].tolist() == ["harbour"]
    assert run("validate", "package").returncode == 0


def test_damaged_columnar_files_cost_themselves(tmp_path: Path) -> None:
    """Some of these make the Arrow library raise what it never documents, some would kill the process."""
    rows = pa.table({
        "article_id": [f"a{n}" for n in range(40)],
        "text": [f"The minister spoke {n} times." for n in range(40)],
        "publisher": pa.array(["Northwire"] * 40).dictionary_encode(),
        "published": pa.array([date(2020, 1, 1)] * 40),
    })  # fmt: skip
    with pa.OSFile(str(tmp_path / "whole.arrow"), "wb") as file, pa.ipc.new_file(file, rows.schema) as writer:
        writer.write_table(rows)
    pq.write_table(rows, tmp_path / "whole.parquet")
    dice = random.Random(7)
    for name in ("whole.arrow", "whole.parquet"):
        whole = (tmp_path / name).read_bytes()
        for number in range(40):
            raw = bytearray(whole)
            for _ in range(dice.randint(1, 12)):
                raw[dice.randrange(len(raw))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
            (tmp_path / f"{number:02}-{name}").write_bytes(raw if dice.random() < 0.8 else raw[: dice.randrange(len(raw))])
    found = list(find_units([tmp_path]))
    assert sum(not isinstance(unit, Reject) and unit.source.startswith("whole") for unit in found) == 80
    assert {unit.source for unit in found} == {path.name for path in tmp_path.iterdir()}


def test_binary_text_is_text(tmp_path: Path) -> None:
    pq.write_table(table(text=pa.array([b"Hi there"])), tmp_path / "a.parquet")
    (unit,) = find_units([tmp_path / "a.parquet"])
    assert not isinstance(unit, Reject)
    assert json.loads(unit.raw)["text"] == "Hi there"


def test_process_that_reads_may_die_at_any_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from builder.reading import apart  # noqa: PLC0415

    for name in ("a", "b"):
        pq.write_table(table(article_id=[name]), tmp_path / f"{name}.parquet")
    receive, calls = apart._receive, []

    def dies(stream: object) -> object:
        calls.append(stream)
        return None if len(calls) == 1 else receive(stream)  # type: ignore[arg-type]

    monkeypatch.setattr(apart, "_receive", dies)
    first, second = find_units([tmp_path])
    assert isinstance(first, Reject)
    assert first.reason.startswith("damaged: reading it crashed")
    assert not isinstance(second, Reject)


def test_links_are_followed_where_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert run("build", "articles", "--out", "package").returncode == 2
    assert run("build", "articles", "--out", "package", "--follow-links").returncode == 0


def test_page_at_which_the_extractor_fails_is_a_reject_of_that_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: object, **named: object) -> None:
        raise AssertionError("invalid Element proxy")

    monkeypatch.setattr(pytest.importorskip("trafilatura"), "bare_extraction", fails)
    with pytest.raises(InputError, match="the page cannot be read: AssertionError: invalid Element proxy"):
        parse(Unit("html", "a.html", None, b"<html><p>Hi there</p></html>"), Defaults())


@pytest.mark.parametrize("out", [".", "inside", "inside/deeper"])
def test_output_in_the_source_folder_is_no_source(run: Run, tmp_path: Path, out: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"article_id": "a", "text": "The old words."}))
    assert run("build", ".", "--out", out).returncode == 0
    assert run("page", out, "--out", f"{out}/page").returncode == 0
    (tmp_path / "a.jsonl").write_text(json.dumps({"article_id": "a", "text": "The new words."}))
    done = run("build", ".", "--out", out)
    assert (done.returncode, "rejected" in done.stderr) == (0, False)
    assert pd.read_parquet(tmp_path / out / "datapackage/articles.parquet")["text"].tolist() == ["The new words."]


def test_a_million_rejects_are_counted_and_not_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.jsonl").write_text(json.dumps({"article_id": "a", "text": "Words."}))
    with gzip.open(tmp_path / "articles" / "x.jsonl.gz", "wb") as file:
        file.write(b"{\n" * 200_000)
    assert run("build", "articles", "--out", "package").returncode == 0
    rejects = pd.read_parquet(tmp_path / "package/datapackage/rejects.parquet")
    assert len(rejects) == 1001
    assert rejects["reason"].iloc[-1] == "199,000 more like these, which are not listed"
    assert run("validate", "package").returncode == 0


def test_archive_with_lengths_that_lie(tmp_path: Path) -> None:
    pytest.importorskip("warcio")

    def record(address: str, body: str, length: str | None, status: str = "200 OK") -> bytes:
        http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n{body}".encode()
        given = f"Content-Length: {len(http) if length is None else length}\r\n" if length != "" else ""
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n{given}Content-Type: application/http\r\n\r\n"
        return head.encode() + http + b"\r\n\r\n"

    good, other = record("http://a/", "one", None), record("http://b/", "two", None)
    cases = {
        b"".join([good, other]): ["http://a/", "http://b/"],
        b"".join([record("http://a/", "one", str(len(good.partition(b"\r\n\r\n")[2]) + len(other) - 4)), other]): [
            "a record whose length takes in the next ones, which are not read"
        ],
        b"".join([good, record("http://b/", "two", "9999")]): ["http://a/", "a record that is cut off"],
        b"".join([good, record("http://b/", "two", ""), good]): [
            "http://a/",
            "a record without its length; the rest of the file",
        ],
        b"".join([record("http://a/", "gone", None, "404 Not Found"), other]): [
            "no page: the server answered '404'",
            "http://b/",
        ],
    }
    for raw, expected in cases.items():
        (tmp_path / "x.warc").write_bytes(raw)
        found = list(find_units([tmp_path / "x.warc"]))
        said = [unit.reason if isinstance(unit, Reject) else unit.source for unit in found]
        assert len(said) == len(expected), said
        assert all(text.startswith(start) for text, start in zip(said, expected, strict=True)), said
