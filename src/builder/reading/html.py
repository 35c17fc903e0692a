"""The main text of a saved web page, with what the page says about itself; needs the extra ``html``."""

from typing import Any

from builder.errors import InputError


def read_page(page: bytes) -> tuple[dict[str, Any], str]:
    """Metadata and text, by trafilatura. Raises InputError where the page holds no article."""
    try:
        import trafilatura  # noqa: PLC0415 (an extra)
    except ImportError:
        raise InputError("saved web pages need the extra 'html': pip install 'article-tables[html]'") from None
    found: Any = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    if found is None or not found.text:
        raise InputError("the page holds no main text")
    fields = {"title": found.title, "publisher": found.sitename, "published": found.date, "url": found.url}
    return fields, found.text
