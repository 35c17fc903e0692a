"""From paths to units: which files are read, in which order, and as what."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from builder.errors import InputError
from builder.reading.lines import json_lines
from builder.reading.rejects import Reject
from builder.reading.rows import table_rows
from builder.reading.text import MAX_BYTES, TOO_LONG
from builder.reading.units import Kind, Unit
from builder.reading.warc import web_pages

Found = Iterator[Unit | Reject]


def find_units(paths: Iterable[Path]) -> Found:
    """Paths as given, what is in a folder by name, lines of a file in turn; what cannot be read is one Reject.

    Raises InputError for a path that does not exist or holds nothing that could be read.
    """
    for path in paths:
        if path.is_dir():
            inside = _below(path)
            first = next(inside, None)
            if first is None:
                raise InputError(f"{path}: no file of articles in this folder ({', '.join(_READERS)})")
            for file in chain([first], inside):
                yield from _units(file, file.relative_to(path).as_posix())
        elif not path.exists():
            raise InputError(f"{path}: no such file or folder")
        elif not _is_source(path.name):
            raise InputError(f"{path}: none of {', '.join(_READERS)}")
        else:
            yield from _units(path, path.name)


def _units(path: Path, source: str) -> Found:
    """``source`` is the name by which the package knows the file: its path below the folder given, or its own name."""
    try:
        if path.is_dir():
            next(path.iterdir(), None)
        elif not stat.S_ISREG(path.stat().st_mode):
            yield Reject(source, None, "a device, a pipe or a socket, and no file")
        else:
            yield from _reader(path)(path, source)
    except OSError as error:
        yield Reject(source, None, error.strerror or str(error))


def _below(folder: Path) -> Iterator[Path]:
    """Files of articles at any depth, and folders that cannot be opened; no hidden ones, and no links to folders."""
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
    if entry.name.startswith("."):
        return False
    if entry.is_dir(follow_symlinks=False):
        return True
    return _is_source(entry.name) and not Path(entry.path).is_dir()


def _is_source(name: str) -> bool:
    return name.lower().endswith(tuple(_READERS))


def _reader(path: Path) -> Callable[[Path, str], Found]:
    return next(reader for suffix, reader in _READERS.items() if path.name.lower().endswith(suffix))


def _one_file(kind: Kind) -> Callable[[Path, str], Found]:
    def read(path: Path, source: str) -> Found:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        yield Unit(kind, source, None, raw) if len(raw) <= MAX_BYTES else Reject(source, None, TOO_LONG)

    return read


_READERS: dict[str, Callable[[Path, str], Found]] = {
    ".txt": _one_file("text"),
    ".jsonl": json_lines(None),
    ".jsonl.gz": json_lines("gzip"),
    ".jsonl.zst": json_lines("zstd"),
    ".html": _one_file("html"),
    ".htm": _one_file("html"),
    ".warc": web_pages,
    ".warc.gz": web_pages,
    ".parquet": table_rows("parquet"),
    ".arrow": table_rows("ipc"),
}
"""How a file is read, by the end of its name."""
