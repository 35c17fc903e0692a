"""Whom a common noun means: "the senator", "the department", "the document"."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from builder.extraction.resolution.persons import Persons
from builder.knowledge.countries import country_of
from builder.knowledge.lexicon import rows
from builder.knowledge.offices import is_office, offices
from builder.text.document import words_of

if TYPE_CHECKING:
    from builder.extraction.agencies import FoundAgency

DEFINITE = frozenset("the this that these both".split())
_ENDS = frozenset("of for who that which in at from to with on whose about , - (".split())
_PER_WORD = 6
_POINTING = frozenset("former retired gop republican democratic presumptive likely self-described billionaire longtime".split())
_GENERIC = frozenset(
    "candidate nominee frontrunner contender hopeful politician businessman businesswoman billionaire mogul tycoon star author "
    "writer journalist lawyer activist veteran native republican democrat conservative lawmaker leader".split()
)
"""Descriptions that hold of many whom an article gives no such title."""
_AGENCY_REACH = 4000


class Description:
    """The words of a nominal speaker, in small letters, and its head noun.

    ``opener`` is its first word. ``definite``: it means somebody or something already named. ``kind`` is ``document``,
    ``agency``, ``person`` or ``other``.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        words = words_of(text.lower())
        self.opener = words[0] if words else ""
        self.definite = self.opener in DEFINITE
        self._body = words[1:] if self.opener in _ARTICLES else words
        self.head = _head(self._body)
        self.kind = _kind(self.head)

    @cached_property
    def words(self) -> frozenset[str]:
        """Without the article."""
        return frozenset(self._body)

    @property
    def is_bare_body(self) -> bool:
        """A single noun for a body: "police", "parliament"."""
        return len(self._body) == 1 and self.kind == "agency" and self.opener == self.head

    @cached_property
    def points(self) -> bool:
        """Whether its words single out one whom the reader should know by them: "the former governor", "the Vermont senator"."""
        return bool(self.words & _POINTING) or country_of(" ".join(words_of(self._text))) is not None

    @property
    def most(self) -> int:
        """The most points that :func:`person_fits` gives."""
        return _PER_WORD * len(self.words)


def _head(words: Sequence[str]) -> str:
    """The last word before what follows a noun; '' where there is none."""
    head = ""
    for word in words:
        if word in _ENDS:
            break
        head = word
    return head


def _kind(head: str) -> str:
    known = _nouns().get(head)
    if known:
        return "document" if known == "document" else "agency"
    return "person" if is_office(head) else "other"


@lru_cache(maxsize=1 << 12)
def describe(text: str) -> Description:
    """The same few descriptions speak in many articles."""
    return Description(text)


_ARTICLES = frozenset("the a an this that these those both his her its their one".split())


@cache
def _nouns() -> dict[str, str]:
    """Kind of agency, or ``document``, by common noun."""
    return {row["noun"]: row["kind"] for row in rows("nominals.tsv")}


def is_agency_noun(word: str) -> bool:
    return _nouns().get(word, "document") != "document"


def person_fits(persons: Persons, description: Description) -> Callable[[int], int | None]:
    """Points for each word of the description that the person's titles hold; the head must be among them or agree in sex."""
    sought = {description.head} & persons.all_titles
    office = offices().get(description.head)
    sex = office.sex if office else None

    def fits(participant: int) -> int | None:
        if sex and persons.sex(participant) not in (sex, None):
            return None
        titles = persons.titles[participant]
        agreeing = len(description.words & titles)
        if description.head in titles:
            return _PER_WORD * agreeing
        pointing = not titles or description.head in _GENERIC or description.points
        return _PER_WORD * (agreeing - 2) if pointing and not sought & titles else None

    return fits


def _small_words(name: str) -> frozenset[str]:
    return frozenset(name.lower().split())


def agency_meant(
    agencies: "Sequence[FoundAgency]", places: list[tuple[int, int]], offset: int, description: Description
) -> int | None:
    """The nearest agency before ``offset`` whose name ends in the noun, else the nearest of the noun's kind.

    A company, whose name often tells no kind, may be one of no known kind.

    ``places`` are (start, agency) of all mentions, ascending.
    """
    kind = _nouns().get(description.head)
    of_kind = unknown = None
    for at in range(bisect_left(places, (offset, -1)) - 1, -1, -1):
        start, i = places[at]
        if offset - start > _AGENCY_REACH:
            break
        if description.head in _small_words(agencies[i].name):
            return i
        if of_kind is None and kind in (agencies[i].kind, "any"):
            of_kind = i
        if unknown is None and agencies[i].kind == "other":
            unknown = i
    return of_kind if of_kind is not None or kind != "company" else unknown
