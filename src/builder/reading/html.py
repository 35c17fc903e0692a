"""The main text of a saved web page, with what the page says about itself; needs the extra ``html``."""

import re
from typing import Any

from builder.errors import InputError

_QUOTE_OPENS, _QUOTE_CLOSES = re.compile(rb"<q(?:\s[^>]*)?>", re.IGNORECASE), re.compile(rb"</q\s*>", re.IGNORECASE)
"""A browser sets marks around the element; the text that is taken out would have none."""
_LATIN_1 = re.compile(rb"(<meta[^>]{1,200}?charset\s*=\s*[\"']?)(?:iso-?8859-?1|latin-?1|us-ascii)\b", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(?:x0*([89][0-9a-f])|0*(1[2-5][0-9]));", re.IGNORECASE)
_WINDOWS = {byte: char for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}
"""Browsers take Latin-1 for Windows-1252, and references to its control characters too (WHATWG Encoding 4.2, HTML 13.2.5.84)."""
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
"""The date that the page gives of itself; none is guessed from its text, and the day of the build does not matter."""


def read_page(page: bytes) -> tuple[dict[str, Any], str]:
    """Metadata and text, by trafilatura. Raises InputError where the page holds no article."""
    try:
        import trafilatura  # noqa: PLC0415 (an extra)
    except ImportError:
        raise InputError("saved web pages need the extra 'html': pip install 'article-tables[html]'") from None
    try:
        found: Any = trafilatura.bare_extraction(
            _as_browsers_do(page), with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
        )
    except Exception as error:  # of lxml, AssertionError among them: no list of what it raises on a damaged page is known
        raise InputError(f"the page cannot be read: {type(error).__name__}: {' '.join(str(error).split())[:200]}") from error
    if found is None or not found.text:
        raise InputError("the page holds no main text")
    fields = {"title": found.title, "publisher": found.sitename, "published": found.date, "url": found.url}
    return fields, found.text


def _as_browsers_do(page: bytes) -> bytes:
    """What the extractor would take otherwise, or leave out: marks of quotations, in elements or in characters."""
    page = _QUOTE_CLOSES.sub(b"&rdquo;", _QUOTE_OPENS.sub(b"&ldquo;", page))
    return _REFERENCE.sub(_printed, _LATIN_1.sub(rb"\1windows-1252", page, count=1))


def _printed(found: re.Match[bytes]) -> bytes:
    number = int(found[1], 16) if found[1] else int(found[2])
    return f"&#{ord(_WINDOWS.get(number, chr(number)))};".encode()
