"""Columnar files are read in a process of their own: one at which the Arrow library crashes costs that file and nothing else."""

import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import pyarrow as pa

from builder.errors import InputError
from builder.reading.rejects import Reject
from builder.reading.units import HowToRead, Kind, Unit

_HEAD = struct.Struct("<BQQ")
_UNIT, _REJECT, _FAILED, _END = range(4)
_KINDS: tuple[Kind, ...] = ("text", "json", "html")


class Apart:
    """The process, started with the first file and again after a crash."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path, source: str, form: str) -> Iterator[Unit | Reject]:
        """What the reader of this form finds in the file."""
        process = self._process = self._process or _start()
        assert process.stdin and process.stdout
        last: str | None = None
        with suppress(OSError):
            process.stdin.write(os.fsencode(path.absolute()).hex().encode() + b" " + form.encode() + b"\n")
            process.stdin.flush()
        while frame := _receive(process.stdout):
            kind, place, content = frame
            if kind == _END:
                return
            if kind == _FAILED:
                yield Reject(source, last and f"after {last}", content.decode())
                continue
            last = place or None
            yield (
                Reject(source, last, content.decode()) if kind == _REJECT else Unit(_KINDS[content[0]], source, last, content[1:])
            )
        self.close()
        yield Reject(source, last and f"after {last}", f"damaged: reading it crashed ({_death(process.returncode)})")

    def close(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _death(code: int) -> str:
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"exit {code}"


def _start() -> "subprocess.Popen[bytes]":
    call = f"import sys; sys.path[:] = {sys.path!r}; from builder.reading.apart import serve; serve()"
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-c", call], stdin=pipe, stdout=pipe, stderr=nothing)


def _receive(stream: IO[bytes]) -> tuple[int, str, bytes] | None:
    """The next frame; None where the process has ended."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length, size = _HEAD.unpack(head)
    content = stream.read(length + size)
    return (kind, content[:length].decode(), content[length:]) if len(content) == length + size else None


def serve() -> None:
    """What the process does: for each line of input, what the reader of a form finds in a file."""
    from builder.reading.forms import READERS  # noqa: PLC0415 (readers of the forms need nothing of this module)

    output = sys.stdout.buffer
    for line in sys.stdin:
        path, form = line.split()
        try:
            for found in READERS[form](Path(os.fsdecode(bytes.fromhex(path))), "", HowToRead()):
                if isinstance(found, Reject):
                    _send(output, _REJECT, found.place, found.reason.encode("utf-8", "backslashreplace"))
                else:
                    _send(output, _UNIT, found.place, bytes([_KINDS.index(found.kind)]) + found.raw)
        except (InputError, pa.ArrowException, OSError) as error:
            _send(output, _FAILED, None, " ".join(str(error).split()).encode("utf-8", "backslashreplace"))
        except Exception as error:
            said = f"damaged, or of a kind that is not read: {type(error).__name__}: {error}"
            _send(output, _FAILED, None, " ".join(said.split()).encode("utf-8", "backslashreplace"))
        _send(output, _END, None, b"")
        output.flush()


def _send(stream: IO[bytes], kind: int, place: str | None, content: bytes) -> None:
    name = (place or "").encode()
    stream.write(_HEAD.pack(kind, len(name), len(content)) + name + content)
