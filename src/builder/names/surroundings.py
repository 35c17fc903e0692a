"""What the words around a name say it is: no person in a seat's name, a person in a list of persons or before a person's verb."""

from functools import cache

import numpy as np

from builder.lexicon import rows
from builder.names import gazetteer
from builder.names.candidates import Bools, Grid, Ints, has_capital, is_initial
from builder.names.completing import may_be_last_name
from builder.names.found import Names

RULES = {
    "company-form": "What stands before Inc or Ltd is an organisation.",
    "body-of-place": "A party's or body's name with the place that follows on “of”: Labour Party of Spain.",
    "listed-person": "Unknown capitalised words between two persons of a list.",
    "person-of-verb": "An unknown capitalised word before a verb of what persons do: resigned, was elected.",
}

MOST_WORDS = 3
"""Most words taken for a name by what stands around them."""

SEAT, SIDE, FORM, BRACKET, COMMA, AND, OF, DASH, FOR, MEMBER, IN = (1 << k for k in range(11))

_PLACES = (gazetteer.COUNTRIES, gazetteer.REGIONS, gazetteer.CITIES)
_SEATS = frozenset(
    "province constituency seat riding electorate division county district borough ward city town village island islands "
    "state municipality region parish suburb prefecture canton".split()
)
_SIDES = frozenset("North South East West Northern Southern Eastern Western Central Upper Lower Greater".split())
_MEMBERS = frozenset(
    "MP MPs MLA MHA MLC MPP Member member members deputy senator Senator representative Representative TD".split()
)
_FORMS = frozenset("Inc Ltd plc Plc PLC LLC GmbH".split())

DONE, WAS, BEEN, MAY_BE_DONE, AS = range(1, 6)

_VERBS = {
    DONE: "resigned married graduated retired died apologised apologized testified",
    WAS: "was had has is",
    BEEN: "elected reelected born appointed sworn nominated married educated arrested imprisoned assassinated",
    MAY_BE_DONE: "served ran lost sought defeated unseated contested",
    AS: "as for unsuccessfully against re",
}
_VERB_OF = {word: number for number, words in _VERBS.items() for word in words.split()}


def person_verb(word: str) -> int:
    """Number of the list of verbs that the word is in, or 0."""
    return _VERB_OF.get(word, 0)


def surrounding(word: str) -> int:
    """What the word says about the names beside it."""
    return (
        SEAT * (word.lower() in _SEATS)
        + SIDE * (word in _SIDES)
        + FORM * (word in _FORMS)
        + BRACKET * (word == "(")
        + COMMA * (word == ",")
        + AND * (word == "and")
        + OF * (word == "of")
        + FOR * (word == "for")
        + MEMBER * (word in _MEMBERS)
        + IN * (word in ("in", "at", "near", "from", "outside", "around"))
        + DASH * (word in ("-", "–"))
    )


def correct_persons(grid: Grid, marks: Ints, names: Names) -> None:
    """Lets names of seats, districts and places go that the network takes for persons, and gives companies their kind."""
    persons = sorted(name for name in names.found() if name.kind == "person")
    if not persons:
        return
    firsts, stops = np.array([(name.first, name.stop) for name in persons]).T
    of_place = _of_seats(grid, firsts, stops) | _joined(grid, firsts, stops)
    signs = grid.values(surrounding)
    of_place |= _all_in(marks, firsts, stops) & (signs[firsts - 1] & IN != 0)
    of_place |= (signs[firsts - 1] & BRACKET != 0) & (grid.values(is_initial)[firsts] != 0) & (signs[firsts + 1] & DASH != 0)
    for k in np.flatnonzero(of_place).tolist():
        names.remove(persons[k])
    form = (signs[stops] & FORM != 0) | (signs[stops] & COMMA != 0) & (signs[stops + 1] & FORM != 0)
    for k in np.flatnonzero(form & ~of_place).tolist():
        names.make(persons[k].first, persons[k].stop, "organisation", "company-form")


def _of_seats(grid: Grid, firsts: Ints, stops: Ints) -> Bools:
    """ "The constituency of Weltz", "Weltz County", "the member for Weltz", "East Weltzshire"."""
    signs = grid.values(surrounding)
    seat_of = (signs[firsts - 1] & OF != 0) & (signs[firsts - 2] & SEAT != 0)
    member_for = (signs[firsts - 1] & FOR != 0) & (signs[firsts - 2] & MEMBER != 0)
    district = (signs[stops] & SEAT != 0) & (grid.values(has_capital)[stops] != 0)
    side = (signs[firsts] & SIDE != 0) & (stops - firsts > 1)
    found: Bools = seat_of | member_for | district | side
    return found


