"""Whom a pronoun or a description of a person means: points for place, position, and who spoke last."""

from bisect import bisect_left
from collections.abc import Callable

from builder.given_names import FEMALE, MALE
from builder.resolution.persons import Persons
from builder.span import Span

SEX = {"he": MALE, "him": MALE, "his": MALE, "himself": MALE, "she": FEMALE, "her": FEMALE, "hers": FEMALE, "herself": FEMALE}

_ANCHORS_READ = 24
_PER_SENTENCE = 3
_FARTHEST_COST = 45
_SPOKE_LAST = 9
_UNKNOWN_SEX = -3
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


def best_antecedent(
    persons: Persons, speakers: Speakers, place: Span, fits: Callable[[int], int | None], sex: str | None = None
) -> int | None:
    """The participant that scores highest before ``place``; ``fits`` gives extra points, or None where one is impossible.

    With ``sex`` (of a pronoun), None too where somebody unnamed scores higher.
    """
    here = persons.sentence_of(place.start)
    scores: dict[int, int] = {}
    at = bisect_left(persons.starts, place.start)
    for _, _, participant, sentence, fit in reversed(persons.anchors[max(0, at - _ANCHORS_READ) : at]):
        points = fit - min((here - sentence) * _PER_SENTENCE, _FARTHEST_COST)
        if participant not in scores or points > scores[participant]:
            scores[participant] = points
    for rival in persons.rivals_before(place.start) if sex else ():
        if rival.sex == sex:
            _raise(scores, UNNAMED, rival.fit - min((here - rival.sentence) * _PER_SENTENCE, _FARTHEST_COST))
    last = speakers.before(place.start)
    if last:
        offset, participant = last
        if sex or participant != UNNAMED:
            distance = (here - persons.sentence_of(offset)) * _PER_SENTENCE
            _raise(scores, participant, _SPOKE_LAST - min(distance, _FARTHEST_COST))
    return _best(scores, fits, persons, only_lowers=sex is not None)


def _raise(scores: dict[int, int], participant: int, points: int) -> None:
    if points > scores.get(participant, -1000):
        scores[participant] = points


def _best(scores: dict[int, int], fits: Callable[[int], int | None], persons: Persons, only_lowers: bool) -> int | None:
    """``only_lowers``: no points of ``fits`` are above 0, so that it need not be asked about who is behind without them."""
    best, most = None, -1000
    for participant, points in scores.items():
        total = points
        extra: int | None = 0
        if participant != UNNAMED:
            total += persons.frequencies[participant]
            extra = None if only_lowers and total <= most else fits(participant)
        if extra is not None and total + extra > most:
            best, most = participant, total + extra
    return best if best != UNNAMED else None


def sex_fits(persons: Persons, sex: str) -> Callable[[int], int | None]:
    def fits(participant: int) -> int | None:
        known = persons.sex(participant)
        if known is None:
            return _UNKNOWN_SEX
        return 0 if known == sex else None

    return fits
