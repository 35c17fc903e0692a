"""What sort of body a name is, by its words or by the words beside it."""

from functools import cache, lru_cache

from builder.knowledge.lexicon import rows

LAST_RESORT = "other"
_HEAD_ENDS = frozenset("of for on in against to de des du at and".split())
_REACH = 3


@cache
def heads() -> dict[str, str]:
    """Kind by the head noun of a name, in small letters."""
    return {row["word"]: row["kind"] for row in rows("agency-heads.tsv")}


@cache
def _contexts() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in rows("agency-contexts.tsv")}


@lru_cache(maxsize=1 << 14)
def kind_of_name(name: str) -> str | None:
    """By the head noun: what stands before "of", else the last word, else any word from the right."""
    words = [word.strip(".,'’()") for word in name.lower().split()]
    known = heads()
    for i, word in enumerate(words):
        if i and word in _HEAD_ENDS:
            if words[i - 1] in known:
                return known[words[i - 1]]
            break
    return next((known[word] for word in reversed(words) if word in known), None)


def kind_of_context(words: list[str], first: int, stop: int) -> str | None:
    """By the nearest telling word at most three tokens after or before a mention."""
    known = _contexts()
    beside = [*words[stop : stop + _REACH], *reversed(words[max(0, first - _REACH) : first])]
    return next((known[lower] for word in beside if (lower := word.lower()) in known), None)