def _joined(grid: Grid, firsts: Ints, stops: Ints) -> Bools:
    """Tied by a dash to what is no part of the name: a seat named after two places."""
    dashes, capital = grid.values(surrounding) & DASH != 0, grid.values(has_capital) != 0
    after = dashes[stops] & capital[stops + 1] & ~grid.spaced[stops + 1]
    found: Bools = after | (dashes[firsts - 1] & capital[firsts - 2] & ~grid.spaced[firsts])
    return found


def _all_in(marks: Ints, firsts: Ints, stops: Ints) -> Bools:
    """Which names are known places from end to end."""
    found = np.zeros(len(firsts), np.bool_)
    for number in _PLACES:
        here = marks[number]
        alone = (here[firsts] == gazetteer.ALONE) & (stops == firsts + 1)
        found |= alone | ((here[firsts] == gazetteer.BEGINS) & (here[stops - 1] == gazetteer.ENDS))
    return found


def complete_organisations(grid: Grid, marks: Ints, names: Names) -> None:
    """An organisation's name with the country, region or city that it ends in: Labour Party of Spain."""
    bodies = sorted(name for name in names.found() if name.kind == "organisation")
    if not bodies:
        return
    stops = np.array([name.stop for name in bodies])
    signs = grid.values(surrounding)
    places = stops + 1 + (grid.values(is_article)[stops + 1] != 0)
    here = marks[list(_PLACES)][:, places]
    place = ((here == gazetteer.BEGINS) | (here == gazetteer.ALONE)).any(axis=0)
    headed = grid.values(is_head)[stops - 1] != 0
    for k in np.flatnonzero(headed & (signs[stops] & OF != 0) & place).tolist():
        first, stop = bodies[k].first, int(places[k]) + 1
        while marks[list(_PLACES), stop].max() in (gazetteer.INSIDE, gazetteer.ENDS):
            stop += 1
        if all(not names.is_taken(at) for at in range(bodies[k].stop, stop)):
            names.replace(first, stop, "organisation", "body-of-place")


def is_head(word: str) -> int:
    """1 for the head nouns of parties and bodies."""
    return word in _heads()


@cache
def _heads() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("organisation-words.tsv") if row["kind"] in ("body", "party"))


def add_persons(grid: Grid, marks: Ints, names: Names) -> None:
    """Unknown words that stand where persons' names stand."""
    known = marks.max(axis=0) != gazetteer.NONE
    unknown = (grid.values(may_be_last_name) != 0) & ~known & names.free()
    _add_listed(grid, unknown, names)
    before = (grid.values(has_capital) != 0) | (grid.values(is_article) != 0)
    _add_with_verbs(grid, unknown & ~np.append(False, before[:-1]), names)


def _add_listed(grid: Grid, unknown: Bools, names: Names) -> None:
    """The words between a person with a comma or "and" and a comma or "and" with a person."""
    signs = grid.values(surrounding)
    opens = (signs & (COMMA | AND) != 0) & np.append(unknown[1:], False)
    stops = {name.stop for name in names.found() if name.kind == "person"}
    for mark in np.flatnonzero(opens).tolist():
        first = stop = mark + 1
        while unknown[stop] and stop - first < MOST_WORDS:
            stop += 1
        after = names.at(stop + 1) or (names.at(stop + 2) if signs[stop + 1] & AND else None)
        begun = (mark - 1 if signs[mark - 1] & COMMA else mark) in stops
        if begun and signs[stop] & (COMMA | AND) and after and after.kind == "person":
            names.add(first, stop, "person", "listed-person")


def is_article(word: str) -> int:
    return word.lower() in ("a", "an", "the")


def _add_with_verbs(grid: Grid, unknown: Bools, names: Names) -> None:
    """A single word before a verb of what only persons do."""
    verbs = grid.values(person_verb)
    verb = np.append(verbs[1:], 0)
    after = np.append(verbs[2:], (0, 0))
    acting = unknown & ((verb == DONE) | ((verb == WAS) & (after == BEEN)) | ((verb == MAY_BE_DONE) & (after == AS)))
    for place in np.flatnonzero(acting).tolist():
        names.add(place, place + 1, "person", "person-of-verb")
