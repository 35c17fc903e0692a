"""Killed at any step, a swap leaves the old package or the new one; what lies in the work folder is never followed."""

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import ARTICLE, Run, contents, published

import builder
from builder.errors import InputError, PublishError
from builder.publish import swap
from builder.publish.names import WORK_FOLDER, is_package_file
from builder.publish.swap import Publication

SHORTER = ARTICLE.splitlines()[0] + "\nThe minister went home.\n"


class Killed(BaseException):
    """Stands for a process that ends at once: nothing of its own runs any more."""


def build(sources: Path, package: Path, text: str) -> None:
    (sources / "harbour.txt").write_text(text, encoding="utf-8")
    builder.build([sources / "harbour.txt"], package)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    return tmp_path / "articles"


def kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process end before its ``step``-th change on disk once it publishes, clearing up included."""
    count = 0

    def counted(change: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count > step:
                raise Killed
            return change(*arguments, **options)

        return call

    publish = Publication.publish

    def then_count(self: Publication, without: Any = ()) -> None:
        for name in ("replace", "rename", "unlink", "rmdir"):
            monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
        for module, name in ((os, "fsync"), (os, "link"), (shutil, "rmtree"), (swap, "exchange")):
            monkeypatch.setattr(module, name, counted(getattr(module, name)))
        publish(self, without)

    monkeypatch.setattr(Publication, "publish", then_count)


@pytest.mark.parametrize("step", range(0, 60, 7))
@pytest.mark.parametrize("place", ["alone", "among other files", "no exchange"])
def test_killed_at_any_step(tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch, place: str, step: int) -> None:
    package = tmp_path / "package"
    build(sources, package, ARTICLE)
    old, old_rows = published(package), len(builder.load(package)["quotes"])
    build(sources, tmp_path / "other", SHORTER)
    new, new_rows = published(tmp_path / "other"), len(builder.load(tmp_path / "other")["quotes"])
    if place == "among other files":
        (package / "notes.txt").write_text("mine")
    if place == "no exchange":
        monkeypatch.setattr(swap, "exchange", lambda *_: False)
    with monkeypatch.context() as patch:
        kill_at(step, patch)
        with suppress(Killed):
            build(sources, package, SHORTER)
    if place == "alone":
        assert published(package) in (old, new)
    if place != "no exchange":
        assert len(builder.load(package)["quotes"]) in (old_rows, new_rows)
    else:
        with suppress(InputError):
            assert len(builder.load(package)["quotes"]) in (old_rows, new_rows)
    build(sources, package, SHORTER)
    assert {name: raw for name, raw in published(package).items() if name != "notes.txt"} == new
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "other", "package"]


def test_equal_files_are_not_touched(tmp_path: Path, sources: Path) -> None:
    build(sources, tmp_path / "package", ARTICLE)
    os.utime(tmp_path / "package/schema/quotes.json", ns=(1, 1))
    build(sources, tmp_path / "package", SHORTER)
    assert (tmp_path / "package/schema/quotes.json").stat().st_mtime_ns == 1


def test_other_files_stay(tmp_path: Path, sources: Path) -> None:
    build(sources, tmp_path / "package", ARTICLE)
    for name in ("notes.txt", "datapackage/notes.txt", "docs/own.md"):
        (tmp_path / "package" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "package" / name).write_text(name)
    build(sources, tmp_path / "package", SHORTER)
    for name in ("notes.txt", "datapackage/notes.txt", "docs/own.md"):
        assert (tmp_path / "package" / name).read_text() == name


def test_files_of_another_origin_are_not_overwritten(run: Run, tmp_path: Path, sources: Path) -> None:
    (sources / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "croissant.json").write_text("{}")
    done = run("build", "articles", "--out", "package")
    assert done.returncode == 2
    assert "croissant.json: stands there already and is of no package; move it away first" in done.stderr
    assert contents(tmp_path / "package") == {"croissant.json": b"{}"}


def test_folder_in_the_way_is_said_before_anything_is_replaced(run: Run, tmp_path: Path, sources: Path) -> None:
    build(sources, tmp_path / "package", ARTICLE)
    (tmp_path / "package/datapackage/quotes.csv").unlink()
    (tmp_path / "package/datapackage/quotes.csv").mkdir()
    (tmp_path / "package/datapackage/quotes.csv/mine").write_text("mine")
    before = contents(tmp_path / "package")
    done = run("build", "articles", "--out", "package")
    assert done.returncode == 2
    assert "quotes.csv: a folder stands where a file is to be written" in done.stderr
    assert contents(tmp_path / "package") == before


@pytest.mark.parametrize("journal", ['{"replace": ["../victim"], "remove": ["../victim"]}', "", "{", "[]"])
@pytest.mark.parametrize(
    "command", [["validate", "package"], ["cite", "--package", "package"], ["build", "articles", "--out", "package"]]
)
def test_work_folder_of_a_stranger_is_not_followed(
    run: Run, tmp_path: Path, sources: Path, command: list[str], journal: str
) -> None:
    build(sources, tmp_path / "package", ARTICLE)
    (tmp_path / "victim").write_text("keep")
    work = tmp_path / "package" / WORK_FOLDER
    (work / "staged").mkdir(parents=True)
    (work / "swap.json").write_text(journal)
    (work / "staged" / "victim").write_text("changed")
    before = contents(tmp_path / "package")
    assert run(*command).returncode == 0
    assert (tmp_path / "victim").read_text() == "keep"
    if command[0] != "build":
        assert contents(tmp_path / "package") == before


@pytest.mark.parametrize("name", ["datapackage", "schema", WORK_FOLDER])
def test_link_out_of_the_package_is_refused(run: Run, tmp_path: Path, sources: Path, name: str) -> None:
    build(sources, tmp_path / "package", ARTICLE)
    (tmp_path / "package" / WORK_FOLDER).mkdir(exist_ok=True)
    (tmp_path / "package" / name).rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "staged").mkdir()
    (tmp_path / "elsewhere" / "staged" / "mine").write_text("mine")
    (tmp_path / "package" / name).symlink_to(tmp_path / "elsewhere")
    before = contents(tmp_path / "elsewhere")
    (sources / "harbour.txt").write_text(SHORTER, encoding="utf-8")
    run("build", "articles", "--out", "package")
    assert contents(tmp_path / "elsewhere") == before


def test_descriptor_of_a_stranger_names_no_file_outside(run: Run, tmp_path: Path, sources: Path) -> None:
    build(sources, tmp_path / "package", ARTICLE)
    (tmp_path / "secret.parquet").write_bytes((tmp_path / "package/datapackage/quotes.parquet").read_bytes())
    for path in ("../secret.parquet", str(tmp_path / "secret.parquet"), "datapackage/link/secret.parquet"):
        (tmp_path / "package/datapackage/link").unlink(missing_ok=True)
        (tmp_path / "package/datapackage/link").symlink_to(tmp_path)
        text = (tmp_path / "package/datapackage.json").read_text(encoding="utf-8")
        changed = text.replace('"datapackage/quotes.parquet"', json.dumps(path))
        (tmp_path / "package/datapackage.json").write_text(changed, encoding="utf-8")
        done = run("validate", "package")
        (tmp_path / "package/datapackage.json").write_text(text, encoding="utf-8")
        assert (done.returncode, "unsafe path" in done.stderr) == (2, True)


def test_second_build_into_one_folder_is_refused(tmp_path: Path) -> None:
    with (
        Publication(tmp_path / "p"),
        pytest.raises(PublishError, match="another build is writing here"),
        Publication(tmp_path / "p"),
    ):
        pass
    with Publication(tmp_path / "p"):
        pass


def test_every_file_of_a_package_has_a_name_that_is_ours(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    builder.build()
    assert all(is_package_file(name) for name in contents(project) if not name.startswith("sources/"))
