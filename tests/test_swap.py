"""Killed at any step, a swap leaves the old package or the new one, never a mixture that stays."""

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from conftest import contents

from builder.errors import PublishError
from builder.publish.swap import WORK_FOLDER, finish, locked, staging, swap

OLD = {"a.csv": b"old a", "data/b.csv": b"old b", "data/gone.csv": b"old", "data/kept.csv": b"kept", "theirs.txt": b"theirs"}
NEW = {"a.csv": b"new a", "data/b.csv": b"new b", "data/added.csv": b"new", "data/kept.csv": b"kept"}
AFTER = {**NEW, "theirs.txt": b"theirs"}


class Killed(BaseException):
    """Stands for a process that ends at once: nothing of its own runs any more."""


def fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def replace_all(root: Path) -> None:
    with staging(root) as staged:
        fill(staged, NEW)
        swap(root, remove=["data/gone.csv", "data/b.csv"])


def test_swap_replaces_adds_and_removes(tmp_path: Path) -> None:
    fill(tmp_path, OLD)
    replace_all(tmp_path)
    assert contents(tmp_path) == AFTER


def test_equal_files_are_not_touched(tmp_path: Path) -> None:
    fill(tmp_path, OLD)
    os.utime(tmp_path / "data/kept.csv", ns=(1, 1))
    replace_all(tmp_path)
    assert (tmp_path / "data/kept.csv").stat().st_mtime_ns == 1


@pytest.mark.parametrize("step", range(40))
def test_killed_at_any_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    fill(tmp_path, OLD)
    _kill_at(step, monkeypatch)
    with suppress(Killed):
        replace_all(tmp_path)
    monkeypatch.undo()
    committed = (tmp_path / WORK_FOLDER / "swap.json").exists()
    before = {name: content for name, content in contents(tmp_path).items() if not name.startswith(WORK_FOLDER)}
    assert committed or before in (OLD, AFTER)
    finish(tmp_path)
    with staging(tmp_path):
        pass
    assert contents(tmp_path) == (AFTER if committed or before == AFTER else OLD)


def _kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process end before its ``step``-th change on disk, clearing up included."""
    count = 0

    def counted(change: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count > step:
                raise Killed
            return change(*arguments, **options)

        return call

    for name in ("replace", "unlink", "rmdir", "write_text"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    monkeypatch.setattr(os, "fsync", counted(os.fsync))
    monkeypatch.setattr(shutil, "rmtree", counted(shutil.rmtree))


def test_what_cannot_be_replaced_is_said_before_anything_is(tmp_path: Path) -> None:
    fill(tmp_path, {"a.csv": b"old a", "data/b.csv/in-the-way": b""})
    with pytest.raises(PublishError, match=r"data/b\.csv: a folder stands where a file is to be written"):
        replace_all(tmp_path)
    assert contents(tmp_path) == {"a.csv": b"old a", "data/b.csv/in-the-way": b""}


def test_journal_is_followed_by_the_next_process(tmp_path: Path) -> None:
    fill(tmp_path, {**OLD, f"{WORK_FOLDER}/staged/a.csv": b"new a"})
    (tmp_path / WORK_FOLDER / "swap.json").write_text(json.dumps({"replace": ["a.csv"], "remove": ["data/gone.csv"]}))
    finish(tmp_path)
    expected = {**OLD, "a.csv": b"new a"}
    del expected["data/gone.csv"]
    assert contents(tmp_path) == expected


def test_second_build_into_one_folder_is_refused(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(PublishError, match="another build is writing here"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass
