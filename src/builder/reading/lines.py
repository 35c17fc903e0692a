"""Lines of a JSON lines file, plain or compressed, of bounded length."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pyarrow as pa

from builder.reading.rejects import Reject
from builder.reading.units import Found, HowToRead, Reader, Unit
from builder.text.article import MAX_CHARACTERS

MAX_LINE_BYTES = 6 * MAX_CHARACTERS
"""Room for the longest text in which every character is written as an escape."""
MAX_RATIO = 200
"""A compressed file may unpack to so many times its size, and to MAX_LINE_BYTES in any case; more is no text."""

_SKIPPED_BYTES = 1 << 20


def json_lines(compression: Literal["gzip", "zstd"] | None) -> Reader:
    def read(path: Path, source: str, how: HowToRead) -> Found:
        if compression is None:
            with path.open("rb") as file:
                yield from _units(file, source)
            return
        most = max(MAX_RATIO * path.stat().st_size, MAX_LINE_BYTES)
        with pa.OSFile(str(path), "rb") as packed, pa.CompressedInputStream(packed, compression) as stream:
            yield from _units(_Unpacked(stream, most), source)

    return read


class _Unpacked(io.BufferedReader):
    """Raises OSError once ``most`` bytes have been read."""

    def __init__(self, stream: io.RawIOBase, most: int) -> None:
        super().__init__(stream)
        self._left = most

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        self._left -= len(line)
        if self._left < 0:
            raise OSError(f"unpacks to more than {MAX_RATIO} times its size; the rest is not read")
        return line


def _units(file: io.BufferedReader, source: str) -> Iterator[Unit | Reject]:
    """A unit for each line that is not blank."""
    for number, raw in enumerate(_bounded_lines(file), 1):
        if len(raw) > MAX_LINE_BYTES:
            yield Reject(source, f"line {number}", f"more than {MAX_LINE_BYTES:,} bytes")
        elif not raw.isspace():
            yield Unit("json", source, f"line {number}", raw)


def _bounded_lines(file: io.BufferedReader) -> Iterator[bytes]:
    """Lines; of one that is too long only the beginning, a byte longer than allowed."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        yield line
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(_SKIPPED_BYTES)
