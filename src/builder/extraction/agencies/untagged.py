"""Bodies that are no tagged names: named by a seat, by a state and a common noun, or by the person who runs them."""

from collections.abc import Iterator
from functools import cache

from builder.extraction.agencies.surface import Surface, owner_stop, text_of
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.bodies import known_body
from builder.knowledge.countries import ADJECTIVE, NAME, country_adjectives
from builder.knowledge.lexicon import entries
from builder.knowledge.places import country_of_place
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

_KINDS_OF_PLACE = frozenset("City County District Island Prefecture Province Region State Township".split())
_LONGEST_PLACE = 4
"""Most words of a place that no list has, and of a body's name before its last."""


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
    """ "The Russian foreign ministry", "Russia's foreign ministry", "the parliament of Russia"; not "Russian military forces"."""
    words = tagged.words
    for first in tagged.places.of(_STATE_BODIES):
        for body in by_first_word("state-bodies.txt")[words[first]]:
            stop = first + len(body)
            if tuple(words[first:stop]) == body:
                found = _of_state_before(tagged, first, stop) or _of_state_after(tagged, first, stop)
                if found and taken.isdisjoint(range(found.first, found.stop)):
                    yield found
                break


def _of_state_before(tagged: TaggedDocument, first: int, stop: int) -> Surface | None:
    words = tagged.words
    mention = tagged.countries.up_to(owner_stop(words, first))
    code = mention.country_iso3 if mention else None
    if not mention or not code or mention.use not in (ADJECTIVE, NAME) or not _ends_phrase(words, stop):
        return None
    if _in_name(tagged, range(mention.first, mention.first + 1)):
        return None
    name = f"{country_adjectives().get(code, words[mention.first])} {' '.join(words[first:stop])}"
    return Surface(mention.first, stop, tagged.document.span(mention.first, stop), name, "body-of-state", code)


def _of_state_after(tagged: TaggedDocument, first: int, stop: int) -> Surface | None:
    words = tagged.words
    if words[stop] != "of":
        return None
    mention = tagged.countries.from_token(stop + 1 + (words[stop + 1] == "the"))
    if not mention or not mention.country_iso3 or mention.use != NAME or _in_name(tagged, range(mention.first, mention.stop)):
        return None
    name, span = text_of(tagged.document, first, mention.stop), tagged.document.span(first, mention.stop)
    return Surface(first, mention.stop, span, name, "body-of-state", mention.country_iso3)


def local_bodies(tagged: TaggedDocument, taken: set[int]) -> Iterator[Surface]:
    """ "Hamburg police", "the Velm County council": a place and what places have."""
    words, document = tagged.words, tagged.document
    for head in tagged.places.of(_LOCAL_BODIES):
        first = _place_before(tagged, head)
        if first is None:
            continue
        for body in by_first_word("local-bodies.txt")[words[head]]:
            stop = head + len(body)
            if tuple(words[head:stop]) == body and _ends_phrase(words, stop) and taken.isdisjoint(range(first, stop)):
                country = country_of_place(text_of(document, first, head))
                yield Surface(first, stop, document.span(first, stop), text_of(document, first, stop), "body-of-place", country)
                break


def bodies_in_small_letters(tagged: TaggedDocument, taken: set[int]) -> Iterator[Surface]:
    """ "The European commission": a known body whose last word is written small."""
    words, document = tagged.words, tagged.document
    for head in tagged.places.of(_HEADS):
        for first in range(max(head - _LONGEST_PLACE, 0), head):
            if not words[first][:1].isupper() or words[first] == "The" or not taken.isdisjoint(range(first, head + 1)):
                continue
            name = text_of(document, first, head + 1)
            if known_body(name) and not _in_name(tagged, range(first, head)):
                yield Surface(first, head + 1, document.span(first, head + 1), name, "body-in-small-letters")
                break


def _place_before(tagged: TaggedDocument, stop: int) -> int | None:
    """First token of the place that stops there: a known one, or capitalised words that end in "County" or the like."""
    words = tagged.words
    name = tagged.name_at(stop - 1)
    if name:
        is_city = name.kind == "place" and not tagged.countries.up_to(stop)
        return name.first if is_city else None
    if words[stop - 1] in _KINDS_OF_PLACE:
        first = stop - 1
        while stop - first < _LONGEST_PLACE and words[first - 1][:1].isupper() and not _in_name(tagged, range(first - 1, first)):
            first -= 1
        return first if first < stop - 1 else None
    return stop - 1 if words[stop - 1][:1].isupper() and country_of_place(words[stop - 1]) else None


def _in_name(tagged: TaggedDocument, tokens: range) -> bool:
    """Whether one of the tokens is part of the name of a person or organisation."""
    found = map(tagged.name_at, tokens)
    return any(name.kind in ("person", "organisation") for name in found if name)


def _ends_phrase(words: list[str], stop: int) -> bool:
    following = words[stop] if stop < len(words) else ""
    return not following[:1].isalpha() or following.endswith("ed") or following in entries("subject-followers.txt")


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
_HEADS = Trigger(
    lambda: tuple(
        "agency bank board commission committee council court department ministry office parliament party union".split()
    )
)
_LOCAL_BODIES = Trigger(lambda: by_first_word("local-bodies.txt"))
