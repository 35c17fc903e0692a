"""Bodies that are no tagged names: named by a seat, by a state and a common noun, or by the person who runs them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from builder.agencies.surface import Surface, owns, text_of
from builder.countries import ADJECTIVE, NAME, CountryMention, country_adjectives
from builder.document import Document
from builder.lexicon import entries

if TYPE_CHECKING:
    from builder.names import Name

_BODIES_OF_PERSONS = frozenset(("campaign", "administration", "Campaign", "Administration"))
_ACTIVITIES = [
    [word]
    for word in "trail event events rally rallies stop stops ad ads promise promises speech speeches finance season".split()
]
"""After "campaign" these tell that the activity is meant, not the body."""

_PLACE_WORDS = frozenset(
    "in at to into inside outside near from around behind toward towards leave leaves left leaving enter entered visit visited "
    "visiting within across through".split()
)


def bodies_of_persons(document: Document, names: "Sequence[Name]") -> Iterator[Surface]:
    """ "Lee campaign", "Lee's campaign", "Lee administration": the body that a person runs and gives the name."""
    words = document.words
    for name in names:
        if name.kind != "person":
            continue
        head = name.stop + 2 if owns(words, name.stop, name.stop + 2) else name.stop
        if head >= len(words) or words[head] not in _BODIES_OF_PERSONS or words[head + 1 : head + 2] in _ACTIVITIES:
            continue
        text = f"{text_of(document, name.first, name.stop)} {words[head]}"
        yield Surface(name.first, head + 1, document.span(name.first, head + 1), text, "body-of-person")


def seats(document: Document, taken: set[int]) -> Iterator[Surface]:
    """ "The White House said" but not "at the White House"."""
    words = document.words
    for i in document.where(_opens_seat):
        for seat in by_first_word("seats.txt")[words[i]]:
            stop = i + len(seat)
            if tuple(words[i:stop]) != seat or not taken.isdisjoint(range(i, stop)):
                continue
            before = i - 2 if i > 1 and words[i - 1].lower() == "the" else i - 1
            if before < 0 or words[before].lower() not in _PLACE_WORDS:
                yield Surface(i, stop, document.span(i, stop), text_of(document, i, stop), "seat-for-body")
            break


def state_bodies(document: Document, countries: Iterable[CountryMention], taken: set[int]) -> Iterator[Surface]:
    """ "The Russian foreign ministry", "Russia's foreign ministry"; not "Russian military forces"."""
    words = document.words
    for mention in countries:
        code = mention.country_iso3
        if not code or mention.use not in (ADJECTIVE, NAME) or mention.first in taken:
            continue
        first = mention.stop + 2 if owns(words, mention.stop, mention.stop + 2) else mention.stop
        for body in by_first_word("state-bodies.txt").get(words[first] if first < len(words) else "", ()):
            stop = first + len(body)
            if tuple(words[first:stop]) == body and _ends_phrase(words, stop):
                name = f"{country_adjectives().get(code, words[mention.first])} {' '.join(body)}"
                span = document.span(mention.first, stop)
                yield Surface(mention.first, stop, span, name, "body-of-state", code)
                break


def _ends_phrase(words: list[str], stop: int) -> bool:
    following = words[stop] if stop < len(words) else ""
    return not following[:1].isalpha() or following in entries("subject-followers.txt")


def _opens_seat(word: str) -> int:
    return word in by_first_word("seats.txt")


@cache
def by_first_word(lexicon: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Entries of a lexicon as token tuples by their first word, the longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for text in sorted(entries(lexicon)):
        words = tuple(Document(text).words)
        by_first.setdefault(words[0], []).append(words)
    return {word: tuple(sorted(group, key=lambda words: (-len(words), words))) for word, group in by_first.items()}
