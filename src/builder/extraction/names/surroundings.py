"""What the words around a name say it is: no person in a seat's name, a person before a person's verb."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from builder.extraction.names import gazetteer
from builder.extraction.names.candidates import Bools, Grid, Ints, is_among
from builder.extraction.names.completing import is_unknown, may_be_given_name, may_be_last_name
from builder.extraction.names.forms import HAS_CAPITAL, LONG, ONE_CAPITAL, SHAPE
from builder.extraction.names.found import ORGANISATION, PERSON, Names
from builder.extraction.names.gazetteer import Marks
from builder.extraction.names.words import IN_FIRST_NAMES, IN_SURNAMES, IS_GIVEN_NAME
from builder.knowledge.lexicon import rows
from builder.knowledge.offices import is_office

RULES = {
    "company-form": "What stands before Inc or Ltd is an organisation.",
    "known-after-article": "A known organisation after an article, which the network took for a person: the Kremlin.",
    "known-by-itself": "A known organisation of one word that nobody is called, which the network took for a person: Google.",
    "organisation-of-place": "A party's or body's name with the place that follows on “of”: Labour Party of Spain.",
    "given-and-last-name": "A given name and an unknown word or last name by themselves, which the network passed over.",
    "person-of-office": "A given name and what follows after an office or role, taken for an organisation: candidate Ana Weltz.",
    "person-of-verb": "An unknown capitalised word before a verb of what persons do: resigned, was elected.",
}

SEAT, SIDE, FORM, BRACKET, COMMA, AND, OF, DASH, FOR, MEMBER, IN, ARTICLE, HEAD = (1 << k for k in range(13))
DONE, WAS, BEEN, MAY_BE_DONE, AS, FOREIGN, TITLE, SHORT_TITLE, STOP = (1 << k for k in range(13, 22))

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
    FOREIGN: "und et en och og für voor pour za ve",
    STOP: ".",
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
    for row in rows("person-titles.tsv"):
        found[row["title"]] = found.get(row["title"], 0) | TITLE | SHORT_TITLE * bool(row["short"])
    for row in rows("organisation-words.tsv"):
        if row["kind"] in ("body", "party"):
            found[row["word"]] = found.get(row["word"], 0) | HEAD
    return found


def add_full_names(grid: Grid, marks: Marks, names: Names) -> None:
    """Two capitalised words side by side; not after an article or where a place is named. A sentence may open with a first name
    that is a common word too before a surname."""
    signs, capital, opens = grid.words.signs(surrounding), grid.capital, grid.opens_sentence
    unknown = is_unknown(marks) & ~names.taken
    last = may_be_last_name(grid) & unknown & ~opens
    inner = capital & ~opens
    traits = grid.words.traits
    found = (may_be_given_name(grid) & (traits & LONG != 0))[1:-2]
    found |= (opens & capital & (traits & IN_FIRST_NAMES != 0))[1:-2] & (traits & IN_SURNAMES != 0)[2:-1]
    found &= unknown[1:-2] & last[2:-1] & ~inner[3:] & ~(inner[1:-2] & capital[:-3])
    found &= (signs[:-3] & (ARTICLE | IN | OF | DASH) == 0) & (signs[3:] & DASH == 0)
    firsts = np.flatnonzero(found) + 1
    names.add_all(firsts, firsts + 2, PERSON, "given-and-last-name")


def correct_persons(grid: Grid, marks: Marks, names: Names) -> None:
    """Lets names of seats and places go that the network takes for persons, and gives companies and known bodies their kind."""
    firsts, stops = names.of_kind(PERSON)
    signs = grid.words.signs(surrounding)
    before, after = signs[firsts - 1], signs[stops]
    initial = grid.words.traits[firsts] & (SHAPE | HAS_CAPITAL) == ONE_CAPITAL | HAS_CAPITAL
    of_place = _of_seats(grid, firsts, stops) | _joined(grid, firsts, stops)
    of_place |= _all_in(marks, gazetteer.PLACES, firsts, stops) & (before & IN != 0)
    of_place |= _in_foreign_names(grid, firsts, stops) | _in_ranks(grid, firsts, stops)
    of_place |= (before & BRACKET != 0) & initial & (signs[firsts + 1] & DASH != 0)
    for first in firsts[of_place].tolist():
        names.remove(first)
    form = ((after & FORM != 0) | (after & COMMA != 0) & (signs[stops + 1] & FORM != 0)) & ~of_place
    for first, stop in zip(firsts[form].tolist(), stops[form].tolist(), strict=True):
        names.make(first, stop, ORGANISATION, "company-form")
    known = _all_in(marks, [gazetteer.ORGANISATIONS], firsts, stops) & (before & ARTICLE != 0) & ~of_place & ~form
    for first, stop in zip(firsts[known].tolist(), stops[known].tolist(), strict=True):
        names.make(first, stop, ORGANISATION, "known-after-article")
    for first in firsts[_known_by_itself(grid, marks, firsts, stops) & ~of_place & ~form & ~known].tolist():
        names.make(first, first + 1, ORGANISATION, "known-by-itself")


def _known_by_itself(grid: Grid, marks: Marks, firsts: Ints, stops: Ints) -> Bools:
    """A known organisation's one word that is no name of persons, nor the last one of a person of the article."""
    named = grid.words.traits[firsts] & (IN_FIRST_NAMES | IN_SURNAMES) != 0
    named |= marks[gazetteer.PUBLIC_FIGURES, firsts] != gazetteer.NONE
    lasts = np.sort(grid.word_keys(stops[stops - firsts > 1] - 1))
    alone = _all_in(marks, [gazetteer.ORGANISATIONS], firsts, stops) & (stops == firsts + 1)
    found: Bools = alone & ~named & ~is_among(grid.word_keys(firsts), lasts)
    return found


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


