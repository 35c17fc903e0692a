"""Web pages in WARC files, as crawlers keep them; needs the extra ``warc``."""

import re
from pathlib import Path

from builder.errors import InputError
from builder.reading.rejects import Reject
from builder.reading.text import MAX_BYTES, TOO_LONG
from builder.reading.units import Found, HowToRead, Unit

_PAGE = re.compile(r"text/html|application/xhtml", re.IGNORECASE)


def web_pages(path: Path, source: str, how: HowToRead) -> Found:
    """A unit for each response that is a page; its address is its source."""
    try:
        from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 (an extra)
        from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415
    except ImportError:
        raise InputError(f"{path}: WARC files need the extra 'warc': pip install 'article-tables[warc]'") from None
    with path.open("rb") as file:
        try:
            for record in ArchiveIterator(file):
                headers = record.http_headers
                if record.rec_type != "response" or not headers or not _PAGE.search(headers.get_header("Content-Type") or ""):
                    continue
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                raw = record.content_stream().read(MAX_BYTES + 1)
                if len(raw) > MAX_BYTES:
                    yield Reject(source, address, TOO_LONG)
                else:
                    yield Unit("html", address or source, None, raw)
        except ArchiveLoadFailed as error:
            yield Reject(source, None, " ".join(str(error).split()))
