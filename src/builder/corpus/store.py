"""Results of shards, in memory or on disk, by the key of their content."""

import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from builder import __version__
from builder.corpus.seals import own_folder, sealed, unsealed
from builder.corpus.shard import ShardResult, Summary
from builder.errors import PublishError
from builder.publish.writing import write_whole
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
    """One sealed file a result.

    A file holds the summary and the names of the tables as lines of JSON, then the tables as Arrow streams in that order.
    A result that is cut off, changed or made by anybody else is none.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = own_folder(folder)
        self._key = key

    def save(self, key: str, result: ShardResult) -> None:
        content = io.BytesIO()
        content.write(json.dumps(result.summary).encode() + b"\n")
        content.write(json.dumps(list(result.tables)).encode() + b"\n")
        for name in result.tables:
            with pa.ipc.new_stream(content, table_schemas()[name].arrow) as writer:
                writer.write_table(result.tables[name])
        write_whole(self._path(key), sealed(self._key, key, content.getvalue()), synced=True)

    def summary(self, key: str) -> Summary | None:
        content = self._content(key)
        if content is None:
            return None
        summary = Summary(*json.loads(content.readline()))
        return summary._replace(rejects=[(index, reason) for index, reason in summary.rejects])

    def tables(self, key: str) -> dict[str, pa.Table]:
        content = self._content(key)
        if content is None:
            raise PublishError(f"{self._path(key)}: damaged since it was written; run the command again")
        content.readline()
        names = json.loads(content.readline())
        return {name: pa.ipc.open_stream(content).read_all().combine_chunks() for name in names}

    def keep_only(self, keys: Iterable[str]) -> None:
        kept = {self._path(key) for key in keys}
        for path in self._folder.iterdir():
            if path not in kept and path.suffix in (".shard", ".draft"):
                path.unlink(missing_ok=True)

    def _content(self, key: str) -> io.BytesIO | None:
        try:
            content = unsealed(self._key, key, self._path(key).read_bytes())
        except OSError:
            return None
        return None if content is None else io.BytesIO(content)

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
