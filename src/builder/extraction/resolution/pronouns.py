"""Whom a pronoun or a description of a person means: points for place, position, and who spoke last."""

from bisect import bisect_left
from collections.abc import Callable

from builder.extraction.resolution.persons import MOST_FOR_FREQUENCY, SUBJECT, Persons

_ANCHORS_READ = 24
_PER_SENTENCE = 3
_FARTHEST_COST = 45
_SPOKE_LAST = 9
_OWN_SUBJECT = 6
"""For the subject of the sentence in which the pronoun stands."""
_UNKNOWN_SEX = -3
_IMPOSSIBLE = -1000
UNNAMED = -1
"""In place of a participant: somebody whom the article does not name ("my mother", "a spokesman")."""


class Speakers:
    """Persons who spoke so far: (offset of the speaker mention, participant), ascending."""

    def __init__(self) -> None:
        self.offsets: list[int] = []
        self.participants: list[int] = []

    def add(self, offset: int, participant: int) -> None:
        if not self.offsets or offset > self.offsets[-1]:
            self.offsets.append(offset)
            self.participants.append(participant)
            return
        at = bisect_left(self.offsets, offset)
        self.offsets.insert(at, offset)
        self.participants.insert(at, participant)

    def before(self, offset: int) -> tuple[int, int] | None:
        at = bisect_left(self.offsets, offset) - 1
        return (self.offsets[at], self.participants[at]) if at >= 0 else None


class Worths(dict[int, int]):
    """Points of participants that do not depend on the place: for how often they are named, and of ``fits``.

    ``fits`` gives None for one who is impossible, and at most ``most_extra``.
    """

    def __init__(self, persons: Persons, fits: Callable[[int], int | None], most_extra: int = 0) -> None:
        super().__init__({UNNAMED: 0})
        self._persons = persons
        self._fits = fits
        self.most = MOST_FOR_FREQUENCY + most_extra

    def __missing__(self, participant: int) -> int:
        extra = self._fits(participant)
        worth = _IMPOSSIBLE if extra is None else self._persons.frequency(participant) + extra
        self[participant] = worth
        return worth


def sex_fits(persons: Persons, sex: str) -> Callable[[int], int | None]:
    def fits(participant: int) -> int | None:
        known = persons.sex(participant)
        if known is None:
            return _UNKNOWN_SEX
        return 0 if known == sex else None

    return fits


def best_antecedent(persons: Persons, speakers: Speakers, offset: int, worths: Worths, sex: str | None = None) -> int | None:
    """The participant that scores highest before ``offset``; of equals, the one named last.

    Names are read backwards until those farther off cannot score higher. With ``sex`` (of a pronoun), None too where somebody
    unnamed scores higher.
    """
    here = persons.sentence_of(offset)
    others = _others(persons, speakers, offset, here, worths, sex)
    most = max(others.values(), default=_IMPOSSIBLE)
    totals: dict[int, int] = {}
    anchors, sentences = persons.anchors, persons.sentences
    stop = bisect_left(persons.starts, offset)
    for at in range(stop - 1, max(0, stop - _ANCHORS_READ) - 1, -1):
        cost = _cost(here - sentences[at])
        if SUBJECT + worths.most - cost + (0 if cost else _OWN_SUBJECT) < most:
            break
        participant = anchors[at].participant
        worth = worths[participant]
        if worth > _IMPOSSIBLE:
            fit = persons.fit(at)
            total = fit - cost + worth + (_OWN_SUBJECT if fit == SUBJECT and not cost else 0)
            if total > totals.get(participant, _IMPOSSIBLE):
                totals[participant] = total
                most = max(most, total)
    for participant, total in others.items():
        totals[participant] = max(total, totals.get(participant, total))
    winner = max(totals, key=totals.__getitem__, default=UNNAMED)
    return winner if winner != UNNAMED and worths[winner] > _IMPOSSIBLE else None


def _others(persons: Persons, speakers: Speakers, offset: int, here: int, worths: Worths, sex: str | None) -> dict[int, int]:
    """What unnamed persons of the sex that stand shortly before score, and the last speaker."""
    found: dict[int, int] = {}
    for _, of_sex, sentence, fit in persons.rivals_before(offset) if sex else ():
        if of_sex == sex:
            found[UNNAMED] = max(fit - _cost(here - sentence), found.get(UNNAMED, _IMPOSSIBLE))
    last = speakers.before(offset)
    if last and (sex or last[1] != UNNAMED):
        spoke, participant = last
        total = _SPOKE_LAST - _cost(here - persons.sentence_of(spoke)) + worths[participant]
        found[participant] = max(total, found.get(participant, total))
    return found


def _cost(sentences: int) -> int:
    """Points off for the distance."""
    return min(sentences * _PER_SENTENCE, _FARTHEST_COST)
