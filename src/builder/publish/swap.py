"""Replacing a package by another, so that a process killed at any moment leaves one whole package, and readers see no mixture.

The new files are written to ``ROOT/.builder/staged`` and synced. Where ``ROOT`` holds nothing but a package, the new folder and
the old one change places in a single step. Where it holds other files too, as a project's own folder does, the descriptor and
then the data folder change places, and readers tell by the hashes in the descriptor which of the two belongs to the data; the
rest follows file by file. So it is too where the file system cannot exchange folders, but that there the data are replaced
file by file. Nothing that a killed process leaves is followed by another: what counts is only what stands in its place.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from builder.errors import InputError, PublishError
from builder.publish.exchange import exchange
from builder.publish.names import DATA_FOLDER, DESCRIPTOR, STAGED, WORK_FOLDER, files_below, is_package_file
from builder.publish.package import fingerprint, read_package


class Publication:
    """A folder that is to become a package, held against other builds as long as the ``with`` block lasts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.staged = root / WORK_FOLDER / STAGED
        self._real = root.resolve()
        self._aside = self._real.parent / f".{self._real.name}.builder"
        """Where the new folder stands when it changes places with the old one, and then the old one until it is gone."""
        self._locks: list[int] = []

    def publish(self, without: Sequence[str] = ()) -> None:
        """Put every staged file in its place, and take away the data files, and those of ``without``, that are not staged.

        A staged file that equals the one in place changes nothing. Raises PublishError where a file is in the way that is of
        no package.
        """
        staged, present = set(files_below(self.staged)), set(files_below(self.root / DATA_FOLDER))
        gone = {f"{DATA_FOLDER}/{name}" for name in present if is_package_file(f"{DATA_FOLDER}/{name}")}
        gone = (gone | {name for name in without if (self.root / name).is_file()}) - staged
        changed = {name for name in staged if not same_bytes(self.staged / name, self.root / name)}
        self._refuse_foreign(changed)
        for name in sorted(changed):
            _make_way(self.root, name)
        if not changed and not gone:
            return
        for name in staged - changed:
            _keep(self.root / name, self.staged / name)
        _sync_all(self.staged, changed)
        if not self._exchange_root():
            self._replace_in_place(changed, gone)

    def _refuse_foreign(self, changed: set[str]) -> None:
        """A file of another origin that has one of our names is not overwritten."""
        in_the_way = sorted(name for name in changed if os.path.lexists(self.root / name))
        if in_the_way and not _is_package(self.root):
            raise PublishError(f"{self.root / in_the_way[0]}: stands there already and is of no package; move it away first")

    def _exchange_root(self) -> bool:
        """The whole folder at once, where it holds nothing but a package and is not the one we are in; else False."""
        inside = [name for name in files_below(self._real) if not name.startswith(f"{WORK_FOLDER}/")]
        if not all(map(is_package_file, inside)) or Path.cwd().is_relative_to(self._real):
            return False
        work = self._real / WORK_FOLDER
        try:
            (work / STAGED).rename(self._aside)
        except OSError:
            return False
        shutil.copymode(self._real, self._aside)
        self._locks.append(_lock(self._aside))
        with suppress(OSError):
            work.rename(self._aside / WORK_FOLDER)
        if exchange(self._aside, self._real):
            _sync(self._real.parent)
            shutil.rmtree(self._aside, ignore_errors=True)
            return True
        with suppress(OSError):
            (self._aside / WORK_FOLDER).rename(work)
        self._aside.rename(work / STAGED)
        return False

    def _replace_in_place(self, changed: set[str], gone: set[str]) -> None:
        """The descriptor first: of the two that are then on disk, :func:`builder.load` takes the one that fits the data."""
        data = {name for name in changed | gone if name.startswith(f"{DATA_FOLDER}/")}
        if DESCRIPTOR in changed and not exchange(self.staged / DESCRIPTOR, self.root / DESCRIPTOR):
            (self.staged / DESCRIPTOR).replace(self.root / DESCRIPTOR)
        at_once = bool(data) and self._exchange_data()
        for name in sorted(changed - {DESCRIPTOR} - (data if at_once else set())):
            (self.staged / name).replace(self.root / name)
        for name in gone - (data if at_once else set()):
            (self.root / name).unlink(missing_ok=True)
        for folder in {(self.root / name).parent for name in changed | gone}:
            if folder.is_dir():
                _sync(folder)
        _remove_empty(self.root / DATA_FOLDER)

    def _exchange_data(self) -> bool:
        folder = self.root / DATA_FOLDER
        only_ours = all(is_package_file(f"{DATA_FOLDER}/{name}") for name in files_below(folder))
        return only_ours and exchange(self.staged / DATA_FOLDER, folder)

    def _clear_remains(self) -> None:
        """Of a build that was killed. What it had published stands; what it had not is made again."""
        work = self.root / WORK_FOLDER
        if work.is_symlink():
            raise PublishError(f"{work}: a link; this folder is the builder's own")
        if self._aside.is_dir() and not self._aside.is_symlink():
            inside = files_below(self._aside)
            if all(is_package_file(name) or name.startswith(f"{WORK_FOLDER}/") for name in inside):
                if not work.exists() and (self._aside / WORK_FOLDER).is_dir():
                    (self._aside / WORK_FOLDER).rename(work)
                shutil.rmtree(self._aside)
        old = self.staged / DESCRIPTOR
        if _fits(old, self.root) and not _fits(self.root / DESCRIPTOR, self.root):
            old.replace(self.root / DESCRIPTOR)
        shutil.rmtree(self.staged, ignore_errors=True)

    def __enter__(self) -> Self:
        self.root.mkdir(parents=True, exist_ok=True)
        self._locks.append(_lock(self.root))
        try:
            self._clear_remains()
            self.staged.mkdir(parents=True)
        except BaseException:
            self._unlock()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            shutil.rmtree(self.staged, ignore_errors=True)
            with suppress(OSError):
                self.staged.parent.rmdir()
        finally:
            self._unlock()

    def _unlock(self) -> None:
        while self._locks:
            os.close(self._locks.pop())


