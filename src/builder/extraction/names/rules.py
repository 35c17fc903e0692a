"""From the network's marks to names, and the names that rules add where the network found none."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from builder.extraction.names import agreeing, completing, gazetteer, lists, personal, surroundings
from builder.extraction.names.candidates import Bools, Grid, Ints, Longs, is_among
from builder.extraction.names.completing import MONTH, name_part
from builder.extraction.names.decoding import ALONE, BEGIN, END
from builder.extraction.names.forms import CAPITALS, DIGITS, ONE_CAPITAL, SHAPE
from builder.extraction.names.found import ORGANISATION, PERSON, PLACE, Names
from builder.extraction.names.gazetteer import Marks
from builder.extraction.names.words import IS_COMMON
from builder.knowledge.lexicon import rows

RULES = {
    "learned-person": "The trained network takes the words for the name of a person.",
    "learned-organisation": "The trained network takes the words for the name of an organisation.",
    "bracketed-acronym": "A name and the acronym of its initials in brackets after it are an organisation's.",
    "titled-person": "Capitalised words after an honorific or an abbreviated office or rank.",
    "repeated-name": "A word by itself that is a name, or the last part of a person's name, elsewhere in the article.",
    **personal.RULES,
    **completing.RULES,
    **surroundings.RULES,
    **lists.RULES,
    **agreeing.RULES,
    "known-place": "A country, part of a country or large city of the lexicons that is no part of another name.",
}

LONGEST_TITLED = 6
"""Most tokens taken for a name after a title."""
LEAST_REPEATED = 2
"""Times that a word must be a name elsewhere in the article, and of one kind only, to be one where the network saw none."""

THE, STOP, OPEN_BRACKET, SHORT_TITLE, TIGHT, SHORT_FORM = (1 << k for k in range(6))
_SIGN_OF = dict.fromkeys(("The", "the", "THE"), THE) | dict.fromkeys("&-'’", TIGHT) | {".": STOP | TIGHT, "(": OPEN_BRACKET}
_SIGN_OF |= dict.fromkeys(("Inc", "Corp", "Co", "Cos", "Ltd", "Bros"), SHORT_FORM)


@cache
def before_name() -> Mapping[str, int]:
    """What words say about a name that they stand before or begin."""
    return _SIGN_OF | {row["title"]: SHORT_TITLE for row in rows("person-titles.tsv") if row["short"]}


def names_of(grid: Grid, parts: Ints, marks: Marks) -> Names:
    """The names that follow from the parts of the candidates and the marks of the gazetteer."""
    names = Names(len(grid))
    _add_learned(grid, parts, marks, names)
    _add_bracketed_acronyms(grid, names)
    _add_titled_persons(grid, names)
    personal.add_initialled_persons(grid, marks, names)
    personal.add_nicknamed_persons(grid, names)
    personal.add_patronymics(grid, marks, names)
    surroundings.add_full_names(grid, marks, names)
    completing.complete_persons(grid, marks, names)
    surroundings.correct_persons(grid, marks, names)
    surroundings.complete_organisations(grid, marks, names)
    surroundings.give_offices_to_persons(grid, marks, names)
    lists.add_listed_persons(grid, marks, names)
    surroundings.add_persons(grid, marks, names)
    personal.let_degrees_go(grid, names)
    _add_repeated(grid, names)
    _add_known_places(grid, marks, names)
    agreeing.make_agree(grid, names)
    return names


def _add_learned(grid: Grid, parts: Ints, marks: Marks, names: Names) -> None:
    """Names as the network has them, less a leading article or mark and a hanging one; no month, no person that is an initial
    only, no body made of countries only."""
    places, capital = grid.places, grid.capital[grid.places]
    leaves = grid.words.signs(before_name)[places] & (THE | TIGHT) != 0
    hangs = grid.words.signs(before_name)[places] & (TIGHT | STOP) == TIGHT
    initial = grid.words.traits[places] & SHAPE == ONE_CAPITAL
    dated = _dates(grid)[places]
    stateless = capital & (marks[gazetteer.COUNTRIES][places] == gazetteer.NONE)
    for kind, shift, needed, rule in (
        (PERSON, 0, capital & ~initial, "learned-person"),
        (ORGANISATION, 4, stateless, "learned-organisation"),
    ):
        alone = parts == ALONE + shift
        firsts, lasts = np.flatnonzero(alone | (parts == BEGIN + shift)), np.flatnonzero(alone | (parts == END + shift))
        firsts += leaves[firsts] & (firsts < lasts)
        lasts -= hangs[lasts] & (firsts < lasts)
        before = _sums(needed)
        kept = (before[lasts + 1] > before[firsts]) & ~(dated[firsts] & (firsts == lasts))
        names.add_all(places[firsts[kept]], _with_full_stop(grid, places[lasts[kept]] + 1), kind, rule)


def _with_full_stop(grid: Grid, stops: Ints) -> Ints:
    """The ends of names with the full stop of Inc. or Corp. where the sentence goes on, and without one that ends it."""
    signs, opens, ids = grid.words.signs(before_name), grid.opens_sentence, grid.words.ids
    last, next = signs[stops - 1], signs[stops]
    goes_on = ~opens[stops + 1] & (ids[stops + 1] >= 0)
    abbreviated = (last & SHORT_FORM != 0) & (next & STOP != 0) & ~grid.spaced[stops] & goes_on
    found: Ints = stops + abbreviated - ((last & STOP != 0) & (opens[stops] | (ids[stops] < 0)))
    return found


def _dates(grid: Grid) -> Bools:
    """Months with a number after them."""
    shapes, stops = grid.words.traits & SHAPE, grid.words.signs(before_name) & STOP != 0
    months = np.flatnonzero(grid.words.signs(name_part) & MONTH)
    numbered = (shapes[months + 1] == DIGITS) | stops[months + 1] & (shapes[months + 2] == DIGITS)
    found = np.zeros(len(grid), np.bool_)
    found[months[numbered]] = True
    return found


def _sums(flags: Bools) -> Ints:
    """How many flags are set before each one, and in the end."""
    return np.append(np.int32(0), np.cumsum(flags, dtype=np.int32))


def _add_bracketed_acronyms(grid: Grid, names: Names) -> None:
    """An acronym tells what the name before its bracket is, where the network took a foreign party for a person."""
    bracketed = grid.words.signs(before_name) & OPEN_BRACKET != 0
    bracketed[:-1] &= (grid.words.traits & SHAPE == CAPITALS)[1:]
    firsts = names.firsts()
    firsts = firsts[bracketed[names.stops[firsts]]]
    ids, words = grid.words.ids, grid.words.vocabulary.words
    for first, stop in zip(firsts.tolist(), names.stops[firsts].tolist(), strict=True):
        before = [words[i][0] for i in ids[first:stop].tolist()]
        if words[ids[stop + 1]] == "".join(filter(str.isupper, before)):
            names.make(first, stop, ORGANISATION, "bracketed-acronym")
            names.make(stop + 1, stop + 2, ORGANISATION, "bracketed-acronym")


def _add_titled_persons(grid: Grid, names: Names) -> None:
    """The stretch of capitalised words after a title that stands before names only."""
    signs, spaced = grid.words.signs(before_name), grid.spaced.data
    titles = signs & SHORT_TITLE != 0
    named, stops = (grid.capital & ~titles).data, (signs & STOP != 0).data
    for title in np.flatnonzero(titles).tolist():
        first = stop = title + (2 if stops[title + 1] and not spaced[title + 1] else 1)
        while named[stop] and stop - first < LONGEST_TITLED and (stop == first or not grid.opens_sentence[stop]):
            is_initial = stops[stop + 1] and named[stop + 2] and not spaced[stop + 1] and not grid.opens_sentence[stop + 2]
            stop += 2 if is_initial else 1
        if stop > first:
            names.add(first, stop, PERSON, "titled-person")


def _add_repeated(grid: Grid, names: Names) -> None:
    """Gives single words the kind that the same word has as a name, or as the last word of a person's name."""
    alone = (grid.stretches.lengths == 1)[grid.stretches.number] & ~names.taken[grid.places] & grid.capital[grid.places]
    places = grid.places[alone]
    words = grid.word_keys(places)
    for kind, known in _known_by_kind(grid, names).items():
        found = places[is_among(words, known)]
        names.add_all(found, found + 1, kind, "repeated-name")


