"""The names of an article made to agree with each other: who is a person once is that person everywhere."""

from functools import cache

import numpy as np

from builder.extraction.names.candidates import Grid, Longs, is_among
from builder.extraction.names.completing import GENERATION, name_part
from builder.extraction.names.found import ORGANISATION, PERSON, Names
from builder.knowledge.given_names import is_honorific
from builder.knowledge.lexicon import columns, rows
from builder.knowledge.offices import is_office
from builder.text.document import sentence_openers

RULES = {
    "last-name-of-person": "A single word tagged as an organisation that is the last name of a person named in full.",
    "repeated-last-name": "The last name of a person named in full, standing alone where the tagger passed it over.",
}

_ALSO_NAMES = frozenset("Pope King Queen Prince Princess Marine Dean Major Judge Bishop Baker Marshal Star Pilot Hunter".split())
_NEVER_NAMES = frozenset(("Mr", "Mrs", "Ms", "Dr"))
_SHORTEST = 2
"""Letters of a last name that is looked for alone: Mr. Ma."""
_SHORTEST_AFTER_OFFICE = 2
_ARTICLES = frozenset("the a an his her their this that our my your".split())


def make_agree(grid: Grid, names: Names) -> None:
    """Lets honorifics and offices in names go, and finds the last names of persons wherever they stand alone."""
    _let_apostrophes_go(grid, names)
    _let_leading_titles_go(grid, names)
    _let_titles_go(grid, names)
    known = _last_names(grid, names)
    if not len(known):
        return
    firsts, stops = names.of_kind(ORGANISATION)
    for first in firsts[(stops == firsts + 1) & is_among(grid.word_keys(firsts), known)].tolist():
        names.make(first, first + 1, PERSON, "last-name-of-person")
    for place in _free_places(grid, names, known).tolist():
        if grid.words.at(place)[0].isupper() and _stands_alone(grid, place):
            names.add(place, place + 1, PERSON, "repeated-last-name")


def _let_apostrophes_go(grid: Grid, names: Names) -> None:
    """The apostrophe of an apostrophe-s after a name is no part of it."""
    firsts = names.firsts()
    stops = names.stops[firsts]
    genitive = grid.words.are(stops - 1, ("'", "’")) & grid.words.are(stops, ("s",)) & (stops > firsts + 1)
    for first, stop in zip(firsts[genitive].tolist(), stops[genitive].tolist(), strict=True):
        names.narrow(first, first, stop - 1)


def _let_leading_titles_go(grid: Grid, names: Names) -> None:
    """Ranks, trades and offices before a person's name, as long as a capitalised word is left."""
    firsts, stops = names.of_kind(PERSON)
    titled = grid.words.are(firsts, _titles()) & (stops > firsts + 1)
    for first, stop in zip(firsts[titled].tolist(), stops[titled].tolist(), strict=True):
        begin = first + 1
        while begin < stop - 1 and grid.words.at(begin) in _titles():
            begin += 1
        if grid.words.at(begin)[0].isupper():
            names.narrow(first, begin, stop)


def _let_titles_go(grid: Grid, names: Names) -> None:
    """A name that is only an honorific falls away; what stands before an office inside a name is no part of it."""
    firsts, stops = names.of_kind(PERSON)
    honorific = grid.words.are(firsts, _NEVER_NAMES)
    some = honorific | (stops - firsts > _SHORTEST_AFTER_OFFICE)
    for first, stop, titled in zip(firsts[some].tolist(), stops[some].tolist(), honorific[some].tolist(), strict=True):
        begin = first
        if titled:
            begin += 2 if grid.words.at(first + 1) == "." else 1
        for place in range(stop - _SHORTEST_AFTER_OFFICE - 1, begin - 1, -1):
            word = grid.words.at(place)
            if is_office(word) and word not in _ALSO_NAMES:
                begin = place + 1
                break
        if begin > first:
            names.narrow(first, begin, stop)


def _last_names(grid: Grid, names: Names) -> Longs:
    """The words, ascending, that are last names of persons named in full; a Jr. after one is none."""
    firsts, stops = names.of_kind(PERSON)
    lasts = stops - 1
    lasts -= grid.words.are(lasts, (".",)) & (lasts > firsts)
    lasts -= (grid.words.signs(name_part)[lasts] & GENERATION != 0) & (lasts > firsts)
    places = lasts[lasts > firsts]
    words = [word for word in grid.words.distinct(places).tolist() if _may_be_last_name(grid.words.vocabulary.words[word])]
    return np.sort(grid.word_keys(places[grid.words.have(places, words)]))


def _free_places(grid: Grid, names: Names, known: Longs) -> Longs:
    """Where the known words stand outside of names."""
    places = np.flatnonzero(grid.words.have(slice(None), known & 0xFFFFFFFF) & ~names.taken)
    found: Longs = places[is_among(grid.word_keys(places), known)]
    return found


def _may_be_last_name(word: str) -> bool:
    """Not what a tagger takes into a name by mistake: acronyms, offices, head nouns of bodies."""
    if len(word) < _SHORTEST or word.isupper() or word.lower() in _not_last_names():
        return False
    return word in _ALSO_NAMES or not is_office(word)


def _stands_alone(grid: Grid, place: int) -> bool:
    """ "Young people" at the start of a sentence is not Andrew Young, and "Young is" or "Young said" is; nor is "the King"
    Martin Luther King; a word between other capitals is part of their name.
    """
    before, word, after = map(grid.words.at, (place - 1, place, place + 1))
    if word in _ALSO_NAMES and before.lower() in _ARTICLES:
        return False
    opens = grid.opens_sentence
    if before == ".":
        before = grid.words.at(place - 2)
    elif before[:1].isupper() and not _is_title(before) and (opens[place] or not opens[place - 1]):
        return False
    if _is_title(before):
        return True
    may_be_common = opens[place] and word.lower() in _common_words() and not _is_act_of_one(after)
    return not (after[:1].isupper() or may_be_common)


def _is_title(word: str) -> bool:
    return is_honorific(word) or is_office(word)


@cache
def _titles() -> frozenset[str]:
    listed = rows("person-titles.tsv")
    return frozenset(row["title"] for row in listed if row["kind"] in ("rank", "office", "trade")) - _ALSO_NAMES


@cache
def _not_last_names() -> frozenset[str]:
    return frozenset(columns("agency-heads.tsv")["word"]) | sentence_openers()


def _is_act_of_one(word: str) -> bool:
    """A verb before which a bare noun at the start of a sentence is a name, for it would have an article else."""
    return word.islower() and (word.endswith("ed") or word in _past_forms())


@cache
def _past_forms() -> frozenset[str]:
    irregular = columns("quote-cues.tsv")["irregular"]
    return frozenset(forms.split(" ")[0] for forms in irregular) | {"is", "was", "has"}


@cache
def _common_words() -> frozenset[str]:
    return frozenset(columns("parts-of-speech.tsv")["word"])
