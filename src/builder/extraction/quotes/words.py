"""What a single word tells: its class, whether it is a cue, and the like, packed into one number for each distinct word."""

from collections.abc import Iterable
from enum import IntEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from builder.knowledge.learned import word_hash
from builder.knowledge.lexicon import columns, entries, rows
from builder.knowledge.offices import offices
from builder.text.document import abbreviations

Ints = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]

_MARKS = '"“„«‟”»'
_SINGLE = frozenset("'‘’")
EDGE = frozenset("\"“”„«»'‘’,;:-–—")
"""Marks and punctuation that belong to no reported clause when they stand at its edge."""
_OPENERS = "([{—–-/:…"
_CLOSERS = ".,;:!?)]}…—–"


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
_CLOSED = frozenset(map(int, CLOSED_CLASSES))
_BY_MARK = {
    **dict.fromkeys(",;", WordClass.COMMA),
    **dict.fromkeys(".!?…", WordClass.STOP),
    **dict.fromkeys(":", WordClass.COLON),
    **dict.fromkeys("—–", WordClass.DASH),
    **dict.fromkeys("-", WordClass.HYPHEN),
    **dict.fromkeys("()[]{}", WordClass.BRACKET),
    **dict.fromkeys("'’‘`", WordClass.APOSTROPHE),
    **dict.fromkeys(_MARKS, WordClass.MARK),
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
_BY_ENDING: dict[str, WordClass] = {
    "ly": WordClass.ADVERB,
    "ing": WordClass.ING,
    "ed": WordClass.PARTICIPLE,
    **dict.fromkeys("al ic ous ive ful ary less able ible".split(), WordClass.ADJECTIVE),
}
"""Of words that are not in the lexicon; all others are nouns."""
_LAST_LETTERS = frozenset(ending[-2:] for ending in _BY_ENDING)
_NOUN, _NAME, _NUMBER = int(WordClass.NOUN), int(WordClass.NAME), int(WordClass.NUMBER)


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


@cache
def act_forms() -> frozenset[str]:
    """Every form of the cue verbs whose plain object is what is done, not what is said."""
    verbs = entries("quote-acts.txt")
    irregular = {row["cue"]: row["irregular"].split() for row in rows("quote-cues.tsv")}
    return frozenset(form for verb in verbs for form in inflections(verb, irregular.get(verb, [])))


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
    """Words and marks that are looked for one by one."""

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
    OPENING = 10
    CLOSING = 11
    STRAIGHT = 12
    EQUALS = 13
    T = 14
    CONTRACTED = 15
    ARTICLE = 16
    BE = 17
    BY = 18
    ADJUNCT = 19


_PARTICLES: dict[Particle, str] = {
    Particle.THAT: "that",
    Particle.WHETHER: "whether",
    Particle.TO: "to",
    Particle.OF: "of for",
    Particle.WITH: "with",
    Particle.NOT: "not never",
    Particle.S: "s",
    Particle.POSSESSIVE: "his her their its my our",
    Particle.CONVERSATION: "interview conversation call",
    Particle.OPENING: "“ „ « ‟",
    Particle.CLOSING: "” »",
    Particle.STRAIGHT: '"',
    Particle.EQUALS: "=",
    Particle.T: "t",
    Particle.CONTRACTED: "re ve ll d m",
    Particle.ARTICLE: "the a an",
    Particle.BE: "be is are was were been being",
    Particle.BY: "by",
    Particle.ADJUNCT: "in at during after before from via amid since until within",
}

_CLASS, _CUE, _TITLE, _PARTICLE = 0, 5, 10, 13
"""Where each part of the packed number begins, in bits; what follows are single ones."""
ABBREVIATION, CAPITAL, SINGLE_MARK, AT_EDGE, OPENER, CLOSER, OFFICE = (1 << bit for bit in range(18, 25))
"""OPENER: an opening mark may follow it without white space; CLOSER: it may follow a closing mark so."""

_INITIAL = CAPITAL | ABBREVIATION


def classes_of(facts: Ints) -> Bytes:
    """By WordClass."""
    return (facts & 31).astype(np.int8)


def cues_of(facts: Ints) -> Bytes:
    """By CueClass."""
    return (facts >> _CUE & 31).astype(np.int8)


def titles_of(facts: Ints) -> Bytes:
    """By TitleCue."""
    return (facts >> _TITLE & 7).astype(np.int8)


def particles_of(facts: Ints) -> Bytes:
    """By Particle."""
    return (facts >> _PARTICLE & 31).astype(np.int8)


def packed_facts(words: list[str]) -> Ints:
    """All that the functions above and the single bits tell of each word."""
    return np.fromiter(map(_known_facts().__getitem__, words), np.int32, len(words))


def lower_hash(word: str) -> int:
    return word_hash(word.lower())


def lower_hashes_of(words: Iterable[str]) -> Ints:
    """Ascending."""
    return np.array(sorted(map(lower_hash, words)), np.int32)


def are_among(hashes: Ints, known: Ints) -> Bools:
    """Which hashes are among those known, which ascend; ``np.isin`` would import numpy.ma, as long as 50 kB of text."""
    found: Bools = known.take(known.searchsorted(hashes), mode="clip") == hashes
    return found


class _Facts(dict[str, int]):
    """Packed facts of the words that are listed, as they are written, and those of any other word by its form."""

    def __missing__(self, word: str) -> int:
        first = word[0]
        if first.isupper():
            known = self.get(word.lower(), _NAME)
            if known & 31 not in _CLOSED:
                known = known & ~31 | _NAME
            return known | (_INITIAL if len(word) == 1 and word != "I" else CAPITAL)
        if word.islower() and word.isalpha():
            return _by_ending(word)
        if first.isdigit():
            return _NUMBER
        return self.get(word.lower(), 0) & ~31 | _by_ending(word.lower()) if first.isalpha() else 0

    def add(self, words: Iterable[str], fact: int) -> None:
        for word in words:
            self[word] |= fact


@cache
def _known_facts() -> _Facts:
    table = columns("parts-of-speech.tsv")
    facts = _Facts(zip(table["word"], map(_BY_TAG.__getitem__, table["tag"]), strict=True))
    for word_class, words in CLOSED_CLASSES.items():
        facts.update(dict.fromkeys(words.split(), word_class))
    facts.update(_BY_MARK)
    facts.add(":", CueClass.COLON << _CUE)
    for word, cue in cue_forms().items():
        facts[word] |= cue << _CUE
    for row in rows("quote-title-cues.tsv"):
        facts[row["word"]] |= TitleCue[row["kind"].upper()] << _TITLE
    for particle, words in _PARTICLES.items():
        facts.add(words.split(), particle << _PARTICLE)
    facts.add(abbreviations(), ABBREVIATION)
    facts.add(offices(), OFFICE)
    facts.add(_SINGLE, SINGLE_MARK)
    facts.add(EDGE, AT_EDGE)
    facts.add(_OPENERS, OPENER)
    facts.add(_CLOSERS, CLOSER)
    return facts


def _by_ending(word: str) -> int:
    if word[-2:] not in _LAST_LETTERS:
        return _NOUN
    return _BY_ENDING.get(word[-2:]) or _BY_ENDING.get(word[-3:]) or _BY_ENDING.get(word[-4:]) or _NOUN
