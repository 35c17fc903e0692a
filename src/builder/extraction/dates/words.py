"""What the lexicon says of a word: the classes it is in, its value in each, and its number in the alphabet of patterns."""

import re
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from builder.knowledge.lexicon import rows

DASHES = frozenset("-–—−")
WORDS = "date-words.tsv"
PATTERNS = ("date-macros.tsv", "date-patterns.tsv")

_PIECE = re.compile(r"[()?|<>!~]|[A-Z][A-Z_]+|\w+|\S")

Numbers = npt.NDArray[np.intp]

_DIGITS = re.compile(r"[0-9]{1,9}")
_ORDINAL = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th)")
_DECADE = re.compile(r"(?:1[0-9]|20)?[0-9]0s")
_CLOCK = re.compile(r"(?:0?[1-9]|1[0-2])[ap]m")
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_GLUED = {
    "DAYHOUR": re.compile(r"[0-3][0-9]t[0-2][0-9]"),
    "ZULU": re.compile(r"[0-9]{2,9}z"),
    "MINUTEWORD": re.compile(r"[0-5][0-9][ap]m"),
    "FISCALWORD": re.compile(r"fy(?:20|19)?[0-9]{2}"),
    "MONTHDAYWORD": re.compile(rf"(?:{_MONTHS})(?:0?[1-9]|[12][0-9]|3[01])"),
    "QUARTERWORD": re.compile(r"(?:[1-4]q|q[1-4])(?:20)?[0-9]{2}"),
    "HALFWORD": re.compile(r"(?:[12]h|h[12])(?:20)?[0-9]{2}"),
}
"""What is written as one word of letters and digits: "26T15", "05Z", "30am", "FY2019", "May3", "2Q17", "1H19"."""
UNKNOWN = "\0"
"""The character of the words that no pattern knows."""

_PLURAL = frozenset({"PLURAL"})
_SAMPLES = (
    *map(str, range(61)),
    *(f"{n:02}" for n in range(100)),
    *"100 001 0005 0130 0930 1130 1359 1200 1299 1650 1700 1750 1760 1850 1959 1860 1960 1945 1999 2001 2060".split(),
    *"2359 2399 2460 3000 12345 1st 12th 22nd 30th 99th 80s 1980s 5pm 11am things".split(),
    *"26T15 05Z 30am FY2019 FY19 May3 2Q17 Q12019 1H19".split(),
)
"""At least one word of every shape that :func:`_shapes` tells apart."""


@cache
def pieces_of(pattern: str) -> tuple[str, ...]:
    """What a pattern is written in: operators, names of classes and macros, words, marks."""
    return tuple(_PIECE.findall(pattern))


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
def _sequences() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for name, entry in _entries():
        if " " in entry:
            found.setdefault(name, []).append(tuple(entry.split(" ")))
    return found


def sequences(name: str) -> list[tuple[str, ...]]:
    """The entries of a class that are more than one token, the longest first."""
    return sorted(_sequences().get(name, ()), key=len, reverse=True)


def has_values(name: str) -> bool:
    """Whether a class gives its words values, so that it matters which of them stood there."""
    return name not in _valueless()


@cache
def _valueless() -> frozenset[str]:
    """Classes without values, and shapes whose words no reading asks for."""
    listed = {row["class"] for row in rows(WORDS)}
    return frozenset(listed - {row["class"] for row in rows(WORDS) if row["value"] != "-"} | {"INT", "PLURAL", "THREE"})


@cache
def _literals() -> set[str]:
    """Every word that a pattern names outright."""
    pieces = {piece for file in PATTERNS for row in rows(file) for piece in pieces_of(row["pattern"])}
    return {piece for piece in pieces if piece not in "()?|<>!~" and not (piece.isupper() and len(piece) > 1)}


@cache
def _asked_glued() -> frozenset[str]:
    """The symbols that some pattern wants with no white space before."""
    patterns = (pieces_of(row["pattern"]) for file in PATTERNS for row in rows(file))
    asked = {after for pieces in patterns for piece, after in pairwise(pieces) if piece == "~"}
    return frozenset(piece if piece.isupper() and len(piece) > 1 else literal(piece) for piece in asked)


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


def _shapes(word: str) -> set[str]:
    """Symbols of a word that holds digits."""
    if _DIGITS.fullmatch(word):
        return _digit_shapes(word)
    if _ORDINAL.fullmatch(word):
        number = int(word[:-2])
        return {"ORDINAL", "DAYTH"} if 1 <= number <= 31 else {"ORDINAL"}
    if _DECADE.fullmatch(word):
        return {"DECADE" if len(word) == 5 else "SHORTDECADE"}
    if _CLOCK.fullmatch(word):
        return {"CLOCKWORD"}
    return {name for name, form in _GLUED.items() if form.fullmatch(word)}


