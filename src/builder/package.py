"""A published package as its descriptor lists it: which file is which table, and what each is checked against."""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from builder.errors import InputError
from builder.records import Tables

DESCRIPTOR = "datapackage.json"
PARQUET_SUFFIX = "-parquet"
"""A resource of this name's end holds, as Parquet, the table whose name stands before it."""


_EMPTY_SEAL = '"checksum": "sha256:"'
_SEAL = re.compile(r'"checksum": "sha256:[0-9a-f]{64}"')


class Fingerprint(NamedTuple):
    """What a published file is checked against."""

    sha256: str
    n_bytes: int


@dataclass(frozen=True)
class PackageFiles:
    """Paths are relative to ``root``, the folder of the descriptor."""

    root: Path
    csv: dict[str, str]
    parquet: dict[str, str]
    fingerprints: dict[str, Fingerprint]


def read_package(path: Path) -> PackageFiles:
    """What ``datapackage.json``, or the one in the folder ``path``, lists.

    Raises InputError where it cannot be read or is not a package of this builder.
    """
    path = path / DESCRIPTOR if path.is_dir() else path
    try:
        resources = json.loads(path.read_bytes())["resources"]
        files = PackageFiles(path.parent, {}, {}, {})
        for resource in resources:
            _add(resource, files)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: not a data package of this builder ({error!r})") from error
    if missing := [name for name in Tables._fields if name not in files.csv and name not in files.parquet]:
        raise InputError(f"{path}: lists no table {missing[0]!r}")
    return files


def seal(descriptor: str) -> str:
    """Write the checksum of a descriptor, taken while its place is empty, into that place."""
    return descriptor.replace(_EMPTY_SEAL, _EMPTY_SEAL[:-1] + hashlib.sha256(descriptor.encode()).hexdigest() + '"', 1)


def seal_holds(descriptor: bytes) -> bool:
    """Whether not a byte of the descriptor has changed since it was sealed."""
    text = descriptor.decode("utf-8", "replace")
    return seal(_SEAL.sub(_EMPTY_SEAL, text, count=1)).encode() == descriptor


def _add(resource: dict[str, Any], files: PackageFiles) -> None:
    name, path = str(resource["name"]), str(resource["path"])
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError(f"unsafe path {path!r}")
    files.fingerprints[path] = Fingerprint(resource["hash"].removeprefix("sha256:"), resource["bytes"])
    if name.endswith(PARQUET_SUFFIX):
        files.parquet[name.removesuffix(PARQUET_SUFFIX)] = path
    else:
        files.csv[name] = path
