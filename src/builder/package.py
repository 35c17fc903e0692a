"""A published package as its descriptor lists it: which file is which table, and what each is checked against."""

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from builder.errors import InputError
from builder.records import Tables

DESCRIPTOR = "datapackage.json"
PARQUET_SUFFIX = "-parquet"
"""A resource of this name's end holds, as Parquet, the table whose name stands before it."""


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


def _add(resource: dict[str, Any], files: PackageFiles) -> None:
    name, path = str(resource["name"]), str(resource["path"])
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        raise ValueError(f"unsafe path {path!r}")
    files.fingerprints[path] = Fingerprint(resource["hash"].removeprefix("sha256:"), resource["bytes"])
    if name.endswith(PARQUET_SUFFIX):
        files.parquet[name.removesuffix(PARQUET_SUFFIX)] = path
    else:
        files.csv[name] = path