def _digit_shapes(word: str) -> set[str]:
    number, length = int(word), len(word)
    shapes = {"INT"}
    if length <= 2:
        shapes |= {name for name, low, high in (("DAY", 1, 31), ("MM", 1, 12), ("HOUR", 0, 24)) if low <= number <= high}
    if length == 2:
        shapes |= {"TWO", "MINUTE"} if number < 60 else {"TWO"}
    if length == 3:
        shapes |= {"THREE"}
    if length == 4:
        shapes |= {"YEAR"} if 1000 <= number < 2100 else set()
        shapes |= {"MODERNYEAR"} if 1700 <= number < 2100 else set()
        shapes |= {"ROUNDYEAR"} if 1700 <= number < 2100 and number % 10 == 0 else set()
        shapes |= {"HHMM"} if number < 2400 and number % 100 < 60 else set()
    return shapes


def _symbols(word: str) -> frozenset[str]:
    lower = word.lower()
    symbols = _classes().get(lower, frozenset())
    if word[:1].isupper():
        symbols |= _classes().get(lower.capitalize(), frozenset())
    if not word.isalpha() and "0" <= min(lower[0], lower[-1]) <= "9":
        symbols |= _shapes(lower)
    return symbols | _PLURAL if word.isalpha() and _is_plural(word) else symbols


def _is_plural(word: str) -> bool:
    return len(word) > 2 and word.endswith("s") and not word.endswith("ss")


@cache
def _forms() -> dict[str, frozenset[str]]:
    """The words of lexicon and patterns in lower case and with a capital -> their symbols."""
    return {form: _symbols(form) for word in _classes() for form in (word.lower(), word.capitalize())}


@cache
def _codes() -> dict[frozenset[str], int]:
    """Number of every set of symbols that a word can have, from 1."""
    found = dict.fromkeys((*map(_symbols, _SAMPLES), *_forms().values()))
    found.pop(frozenset(), None)
    return {symbols: n for n, symbols in enumerate(found, 1)}


@cache
def _characters() -> list[tuple[frozenset[str], bool | None]]:
    """Symbols of each character after the first of the alphabet, and whether it is glued to the one before (None: not asked)."""
    glued = _asked_glued()
    return [(symbols, is_glued) for symbols in _codes() for is_glued in ((False, True) if symbols & glued else (None,))]


@cache
def numbers() -> Numbers:
    """Number of the character for twice a word's code, one more if the word is glued to the one before it."""
    found = np.zeros(2 * len(_codes()) + 2, np.intp)
    for number, (symbols, is_glued) in enumerate(_characters(), 1):
        for glue in (False, True):
            if is_glued in (glue, None):
                found[2 * _codes()[symbols] + glue] = number
    return found


@cache
def _numbers_by_symbol() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, (symbols, _) in enumerate(_characters(), 1):
        for symbol in symbols:
            found.setdefault(symbol, []).append(number)
    return found


def numbers_with(symbol: str, glued_only: bool) -> list[int]:
    """The characters that have a symbol, by number."""
    return [n for n in _numbers_by_symbol().get(symbol, ()) if not glued_only or _characters()[n - 1][1]]


@cache
def characters() -> str:
    """The alphabet, each character at its code point; the first is ``UNKNOWN``."""
    return "".join(map(chr, range(len(_characters()) + 1)))


def code(word: str) -> int:
    """A number for the symbols of a word; 0 for a word that no pattern knows."""
    listed = _listed()
    found = listed.get(word)
    if found is not None:
        return found
    if word.isalpha() and word.lower() not in listed:
        return _codes()[_PLURAL] if word[-1] == "s" and _is_plural(word) else 0
    return _codes().get(_symbols(word), 0)


def codes(words: list[str]) -> Numbers:
    """The code of each word."""
    listed = _listed()
    lower = "\n".join(words).lower().split("\n")
    known = [i for i, word in enumerate(words) if word[-1] == "s" or lower[i] in listed or not word.isalpha()]
    found = np.zeros(len(words), np.intp)
    found[known] = [code(words[i]) for i in known]
    return found


@cache
def _listed() -> dict[str, int]:
    codes = _codes()
    return {form: codes.get(symbols, 0) for form, symbols in _forms().items()}


def is_in(name: str, word: str) -> bool:
    """Whether a single word belongs to a class."""
    return name in _symbols(word)


def value(name: str, text: str) -> str:
    """The value of words (joined by spaces) in a class; the words themselves where the class is a shape of digits."""
    entries, lower = _entries(), text.lower()
    found = entries.get((name, lower))
    return entries.get((name, lower.capitalize()), lower) if found is None else found
