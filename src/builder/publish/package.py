"""A published package as its descriptor lists it: which files are which table, and what each is checked against."""

import hashlib
import json
import os
import re
import stat
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from builder.errors import InputError
from builder.publish.names import DESCRIPTOR, STAGED, WORK_FOLDER
from builder.tables.schema import ARTICLE_TABLES, TableSchema, table_schemas

PARQUET_SUFFIX = "-parquet"
"""A resource whose name is a table's with this behind it holds the table, or a part of it, as Parquet."""

_EMPTY_SEAL = '"checksum": "sha256:"'
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ATTEMPTS, _PAUSE = 6, 0.05
_SEAL = re.compile(r'"checksum": "sha256:[0-9a-f]{64}"')


T = TypeVar("T")


class Fingerprint(NamedTuple):
    """What a published file is checked against."""

    sha256: str
    n_bytes: int


def fingerprint(path: Path) -> Fingerprint:
    with path.open("rb") as file:
        return Fingerprint(hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size)


@dataclass(frozen=True)
class PackageFiles:
    """Paths are relative to ``root``, the folder of the descriptor.

    The Parquet files of a table stand in the order of its rows, and the files at one place of each list hold the same articles.
    """

    root: Path
    csv: dict[str, str] = field(default_factory=dict)
    parquet: dict[str, list[str]] = field(default_factory=dict)
    fingerprints: dict[str, Fingerprint] = field(default_factory=dict)
    descriptor: Mapping[str, Any] = field(default_factory=dict)


class ReplacedError(InputError):
    """A file that is not the one that the descriptor lists: damaged, or of a package that was published meanwhile."""


def descriptor_path(path: Path) -> Path:
    """The descriptor at ``path``, or in the folder ``path``."""
    return path / DESCRIPTOR if path.is_dir() else path


def read_package(path: Path, root: Path | None = None) -> PackageFiles:
    """What the descriptor at ``path`` lists; its paths are below ``root``, by default the folder in which it stands.

    Raises InputError where it cannot be read or is not a package of this builder.
    """
    try:
        path = descriptor_path(path)
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise InputError(f"{path}: no file")
            content = json.loads(file.read())
        files = PackageFiles(root or path.parent, descriptor=content)
        for resource in content["resources"]:
            _add(resource, files)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"{path}: not a data package of this builder ({error!r:.200})") from error
    if missing := [name for name in ARTICLE_TABLES if name not in files.parquet]:
        raise InputError(f"{path}: lists no Parquet file of table {missing[0]!r}")
    if len({len(files.parquet[name]) for name in ARTICLE_TABLES}) > 1:
        raise InputError(f"{path}: the tables have unequal numbers of parts")
    return files


def read_steadily(path: Path, read: Callable[[PackageFiles], T]) -> T:
    """What ``read`` makes of a package, all of it from one, whether or not another is published at that moment.

    ``read`` raises ReplacedError for a file that is not the one listed; then it is called again. Beside the descriptor in place,
    one that a swap in place has just taken away is tried, as its data may still be there. Raises InputError.
    """
    path = descriptor_path(path)
    earlier = path.parent / WORK_FOLDER / STAGED / DESCRIPTOR
    for attempt in range(_ATTEMPTS):
        time.sleep(_PAUSE * attempt)
        try:
            return read(read_package(path))
        except ReplacedError as error:
            wrong = error
        with suppress(InputError):
            return read(read_package(earlier, path.parent))
    raise InputError(f"{wrong}; `builder validate` tells more, and building again mends what a killed build has left") from wrong


def read_file(files: PackageFiles, path: str) -> pa.Buffer:
    """A file's bytes. Raises ReplacedError where they are not those that the descriptor lists."""
    expected = files.fingerprints[path]
    try:
        with (files.root / path).open("rb") as file:
            status = os.fstat(file.fileno())
            raw = file.read() if stat.S_ISREG(status.st_mode) and status.st_size == expected.n_bytes else b""
    except OSError as error:
        raise ReplacedError(f"{files.root / path}: {error.strerror or error}") from error
    if Fingerprint(hashlib.sha256(raw).hexdigest(), len(raw)) != expected:
        raise ReplacedError(f"{files.root / path}: not the file that {DESCRIPTOR} lists")
    return pa.py_buffer(raw)


def read_tables(files: PackageFiles) -> dict[str, pa.Table]:
    """All rows of a published package. Raises InputError."""
    return {name: read_table(files, name) for name in files.parquet}


def read_table(files: PackageFiles, name: str) -> pa.Table:
    return pa.concat_tables(read_parquet(files, path, table_schemas()[name]) for path in files.parquet[name])


def read_parquet(files: PackageFiles, path: str, schema: TableSchema, columns: list[str] | None = None) -> pa.Table:
    """The rows of a file of this table, well-formed. Raises InputError."""
    try:
        file = pq.ParquetFile(pa.BufferReader(read_file(files, path)))
        if not file.schema_arrow.equals(schema.arrow, check_metadata=False):
            raise InputError(f"{files.root / path}: other columns than those of table {schema.name}")
        rows = file.read(columns)
        rows.validate(full=True)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"{files.root / path}: {' '.join(str(error).split())}") from error
    return rows


def seal(descriptor: str) -> str:
    """Write the checksum of a descriptor, taken while its place is empty, into that place."""
    return descriptor.replace(_EMPTY_SEAL, _EMPTY_SEAL[:-1] + hashlib.sha256(descriptor.encode()).hexdigest() + '"', 1)


def seal_holds(descriptor: bytes) -> bool:
    """Whether not a byte of the descriptor has changed since it was sealed."""
    text = descriptor.decode("utf-8", "replace")
    unsealed, seals = _SEAL.subn(_EMPTY_SEAL, text, count=1)
    return seals == 1 and seal(unsealed).encode() == descriptor


def _add(resource: dict[str, Any], files: PackageFiles) -> None:
    name, path = resource["name"], resource["path"]
    expected = Fingerprint(resource["hash"].removeprefix("sha256:"), resource["bytes"])
    if not isinstance(path, str) or not _is_below(path, files.root) or path in files.fingerprints:
        raise ValueError(f"unsafe path {path!r}")
    if not _DIGEST.fullmatch(expected.sha256) or type(expected.n_bytes) is not int:
        raise ValueError(f"no hash or size of {path!r}")
    table, parquet, _ = name.partition(PARQUET_SUFFIX)
    if table not in table_schemas():
        raise ValueError(f"unknown table {table!r}")
    files.fingerprints[path] = expected
    if parquet:
        files.parquet.setdefault(table, []).append(path)
    else:
        files.csv[table] = path


def _is_below(path: str, root: Path) -> bool:
    """Whether it is a plain relative path, and no link on its way leads out of the folder."""
    if "\0" in path or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        return False
    return (root / path).resolve().is_relative_to(root.resolve())
