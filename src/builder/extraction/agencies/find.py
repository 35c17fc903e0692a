"""From the tagged names of an article to its agencies."""

from operator import itemgetter

from builder.extraction.agencies.cluster import Cluster, cluster_surfaces
from builder.extraction.agencies.found import AgencyMention, FoundAgency
from builder.extraction.agencies.kinds import LAST_RESORT, kind_of_context, kind_of_name
from builder.extraction.agencies.naming import is_part_of_name
from builder.extraction.agencies.registry import Body, bodies
from builder.extraction.agencies.surface import Surface
from builder.extraction.agencies.surfaces import find_surfaces
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.countries import country_of
from builder.text.span import Span
from builder.text.tuples import make_all

_CONTEXTS_READ = 4


def find_agencies(tagged: TaggedDocument, publisher: Span | None = None) -> list[FoundAgency]:
    """The agencies of an article in the order of their spans.

    ``publisher`` is the span of the publisher's name in the dateline. Each organisation among the names is a mention of
    exactly one agency, with the same span, unless it names a group or delegation (those are participants) or overlaps a
    coordinated name, which is split.
    """
    surfaces = find_surfaces(tagged, publisher)
    if not surfaces:
        return []
    clusters = sorted(cluster_surfaces(surfaces), key=lambda cluster: surfaces[cluster.fullest].span)
    parents = _parents(clusters, surfaces)
    rows = [_agency(tagged.words, cluster, surfaces, parents.get(i)) for i, cluster in enumerate(clusters)]
    found = make_all(FoundAgency, rows)
    return [_inherit(agency, found) for agency in found] if parents else found


def _agency(words: list[str], cluster: Cluster, surfaces: list[Surface], parent: int | None) -> tuple[object, ...]:
    """The fields of the agency."""
    members = [surfaces[i] for i in cluster.members]
    fullest, body = surfaces[cluster.fullest], cluster.body
    name, rule = fullest.name, fullest.rule
    if body:
        kind, key, country = body.kind, body.key, body.country_iso3
        rule = "known-body" if rule == "tagged-name" else rule
    else:
        kind, key, country = kind_of_name(name) or _kind_by_context(words, members), None, _country(fullest, members)
    if len(members) > 1:
        members = sorted({member[2]: member for member in reversed(members)}.values(), key=itemgetter(2))
    mentions = make_all(AgencyMention, [(member[2], _form(member, name), member[4]) for member in members])
    tokens = tuple(map(itemgetter(0, 1), members))
    return kind, name, fullest.span, parent, key, country, rule, tuple(mentions), tokens


def _form(surface: Surface, name: str) -> str:
    """Of a mention of the body of that name."""
    if surface[4] in ("body-of-person", "body-of-state"):
        return "nominal"
    return "name" if surface[3] == name or is_part_of_name(surface[3], name) else "alias"


def _kind_by_context(words: list[str], members: list[Surface]) -> str:
    for member in members[:_CONTEXTS_READ]:
        kind = kind_of_context(words, member.first, member.stop)
        if kind:
            return kind
    return LAST_RESORT


def _country(fullest: Surface, members: list[Surface]) -> str | None:
    return country_of(fullest.name) or next((member.country for member in members if member.country), None)


def _parents(clusters: list[Cluster], surfaces: list[Surface]) -> dict[int, int]:
    """By number of a cluster, that of the whole which the text names, else of the nearest known body above it."""
    index_of_body = {cluster.body.key: i for i, cluster in enumerate(clusters) if cluster.body}
    above = {i: _above(clusters[i].body, index_of_body) for i in index_of_body.values()}
    if any(surface[6] is not None for surface in surfaces):
        cluster_of = {member: i for i, cluster in enumerate(clusters) for member in cluster.members}
        for i, cluster in enumerate(clusters):
            wholes = [whole for member in cluster.members if (whole := surfaces[member].whole) is not None]
            if wholes:
                above[i] = cluster_of[wholes[0]]
    return {i: parent for i, parent in above.items() if parent not in (None, i)}


def _above(body: Body | None, index_of_body: dict[str, int]) -> int | None:
    """The nearest body above ``body`` that the article names too."""
    while body and body.parent:
        body = bodies()[body.parent]
        if body.key in index_of_body:
            return index_of_body[body.key]
    return None


def _inherit(agency: FoundAgency, found: list[FoundAgency]) -> FoundAgency:
    """A part of a body is of that body's country, and of its kind where its own words tell none."""
    if agency.parent is None or agency.registry_key:
        return agency
    whole = found[agency.parent]
    kind = whole.kind if agency.kind == LAST_RESORT or agency.rule == "named-part" else agency.kind
    return agency._replace(kind=kind, country_iso3=agency.country_iso3 or whole.country_iso3)
