"""What the lexicon says of a word: the classes it is in, its value in each, and its number in the alphabet of patterns."""

import re
from functools import cache, lru_cache

from builder.lexicon import rows

DASHES = frozenset("-–—−")
WORDS = "date-words.tsv"
PATTERNS = ("date-macros.tsv", "date-patterns.tsv")

PIECE = re.compile(r"[()?|<>!~]|[A-Z][A-Z_]+|\w+|\S")
"""What a pattern is written in: operators, names of classes and macros, words, marks."""

_DIGITS = re.compile(r"[0-9]{1,9}")
_ORDINAL = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th)")
_DECADE = re.compile(r"(?:1[0-9]|20)?[0-9]0s")
_CLOCK = re.compile(r"(?:0?[1-9]|1[0-2])[ap]m")
_SAMPLES = (
    *map(str, range(61)),
    *(f"{n:02}" for n in range(100)),
    *"100 001 0005 0130 0930 1130 1359 1200 1299 1650 1700 1750 1760 1850 1959 1860 1960 1945 1999 2001 2060".split(),
    *"2359 2399 2460 3000 12345 1st 12th 22nd 30th 99th 80s 1980s 5pm 11am things".split(),
)
"""At least one word of every shape that :func:`_shapes` tells apart."""


def literal(word: str) -> str:
    """The symbol of a word that a pattern names outright."""
    return "=" + word


@cache
def _entries() -> dict[tuple[str, str], str]:
    """(class, words joined by spaces, in lower case unless the class wants a capital) -> value."""
    return {(row["class"], _key(word)): row["value"] for row in rows(WORDS) for word in row["words"].split("|")}


def _key(words: str) -> str:
    """Words as they are looked up: in lower case, or with a capital where they are written with one."""
    return words if words.islower() or " " in words else words.capitalize()


@cache
def sequences(name: str) -> list[tuple[str, ...]]:
    """The entries of a class that are more than one token."""
    return [tuple(entry.split(" ")) for kind, entry in _entries() if kind == name and " " in entry]


def has_values(name: str) -> bool:
    """Whether a class gives its words values, so that it matters which of them stood there."""
    return name not in _valueless()


@cache
def _valueless() -> frozenset[str]:
    listed = {row["class"] for row in rows(WORDS)}
    return frozenset(listed - {row["class"] for row in rows(WORDS) if row["value"] != "-"})


@cache
def _literals() -> set[str]:
    """Every word that a pattern names outright."""
    pieces = {piece for file in PATTERNS for row in rows(file) for piece in PIECE.findall(row["pattern"])}
    return {piece for piece in pieces if piece not in "()?|<>!~" and not (piece.isupper() and len(piece) > 1)}


@cache
def _classes() -> dict[str, frozenset[str]]:
    """Word -> the symbols it has as it is written in the lexicon and in the patterns."""
    found: dict[str, set[str]] = {}
    for name, entry in _entries():
        single = " " not in entry
        for word in entry.split(" "):
            found.setdefault(word, set()).add(name if single else literal(word))
    for word in _literals():
        found.setdefault(word, set()).add(literal(word))
    return {word: frozenset(symbols) for word, symbols in found.items()}


@cache
def _known() -> frozenset[str]:
    """The words of lexicon and patterns in lower case."""
    return frozenset(map(str.lower, _classes()))


def _shapes(word: str) -> set[str]:
    """Symbols of a word that holds digits."""
    if _DIGITS.fullmatch(word):
        return _digit_shapes(word)
    if _ORDINAL.fullmatch(word):
        number = int(word[:-2])
        return {"ORDINAL", "DAYTH"} if 1 <= number <= 31 else {"ORDINAL"}
    if _DECADE.fullmatch(word):
        return {"DECADE" if len(word) == 5 else "SHORTDECADE"}
    return {"CLOCKWORD"} if _CLOCK.fullmatch(word) else set()


def _digit_shapes(word: str) -> set[str]:
    number, length = int(word), len(word)
    shapes = {"INT"}
    if length <= 2:
        shapes |= {"COMMON"}
        shapes |= {name for name, low, high in (("DAY", 1, 31), ("MM", 1, 12), ("HOUR", 0, 24)) if low <= number <= high}
    if length == 2:
        shapes |= {"TWO", "MINUTE"} if number < 60 else {"TWO"}
    if length == 3:
        shapes |= {"THREE", "COMMON"}
    if length == 4:
        shapes |= {"YEAR"} if 1000 <= number < 2100 else {"COMMON"}
        shapes |= {"MODERNYEAR"} if 1700 <= number < 2100 else set()
        shapes |= {"ROUNDYEAR"} if 1700 <= number < 2100 and number % 10 == 0 else set()
        shapes |= {"HHMM"} if number < 2400 and number % 100 < 60 else set()
    return shapes


def _symbols(word: str) -> frozenset[str]:
    lower = word.lower()
    symbols = _classes().get(lower, frozenset())
    if word[:1].isupper():
        symbols |= _classes().get(lower.capitalize(), frozenset())
    if any("0" <= c <= "9" for c in lower[:2]):
        symbols |= _shapes(lower)
    if len(word) > 2 and word.endswith("s") and word.isalpha() and not word.endswith("ss"):
        symbols |= {"PLURAL"}
    return symbols


@cache
def _codes() -> dict[frozenset[str], int]:
    """Number of every set of symbols that a word can have, from 1."""
    samples = [*_SAMPLES, *(form for word in _classes() for form in (word.lower(), word.capitalize()))]
    found = {_symbols(word): None for word in samples}
    found.pop(frozenset(), None)
    return {symbols: n for n, symbols in enumerate(found, 1)}


def codes_with(symbol: str) -> list[int]:
    return _codes_by_symbol().get(symbol, [])


@cache
def _codes_by_symbol() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for symbols, code in _codes().items():
        for symbol in symbols:
            found.setdefault(symbol, []).append(code)
    return found


def number_of_codes() -> int:
    return len(_codes())


def code(word: str) -> int:
    """The word's number in the alphabet; 0 for a word that no pattern knows."""
    plain = word.isalpha() and not word.endswith("s")
    if plain and word.lower() not in _known():
        return 0
    symbols = _symbols(word)
    return _codes().get(symbols, 0) if symbols else 0


@cache
def weights() -> dict[int, int]:
    """About how often a word of each code comes in 10,000 words."""
    found = {code: 40 if "COMMON" in symbols and "INT" in symbols else 1 for symbols, code in _codes().items()}
    for (name, entry), rank in _entries().items():
        if name == "COMMON":
            found[code(entry)] = int(rank)
    return found


def is_in(name: str, word: str) -> bool:
    """Whether a single word belongs to a class."""
    return name in _symbols(word)


@lru_cache(maxsize=1 << 12)
def value(name: str, text: str) -> str:
    """The value of words (joined by spaces) in a class; the words themselves where the class is a shape of digits."""
    found = _entries().get((name, text.lower()))
    return _entries().get((name, text.lower().capitalize()), text.lower()) if found is None else found
