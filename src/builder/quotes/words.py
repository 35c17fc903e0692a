"""What a single word tells: its class, whether it is a cue, and the like, packed into one number for each distinct word."""

from enum import IntEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from builder.learned import word_hash
from builder.lexicon import columns, entries, rows

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

STRAIGHT = '"'
OPENING = frozenset("“„«‟")
CLOSING = frozenset("”»")
_SINGLE = frozenset("'‘’")
EDGE = frozenset("\"“”„«»'‘’,;:-–—")
"""Marks and punctuation that belong to no reported clause when they stand at its edge."""


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
    **dict.fromkeys([*OPENING, *CLOSING, STRAIGHT], WordClass.MARK),
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


class TitleCue(IntEnum):
    """What marks beside a word tend to hold; the names stand in ``quote-title-cues.tsv``."""

    NONE = 0
    WORK = 1
    NAMING = 2
    INSCRIPTION = 3
    ALIAS = 4


class Particle(IntEnum):
    """Words that are looked for one by one."""

    NONE = 0
    THAT = 1
    WHETHER = 2
    TO = 3
    OF = 4
    WITH = 5
    NOT = 6
    S = 7
    POSSESSIVE = 8
    CONVERSATION = 9


_PARTICLES = {
    **dict.fromkeys(["of", "for"], Particle.OF),
    **dict.fromkeys(["not", "never"], Particle.NOT),
    **dict.fromkeys("sS", Particle.S),
    "that": Particle.THAT,
    "whether": Particle.WHETHER,
    "to": Particle.TO,
    "with": Particle.WITH,
}
_PARTICLES_IN_ANY_CASE = {
    **dict.fromkeys("his her their its my our".split(), Particle.POSSESSIVE),
    **dict.fromkeys(["interview", "conversation", "call"], Particle.CONVERSATION),
}

_CLASS, _CUE, _TITLE, _PARTICLE = 0, 5, 10, 13
"""Where each part of the packed number begins, in bits; what follows are single ones."""
ABBREVIATION, CAPITAL, SINGLE_MARK, AT_EDGE = (1 << bit for bit in range(17, 21))


def classes_of(facts: Ints) -> Ints:
    """By WordClass."""
    return facts & 31


def cues_of(facts: Ints) -> Ints:
    """By CueClass."""
    return facts >> _CUE & 31


def titles_of(facts: Ints) -> Ints:
    """By TitleCue."""
    return facts >> _TITLE & 7


def particles_of(facts: Ints) -> Ints:
    """By Particle."""
    return facts >> _PARTICLE & 15


def packed_facts(words: list[str]) -> Ints:
    """All that the functions above and the single bits tell of each word."""
    return np.fromiter(map(_facts, words), np.int32, len(words))


def hashes(words: list[str]) -> Ints:
    """Of the words in lower case."""
    return np.fromiter(map(lower_hash, words), np.int32, len(words))


def lower_hash(word: str) -> int:
    return word_hash(word.lower())


def _facts(word: str) -> int:
    exact, first = _by_exact_word().get(word, 0), word[0]
    if not first.isalnum():
        return exact
    if first.isdigit():
        return exact | WordClass.NUMBER
    lower = word.lower()
    known = _by_lower_word().get(lower, 0)
    if word == lower:
        return exact | (known or _by_ending(lower))
    if first.isupper():
        initial = ABBREVIATION if len(word) == 1 and word != "I" else 0
        word_class = known & 31 if known & 31 in _CLOSED else WordClass.NAME
        return exact | initial | CAPITAL | known & ~31 | word_class
    return exact | known & ~31 | _by_ending(lower)


@cache
def _by_exact_word() -> dict[str, int]:
    """What is known of words as they are written, and of all marks."""
    facts: dict[str, int] = dict(_BY_MARK)
    facts[":"] |= CueClass.COLON << _CUE
    parts = [
        {row["word"]: TitleCue[row["kind"].upper()] << _TITLE for row in rows("quote-title-cues.tsv")},
        {word: particle << _PARTICLE for word, particle in _PARTICLES.items()},
        dict.fromkeys(entries("abbreviations.txt"), ABBREVIATION),
        dict.fromkeys(_SINGLE, SINGLE_MARK),
        dict.fromkeys(EDGE, AT_EDGE),
    ]
    for part in parts:
        for word, fact in part.items():
            facts[word] = facts.get(word, 0) | fact
    return facts


@cache
def _by_lower_word() -> dict[str, int]:
    """Class, cue and particle of words in lower case; every entry has a class."""
    table = columns("parts-of-speech.tsv")
    facts: dict[str, int] = dict(zip(table["word"], map(_BY_TAG.__getitem__, table["tag"]), strict=True))
    for word_class, words in CLOSED_CLASSES.items():
        facts.update(dict.fromkeys(words.split(), word_class))
    for word, cue in cue_forms().items():
        facts[word] = (facts.get(word) or _by_ending(word)) | cue << _CUE
    for word, particle in _PARTICLES_IN_ANY_CASE.items():
        facts[word] = (facts.get(word) or _by_ending(word)) | particle << _PARTICLE
    return facts


def _by_ending(word: str) -> WordClass:
    if word.endswith("ly"):
        return WordClass.ADVERB
    if word.endswith("ing"):
        return WordClass.ING
    if word.endswith("ed"):
        return WordClass.PARTICIPLE
    return WordClass.ADJECTIVE if word.endswith(_ADJECTIVE_ENDINGS) else WordClass.NOUN
