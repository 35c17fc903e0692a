"""A published package as its descriptor lists it: which files are which table, and what each is checked against."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from builder.errors import InputError
from builder.tables.schema import ARTICLE_TABLES

DESCRIPTOR = "datapackage.json"
PARQUET_SUFFIX = "-parquet"
"""A resource whose name is a table's with this behind it holds the table, or a part of it, as Parquet."""

_EMPTY_SEAL = '"checksum": "sha256:"'
_SEAL = re.compile(r'"checksum": "sha256:[0-9a-f]{64}"')


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


def descriptor_path(path: Path) -> Path:
    """The descriptor at ``path``, or in the folder ``path``."""
    return path / DESCRIPTOR if path.is_dir() else path


def read_package(path: Path) -> PackageFiles:
    """What the descriptor at ``path`` lists.

    Raises InputError where it cannot be read or is not a package of this builder.
    """
    path = descriptor_path(path)
    try:
        resources = json.loads(path.read_bytes())["resources"]
        files = PackageFiles(path.parent)
        for resource in resources:
            _add(resource, files)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: not a data package of this builder ({error!r})") from error
    if missing := [name for name in ARTICLE_TABLES if name not in files.parquet]:
        raise InputError(f"{path}: lists no Parquet file of table {missing[0]!r}")
    if len({len(files.parquet[name]) for name in ARTICLE_TABLES}) > 1:
        raise InputError(f"{path}: the tables have unequal numbers of parts")
    return files


def read_tables(files: PackageFiles) -> dict[str, pa.Table]:
    """All rows of a published package."""
    return {name: read_table(files, name) for name in files.parquet}


def read_table(files: PackageFiles, name: str) -> pa.Table:
    return pa.concat_tables(pq.ParquetFile(files.root / path).read() for path in files.parquet[name])


def seal(descriptor: str) -> str:
    """Write the checksum of a descriptor, taken while its place is empty, into that place."""
    return descriptor.replace(_EMPTY_SEAL, _EMPTY_SEAL[:-1] + hashlib.sha256(descriptor.encode()).hexdigest() + '"', 1)


def seal_holds(descriptor: bytes) -> bool:
    """Whether not a byte of the descriptor has changed since it was sealed."""
    text = descriptor.decode("utf-8", "replace")
    unsealed, seals = _SEAL.subn(_EMPTY_SEAL, text, count=1)
    return seals == 1 and seal(unsealed).encode() == descriptor


def _add(resource: dict[str, Any], files: PackageFiles) -> None:
    name, path = str(resource["name"]), str(resource["path"])
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError(f"unsafe path {path!r}")
    files.fingerprints[path] = Fingerprint(resource["hash"].removeprefix("sha256:"), resource["bytes"])
    table, parquet, _ = name.partition(PARQUET_SUFFIX)
    if parquet:
        files.parquet.setdefault(table, []).append(path)
    else:
        files.csv[table] = path
