"""Which names are groups and delegations: they take part, and are no bodies of their own."""

import re
from functools import cache, lru_cache

from builder.lexicon import entries


@lru_cache(maxsize=1 << 14)
def names_group(name: str) -> bool:
    """Whether ``name`` is a working group, a delegation, or a set of states that acts together."""
    return name in entries("known-groups.txt") or _head().search(name) is not None


@cache
def _head() -> re.Pattern[str]:
    heads = sorted(entries("group-heads.txt"), key=lambda head: (-len(head), head))
    return re.compile(rf"\b(?:{'|'.join(heads)})\b", re.IGNORECASE)
