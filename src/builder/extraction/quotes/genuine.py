"""Which passages between marks are somebody's words, and not a title, a nickname or a so-called word."""

import numpy as np

from builder.extraction.quotes.hashing import Templates
from builder.extraction.quotes.layout import Layout, members
from builder.extraction.quotes.ranking import FAR, bucket, in_groups
from builder.extraction.quotes.words import CAPITAL, FINITE, Bools, CueClass, Ints, TitleCue, WordClass, lower_hash, titles_of
from builder.knowledge.learned import LinearModel

TEMPLATES = Templates(
    (
        "length",
        "length end",
        "before_word",
        "before2_word before_word",
        "before_word length",
        "before2_word before_word before3_word",
        "before_class after_class",
        "before_class before2_class length",
        "after_word",
        "after_word after2_word",
        "after_word end",
        "after_class length end",
        "first_word",
        "first_word second_word",
        "first_class second_class",
        "last_word",
        "length capitals verbs",
        "capitals verbs before_class after_class",
        "capitals before_word",
        "capitals after_word",
        "first_class verbs length",
        "starts_line ends_line end",
        "starts_line ends_line after_class",
        "starts_line length verbs",
        "cue_before cue_gap length",
        "cue_before cue_gap capitals",
        "cue_before_word cue_gap",
        "cue_after cue_after_gap starts_line end",
        "cue_after cue_after_gap length",
        "cue_after cue_before length verbs",
        "before_word after_word",
        "others_in_line length starts_line",
        "others_in_line capitals verbs",
        "previous_gap length capitals",
        "previous_gap before_word",
        "plain names length",
        "plain names before_title",
        "plain names after_title",
        "before_title before_class length",
        "after_title after_class length",
        "near_title plain names",
        "near_title length before_class",
        "near_title previous_gap",
        "before_class after_class length plain",
        "before_class after_class names plain",
        "persons length plain",
        "persons before_class end",
        "before_class after_class end length",
        "titled before_title",
        "titled before_class after_class",
        "titled length end",
        "titled near_title",
        "titled cue_before cue_gap",
        "titled before_word",
    )
)
_IS_VERB = members(*FINITE)
_IS_NAME = members(WordClass.NAME)
_IS_PERSONAL = members(WordClass.PRONOUN, WordClass.OBJECT_PRONOUN)
_IS_PLAIN = _IS_VERB | members(WordClass.NOUN, WordClass.ADJECTIVE, WordClass.PARTICIPLE, WordClass.ING, WordClass.ADVERB)
_COUNTED = (_IS_VERB, _IS_NAME, _IS_PLAIN, _IS_PERSONAL)
_NEAR_WORDS = 5
LONGEST_TITLE = 7
"""Bucket of the length of a passage: titles are short."""
NEVER = -(1 << 15)
_SURE = 1
"""The least score of what is somebody's words by its form alone."""


def _counts(layout: Layout, sizes: Ints) -> list[Ints]:
    """How many words of each passage, which has so many, are in each of the classes that are counted."""
    tokens = np.repeat(layout.passages.first, sizes) + in_groups(sizes)[1]
    stops = np.append(0, np.cumsum(sizes))
    running = (np.append(0, np.cumsum(layout.are_in(tokens, classes))) for classes in _COUNTED)
    return [np.diff(counts.take(stops)) for counts in running]


def _are_titled(layout: Layout, sizes: Ints) -> Bools:
    """Whether every word but small ones has a capital, as in titles and names."""
    tokens = np.repeat(layout.passages.first, sizes) + in_groups(sizes)[1]
    plain = (layout.batch.facts.take(tokens) & CAPITAL == 0) & layout.are_in(tokens, _IS_PLAIN)
    running = np.append(0, np.cumsum(plain)).take(np.append(0, np.cumsum(sizes)))
    found: Bools = (np.diff(running) == 0) & (layout.batch.facts.take(layout.passages.first) & CAPITAL != 0)
    return found


