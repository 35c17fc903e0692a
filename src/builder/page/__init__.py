"""The reading page: articles with every span marked, and the tables beside them, in HTML that needs no server and no network."""

from builder.page.render import INDEX, ONE_FILE_BYTES, reading_pages

__all__ = ["INDEX", "ONE_FILE_BYTES", "reading_pages"]
