"""What a build keeps for the next one carries a seal that only this user's builds can make.

A package may come from a stranger, with a work folder in it, and a disk may change a bit. So a kept result counts only where its
seal holds, which is made of its content and of a secret that stands in no package; anything else is made again.
"""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from builder.errors import PublishError
from builder.publish.writing import write_whole

_BYTES = 32


def own_key() -> bytes:
    """This user's secret, made at the first use. Where there is no place for it, nothing is kept longer than this build."""
    new = secrets.token_bytes(_BYTES)
    with suppress(OSError, RuntimeError):
        state = os.environ.get("XDG_STATE_HOME")
        path = (Path(state) if state else Path.home() / ".local" / "state") / "article-tables" / "key"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, new, synced=True, private=True)
        found = path.read_bytes()
        if len(found) == _BYTES:
            return found
    return new


def sealed(key: bytes, name: str, content: bytes) -> bytes:
    """The seal on a line, then the content. ``name`` says what it is kept as, so that one cannot stand for another."""
    return _seal(key, name, content) + b"\n" + content


def unsealed(key: bytes, name: str, kept: bytes) -> memoryview | None:
    """The content; None where the seal does not hold."""
    place = kept.find(b"\n", 0, 2 * _BYTES + 1)
    content = memoryview(kept)[place + 1 :]
    return content if place > 0 and hmac.compare_digest(kept[:place], _seal(key, name, content)) else None


def own_folder(path: Path) -> Path:
    """The folder, made where it is missing. Raises PublishError where it is a link: what is in there is thrown away at will."""
    if path.is_symlink() or path.parent.is_symlink():
        raise PublishError(f"{path}: a link; this folder is the builder's own")
    path.mkdir(parents=True, exist_ok=True)
    return path


def _seal(key: bytes, name: str, content: bytes | memoryview) -> bytes:
    digest = hashlib.blake2b(name.encode() + b"\0", key=key, digest_size=_BYTES)
    digest.update(content)
    return digest.hexdigest().encode()
