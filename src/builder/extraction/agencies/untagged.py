"""Bodies that are no tagged names: named by a seat, by a state and a common noun, or by the person who runs them."""

from collections.abc import Iterator
from functools import cache

from builder.extraction.agencies.surface import Surface, owner_stop, text_of
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.countries import ADJECTIVE, NAME, country_adjectives
from builder.knowledge.lexicon import entries
from builder.text.document import words_of
from builder.text.triggers import Trigger

_ACTIVITIES = [
    [word]
    for word in "trail event events rally rallies stop stops ad ads promise promises speech speeches finance season".split()
]
"""After "campaign" these tell that the activity is meant, not the body."""

_PLACE_WORDS = frozenset(
    "in at to into inside outside near from around behind toward towards leave leaves left leaving enter entered visit visited "
    "visiting within across through".split()
)


def bodies_of_persons(tagged: TaggedDocument) -> Iterator[Surface]:
    """ "Lee campaign", "Lee's campaign", "Lee administration": the body that a person runs and gives the name."""
    document = tagged.document
    words = document.words
    for head in tagged.places.of(_BODIES_OF_PERSONS):
        stop = owner_stop(words, head)
        name = tagged.name_at(stop - 1)
        if name is None or name.stop != stop or name.kind != "person" or words[head + 1 : head + 2] in _ACTIVITIES:
            continue
        text = f"{text_of(document, name.first, name.stop)} {words[head]}"
        yield Surface(name.first, head + 1, document.span(name.first, head + 1), text, "body-of-person")


def seats(tagged: TaggedDocument, taken: set[int]) -> Iterator[Surface]:
    """ "The White House said" but not "at the White House"."""
    document = tagged.document
    words = document.words
    for i in tagged.places.of(_SEATS):
        for seat in by_first_word("seats.txt")[words[i]]:
            tokens = range(i, i + len(seat))
            if tuple(words[i : tokens.stop]) != seat or not taken.isdisjoint(tokens) or _in_name(tagged, tokens):
                continue
            before = i - 2 if i > 1 and words[i - 1].lower() == "the" else i - 1
            if before < 0 or words[before].lower() not in _PLACE_WORDS:
                yield Surface(i, tokens.stop, document.span(i, tokens.stop), text_of(document, i, tokens.stop), "seat-for-body")
            break


def state_bodies(tagged: TaggedDocument, taken: set[int]) -> Iterator[Surface]:
    """ "The Russian foreign ministry", "Russia's foreign ministry"; not "Russian military forces"."""
    document = tagged.document
    words = document.words
    countries = tagged.countries
    for first in tagged.places.of(_STATE_BODIES):
        mention = countries.up_to(owner_stop(words, first))
        code = mention.country_iso3 if mention else None
        if not mention or not code or mention.use not in (ADJECTIVE, NAME):
            continue
        if mention.first in taken or _in_name(tagged, range(mention.first, mention.first + 1)):
            continue
        for body in by_first_word("state-bodies.txt")[words[first]]:
            stop = first + len(body)
            if tuple(words[first:stop]) == body and _ends_phrase(words, stop):
                name = f"{country_adjectives().get(code, words[mention.first])} {' '.join(body)}"
                span = document.span(mention.first, stop)
                yield Surface(mention.first, stop, span, name, "body-of-state", code)
                break


def _in_name(tagged: TaggedDocument, tokens: range) -> bool:
    """Whether one of the tokens is part of the name of a person or organisation."""
    found = map(tagged.name_at, tokens)
    return any(name.kind in ("person", "organisation") for name in found if name)


def _ends_phrase(words: list[str], stop: int) -> bool:
    following = words[stop] if stop < len(words) else ""
    return not following[:1].isalpha() or following in entries("subject-followers.txt")


@cache
def by_first_word(lexicon: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Entries of a lexicon as token tuples by their first word, the longest first."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for text in sorted(entries(lexicon)):
        words = tuple(words_of(text))
        by_first.setdefault(words[0], []).append(words)
    return {word: tuple(sorted(group, key=lambda words: (-len(words), words))) for word, group in by_first.items()}


_BODIES_OF_PERSONS = Trigger(lambda: ("campaign", "administration", "Campaign", "Administration"))
_SEATS = Trigger(lambda: by_first_word("seats.txt"))
_STATE_BODIES = Trigger(lambda: by_first_word("state-bodies.txt"))
