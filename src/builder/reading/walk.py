"""From paths to units: which files are read, and in which order."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyarrow as pa

from builder.errors import InputError
from builder.reading.forms import READERS, reader_of
from builder.reading.rejects import Reject
from builder.reading.units import Found, HowToRead

PASSED_OVER = re.compile(
    r"\..*|~\$.*|thumbs\.db|desktop\.ini|icon\r|readme(\..*)?|licen[cs]e(\..*)?|dataset\.yaml", re.IGNORECASE
)
"""Names of files in a folder that hold no articles and are not told: hidden ones, those that an operating system or a word
processor leaves, and what says something of the folder itself."""


def find_units(paths: Iterable[Path], how: HowToRead | None = None) -> Found:
    """Paths as given, what is in a folder by name, lines of a file in turn; what cannot be read is one Reject.

    Raises InputError for a path that does not exist or a folder without a file.
    """
    for path in paths:
        if path.is_dir():
            inside = _below(path)
            first = next(inside, None)
            if first is None:
                raise InputError(f"{path}: no file of articles in this folder")
            for file in chain([first], inside):
                yield from _units(file, file.relative_to(path).as_posix(), how or HowToRead())
        elif not path.exists():
            raise InputError(f"{path}: no such file or folder")
        else:
            yield from _units(path, path.name, how or HowToRead())


def _units(path: Path, source: str, how: HowToRead) -> Found:
    """``source`` is the name by which the package knows the file: its path below the folder given, or its own name."""
    try:
        if path.is_dir():
            next(path.iterdir(), None)
        elif not stat.S_ISREG(path.stat().st_mode):
            yield Reject(source, None, "a device, a pipe or a socket, and no file")
        elif (read := reader_of(path)) is None:
            yield Reject(source, None, f"in none of the forms that are read: {', '.join(READERS)}")
        else:
            yield from read(path, source, how)
    except InputError as error:
        yield Reject(source, None, str(error))
    except pa.ArrowException as error:
        yield Reject(source, None, " ".join(str(error).split()))
    except OSError as error:
        yield Reject(source, None, error.strerror or str(error))


def _below(folder: Path) -> Iterator[Path]:
    """Files at any depth, and folders that cannot be opened; no hidden ones, and no links to folders."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
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


def _is_wanted(entry: os.DirEntry[str]) -> bool:
    if PASSED_OVER.fullmatch(entry.name):
        return False
    return entry.is_dir(follow_symlinks=False) or not Path(entry.path).is_dir()
