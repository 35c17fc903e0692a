"""Whom a pronoun or a description of a person means: points for place, position, and who spoke last."""

from bisect import bisect_left
from collections.abc import Callable

from builder.given_names import FEMALE, MALE
from builder.resolution.persons import MOST_FOR_FREQUENCY, SUBJECT, Persons
from builder.span import Span

SEX = {"he": MALE, "him": MALE, "his": MALE, "himself": MALE, "she": FEMALE, "her": FEMALE, "hers": FEMALE, "herself": FEMALE}

_ANCHORS_READ = 24
_PER_SENTENCE = 3
_FARTHEST_COST = 45
_SPOKE_LAST = 9
_UNKNOWN_SEX = -3
_LEAST = -1000
UNNAMED = -1
"""In place of a participant: somebody whom the article does not name ("my mother", "a spokesman")."""


class Speakers:
    """Persons who spoke so far: (offset of the speaker mention, participant), ascending."""

    def __init__(self) -> None:
        self.offsets: list[int] = []
        self.participants: list[int] = []

    def add(self, offset: int, participant: int) -> None:
        at = bisect_left(self.offsets, offset)
        self.offsets.insert(at, offset)
        self.participants.insert(at, participant)

    def before(self, offset: int) -> tuple[int, int] | None:
        at = bisect_left(self.offsets, offset) - 1
        return (self.offsets[at], self.participants[at]) if at >= 0 else None


Fits = Callable[[int], int | None]
"""Extra points of a participant; None where one is impossible."""


def antecedent_of_sex(persons: Persons, speakers: Speakers, place: Span, sex: str) -> int | None:
    """Whom the pronoun at ``place`` means; None too where somebody unnamed is likelier."""
    return best_antecedent(persons, speakers, place, _sex_fits(persons, sex), 0, sex)


def best_antecedent(
    persons: Persons, speakers: Speakers, place: Span, fits: Fits, most_extra: int, sex: str | None = None
) -> int | None:
    """The participant that scores highest before ``place``; ``fits`` gives ``most_extra`` at most.

    Names are read backwards until those farther off cannot score higher.
    """
    contest = _Contest(persons, fits)
    here = persons.sentence_of(place.start)
    others = _others(persons, speakers, place, here, sex)
    most = max((contest.total(*other) for other in others), default=_LEAST)
    stop = bisect_left(persons.starts, place.start)
    for at in range(stop - 1, max(0, stop - _ANCHORS_READ) - 1, -1):
        start, participant, _, _ = persons.anchors[at]
        cost = _cost(here - persons.sentence_of(start))
        if SUBJECT + MOST_FOR_FREQUENCY + most_extra - cost < most:
            break
        points = persons.fit(at) - cost
        contest.enter(participant, points)
        most = max(most, contest.total(participant, points))
    for participant, points in others:
        contest.enter(participant, points)
    winner = contest.winner()
    return winner if winner != UNNAMED else None


def _others(persons: Persons, speakers: Speakers, place: Span, here: int, sex: str | None) -> list[tuple[int, int]]:
    """Points of unnamed persons of the sex that stand shortly before, and of the last speaker."""
    rivals = persons.rivals_before(place.start) if sex else ()
    found = [(UNNAMED, rival.fit - _cost(here - rival.sentence)) for rival in rivals if rival.sex == sex]
    last = speakers.before(place.start)
    if last and (sex or last[1] != UNNAMED):
        found.append((last[1], _SPOKE_LAST - _cost(here - persons.sentence_of(last[0]))))
    return found


def _cost(sentences: int) -> int:
    """Points off for the distance."""
    return min(sentences * _PER_SENTENCE, _FARTHEST_COST)


class _Contest:
    """Persons with their points; of equals, the one entered first wins."""

    def __init__(self, persons: Persons, fits: Fits) -> None:
        self._persons = persons
        self._fits = fits
        self._points: dict[int, int] = {}

    def enter(self, participant: int, points: int) -> None:
        """Of several entries for one person, the highest counts."""
        if points > self._points.get(participant, _LEAST):
            self._points[participant] = points

    def total(self, participant: int, points: int) -> int:
        if participant == UNNAMED:
            return points
        extra = self._fits(participant)
        return points + self._persons.frequency(participant) + extra if extra is not None else _LEAST

    def winner(self) -> int | None:
        best, most = None, _LEAST
        for participant, points in self._points.items():
            total = self.total(participant, points)
            if total > most:
                best, most = participant, total
        return best


def _sex_fits(persons: Persons, sex: str) -> Fits:
    def fits(participant: int) -> int | None:
        known = persons.sex(participant)
        if known is None:
            return _UNKNOWN_SEX
        return 0 if known == sex else None

    return fits
