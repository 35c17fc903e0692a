"""The page in which people judge rows, served to this machine alone or written as a file."""

from builder.review.render import review_page
from builder.review.server import serve
from builder.review.work import Choice, Work, gather

__all__ = ["Choice", "Work", "gather", "review_page", "serve"]
