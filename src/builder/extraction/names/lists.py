"""Lists of names: in a list of persons, what is known for nothing else is a person too."""

import numpy as np

from builder.extraction.names.candidates import Bools, Grid, Ints, Longs
from builder.extraction.names.completing import MONTH, PARTICLE, WEEKDAY, is_unknown, name_part
from builder.extraction.names.forms import CAPITALS, SHAPE
from builder.extraction.names.found import PERSON, Names
from builder.extraction.names.gazetteer import Marks
from builder.extraction.names.surroundings import AND, BRACKET, COMMA, FOR, IN, OF, surrounding
from builder.extraction.names.words import HAS_ROLE, IS_COMMON

RULES = {
    "listed-person": "Capitalised words known for nothing else, in a list of three or more with at least two persons.",
}

SHORTEST_LIST = 3
LEAST_PERSONS = 2
LONGEST_ITEM = 4
"""Most tokens of an item that becomes a person."""


def add_listed_persons(grid: Grid, marks: Marks, names: Names) -> None:
    """A list is one of persons if a third of its items are, and at most half as many are known for something else."""
    firsts, stops, lists = _items(grid)
    if not len(firsts):
        return
    ends_person = np.zeros(len(grid) + 1, np.bool_)
    ends_person[names.of_kind(PERSON)[1]] = True
    persons = ends_person[stops]
    unknown = ~persons & _may_be_persons(grid, marks, firsts, stops)
    items, known_persons, others = (np.bincount(lists, which) for which in (None, persons, ~(persons | unknown)))
    of_persons = (items >= SHORTEST_LIST) & (known_persons >= LEAST_PERSONS)
    of_persons &= (known_persons * 3 >= items) & (others * 2 <= known_persons)
    signs = grid.words.signs(surrounding)
    found = of_persons[lists] & unknown & (signs[firsts - 1] & (IN | OF | FOR) == 0) & (signs[stops] & BRACKET == 0)
    for first, stop in zip(firsts[found].tolist(), stops[found].tolist(), strict=True):
        names.make(first, stop, PERSON, "listed-person")


def _items(grid: Grid) -> tuple[Ints, Ints, Longs]:
    """Capitalised stretches, with particles between them as one, and the number of the list that each belongs to."""
    firsts, lasts = grid.stretch_ends
    of_capital = grid.capital[firsts]
    firsts, stops = firsts[of_capital], lasts[of_capital] + 1
    particles, separators = _between(grid, firsts, stops)
    begins = np.append(True, ~particles)[: len(firsts)]
    ends = np.append(begins[1:], True)[: len(firsts)]
    lists = np.cumsum(np.append(True, ~(particles | separators))[: len(firsts)]) - 1
    return firsts[begins], stops[ends], lists[begins]


def _between(grid: Grid, firsts: Ints, stops: Ints) -> tuple[Bools, Bools]:
    """Whether particles, and whether the comma or "and" of a list, stand between each stretch and the next one."""
    signs, parts = grid.words.signs(surrounding), grid.words.signs(name_part)
    places, gaps = stops[:-1], firsts[1:] - stops[:-1]
    here, next = signs[places], signs[places + 1]
    particles = (gaps == 1) | (gaps == 2) & (parts[places + 1] & PARTICLE != 0)
    particles &= parts[places] & PARTICLE != 0
    separators = ((gaps == 1) & (here & (COMMA | AND) != 0)) | ((gaps == 2) & (here & COMMA != 0) & (next & AND != 0))
    same_sentence = ~grid.opens_sentence[firsts[1:]]
    return particles & same_sentence, separators & same_sentence


def _may_be_persons(grid: Grid, marks: Marks, firsts: Ints, stops: Ints) -> Bools:
    """Which items are of words known for nothing else, one of them neither an acronym nor a common word."""
    traits, parts = grid.words.traits, grid.words.signs(name_part)
    unknown = is_unknown(marks) & (traits & HAS_ROLE == 0)
    fit = (grid.capital & unknown & (parts & (MONTH | WEEKDAY) == 0)) | (parts & PARTICLE != 0)
    telling = fit & grid.capital & (traits & IS_COMMON == 0) & (traits & SHAPE != CAPITALS)
    fitting, tellings = (np.append(0, np.cumsum(flags, dtype=np.int32)) for flags in (fit, telling))
    lengths = stops - firsts
    all_fit: Bools = (lengths <= LONGEST_ITEM) & (fitting[stops] - fitting[firsts] == lengths)
    return all_fit & (tellings[stops] > tellings[firsts])
