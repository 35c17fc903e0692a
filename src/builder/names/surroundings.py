"""What the words around a name say it is: no person in a seat's name, a person in a list of persons or before a person's verb."""

from collections.abc import Mapping
from functools import cache

import numpy as np

from builder.lexicon import rows
from builder.names import gazetteer
from builder.names.candidates import Bools, Grid, Ints
from builder.names.completing import may_be_last_name
from builder.names.forms import HAS_CAPITAL, ONE_CAPITAL, SHAPE
from builder.names.found import ORGANISATION, PERSON, Names
from builder.names.gazetteer import Marks

RULES = {
    "company-form": "What stands before Inc or Ltd is an organisation.",
    "body-of-place": "A party's or body's name with the place that follows on “of”: Labour Party of Spain.",
    "listed-person": "Unknown capitalised words between two persons of a list.",
    "person-of-verb": "An unknown capitalised word before a verb of what persons do: resigned, was elected.",
}

MOST_WORDS = 3
"""Most words taken for a name by what stands around them."""

SEAT, SIDE, FORM, BRACKET, COMMA, AND, OF, DASH, FOR, MEMBER, IN, ARTICLE, HEAD = (1 << k for k in range(13))
DONE, WAS, BEEN, MAY_BE_DONE, AS = (1 << k for k in range(13, 18))

_LISTS = {
    SIDE: "North South East West Northern Southern Eastern Western Central Upper Lower Greater",
    FORM: "Inc Ltd plc Plc PLC LLC GmbH",
    BRACKET: "(",
    COMMA: ",",
    AND: "and",
    OF: "of",
    DASH: "- –",
    FOR: "for",
    MEMBER: "MP MPs MLA MHA MLC MPP Member member members deputy senator Senator representative Representative TD",
    IN: "in at near from outside around",
    DONE: "resigned graduated retired died apologised apologized testified",
    WAS: "was had has is",
    BEEN: "elected reelected born appointed sworn nominated married educated arrested imprisoned assassinated",
    MAY_BE_DONE: "served ran lost sought defeated unseated contested",
    AS: "as for unsuccessfully against re",
}
_LISTS_IN_ANY_CASE = {
    SEAT: "province constituency seat riding electorate division county district borough ward city town village island islands "
    "state municipality region parish suburb prefecture canton",
    ARTICLE: "a an the",
}


@cache
def surrounding() -> Mapping[str, int]:
    """What words say about the names beside them."""
    found: dict[str, int] = {}
    for sign, words in _LISTS.items():
        for word in words.split():
            found[word] = found.get(word, 0) | sign
    for sign, words in _LISTS_IN_ANY_CASE.items():
        for word in words.split():
            for form in {word, word.capitalize(), word.upper()}:
                found[form] = found.get(form, 0) | sign
    for row in rows("organisation-words.tsv"):
        if row["kind"] in ("body", "party"):
            found[row["word"]] = found.get(row["word"], 0) | HEAD
    return found


def correct_persons(grid: Grid, marks: Marks, names: Names) -> None:
    """Lets names of seats, districts and places go that the network takes for persons, and gives companies their kind."""
    firsts, stops = names.of_kind(PERSON)
    signs = grid.words.signs(surrounding)
    before, after = signs[firsts - 1], signs[stops]
    initial = grid.words.traits[firsts] & (SHAPE | HAS_CAPITAL) == ONE_CAPITAL | HAS_CAPITAL
    of_place = _of_seats(grid, firsts, stops) | _joined(grid, firsts, stops)
    of_place |= _all_in(marks, firsts, stops) & (before & IN != 0)
    of_place |= (before & BRACKET != 0) & initial & (signs[firsts + 1] & DASH != 0)
    for first in firsts[of_place].tolist():
        names.remove(first)
    form = ((after & FORM != 0) | (after & COMMA != 0) & (signs[stops + 1] & FORM != 0)) & ~of_place
    for first, stop in zip(firsts[form].tolist(), stops[form].tolist(), strict=True):
        names.make(first, stop, ORGANISATION, "company-form")


