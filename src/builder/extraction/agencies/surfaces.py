"""Where an article names bodies: each place once, with the complete name it stands for."""

from collections.abc import Iterator
from operator import attrgetter

from builder.extraction.agencies.coordinated import find_coordinated
from builder.extraction.agencies.kinds import kind_of_name
from builder.extraction.agencies.naming import contracts, initials, is_acronym, letters_of
from builder.extraction.agencies.surface import APOSTROPHES, Surface, owner_stop, text_of
from builder.extraction.agencies.untagged import (
    bodies_in_small_letters,
    bodies_of_persons,
    by_first_word,
    local_bodies,
    seats,
    state_bodies,
)
from builder.extraction.groups import names_group
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.bodies import known_body
from builder.knowledge.lexicon import entries
from builder.knowledge.offices import person_noun
from builder.text.document import Document
from builder.text.span import Span

_BEFORE_OFFICE = frozenset("the The a A former then deputy".split())


def find_surfaces(tagged: TaggedDocument, publisher: Span | None) -> list[Surface]:
    """All places that name a body, in reading order of their first tokens."""
    found = [*_publisher_surface(tagged.document, publisher), *_coordinated_surfaces(tagged)]
    taken = {token for surface in found for token in range(surface.first, surface.stop)}
    taken.update(token for group in tagged.groups for token in range(group.first, group.stop))
    found += _tagged_surfaces(tagged, taken)
    found += bodies_of_persons(tagged)
    for find in (seats, state_bodies, local_bodies, bodies_in_small_letters):
        surfaces = list(find(tagged, taken))
        found += surfaces
        taken.update(token for surface in surfaces for token in range(surface.first, surface.stop))
    found.sort(key=attrgetter("first", "stop"))
    return _with_acronyms(tagged, _with_parts(tagged, found))


def _tagged_surfaces(tagged: TaggedDocument, taken: set[int]) -> list[Surface]:
    """Names tagged as organisations, but for those whose tokens are taken and those of groups and events."""
    words, countries, document = tagged.words, tagged.countries, tagged.document
    found = []
    for opening, stop, _, _ in tagged.organisations:
        first = opening + (stop - opening > 1 and words[opening] in ("The", "the"))
        if taken and not taken.isdisjoint(range(first, stop)):
            continue
        name = words[first] if stop - first == 1 else text_of(document, first, stop)
        if _names_body(name) and not (stop - first == 1 and _names_office(tagged, first)):
            span = document.span(first, stop)
            country = countries.before(words, first) if first - 1 in countries.by_token or words[first - 1] == "s" else None
            found.append((first, stop, span, name, "tagged-name", country, None, None))
    return list(map(Surface._make, found))


def _names_body(name: str) -> bool:
    """Not a group, an event or a letter: "Space Security Dialogue", but "Organisation of the Islamic Conference"."""
    if names_group(name) or len(name) == 1:
        return False
    last = name.rpartition(" ")[2].lower()
    return last not in entries("event-heads.txt") or kind_of_name(name) is not None or known_body(name) is not None


def _names_office(tagged: TaggedDocument, i: int) -> bool:
    """Initials of an office where they mean who holds it: "CM Ann Lee", "director general of police (DGP)", "the CM said"."""
    words = tagged.words
    if not words[i].isupper() or person_noun(words[i]) is None or known_body(words[i]):
        return False
    following = tagged.name_at(i + 1)
    if following and following.kind == "person":
        return True
    if words[i - 1] == "(":
        return words[i - 2].islower()
    return words[i - 1] in _BEFORE_OFFICE and words[i] not in entries("organisation-names.txt")


def _publisher_surface(document: Document, publisher: Span | None) -> Iterator[Surface]:
    if publisher:
        first, last = document.token_at(publisher.start), document.token_at(publisher.end - 1)
        name = " ".join(publisher.of(document.text).split())
        yield Surface(first, last + 1, publisher, name, "dateline-publisher")


def _coordinated_surfaces(tagged: TaggedDocument) -> Iterator[Surface]:
    document = tagged.document
    for names in find_coordinated(tagged):
        for item in names:
            yield Surface(item.first, item.stop, document.span(item.first, item.stop), item.name, "coordinated-name")


def _with_parts(tagged: TaggedDocument, surfaces: list[Surface]) -> list[Surface]:
    """Adds "the State Department press service" after its whole, and links "Harvard's Kennedy School" to its owner."""
    words, parts = tagged.words, by_first_word("agency-parts.txt")
    following = {words[surface.stop] for surface in surfaces}
    if following.isdisjoint(APOSTROPHES) and following.isdisjoint(parts):
        return surfaces
    found: list[Surface] = []
    last_stop = -2
    for surface in surfaces:
        first, stop = surface.first, surface.stop
        is_owned = first == last_stop + 2 and owner_stop(words, first) == last_stop
        found.append(surface._replace(whole=len(found) - 1) if is_owned else surface)
        last_stop = stop
        after = stop + 2 if words[stop] in APOSTROPHES else stop
        part_stop = _part_stop(words, after) if words[after] in parts else None
        if part_stop:
            text, span = text_of(tagged.document, first, part_stop), tagged.document.span(first, part_stop)
            found.append(Surface(first, part_stop, span, text, "named-part", surface.country, len(found) - 1))
            last_stop = part_stop
    return found


def _part_stop(words: list[str], first: int) -> int | None:
    """End of the common noun that begins at ``first`` and names a part of a body."""
    for part in by_first_word("agency-parts.txt")[words[first]]:
        if tuple(words[first : first + len(part)]) == part:
            return first + len(part)
    return None


def _with_acronyms(tagged: TaggedDocument, surfaces: list[Surface]) -> list[Surface]:
    """Links a bracketed acronym to the full name before it, and adds it where the tagger passed it over."""
    words = tagged.words
    bracketed = [i for i, surface in enumerate(surfaces) if words[surface.stop] == "("]
    if not bracketed:
        return surfaces
    by_first = {surface.first: i for i, surface in enumerate(surfaces)}
    added = []
    for i in bracketed:
        name, inner = surfaces[i].name, surfaces[i].stop + 1
        if is_acronym(name):
            continue
        inside = by_first.get(inner)
        if inside is not None:
            short = surfaces[inside].name
            if (is_acronym(short) or contracts(short, name)) and words[surfaces[inside].stop] == ")":
                surfaces[inside] = surfaces[inside]._replace(rule="bracketed-acronym", defined_by=i)
        elif words[inner + 1] == ")" and _abbreviates(words[inner], name):
            span = tagged.document.span(inner, inner + 1)
            added.append(Surface(inner, inner + 1, span, words[inner], "bracketed-acronym", defined_by=i))
    return surfaces + added


def _abbreviates(acronym: str, name: str) -> bool:
    if not is_acronym(acronym):
        return False
    body = known_body(acronym)
    return letters_of(acronym) in initials(name) or (body is not None and body == known_body(name))
