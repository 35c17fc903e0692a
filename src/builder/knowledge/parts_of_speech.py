"""The part of speech that a word in small letters has most often."""

from functools import cache

from builder.knowledge.lexicon import columns

SMALL = "small"
_SMALL_WORDS = frozenset(
    "a an the this that these those some any each every no both either neither all such another other one two three four five "
    "i you he she it we they me him her us them his its their our my your mine hers who whom whose which what "
    "of for from to in on at by with without within about against among between through during before after above below over "
    "under into onto upon across behind beyond near off out up down since until till toward towards despite amid per via than "
    "and or but nor so yet if because although though while when where whereas whether as like unless once "
    "is are was were be been being am has have had having do does did will would shall should can could may might must "
    "not never also then there here now still just only even very too more most less least much many few several later "
    "again already ever often soon however meanwhile therefore thus how why yesterday today tomorrow tonight ago".split()
)
_BY_ENDING = {
    "ly": "adverb",
    "ing": "ing",
    "ed": "participle",
    **dict.fromkeys("al ic ous ive ful ary less able ible".split(), "adjective"),
}
"""Of words that are not in the lexicon; all others are nouns."""


def part_of_speech(word: str) -> str:
    """``noun``, ``adjective``, ``adverb``, ``verb``, ``verb-s``, ``past``, ``participle``, ``ing``, or SMALL for small words."""
    known = _listed().get(word)
    return known or next((tag for ending, tag in _BY_ENDING.items() if word.endswith(ending)), "noun")


@cache
def _listed() -> dict[str, str]:
    listed = columns("parts-of-speech.tsv")
    return dict(zip(listed["word"], listed["tag"], strict=True)) | dict.fromkeys(_SMALL_WORDS, SMALL)