def same_bytes(one: Path, other: Path) -> bool:
    if other.is_symlink() or not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    if one.samefile(other):
        return True
    with one.open("rb") as a, other.open("rb") as b:
        while block := a.read(1 << 20):
            if block != b.read(1 << 20):
                return False
    return True


def _lock(folder: Path) -> int:
    """A handle on the folder that no other build has; the lock goes with the process. Raises PublishError."""
    if sys.platform == "win32":  # pragma: no cover
        return os.open(os.devnull, os.O_RDONLY)
    import fcntl  # noqa: PLC0415 (does not exist everywhere)

    while True:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), folder.stat()):
                return handle
        except BlockingIOError:
            os.close(handle)
            raise PublishError(f"{folder}: another build is writing here; wait for it to end") from None
        except OSError:
            os.close(handle)
            raise
        os.close(handle)


def _is_package(root: Path) -> bool:
    """Whether the folder holds a package of this builder, or what is left of one whose descriptor was taken away."""
    with suppress(InputError):
        read_package(root)
        return True
    with suppress(OSError):
        return f"  {DATA_FOLDER}/articles.parquet\n" in (root / "SHA256SUMS").read_text("utf-8", "replace")
    return False


def _fits(descriptor: Path, root: Path) -> bool:
    """Whether the data below ``root`` are those that the descriptor lists."""
    if descriptor.is_symlink() or not descriptor.is_file():
        return False
    try:
        listed = read_package(descriptor, root).fingerprints
        return all(fingerprint(root / name) == expected for name, expected in listed.items())
    except (InputError, OSError):
        return False


def _make_way(root: Path, name: str) -> None:
    """Everything that could refuse the rename is tried before the first one."""
    target = root / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise PublishError(f"{target.parent}: a link that leads out of the package's folder")
    if target.is_dir() and not target.is_symlink():
        raise PublishError(f"{target}: a folder stands where a file is to be written")
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise PublishError(f"{target.parent}: not writable")


def _keep(old: Path, new: Path) -> None:
    """``new``, which has the same bytes, becomes another name of ``old``, as far as the file system has such a thing."""
    if old.samefile(new):
        return
    link = new.with_name(new.name + ".link")
    with suppress(OSError):
        os.link(old, link)
        link.replace(new)


def _sync_all(folder: Path, names: set[str]) -> None:
    for name in names:
        _sync(folder / name)
    for place, _, _ in os.walk(folder):
        _sync(Path(place))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_empty(folder: Path) -> None:
    for place, _, _ in os.walk(folder, topdown=False):
        with suppress(OSError):
            Path(place).rmdir()
