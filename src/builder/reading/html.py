"""The main text of a saved web page, with what the page says about itself; needs the extra ``html``."""

import re
from typing import Any

from builder.errors import InputError

_QUOTE_OPENS, _QUOTE_CLOSES = re.compile(rb"<q(?:\s[^>]*)?>", re.IGNORECASE), re.compile(rb"</q\s*>", re.IGNORECASE)
"""A browser sets marks around the element; the text that is taken out would have none."""
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
"""The date that the page gives of itself; none is guessed from its text, and the day of the build does not matter."""


def read_page(page: bytes) -> tuple[dict[str, Any], str]:
    """Metadata and text, by trafilatura. Raises InputError where the page holds no article."""
    try:
        import trafilatura  # noqa: PLC0415 (an extra)
    except ImportError:
        raise InputError("saved web pages need the extra 'html': pip install 'article-tables[html]'") from None
    page = _QUOTE_CLOSES.sub(b"&rdquo;", _QUOTE_OPENS.sub(b"&ldquo;", page))
    found: Any = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    if found is None or not found.text:
        raise InputError("the page holds no main text")
    fields = {"title": found.title, "publisher": found.sitename, "published": found.date, "url": found.url}
    return fields, found.text
