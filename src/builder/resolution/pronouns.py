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
        at = bisect_left(self.offsets, offset) if self.offsets and offset <= self.offsets[-1] else len(self.offsets)
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
    most = max((points + contest.worth(participant) for participant, points in others), default=_LEAST)
    stop = bisect_left(persons.starts, place.start)
    for at in range(stop - 1, max(0, stop - _ANCHORS_READ) - 1, -1):
        start, participant, _, _ = persons.anchors[at]
        cost = _cost(here - persons.sentence_of(start))
        if SUBJECT + MOST_FOR_FREQUENCY + most_extra - cost < most:
            break
        most = max(most, contest.enter(participant, persons.fit(at) - cost))
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
        self._worth = {UNNAMED: 0}
        self._totals: dict[int, int] = {}

    def worth(self, participant: int) -> int:
        """Points that do not depend on the place."""
        worth = self._worth.get(participant)
        if worth is None:
            extra = self._fits(participant)
            worth = self._worth[participant] = _LEAST if extra is None else self._persons.frequency(participant) + extra
        return worth

    def enter(self, participant: int, points: int) -> int:
        """The total; of several for one person the highest counts."""
        total = points + self.worth(participant)
        if total > self._totals.get(participant, _LEAST // 2):
            self._totals[participant] = total
        return total

    def winner(self) -> int | None:
        return max(self._totals, key=self._totals.__getitem__) if self._totals else None


def _sex_fits(persons: Persons, sex: str) -> Fits:
    def fits(participant: int) -> int | None:
        known = persons.sex(participant)
        if known is None:
            return _UNKNOWN_SEX
        return 0 if known == sex else None

    return fits
