"""Keys of rows: made from the article and the place or the name, never from a counter."""

from collections.abc import Iterable

from builder.text.slug import slug


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
