"""Articles from files and folders, one at a time and in a fixed order."""

from builder.reading.sources import read_articles

__all__ = ["read_articles"]
