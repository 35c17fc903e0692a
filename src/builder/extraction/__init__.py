"""What articles say: names, bodies, participants, quotes, dates, and who is meant by whom. One folder a feature."""

from builder.extraction.order import Findings, extract_articles

__all__ = ["Findings", "extract_articles"]
