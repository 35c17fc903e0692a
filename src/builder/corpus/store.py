"""Results of shards, in memory or on disk, by the key of their content."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from builder import __version__
from builder.corpus.shard import ShardResult, Summary
from builder.tables.arrow import ArrowTables
from builder.tables.schema import table_schemas


class Store(Protocol):
    def save(self, key: str, result: ShardResult) -> None: ...

    def summary(self, key: str) -> Summary | None:
        """None where there is no result of this key."""

    def tables(self, key: str) -> ArrowTables: ...

    def keep_only(self, keys: Iterable[str]) -> None:
        """Forget all other results."""


class MemoryStore:
    def __init__(self) -> None:
        self._results: dict[str, ShardResult] = {}

    def save(self, key: str, result: ShardResult) -> None:
        self._results[key] = result

    def summary(self, key: str) -> Summary | None:
        return self._results[key].summary if key in self._results else None

    def tables(self, key: str) -> ArrowTables:
        return self._results[key].tables

    def keep_only(self, keys: Iterable[str]) -> None:
        self._results = {key: self._results[key] for key in keys}


class DiskStore:
    """One file a result, complete or absent: a killed process leaves nothing that counts.

    A file holds the summary and the names of the tables as lines of JSON, then the tables as Arrow streams in that order.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def save(self, key: str, result: ShardResult) -> None:
        draft = self._folder / f"{key}.{os.getpid()}.draft"
        with draft.open("wb") as file:
            file.write(json.dumps(result.summary).encode() + b"\n")
            file.write(json.dumps(list(result.tables)).encode() + b"\n")
            for name in result.tables:
                with pa.ipc.new_stream(file, table_schemas()[name].arrow) as writer:
                    writer.write_table(result.tables[name])
        draft.replace(self._path(key))

    def summary(self, key: str) -> Summary | None:
        try:
            with self._path(key).open("rb") as file:
                summary = Summary(*json.loads(file.readline()))
        except (OSError, ValueError, TypeError):
            return None
        return summary._replace(rejects=[(index, reason) for index, reason in summary.rejects])

    def tables(self, key: str) -> dict[str, pa.Table]:
        with self._path(key).open("rb") as file:
            file.readline()
            names = json.loads(file.readline())
            return {name: pa.ipc.open_stream(file).read_all().combine_chunks() for name in names}

    def keep_only(self, keys: Iterable[str]) -> None:
        kept = {self._path(key) for key in keys}
        for path in self._folder.iterdir():
            if path not in kept:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.shard"


def code_fingerprint() -> str:
    """Changes with the version, with every schema and with every file of the package, word lists and models included."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=16)
    for schema in table_schemas().values():
        digest.update(schema.source.encode())
    root = Path(__file__).parents[1]
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