def _known_by_kind(grid: Grid, names: Names) -> dict[int, Longs]:
    """The words that are names of one kind only, and often enough; ascending."""
    firsts = names.firsts()
    firsts = firsts[(names.kinds[firsts] == PERSON) | (names.stops[firsts] == firsts + 1)]
    words = grid.word_keys(names.stops[firsts] - 1)
    order = np.argsort(words)
    words, kinds = words[order], names.kinds[firsts][order]
    starts = np.flatnonzero(np.append(True, words[1:] != words[:-1])[: len(words)])
    if not len(starts):
        return {}
    kind = np.maximum.reduceat(kinds, starts)
    sure = (kind == np.minimum.reduceat(kinds, starts)) & (np.diff(np.append(starts, len(words))) >= LEAST_REPEATED)
    return {of_kind: words[starts[sure & (kind == of_kind)]] for of_kind in (PERSON, ORGANISATION)}


def _add_known_places(grid: Grid, marks: Marks, names: Names) -> None:
    """The longest known names; a common word that opens a sentence is not taken for a place ("Reading is ...")."""
    longer = []
    for number in gazetteer.PLACES:
        here = marks[number].tobytes()
        for first in np.flatnonzero((marks[number] == gazetteer.BEGINS) & ~names.taken).tolist():
            stop = first + 1
            while here[stop - 1] in (gazetteer.BEGINS, gazetteer.INSIDE):
                stop += 1
            longer.append((first - stop, first, stop))
    for _, first, stop in sorted(longer):
        names.add(first, stop, PLACE, "known-place")
    common = grid.opens_sentence & (grid.words.traits & IS_COMMON != 0)
    alone = np.flatnonzero((marks[gazetteer.PLACES] == gazetteer.ALONE).any(axis=0) & ~common)
    names.add_all(alone, alone + 1, PLACE, "known-place")
