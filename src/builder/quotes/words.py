"""What a single word tells: its class, and whether it is a cue. Each question is answered once for a distinct word."""

from enum import IntEnum
from functools import cache

from builder.lexicon import columns, entries, rows
from builder.quotes.marks import is_mark


class WordClass(IntEnum):
    """Classes of words and marks, coarser than parts of speech: what matters is where a noun phrase starts and ends."""

    OTHER = 0
    NAME = 1
    NOUN = 2
    PRONOUN = 3
    INDEFINITE = 4
    NUMBER = 5
    DETERMINER = 6
    ADJECTIVE = 7
    PARTICIPLE = 8
    ING = 9
    VERB = 10
    VERB_S = 11
    PAST = 12
    AUXILIARY = 13
    ADVERB = 14
    PREPOSITION = 15
    CONJUNCTION = 16
    SUBORDINATOR = 17
    RELATIVE = 18
    TO = 19
    OBJECT_PRONOUN = 20
    COMMA = 21
    STOP = 22
    COLON = 23
    DASH = 24
    HYPHEN = 25
    BRACKET = 26
    MARK = 27
    APOSTROPHE = 28
    POSSESSIVE = 29
    TIME = 30


FINITE = (WordClass.PAST, WordClass.VERB_S, WordClass.AUXILIARY, WordClass.VERB)
"""Classes of words that may be a finite verb; regular past forms are PARTICIPLE."""

CLOSED_CLASSES: dict[WordClass, str] = {
    WordClass.PRONOUN: "i he she it we they you who",
    WordClass.OBJECT_PRONOUN: "me him us them himself herself itself themselves myself yourself ourselves whom",
    WordClass.INDEFINITE: "some many others another one everyone everybody someone somebody anyone nobody none several few most "
    "both neither all those these more much none",
    WordClass.DETERMINER: "the a an this that every each any no such its his her their our my your",
    WordClass.AUXILIARY: "be am is are was were been being have has had having do does did will would shall should can could "
    "may might must ought cannot",
    WordClass.ADVERB: "not also never ever still just then now later again even only too very often once ago yet soon n't "
    "however meanwhile instead perhaps already almost always rather quite here there so",
    WordClass.PREPOSITION: "of in on at by for from with about into over after before between among against during without "
    "under through toward towards across behind near since until upon within per via like despite amid along around beyond",
    WordClass.CONJUNCTION: "and or but nor",
    WordClass.SUBORDINATOR: "if whether because although though while as than when where why how what unless",
    WordClass.RELATIVE: "which whose",
    WordClass.TO: "to",
    WordClass.TIME: "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december today yesterday tomorrow",
    WordClass.NUMBER: "two three four five six seven eight nine ten dozens hundreds thousands",
}
_CLOSED = frozenset(CLOSED_CLASSES)
_BY_MARK = {
    **dict.fromkeys(",;", WordClass.COMMA),
    **dict.fromkeys(".!?…", WordClass.STOP),
    **dict.fromkeys(":", WordClass.COLON),
    **dict.fromkeys("—–", WordClass.DASH),
    **dict.fromkeys("-", WordClass.HYPHEN),
    **dict.fromkeys("()[]{}", WordClass.BRACKET),
    **dict.fromkeys("'’‘`", WordClass.APOSTROPHE),
}
_BY_TAG = {
    "noun": WordClass.NOUN,
    "adjective": WordClass.ADJECTIVE,
    "adverb": WordClass.ADVERB,
    "verb": WordClass.VERB,
    "verb-s": WordClass.VERB_S,
    "past": WordClass.PAST,
    "participle": WordClass.PARTICIPLE,
    "ing": WordClass.ING,
}
_ADJECTIVE_ENDINGS = ("al", "ous", "ive", "ful", "less", "able", "ible", "ic", "ary")


@cache
def _by_word() -> dict[str, WordClass]:
    table = columns("parts-of-speech.tsv")
    known = dict(zip(table["word"], map(_BY_TAG.__getitem__, table["tag"]), strict=True))
    for word_class, words in CLOSED_CLASSES.items():
        known.update(dict.fromkeys(words.split(), word_class))
    return known


def word_class(word: str) -> int:
    """The WordClass of a token seen by itself."""
    if is_mark(word):
        return WordClass.MARK
    if not word[0].isalnum():
        return _BY_MARK.get(word, WordClass.OTHER)
    if word[0].isdigit():
        return WordClass.NUMBER
    lower = word.lower()
    known = _by_word().get(lower)
    if known is not None and (word == lower or known in _CLOSED):
        return known
    if word[0].isupper():
        return WordClass.NAME
    return _by_ending(lower)


def _by_ending(word: str) -> WordClass:
    if word.endswith("ly"):
        return WordClass.ADVERB
    if word.endswith("ing"):
        return WordClass.ING
    if word.endswith("ed"):
        return WordClass.PARTICIPLE
    return WordClass.ADJECTIVE if word.endswith(_ADJECTIVE_ENDINGS) else WordClass.NOUN


def is_abbreviation(word: str) -> int:
    return word in entries("abbreviations.txt") or (len(word) == 1 and word.isupper() and word != "I")


class CueClass(IntEnum):
    """How a cue takes what it reports; the names stand in ``quote-cues.tsv``."""

    NONE = 0
    SAY = 1
    TELL = 2
    ASK = 3
    WRITE = 4
    SHOW = 5
    THINK = 6
    WANT = 7
    JUDGE = 8
    MAKE = 9
    SEEM = 10
    ATTEND = 11
    NOUN = 12
    ADJECTIVE = 13
    HEDGE = 14
    ACCORDING = 15
    COLON = 16


@cache
def cue_forms() -> dict[str, CueClass]:
    """Every inflected form of the cue verbs; the first row that gives a form decides its class."""
    forms: dict[str, CueClass] = {}
    for row in rows("quote-cues.tsv"):
        cue = CueClass[row["class"].upper()]
        for form in _forms(row):
            forms.setdefault(form, cue)
    return forms


def _forms(row: dict[str, str]) -> list[str]:
    if row["class"] == "noun":
        return [row["cue"], inflections(row["cue"], [])[1]]
    if row["class"] in ("adjective", "hedge", "according"):
        return [row["cue"]]
    return inflections(row["cue"], row["irregular"].split())


def inflections(verb: str, irregular: list[str]) -> list[str]:
    """Base, -s, -ing and past forms; ``irregular`` holds the past forms (and a doubled -ing) that the rules do not give."""
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    consonant_y = verb.endswith("y") and verb[-2:-1] not in "aeiou"
    if consonant_y:
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    else:
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
        past = verb + ("d" if verb.endswith("e") else "ed")
    doubled = [form[:-2] + "ing" for form in irregular if form == verb + verb[-1] + "ed"]
    return [verb, third, *(doubled or [stem + "ing"]), *(irregular or [past])]


def cue_class(word: str) -> int:
    return CueClass.COLON if word == ":" else cue_forms().get(word.lower(), CueClass.NONE)