def _of_seats(grid: Grid, firsts: Ints, stops: Ints) -> Bools:
    """ "The constituency of Weltz", "Weltz County", "the member for Weltz", "East Weltzshire"."""
    signs = grid.words.signs(surrounding)
    before, second_before = signs[firsts - 1], signs[firsts - 2]
    seat_of = (before & OF != 0) & (second_before & SEAT != 0)
    member_for = (before & FOR != 0) & (second_before & MEMBER != 0)
    district = (signs[stops] & SEAT != 0) & grid.capital[stops]
    side = (signs[firsts] & SIDE != 0) & (stops - firsts > 1)
    found: Bools = seat_of | member_for | district | side
    return found


def _joined(grid: Grid, firsts: Ints, stops: Ints) -> Bools:
    """Tied by a dash to what is no part of the name: a seat named after two places."""
    signs, capital = grid.words.signs(surrounding), grid.capital
    after = (signs[stops] & DASH != 0) & capital[stops + 1] & ~grid.spaced[stops + 1]
    found: Bools = after | ((signs[firsts - 1] & DASH != 0) & capital[firsts - 2] & ~grid.spaced[firsts])
    return found


def _all_in(marks: Marks, firsts: Ints, stops: Ints) -> Bools:
    """Which names are known places from end to end."""
    found = np.zeros(len(firsts), np.bool_)
    for number in gazetteer.PLACES:
        here = marks[number]
        alone = (here[firsts] == gazetteer.ALONE) & (stops == firsts + 1)
        found |= alone | ((here[firsts] == gazetteer.BEGINS) & (here[stops - 1] == gazetteer.ENDS))
    return found


def complete_organisations(grid: Grid, marks: Marks, names: Names) -> None:
    """An organisation's name with the country, region or city that it ends in: Labour Party of Spain."""
    firsts, stops = names.of_kind(ORGANISATION)
    signs = grid.words.signs(surrounding)
    headed = (signs[stops - 1] & HEAD != 0) & (signs[stops] & OF != 0)
    firsts, stops = firsts[headed], stops[headed]
    places = stops + 1 + (signs[stops + 1] & ARTICLE != 0)
    here = marks[gazetteer.PLACES][:, places]
    known = ((here == gazetteer.BEGINS) | (here == gazetteer.ALONE)).any(axis=0)
    for first, end, place in zip(firsts[known].tolist(), stops[known].tolist(), places[known].tolist(), strict=True):
        stop = place + 1
        while marks[gazetteer.PLACES, stop].max() in (gazetteer.INSIDE, gazetteer.ENDS):
            stop += 1
        if not any(map(names.is_taken, range(end, stop))):
            names.replace(first, stop, ORGANISATION, "body-of-place")


def add_persons(grid: Grid, marks: Marks, names: Names) -> None:
    """Unknown words that stand where persons' names stand."""
    unknown = may_be_last_name(grid) & ~gazetteer.is_any(marks, gazetteer.LISTS) & ~names.taken
    _add_listed(grid, unknown, names)
    articled = grid.words.signs(surrounding) & ARTICLE != 0
    unknown[1:] &= ~(grid.capital | articled)[:-1]
    _add_with_verbs(grid, unknown, names)


def _add_listed(grid: Grid, unknown: Bools, names: Names) -> None:
    """The words between a person with a comma or "and" and a comma or "and" with a person."""
    signs = grid.words.signs(surrounding)
    opens = signs & (COMMA | AND) != 0
    opens[:-1] &= unknown[1:]
    stops = set(names.of_kind(PERSON)[1].tolist())
    for mark in np.flatnonzero(opens).tolist():
        if (mark - 1 if signs[mark - 1] & COMMA else mark) not in stops:
            continue
        first = stop = mark + 1
        while unknown[stop] and stop - first < MOST_WORDS:
            stop += 1
        after = names.kind_at(stop + 1) or (names.kind_at(stop + 2) if signs[stop + 1] & AND else 0)
        if signs[stop] & (COMMA | AND) and after == PERSON:
            names.add(first, stop, PERSON, "listed-person")


def _add_with_verbs(grid: Grid, unknown: Bools, names: Names) -> None:
    """A single word before a verb of what only persons do."""
    signs = grid.words.signs(surrounding)
    verb, after = signs[1:-1], signs[2:]
    acting = (verb & DONE != 0) | ((verb & WAS != 0) & (after & BEEN != 0)) | ((verb & MAY_BE_DONE != 0) & (after & AS != 0))
    for place in np.flatnonzero(unknown[:-2] & acting).tolist():
        names.add(place, place + 1, PERSON, "person-of-verb")
