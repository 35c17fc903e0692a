"""Replacing a package's files by others, so that whoever is killed at any moment leaves one whole package.

New files are written to ``ROOT/.builder/staged`` and synced. Then a journal is renamed into place that lists them: from that
moment the new package counts, and :func:`finish` completes the swap, in this process or in the next one that comes by.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.errors import PublishError

WORK_FOLDER = ".builder"
_JOURNAL = "swap.json"
_DRAFT = "swap.draft"
_STAGED = "staged"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold ``root`` against other builds; the lock goes with the process. Raises PublishError where another has it."""
    root.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":  # pragma: no cover
        yield
        return
    import fcntl  # noqa: PLC0415 (does not exist everywhere)

    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise PublishError(f"{root}: another build is writing here; wait for it to end") from None
    else:
        yield
    finally:
        os.close(handle)


@contextmanager
def staging(root: Path) -> Iterator[Path]:
    """An empty folder for the new files, removed at the end whatever happened; an earlier swap is finished first."""
    finish(root)
    folder = root / WORK_FOLDER / _STAGED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        if not _journal(root).exists():
            _clear(root)


def swap(root: Path, remove: Iterable[str]) -> None:
    """Put every staged file in its place and take away those of ``remove``; paths are relative to ``root``.

    A staged file that equals the one in place changes nothing.
    """
    staged = root / WORK_FOLDER / _STAGED
    files = sorted(path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    replace = [name for name in files if not same_bytes(staged / name, root / name)]
    plan = {"replace": replace, "remove": sorted(set(remove) - set(files))}
    if any(plan.values()):
        for name in plan["replace"]:
            _make_way(root / name)
            _sync(staged / name)
        for folder in {(staged / name).parent for name in plan["replace"]}:
            _sync(folder)
        draft = root / WORK_FOLDER / _DRAFT
        draft.write_text(json.dumps(plan), encoding="utf-8")
        _sync(draft)
        draft.replace(_journal(root))
        _sync(draft.parent)
    finish(root)


def finish(root: Path) -> None:
    """Complete a swap whose journal stands; does nothing where there is none."""
    journal = _journal(root)
    if not journal.exists():
        return
    plan = json.loads(journal.read_text(encoding="utf-8"))
    staged = root / WORK_FOLDER / _STAGED
    for name in plan["replace"]:
        if (staged / name).exists():
            (staged / name).replace(root / name)
    for name in plan["remove"]:
        (root / name).unlink(missing_ok=True)
    for folder in {(root / name).parent for names in plan.values() for name in names}:
        if folder.is_dir():
            _sync(folder)
    journal.unlink()
    _clear(root)


def same_bytes(one: Path, other: Path) -> bool:
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    if one.samefile(other):
        return True
    with one.open("rb") as a, other.open("rb") as b:
        while block := a.read(1 << 20):
            if block != b.read(1 << 20):
                return False
    return True


def _journal(root: Path) -> Path:
    return root / WORK_FOLDER / _JOURNAL


def _make_way(target: Path) -> None:
    """Everything that could refuse the rename is tried before the journal is written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise PublishError(f"{target}: a folder stands where a file is to be written")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise PublishError(f"{target.parent}: not writable")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear(root: Path) -> None:
    work = root / WORK_FOLDER
    shutil.rmtree(work / _STAGED, ignore_errors=True)
    (work / _DRAFT).unlink(missing_ok=True)
    if work.is_dir() and not any(work.iterdir()):
        work.rmdir()
