"""Names of towns, for places whose words alone must tell: cities of 100,000 people or more, and seats of government."""

from functools import cache

from builder.knowledge.lexicon import columns, entries


def is_town(words: str) -> bool:
    """Whether words, in any case, are a town's name."""
    return words.lower() in _towns()


@cache
def _towns() -> frozenset[str]:
    return frozenset(map(str.lower, entries("cities.txt").union(columns("countries.tsv")["capital"]))) - {""}
