"""Where an article names bodies: each place once, with the complete name it stands for."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.agencies.coordinated import find_coordinated
from builder.agencies.kinds import kind_of_name
from builder.agencies.naming import initials, is_acronym, letters_of
from builder.agencies.registry import known_body
from builder.agencies.surface import APOSTROPHES, Surface, owns, text_of
from builder.agencies.untagged import bodies_of_persons, by_first_word, seats, state_bodies
from builder.countries import CountryMention, country_before, find_countries
from builder.document import Document
from builder.groups import find_groups, names_group
from builder.lexicon import entries
from builder.span import Span

if TYPE_CHECKING:
    from builder.names import Name


def find_surfaces(document: Document, names: "Sequence[Name]", publisher: Span | None) -> list[Surface]:
    """All places that name a body, in reading order of their first tokens."""
    countries = {mention.stop: mention for mention in find_countries(document)}
    found = [*_publisher_surface(document, publisher), *_coordinated_surfaces(document)]
    taken = {token for surface in found for token in range(surface.first, surface.stop)}
    taken |= {token for group in find_groups(document, names) for token in range(group.first, group.stop)}
    named: set[int] = set()
    for first, stop, kind, _ in names:
        if kind in ("person", "organisation"):
            named.update(range(first, stop))
        if kind == "organisation":
            found += _tagged_surface(document, first, stop, taken, countries)
    taken |= named
    found += bodies_of_persons(document, names)
    found += seats(document, taken)
    found += state_bodies(document, countries.values(), taken)
    found.sort(key=lambda surface: (surface.first, surface.stop))
    return _with_acronyms(document, _with_parts(document, found))


def _tagged_surface(
    document: Document, first: int, stop: int, taken: set[int], countries: dict[int, CountryMention]
) -> tuple[Surface, ...]:
    """The one of tokens [first, stop), or none where they are taken or name a group or an event."""
    if stop - first > 1 and document.words[first] in ("The", "the"):
        first += 1
    if taken and not taken.isdisjoint(range(first, stop)):
        return ()
    text = text_of(document, first, stop)
    if names_group(text) or _names_event(text):
        return ()
    country = country_before(document.words, countries, first)
    return (Surface(first, stop, document.span(first, stop), text, "tagged-name", country),)


@lru_cache(maxsize=1 << 14)
def _names_event(name: str) -> bool:
    """ "Space Security Dialogue", but not "Organisation of the Islamic Conference"."""
    last = name.rpartition(" ")[2].lower()
    return last in entries("event-heads.txt") and kind_of_name(name) is None and known_body(name) is None


def _publisher_surface(document: Document, publisher: Span | None) -> Iterator[Surface]:
    if publisher:
        first, last = document.token_at(publisher.start), document.token_at(publisher.end - 1)
        name = " ".join(publisher.of(document.text).split())
        yield Surface(first, last + 1, publisher, name, "dateline-publisher")


def _coordinated_surfaces(document: Document) -> Iterator[Surface]:
    for names in find_coordinated(document):
        for item in names:
            yield Surface(item.first, item.stop, document.span(item.first, item.stop), item.name, "coordinated-name")


def _with_parts(document: Document, surfaces: list[Surface]) -> list[Surface]:
    """Adds "the State Department press service" after its whole, and links "Harvard's Kennedy School" to its owner."""
    words = document.words
    found: list[Surface] = []
    for surface in surfaces:
        whole = found[-1] if found else None
        if whole and owns(words, whole.stop, surface.first):
            found.append(surface._replace(whole=len(found) - 1))
        else:
            found.append(surface)
        stop = _part_stop(words, surface.stop)
        if stop:
            span = document.span(surface.first, stop)
            text = text_of(document, surface.first, stop)
            found.append(Surface(surface.first, stop, span, text, "named-part", surface.country, len(found) - 1))
    return found


def _part_stop(words: list[str], first: int) -> int | None:
    """End of the common noun right after a name that names a part of that body, over an apostrophe-s before it."""
    starts = (first, first + 2) if words[first : first + 1] != [] and words[first] in APOSTROPHES else (first,)
    for start in starts:
        by_size = by_first_word("agency-parts.txt").get(words[start] if start < len(words) else "")
        for part in by_size or ():
            if tuple(words[start : start + len(part)]) == part:
                return start + len(part)
    return None


def _with_acronyms(document: Document, surfaces: list[Surface]) -> list[Surface]:
    """Links a bracketed acronym to the full name before it, and adds it where the tagger passed it over."""
    words = document.words
    by_first = {surface.first: i for i, surface in enumerate(surfaces)}
    added = []
    for i, surface in enumerate(surfaces):
        inner = surface.stop + 1
        if words[surface.stop : inner] != ["("] or is_acronym(surface.name):
            continue
        tagged = by_first.get(inner)
        if tagged is not None:
            if is_acronym(surfaces[tagged].name) and words[surfaces[tagged].stop : surfaces[tagged].stop + 1] == [")"]:
                surfaces[tagged] = surfaces[tagged]._replace(rule="bracketed-acronym", defined_by=i)
        elif words[inner + 1 : inner + 2] == [")"] and _abbreviates(words[inner], surface.name):
            span = document.span(inner, inner + 1)
            added.append(Surface(inner, inner + 1, span, words[inner], "bracketed-acronym", defined_by=i))
    return surfaces + added


def _abbreviates(acronym: str, name: str) -> bool:
    if not is_acronym(acronym):
        return False
    body = known_body(acronym)
    return letters_of(acronym) in initials(name) or (body is not None and body == known_body(name))
