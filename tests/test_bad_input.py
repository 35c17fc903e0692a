"""Every bad input ends in one clear line and exit code 2, and what was there before is still there."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import Run, contents, published

from builder.reading.rejects import Reject
from builder.text.article import MAX_CHARACTERS

REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty file": (lambda folder: (folder / "x.txt").write_bytes(b""), "x.txt: the article is empty"),
    "white space": (lambda folder: (folder / "x.txt").write_bytes(b" \n\t\n"), "x.txt: the article is empty"),
    "binary": (
        lambda folder: (folder / "x.txt").write_bytes(b"MZ\x90\x00\x03"),
        "x.txt: binary, or of an encoding that is none of utf_8",
    ),
    "JSON that is not UTF-8": (
        lambda folder: (folder / "x.jsonl").write_bytes(b'{"article_id": "x", "text": "Caf\xe9"}\n'),
        "x.jsonl, line 1: not UTF-8: byte 0xe9 at byte 32, line 1",
    ),
    "list of addresses": (
        lambda folder: (folder / "x.txt").write_text("https://example.org/a\nhttps://example.org/b\n"),
        "x.txt: a list of addresses; nothing is fetched",
    ),
    "words broken as on a page": (
        lambda folder: (folder / "x.txt").write_text("The state-\nment came af-\nter the talks.\n"),
        "x.txt: words are broken at the ends of lines, as on a printed page; --join-lines puts them together",
    ),
    "a form that holds no articles": (
        lambda folder: (folder / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n"),
        "x.png: in none of the forms that are read: .jsonl",
    ),
    "50 MB on one line": (
        lambda folder: (folder / "x.txt").write_bytes(b"word " * 10_000_000),
        f"x.txt: 50,000,000 characters; an article may have at most {MAX_CHARACTERS:,}",
    ),
    "200 MB": (lambda folder: (folder / "x.txt").write_bytes(b"word " * 40_000_000), "x.txt: more than 80,000,003 bytes"),
    "identifier without a letter": (
        lambda folder: (folder / "x.jsonl").write_text('{"article_id": "../..", "text": "x"}'),
        "x.jsonl, line 1: article_id: '../..' has no letter or digit",
    ),
    "JSON broken in the middle": (
        lambda folder: (folder / "x.jsonl").write_text('\n{"article_id": "b", "te\n'),
        "x.jsonl, line 2: broken JSON at character",
    ),
    "front matter that is no YAML": (
        lambda folder: (folder / "x.txt").write_text("---\ntitle: 'open\n---\ntext"),
        "x.txt: front matter, line",
    ),
    "front matter with an unknown field": (
        lambda folder: (folder / "x.txt").write_text("---\ntitle: A\npublised: 2020-01-01\n---\ntext"),
        "x.txt: front matter: unknown field 'publised'; published is meant?",
    ),
    "date that does not exist": (
        lambda folder: (folder / "x.txt").write_text("---\npublished: '2021-02-30'\n---\ntext"),
        "x.txt: published: '2021-02-30' is no date of the form YYYY-MM-DD",
    ),
    "NUL": (
        lambda folder: (folder / "x.jsonl").write_text('{"article_id": "x", "text": "a\\u0000b"}'),
        "x.jsonl, line 1: the text holds a NUL character at 1",
    ),
    "half a surrogate pair": (
        lambda folder: (folder / "x.jsonl").write_text('{"article_id": "x", "text": "a\\ud800b"}'),
        "x.jsonl, line 1: the text holds half a surrogate pair at 1",
    ),
}


@pytest.fixture
def package(run: Run, tmp_path: Path) -> Path:
    """A package that stands already, built from ``old.txt``."""
    (tmp_path / "old.txt").write_text("The old article says “enough of this” to all.\n", encoding="utf-8")
    assert run("build", "old.txt", "--out", "package").returncode == 0
    return tmp_path / "package"


@pytest.mark.parametrize(("make", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_alone_it_is_refused(run: Run, tmp_path: Path, package: Path, make: Callable[[Path], object], message: str) -> None:
    sources = tmp_path / "articles"
    sources.mkdir()
    before = published(package)
    make(sources)
    done = run("build", "articles", "--out", "package")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("builder: ")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert published(package) == before


def test_among_others_it_is_a_row_of_rejects(run: Run, tmp_path: Path) -> None:
    for number, (make, _) in enumerate(REFUSED.values()):
        (tmp_path / "articles" / f"{number:02}").mkdir(parents=True)
        make(tmp_path / "articles" / f"{number:02}")
    (tmp_path / "articles" / "good.txt").write_text("A good article.\n", encoding="utf-8")
    (tmp_path / "articles" / "good.md").write_text("Another of that name.\n", encoding="utf-8")
    done = run("build", "articles", "--out", "package")
    assert done.returncode == 0
    rejects = pd.read_parquet(tmp_path / "package" / "datapackage" / "rejects.parquet")
    shown = [str(Reject(*(None if pd.isna(cell) else cell for cell in row))) for row in rejects.itertuples(index=False)]
    for line, (_, message) in zip(shown, [*REFUSED.values()], strict=False):
        assert message in line
    assert len(shown) == len(REFUSED) + 1
    assert any("article_id 'good' is already that of an earlier article" in line for line in shown)
    assert run("validate", "package").returncode == 0


def test_strict_ends_at_the_first(run: Run, tmp_path: Path, package: Path) -> None:
    before = contents(package)
    (tmp_path / "x.jsonl").write_text('{"article_id": "a", "text": "x"}\n{"article_id": "b", "te\n', encoding="utf-8")
    done = run("build", "x.jsonl", "--out", "package", "--strict")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("builder: x.jsonl, line 2: broken JSON at character ")
    assert len(done.stderr.splitlines()) == 1
    assert contents(package) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["build"], "sources: no such folder"),
        (["build", "missing.txt", "--out", "package"], "missing.txt: no such file or folder"),
        (["build", "here.bin", "--out", "package"], "here.bin: in none of the forms that are read: .jsonl"),
        (["build", "empty", "--out", "package"], "empty: no file of articles in this folder"),
        (["build", "here.md"], "--out DIR is needed"),
        (["build", "empty", "--out", "package", "--metadata", "here.md"], "here.md: not a mapping"),
        (["build", "empty", "--out", "package", "--metadata", "none.yaml"], "none.yaml: No such file"),
        (["validate"], "datapackage.json: No such file"),
        (["validate", "here.md"], "here.md: not a data package of this builder"),
    ],
)
def test_command_that_cannot_run(run: Run, tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "here.md").write_text("# Notes\n", encoding="utf-8")
    (tmp_path / "here.bin").write_bytes(b"\x01\x02")
    (tmp_path / "empty").mkdir()
    before = contents(tmp_path)
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert contents(tmp_path) == before


ACCEPTED = {
    "marks that do not close": 'He said “we will never know and went. “Why?” he asked.\n\nShe said: "No.\n',
    "nested marks": "“He told me ‘never “ever” again’ twice,” she said. ''Odd'' and `so`.\n",
    "no title and no dateline": "the talks ended without a result on monday, officials said, and nobody was there.\n",
    "no such day": "The talks will go on on February 30, 2021, and on 2021-13-45, he said.\n",
    "markup": "<script>alert(1)</script> said “=cmd|' /C calc'!A0” & <b>so</b> on\n",
    "control characters": "A\x01\x07\x08 title\x1b[31m\nThe\x0b minister\x0c said\x1f “yes\x7f we\x85 can\u2028”.\n",
    "right-to-left and emoji": "The \u202eretsinim\u202c said “\U0001f468\u200d\U0001f469 ok” \u200fשלום e\u0301.\n",
    "one character": "x",
    "separators": 'a,"b";c\n"",\n\n",",\t|\n',
    "only marks": "“" * 500 + "\n" + '"' * 501 + "\n" + "‘" * 500,
}


def test_odd_texts_are_articles_like_any_other(run: Run, tmp_path: Path) -> None:
    for number, text in enumerate(ACCEPTED.values()):
        (tmp_path / f"odd-{number:02}.txt").write_text(text, encoding="utf-8", newline="")
    done = run("build", tmp_path, "--out", "package")
    assert done.returncode == 0, done.stderr
    texts = pd.read_parquet(tmp_path / "package" / "datapackage" / "articles.parquet")["text"]
    assert texts.tolist() == list(ACCEPTED.values())
    dtype = {"text": "string"}
    read = pd.read_csv(tmp_path / "package/datapackage/articles.csv", dtype=dtype, keep_default_na=False, na_values=[""])
    assert read["text"].tolist() == list(ACCEPTED.values())
    assert run("validate", "package").returncode == 0
