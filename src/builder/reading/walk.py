"""From paths to units: which files are read, and in which order."""

import errno
import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from builder.errors import InputError
from builder.reading.apart import Apart
from builder.reading.columns import Columns
from builder.reading.forms import APART, READERS, advice, form_of
from builder.reading.page_table import PageTable
from builder.reading.rejects import Reject, unexpected
from builder.reading.units import Found, HowToRead, Unit

_USUAL = Columns()

PASSED_OVER = re.compile(
    r"\..*|~\$.*|thumbs\.db|desktop\.ini|icon\r|readme(\..*)?|licen[cs]e(\..*)?|dataset\.yaml", re.IGNORECASE
)
"""Names of files in a folder that hold no articles and are not told: hidden ones, those that an operating system or a word
processor leaves, and what says something of the folder itself."""


def find_units(
    paths: Iterable[Path],
    how: HowToRead | None = None,
    passed_over: Collection[Path] = (),
    *,
    follow_links: bool = False,
    page_table: Path | None = None,
    columns: Columns = _USUAL,
) -> Found:
    """Paths as given, what is in a folder by name, lines of a file in turn; what cannot be read is one Reject.

    In folders nothing is looked for below those ``passed_over`` (absolute, without links), and links that lead out of the folder
    are followed only where that is asked for. Saved pages are joined with the rows of ``page_table``, whose ``columns`` are known
    as those of other tables are. Raises InputError for a path that does not exist or a folder without a file.
    """
    with closing(Apart()) as apart:
        walk = _Walk(how or HowToRead(), apart, frozenset(passed_over), follow_links)
        if page_table is None:
            for path in paths:
                yield from walk.units(path)
            return
        table = PageTable(printed(page_table.name), walk.units(page_table), columns, walk.how.note)
        beside = walk._replace(passed_over=walk.passed_over | {page_table.resolve()})
        for path in paths:
            for unit in beside.units(path):
                yield table.joined(unit) if isinstance(unit, Unit) and unit.kind == "html" else unit
        yield from table.unused()


class _Walk(NamedTuple):
    how: HowToRead
    apart: Apart
    passed_over: frozenset[Path]
    follow_links: bool

    def units(self, path: Path) -> Found:
        try:
            is_folder, exists = path.is_dir(), path.exists()
        except OSError as error:
            raise InputError(f"{printed(path):.80}: {error.strerror}") from error
        if is_folder:
            inside = self._below(path)
            first = next(inside, None)
            if first is None:
                raise InputError(f"{printed(path)}: no file of articles in this folder")
            for file in chain([first], inside):
                yield from self._units(file, file.relative_to(path).as_posix(), path)
        elif not exists:
            raise InputError(f"{printed(path)}: no such file or folder")
        else:
            yield from self._units(path, path.name, None)

    def _units(self, path: Path, name: str, folder: Path | None) -> Found:
        """``name`` is what the package knows the file by: its path below the ``folder`` given, or its own name."""
        source = printed(name)
        try:
            if source != name:
                yield Reject(source, None, "the name of the file, or of a folder around it, is not UTF-8")
            elif path.is_dir():
                next(path.iterdir(), None)
            elif folder and not self.follow_links and not _leads_into(path, folder):
                yield Reject(source, None, "a link that leads out of the folder; --follow-links reads it")
            elif not stat.S_ISREG(path.stat().st_mode):
                yield Reject(source, None, "a device, a pipe or a socket, and no file")
            else:
                found = self._read(path, source)
                yield next(found, Reject(source, None, "holds no article"))
                yield from found
        except InputError as error:
            yield Reject(source, None, str(error))
        except pa.ArrowException as error:
            yield Reject(source, None, " ".join(str(error).split()))
        except OSError as error:
            yield Reject(source, None, error.strerror or str(error))
        except Exception as error:
            yield Reject(source, None, unexpected(error))

    def _read(self, path: Path, source: str) -> Found:
        form = form_of(path)
        if form is None:
            return iter([Reject(source, None, advice(path) or f"in none of the forms that are read: {', '.join(READERS)}")])
        return self.apart.read(path, source, form) if form in APART else READERS[form](path, source, self.how)

    def _is_passed_over(self, path: Path) -> bool:
        try:
            return path.resolve() in self.passed_over
        except (OSError, RuntimeError):  # a link that leads to itself
            return False

    def _below(self, folder: Path) -> Iterator[Path]:
        """Files at any depth, and folders that cannot be opened; no hidden ones, and no links to folders."""
        waiting = [folder]
        while waiting:
            path = waiting.pop()
            if path != folder and self._is_passed_over(path):
                continue
            if path != folder and not path.is_dir():
                yield path
                continue
            try:
                with os.scandir(path) as entries:
                    inside = sorted(entry.name for entry in entries if _is_wanted(entry))
            except OSError:
                yield path
            else:
                waiting.extend(path / name for name in reversed(inside))


def _leads_into(path: Path, folder: Path) -> bool:
    """Raises OSError for a link that leads to itself."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except RuntimeError as error:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def printed(path: Path | str) -> str:
    """A path as text that can be stored and shown: bytes that are not UTF-8 are spelt."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    if PASSED_OVER.fullmatch(entry.name):
        return False
    return entry.is_dir(follow_symlinks=False) or not Path(entry.path).is_dir()
