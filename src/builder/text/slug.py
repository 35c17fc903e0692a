"""Names as parts of keys and addresses."""

import re
from functools import lru_cache

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 80


@lru_cache(maxsize=1 << 16)
def slug(name: str) -> str:
    """Lower-case ASCII words joined by hyphens; '' where nothing of the name can be written so."""
    if not name.isascii():
        from slugify import slugify  # noqa: PLC0415 (its tables load slowly and are seldom needed)

        name = slugify(name)
    return _NOT_SLUG.sub("-", name.lower())[:_LONGEST_SLUG].strip("-")