def _in_foreign_names(grid: Grid, firsts: Ints, stops: Ints) -> Bools:
    """Joined to another capitalised word by a word of another language, as in a party's own name: Partei für Recht und Weltz."""
    joins, capital = grid.words.signs(surrounding) & FOREIGN != 0, grid.capital
    found: Bools = (joins[stops] & capital[stops + 1]) | (joins[firsts - 1] & capital[firsts - 2])
    return found


def _in_ranks(grid: Grid, firsts: Ints, stops: Ints) -> Bools:
    """The first words of a rank before a person's name, which opens no sentence after "Cpl.": "[Petty] Officer Weltz"."""
    signs = grid.words.signs(surrounding)
    begins = np.zeros(len(grid) + 3, np.bool_)
    begins[firsts] = True
    ends_in_title = (signs[stops - 1] & TITLE != 0) & (stops - firsts > 1)
    past = np.where(ends_in_title, stops, stops + (signs[stops] & TITLE != 0))
    short = signs[past - 1] & SHORT_TITLE != 0
    past += signs[np.minimum(past, len(grid) - 1)] & STOP != 0
    found: Bools = (past > stops - ends_in_title) & begins[past] & (short | ~grid.opens_sentence.take(past, mode="clip"))
    return found


def _all_in(marks: Marks, lists: Sequence[int], firsts: Ints, stops: Ints) -> Bools:
    """Which names are in one of the gazetteer's lists from end to end."""
    found = np.zeros(len(firsts), np.bool_)
    for number in lists:
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
            names.replace(first, stop, ORGANISATION, "organisation-of-place")


def give_offices_to_persons(grid: Grid, marks: Marks, names: Names) -> None:
    """Who holds an office or plays a role is no organisation."""
    firsts, stops = names.of_kind(ORGANISATION)
    given = (grid.words.traits[firsts] & IS_GIVEN_NAME != 0) & (stops - firsts > 1)
    given &= (marks[gazetteer.ORGANISATIONS][firsts] == gazetteer.NONE) & ~grid.opens_sentence[firsts]
    for first, stop in zip(firsts[given].tolist(), stops[given].tolist(), strict=True):
        if is_office(grid.words.at(first - 1)):
            names.make(first, stop, PERSON, "person-of-office")


def add_persons(grid: Grid, marks: Marks, names: Names) -> None:
    """An unknown word before a verb of what only persons do."""
    signs = grid.words.signs(surrounding)
    unknown = may_be_last_name(grid) & ~gazetteer.is_any(marks, gazetteer.LISTS) & ~names.taken
    unknown[1:] &= ~(grid.capital | (signs & ARTICLE != 0))[:-1]
    verb, after = signs[1:-1], signs[2:]
    acting = (verb & DONE != 0) | ((verb & WAS != 0) & (after & BEEN != 0)) | ((verb & MAY_BE_DONE != 0) & (after & AS != 0))
    for place in np.flatnonzero(unknown[:-2] & acting).tolist():
        names.add(place, place + 1, PERSON, "person-of-verb")
