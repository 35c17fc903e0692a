"""The head of an article: title, dateline, bylines, day of publication."""

from builder.text.head.dateline import Dateline
from builder.text.head.headline import RULES, Head, read_head

__all__ = ["RULES", "Dateline", "Head", "read_head"]