def columns(layout: Layout, edge: dict[str, Ints]) -> dict[str, Ints]:
    mark, close, after = edge["mark"], edge["close"], edge["after"]
    classes, words = layout.classes, layout.words
    size = close - mark - 1
    verbs, names, plain, persons = _counts(layout, size)
    titles = titles_of(layout.batch.facts)
    near = np.max(
        [titles[mark - k] * (layout.line_of[mark - k] == layout.line_of[mark]) for k in range(1, _NEAR_WORDS + 1)], axis=0
    )
    lines, line = layout.batch.line_starts, layout.line_of.take(mark)
    return {
        **edge,
        **_cues_around(layout, edge),
        "titled": _are_titled(layout, size),
        "before3_word": words[mark - 3],
        "before2_class": classes[mark - 2],
        "after2_word": words[after + 1],
        "first_word": words[mark + 1],
        "second_word": np.where(size > 1, words[mark + 2], 0),
        "second_class": np.where(size > 1, classes[mark + 2], 0),
        "last_word": words[close - 1],
        "verbs": np.minimum(verbs, 3),
        "names": np.minimum(names, 4),
        "plain": np.minimum(plain, 4),
        "persons": np.minimum(persons, 2),
        "capitals": names * 4 // np.maximum(size, 1),
        "before_title": titles[mark - 1],
        "after_title": titles[after],
        "near_title": near,
        "others_in_line": np.minimum(layout.openings.between(lines.take(line), lines.take(line + 1)), 4),
        "previous_gap": np.where(edge["is_first"], FAR, bucket(mark - np.roll(close, 1))),
    }


def _cues_around(layout: Layout, edge: dict[str, Ints]) -> dict[str, Ints]:
    """The nearest reporting verb on each side of each passage, in its sentence."""
    mark, close, after = edge["mark"], edge["close"], edge["after"]
    last_cue = layout.verbal_cues.last(mark)
    next_cue = layout.verbal_cues.next(after)
    same_before = last_cue >= layout.sentence_ranges(mark).first
    same_after = (next_cue < layout.sentence_ranges(after).stop) & ~edge["ends_line"]
    return {
        "cue_before": np.where(same_before, layout.cues[last_cue], -1),
        "cue_before_word": np.where(same_before, layout.words[last_cue], 0),
        "cue_gap": np.where(same_before, bucket(layout.free.between(last_cue, mark)), FAR),
        "cue_after": np.where(same_after, layout.cues[next_cue], -1),
        "cue_after_gap": np.where(same_after, bucket(layout.free.between(close, next_cue)), FAR),
    }


def _is_title_or_alias(layout: Layout, values: dict[str, Ints]) -> Bools:
    """A title after a work, an outlet or a word of naming ("NBC's “Open Water”"); anything after "known as" or "so-called"."""
    classes, mark = layout.classes, values["mark"]
    titles = titles_of(layout.batch.facts)
    glued = (classes[mark - 1] == WordClass.COMMA) | (layout.words[mark - 1] == lower_hash("as"))
    direct = np.where(glued, titles[mark - 2], titles[mark - 1])
    possessor = np.where(classes[mark - 1] == WordClass.POSSESSIVE, titles[mark - 3], 0)
    titled = (values["titled"] != 0) & (values["length"] < LONGEST_TITLE)
    so_called = (layout.words[mark - 1] == lower_hash("called")) & (layout.words[mark - 3] == lower_hash("so"))
    found: Bools = (
        (titled & (np.isin(direct, (TitleCue.WORK, TitleCue.NAMING)) | (possessor == TitleCue.WORK)))
        | (direct == TitleCue.ALIAS)
        | so_called
    )
    in_line: Bools = found & (values["starts_line"] == 0)
    return in_line


def scores(layout: Layout, edge: dict[str, Ints], model: LinearModel) -> Ints:
    """Above 0 for somebody's words; titles and aliases that show themselves as such are NEVER."""
    values = columns(layout, edge)
    found = TEMPLATES.scores(values, model)[:, 0]
    found = np.where(_is_said(layout, edge), np.maximum(found, _SURE), found)
    return np.where(_is_title_or_alias(layout, values), NEVER, found)


def _is_said(layout: Layout, edge: dict[str, Ints]) -> Bools:
    """A comma before the closing mark and a verb of saying after it: “Then windows,” said Ann Lee."""
    after = edge["after"]
    says = layout.is_verbal_cue[after] & (layout.cues[after] == CueClass.SAY) & (edge["ends_line"] == 0)
    found: Bools = says & (layout.classes[edge["close"] - 1] == WordClass.COMMA)
    return found
