"""Keys of rows: made from the article and the place or the name, never from a counter."""

import re
from collections.abc import Iterable
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


def name_keys(article_id: str, named: Iterable[tuple[str, int]]) -> list[str]:
    """A unique key for each (name, start); a name that is already taken, or has no slug, adds its place."""
    taken: set[str] = set()
    keys = []
    for name, start in named:
        key = f"{article_id}.{slug(name) or 'at'}"
        if key in taken or key.endswith(".at"):
            key = f"{key}-{start}"
        while key in taken:
            key += f"-{start}"
        taken.add(key)
        keys.append(key)
    return keys
