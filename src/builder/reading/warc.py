"""Web pages in WARC files, as crawlers keep them; needs the extra ``warc``."""

import re
from pathlib import Path
from typing import Any

from builder.errors import InputError
from builder.reading.rejects import Reject
from builder.reading.text import MAX_BYTES, TOO_LONG
from builder.reading.units import Found, HowToRead, Unit

_PAGE = re.compile(r"text/html|application/xhtml", re.IGNORECASE)
_NEXT_RECORD = re.compile(rb"\r?\n\r?\nWARC/1\.[01]\r?\nWARC-")
_LONGEST_MATCH = 32
_PIECE = 1 << 20


def web_pages(path: Path, source: str, how: HowToRead) -> Found:
    """A unit for each response that is a page; its address is its source. A record whose length lies is a reject."""
    try:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 (an extra)
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    except ImportError:
        raise InputError("WARC files need the extra 'warc': pip install 'article-tables[warc]'") from None
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                if record.format == "warc" and not (record.rec_headers.get_header("Content-Length") or "").strip().isdigit():
                    yield Reject(source, address or None, "a record without its length; the rest of the file is not read")
                    return
                yield from _page(record, address, source)
        except ArchiveLoadFailed as error:
            yield Reject(source, None, " ".join(str(error).split()))


def _page(record: Any, address: str, source: str) -> Found:
    """Every record is read to its end, as one that is no page may have swallowed some that are."""
    watched = record.raw_stream = _Watched(record.raw_stream)
    headers = record.http_headers
    found: Unit | Reject | None = None
    if record.rec_type == "response" and headers and _PAGE.search(headers.get_header("Content-Type") or ""):
        raw = record.content_stream().read(MAX_BYTES + 1)
        if headers.get_statuscode() != "200":
            found = Reject(source, address, f"no page: the server answered {headers.get_statuscode()!r:.40}")
        elif len(raw) > MAX_BYTES:
            found = Reject(source, address, TOO_LONG)
        else:
            found = Unit("html", address or source, None, raw)
    watched.read_all()
    if watched.swallowed or watched.is_cut:
        reason = (
            "a record that is cut off" if watched.is_cut else "a record whose length takes in the next ones, which are not read"
        )
        found = Reject(source, address or None, reason)
    if found:
        yield found


class _Watched:
    """A record's content, and whether it ends where its length says and holds the head of another record."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._last = b""
        self.swallowed = False

    def read(self, size: int = -1) -> bytes:
        return self._watched(self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self._watched(self._stream.readline(size))

    def read_all(self) -> None:
        while self.read(_PIECE):
            pass

    @property
    def is_cut(self) -> bool:
        return int(getattr(self._stream, "limit", 0)) > 0

    def close(self) -> None:
        self._stream.close()

    def _watched(self, raw: bytes) -> bytes:
        seen = self._last + raw
        self.swallowed = self.swallowed or _NEXT_RECORD.search(seen) is not None
        self._last = seen[-_LONGEST_MATCH:]
        return raw
