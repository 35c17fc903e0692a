"""What sort of body a name is, by its words or by the words beside it."""

import re
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from builder.knowledge.lexicon import rows

LAST_RESORT = "other"
_HEAD_ENDS = frozenset("of for on in against to at de des du del da do".split())
_REACH = 3
_LONGEST_FULL_NAME = 6
_LONGEST_APPOSITION = 8
_TELLING = frozenset(("told", "tells"))
_ENDS_NOUN = frozenset(", . ; : ( ) of in for that which who whose with from on at to based founded run owned and — – -".split())
LEGAL_FORMS = frozenset("inc corp co ltd llc llp plc ag sa gmbh nv spa ab oyj company corporation incorporated limited".split())
_SHORTEST_STEM = 3
"""Letters before the ending of a compound: "Bundesgericht"."""


@cache
def heads() -> dict[str, str]:
    """Kind by the head noun of a name, in small letters."""
    return {row["word"]: row["kind"] for row in rows("agency-heads.tsv")}


@cache
def _placed(place: str) -> dict[str, str]:
    """Kind by a word that tells one at that place of a name."""
    return {row["word"]: row["kind"] for row in rows("agency-words.tsv") if row["place"] == place}


class _Phrase(NamedTuple):
    """``number`` is the place in the list: of two phrases in a name the one listed first tells."""

    number: int
    text: str
    kind: str


@cache
def _phrases() -> dict[str, list[_Phrase]]:
    """By first word, "" if it has a star."""
    found: dict[str, list[_Phrase]] = {}
    for number, row in enumerate(rows("agency-phrases.tsv")):
        word = re.match(r"\w*(?!\w|\*)", row["phrase"])
        found.setdefault(word[0] if word else "", []).append(_Phrase(number, row["phrase"], row["kind"]))
    return found


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """A star for itself stands for any words, one at the end of a word for the rest of it."""
    return re.compile(r"\b" + re.escape(phrase).replace(r"\*\ ", r"(?:\S+ )*?").replace(r"\*", r"\w*") + r"\b")


@cache
def _contexts() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in rows("agency-contexts.tsv")}


@lru_cache(maxsize=1 << 14)
def kind_of_name(name: str) -> str | None:
    """By words that stand together, the head noun, the first word, how a word ends, or else any word from the right."""
    lower = name.lower().replace("’", "'")
    return _by_phrase(lower) or _by_word([word.strip(".,'()") for word in lower.split()])


def _by_phrase(lower: str) -> str | None:
    """Not by what follows the "of" of another head: a University of the Chamber of Commerce is a university."""
    tail = _after_head(lower)
    words = {"", *re.findall(r"\w+", lower)}
    found = sorted(chain.from_iterable(_phrases().get(word, ()) for word in words))
    matches = ((_pattern(phrase.text).search(lower), phrase.kind) for phrase in found)
    return next((kind for match, kind in matches if match and match.start() < tail), None)


def _after_head(lower: str) -> int:
    """Where the words after a known head and its "of" begin; the end of the name where there is none."""
    head, link, _ = lower.partition(" of ")
    return len(head) + len(link) if link and heads().get(head.rpartition(" ")[2]) else len(lower)


def _by_word(words: list[str]) -> str | None:
    known, last, first = heads(), _placed("last"), _placed("first")
    head = next((words[i - 1] for i, word in enumerate(words) if i and word in _HEAD_ENDS), words[-1])
    if len(words) == 1 and head in LEGAL_FORMS:
        return None
    for word in dict.fromkeys((head, words[-1])):
        if kind := known.get(word) or (last.get(word) if len(words) > 1 else None):
            return kind
    if len(words) > 1 and words[0] in first:
        return first[words[0]]
    endings = _placed("end").items()
    for word in reversed(words):
        if kind := known.get(word):
            return kind
        found = (kind for ending, kind in endings if word.endswith(ending) and len(word) >= len(ending) + _SHORTEST_STEM)
        if kind := next(found, None):
            return kind
    return None


def kind_of_context(words: list[str], first: int, stop: int) -> str | None:
    """By the full name before its brackets, a noun right before it, an apposition, or else the nearest telling word."""
    if words[first - 1] == "(" and words[stop] == ")":
        return kind_of_name(" ".join(words[max(0, first - 1 - _LONGEST_FULL_NAME) : first - 1]) or "(")
    return _kind_of_neighbour(words, first) or _kind_of_apposition(words, stop) or _nearest(words, first, stop)


def _kind_of_neighbour(words: list[str], first: int) -> str | None:
    """ "news agency X", "the rights group X"; "told X" makes it a newspaper."""
    before = words[first - 2] if words[first - 1].lower() == "the" else words[first - 1]
    if before in _TELLING:
        return "news-media"
    if not words[first - 1].islower():
        return None
    return _by_phrase(f"{words[first - 2].lower()} {words[first - 1]}") or _contexts().get(words[first - 1])


def _kind_of_apposition(words: list[str], stop: int) -> str | None:
    """ "X, a third-party market research firm in": the last word before what follows a noun."""
    if words[stop] != "," or words[stop + 1] not in ("a", "an", "the"):
        return None
    noun = ""
    for word in words[stop + 2 : stop + 2 + _LONGEST_APPOSITION]:
        if word in _ENDS_NOUN or not word:
            return _contexts().get(noun) or heads().get(noun)
        noun = word.lower()
    return None


def _nearest(words: list[str], first: int, stop: int) -> str | None:
    """At most three tokens after or before the mention."""
    known = _contexts()
    beside = [*words[stop : stop + _REACH], *reversed(words[max(0, first - _REACH) : first])]
    return next((known[lower] for word in beside if (lower := word.lower()) in known), None)
