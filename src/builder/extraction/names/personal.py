"""Persons' names that their form tells: initials, nicknames between marks, degrees after a name."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from builder.extraction.names.candidates import Bools, Grid
from builder.extraction.names.completing import SON_OF, WEEKDAY, is_unknown, name_part
from builder.extraction.names.forms import DOTTED, ONE_CAPITAL, SHAPE
from builder.extraction.names.found import PERSON, Names
from builder.extraction.names.gazetteer import Marks
from builder.extraction.names.words import HAS_ROLE, IN_FIRST_NAMES, IN_SURNAMES, IS_COMMON, MAY_BE_LAST_NAME
from builder.knowledge.lexicon import entries
from builder.text.document import sentence_openers

RULES = {
    "initialled-person": "A given name with initials, or two initials, and the last name after them: Otto J. Weltz, O. J. Weltz.",
    "patronymic": "Two names known for nothing else with the word for son or daughter between: Jarov ben Weltz.",
    "nicknamed-person": "A given name, a nickname between marks and a last name: Otto “Ox” Weltz.",
}

MOST_INITIALS = 4
LONGEST_NICKNAME = 3
"""Tokens between the marks."""
LONGEST_NAME = 4
"""Tokens that are looked through for the name that a token is part of."""
LONGEST_DEGREE = 4
"""Tokens of a degree: Ph . D ."""

DEGREE, STOP, COMMA, OPENS, CLOSES, OPENER = (1 << k for k in range(6))


@cache
def _part_of_form() -> Mapping[str, int]:
    found = dict.fromkeys((word.capitalize() for word in sentence_openers()), OPENER)
    found |= dict.fromkeys(entries("degrees.txt"), DEGREE)
    found |= {".": STOP, ",": COMMA}
    return found | dict.fromkeys("“‘", OPENS) | dict.fromkeys("”’", CLOSES) | dict.fromkeys("\"'", OPENS | CLOSES)


def add_initialled_persons(grid: Grid, marks: Marks, names: Names) -> None:
    """A single initial needs a given name before it ("Plan B. Weltz"); the last name opens no sentence and no body has it."""
    signs, traits, inner = grid.words.signs(_part_of_form), grid.words.traits, grid.capital & ~grid.opens_sentence
    last = inner & (traits & (MAY_BE_LAST_NAME | IN_SURNAMES) != 0) & (traits & HAS_ROLE == 0) & (signs & OPENER == 0)
    last &= grid.words.signs(name_part) & WEEKDAY == 0
    for end in np.flatnonzero(_ends_initials(grid, marks)[:-1] & last[1:]).tolist():
        first = _first_initial(grid, end)
        count = end - first
        person = _person_at(names, first - 1)
        if not grid.opens_sentence[first] and (person is not None or traits[first - 1] & IN_FIRST_NAMES):
            first, count = first - 1 if person is None else person, count + 1
        stop = names.end_of(PERSON, end + 1) or end + 2
        if count > 1 and not (inner[stop] and traits[stop] & HAS_ROLE):
            _make_person(names, first, stop, "initialled-person")


def _ends_initials(grid: Grid, marks: Marks) -> Bools:
    """The full stop of an initial, and initials written as one word that are no known name: J.K."""
    traits, spaced = grid.words.traits, grid.spaced
    single = traits & SHAPE == ONE_CAPITAL
    stops = (grid.words.signs(_part_of_form) & STOP != 0) & ~spaced
    found: Bools = np.append(False, single[:-1]) & stops | (traits & SHAPE == DOTTED) & is_unknown(marks)
    return found


def _first_initial(grid: Grid, end: int) -> int:
    """Where the initials that end at a place begin."""
    shapes = grid.words.traits & SHAPE
    first = end if shapes[end] == DOTTED else end - 1
    for _ in range(MOST_INITIALS):
        before = first - 2
        if grid.opens_sentence[first] or grid.words.at(first - 1) != "." or shapes[before] != ONE_CAPITAL:
            break
        first = before
    return first


def add_nicknamed_persons(grid: Grid, names: Names) -> None:
    """A person or first name stands before the marks, a person or surname after them."""
    signs, traits, spaced = grid.words.signs(_part_of_form), grid.words.traits, grid.spaced
    opens = (signs & OPENS != 0) & spaced & ~grid.opens_sentence
    opens[1:] &= grid.capital[:-1]
    opens[:-1] &= (grid.capital & ~spaced)[1:]
    for mark in np.flatnonzero(opens).tolist():
        close = mark + 2
        while close - mark <= LONGEST_NICKNAME and not signs[close] & CLOSES:
            close += 1
        last = close + 1
        if not signs[close] & CLOSES or spaced[close] or not spaced[last] or not grid.capital[last] or grid.opens_sentence[last]:
            continue
        person = _person_at(names, mark - 1)
        given = person is not None or traits[mark - 1] & IN_FIRST_NAMES
        stop = names.end_of(PERSON, last) or (last + 1 if traits[last] & (IN_SURNAMES | MAY_BE_LAST_NAME) else 0)
        if given and stop:
            _make_person(names, mark - 1 if person is None else person, stop, "nicknamed-person")


def add_patronymics(grid: Grid, marks: Marks, names: Names) -> None:
    """Two words known for nothing else, each a name's whole stretch of capitals, with "ben" or "bint" between."""
    unknown = grid.capital & is_unknown(marks) & ~names.taken & (grid.words.traits & (HAS_ROLE | IS_COMMON) == 0)
    between = (grid.words.signs(name_part) & SON_OF != 0)[1:-1] & unknown[:-2] & unknown[2:] & ~grid.opens_sentence[2:]
    for place in (np.flatnonzero(between) + 1).tolist():
        if not grid.capital[place + 2] or grid.opens_sentence[place + 2]:
            names.add(place - 1, place + 2, PERSON, "patronymic")


def let_degrees_go(grid: Grid, names: Names) -> None:
    """Degrees, honours and licences after a person's name, with or without a comma before each, are no names."""
    signs = grid.words.signs(_part_of_form)
    ends = set()
    for place in np.flatnonzero(signs & DEGREE).tolist():
        before = place - 1 if signs[place - 1] & COMMA else place
        person = _person_at(names, before - 1)
        if before not in ends and person is None:
            continue
        stop = place + 1
        while stop - place < LONGEST_DEGREE and not grid.spaced[stop]:
            if signs[stop] & COMMA:
                break
            stop += 1
        ends.add(stop)
        if names.kinds[place]:
            names.remove(place)
        elif person is not None and names.stops[person] > place:
            names.narrow(person, person, place)


def _person_at(names: Names, place: int) -> int | None:
    """Where the person's name begins that a token is part of."""
    for first in range(place, max(place - LONGEST_NAME, -1), -1):
        if stop := names.end_of(PERSON, first):
            return first if stop > place else None
    return None


def _make_person(names: Names, first: int, stop: int, rule: str) -> None:
    """Puts the person in the place of persons within; where part of an organisation's name stands, that stays."""
    within = [place for place in range(first, stop) if names.kinds[place]]
    covered = sum(int(names.stops[place]) - place for place in within)
    taken = sum(map(names.is_taken, range(first, stop)))
    if covered == taken and all(names.end_of(PERSON, place) for place in within) and names.end_of(PERSON, first) != stop:
        names.replace(first, stop, PERSON, rule)
