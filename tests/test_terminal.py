"""What the command says where its surroundings are hostile: one line, the right exit code, and no steering of the terminal."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ARTICLE, Run, contents, run_process
from pybtex.database import parse_string

import builder
from builder.page.render import reading_pages
from builder.publish.citation import bibtex
from builder.publish.metadata import Metadata
from builder.publish.package import read_package
from builder.publish.stored import ArticleParts


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    builder.build([tmp_path / "harbour.txt"], tmp_path / "package")
    return tmp_path / "package"


def shell(line: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
    line = line.replace("builder", f"'{sys.executable}' -m builder", 1)
    return subprocess.run(line, shell=True, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("report", ["nowhere/x.json", "package", "package/datapackage.json/x"])
def test_report_that_cannot_be_written_is_said_before_anything_is_published(run: Run, package: Path, report: str) -> None:
    (package.parent / "harbour.txt").write_text("Other words.")
    before = contents(package)
    done = run("build", "harbour.txt", "--out", "package", "--report", report)
    assert (done.returncode, done.stderr) == (2, f"builder: {report}: no place for the report\n")
    assert contents(package) == before


@pytest.mark.parametrize("line", ["builder validate package >&-", "builder build harbour.txt --out other 2>&- >&- <&-"])
def test_closed_streams_change_nothing(package: Path, line: str) -> None:
    assert shell(line, package.parent).returncode == 0
    if "other" in line:
        assert contents(package.parent / "other") == contents(package)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_output_that_is_full(package: Path) -> None:
    done = shell("builder validate package >/dev/full", package.parent)
    assert done.returncode == 2
    assert re.fullmatch(r"builder: output: No space left on device\n", done.stderr)


def test_working_directory_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    done = shell(f"rmdir '{tmp_path / 'gone'}'; PYTHONPATH='{Path(builder.__file__).parents[1]}' builder build x.txt --out p",
                 tmp_path / "gone")  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["build", "harbour.txt", "--out", "x" * 5000], ["build", "x" * 5000, "--out", "p"]])
def test_names_that_are_too_long(package: Path, arguments: list[str]) -> None:
    done = run_process(*arguments, cwd=package.parent)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_texts_do_not_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "evil\x1b[2J.xyz").write_text("x")
    (tmp_path / "evil\x1b[2J.txt").write_text(
        '---\ntitle: "A\\x1b]0;owned\\x07 \\u202etitle"\n---\nThe minister said “yes, we will go” .'
    )
    done = run_process("build", tmp_path, "--out", tmp_path / "package", cwd=tmp_path)
    cited = run_process("cite", "--package", tmp_path / "package", "evil-2j", cwd=tmp_path)
    assert (done.returncode, cited.returncode) == (0, 0), done.stderr + cited.stderr
    for text in (done.stdout, done.stderr, cited.stdout):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "\\u001b]0;owned\\u0007" in cited.stdout


HOSTILE_DESCRIPTORS = [
    b"", b"[]", b"{}", b"null", b"[" * 100_000, b'{"resources": 1}', b'{"resources": [1]}', b'{"resources": [{"name": 1}]}',
    b'{"resources": {"a": 1}}', b'{"resources": [{"name": "quotes-parquet", "path": ["a"], "hash": 1, "bytes": 1}]}', b"\xff\xfe",
    b'{"resources": [{"name": "quotes-parquet", "path": "a\\u0000b", "hash": "sha256:x", "bytes": 1}]}',
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(HOSTILE_DESCRIPTORS)))
def test_hostile_descriptor_is_one_line(run: Run, package: Path, number: int) -> None:
    (package / "datapackage.json").write_bytes(HOSTILE_DESCRIPTORS[number])
    for command in (["validate", package], ["cite", "--package", package], ["page", package, "--out", "pages"]):
        done = run(*command)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize("field", ["name", "title", "licenses", "contributors", "created", "keywords", "sources", "version"])
@pytest.mark.parametrize("value", [None, 1, [], {}, "x", [None], [{}], ["\ud800"]])
def test_hostile_metadata_is_no_traceback(run: Run, package: Path, field: str, value: object) -> None:
    content = json.loads((package / "datapackage.json").read_bytes()) | {field: value}
    (package / "datapackage.json").write_text(json.dumps(content))
    assert run("validate", package).returncode in (1, 2)
    assert run("cite", "--package", package).returncode in (0, 2)


def test_article_named_index_has_a_page_of_its_own(run: Run, tmp_path: Path) -> None:
    rows = [{"article_id": name, "text": f"Words of {name}."} for name in ("index", "other")]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("build", "a.jsonl", "--out", "package").returncode == 0
    files = read_package(tmp_path / "package")
    names = [name for name, _ in reading_pages(ArticleParts(files), files.descriptor, "", one_file_bytes=1)]
    assert names == ["_index.html", "other.html", "_quotes.html", "index.html"]


def test_homepage_stays_in_its_braces() -> None:
    entry = bibtex(Metadata(homepage="https://example.org/a}b{c\\d e?x=1%20"))
    (parsed,) = parse_string(entry, "bibtex").entries.values()
    assert parsed.fields["howpublished"].count("{") == parsed.fields["howpublished"].count("}") == 1


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_pages_are_not_written_through_a_link(run: Run, package: Path) -> None:
    (package.parent / "victim").write_text("keep")
    (package.parent / "pages").mkdir()
    (package.parent / "pages" / "index.html").symlink_to(package.parent / "victim")
    assert run("page", package, "--out", "pages").returncode == 0
    assert (package.parent / "victim").read_text() == "keep"
