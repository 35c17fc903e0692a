"""Parts of the package in place that hold the shards they would hold again: reused over as they are, bytes and all."""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from builder.corpus.parts import PartFile, PartTask, renumbered
from builder.corpus.seals import own_folder, sealed, unsealed
from builder.publish.names import WORK_FOLDER
from builder.publish.package import Fingerprint, fingerprint
from builder.publish.writing import write_whole

_LIST = "parts.json"


class KeptParts:
    """What an earlier build wrote into the package at ``root``, by the shards of each part."""

    def __init__(self, root: Path, key: bytes) -> None:
        self._root = root
        self._list = root / WORK_FOLDER / _LIST
        self._key = key
        self._files = _read(self._list, key)

    def reuse(self, task: PartTask) -> list[PartFile] | None:
        """The part's files, put into ``task.root`` under their new number; None where one is not what was written."""
        if task.number is None:
            return None
        reused = []
        for file in self._files.get(_key(task), []):
            new = renumbered(file, task.number)
            with contextlib.suppress(OSError):
                _link(self._root / file.path, task.root / new.path)
                if fingerprint(task.root / new.path) == file.fingerprint:
                    reused.append(new)
                    continue
            return None
        return reused or None

    def save(self, parts: Mapping[PartTask, list[PartFile]]) -> None:
        """To be called when these parts stand in the package; where the list cannot be written, the next build writes all."""
        listed = {_key(task): files for task, files in parts.items() if task.number is not None}
        with contextlib.suppress(OSError):
            if listed:
                own_folder(self._list.parent)
                write_whole(self._list, sealed(self._key, _LIST, json.dumps(listed).encode()), synced=True)
            else:
                self._list.unlink(missing_ok=True)


def _key(task: PartTask) -> str:
    return hashlib.blake2b(
        "\0".join([str(task.by_year), str(task.include_text), *task.keys]).encode(), digest_size=20
    ).hexdigest()


def _read(path: Path, key: bytes) -> dict[str, list[PartFile]]:
    """Nothing where there is no such list, or one that no build of this user has made."""
    try:
        content = unsealed(key, _LIST, path.read_bytes())
    except OSError:
        return {}
    listed = json.loads(bytes(content)) if content is not None else {}
    return {part: [_part_file(*file) for file in files] for part, files in listed.items()}


def _part_file(table: str, group: str, path: str, rows: int, print_: tuple[str, int], _: None) -> PartFile:
    return PartFile(table, group, path, rows, Fingerprint(*print_))


def _link(old: Path, new: Path) -> None:
    """A second name for the same file; a copy where the file system has no such thing."""
    new.parent.mkdir(parents=True, exist_ok=True)
    new.unlink(missing_ok=True)
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
