"""From the tagged names of an article to its agencies."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.agencies.cluster import Cluster, cluster_surfaces
from builder.agencies.found import AgencyMention, FoundAgency
from builder.agencies.kinds import LAST_RESORT, kind_of_context, kind_of_name
from builder.agencies.naming import is_part_of_name
from builder.agencies.registry import Body, bodies
from builder.agencies.surface import Surface
from builder.agencies.surfaces import find_surfaces
from builder.countries import country_of
from builder.document import Document
from builder.span import Span

if TYPE_CHECKING:
    from builder.names import Name

_CONTEXTS_READ = 4


def find_agencies(document: Document, names: "Sequence[Name]", publisher: Span | None = None) -> list[FoundAgency]:
    """The agencies of an article in the order of their spans.

    ``publisher`` is the span of the publisher's name in the dateline. Each organisation among ``names`` is a mention of
    exactly one agency, with the same span, unless it names a group or delegation (those are participants) or overlaps a
    coordinated name, which is split.
    """
    surfaces = find_surfaces(document, names, publisher)
    clusters = sorted(cluster_surfaces(surfaces), key=lambda cluster: surfaces[cluster.fullest].span)
    index_of_surface = {member: i for i, cluster in enumerate(clusters) for member in cluster.members}
    index_of_body = {cluster.body.key: i for i, cluster in enumerate(clusters) if cluster.body}
    found = []
    for i, cluster in enumerate(clusters):
        parent = _parent(cluster, surfaces, index_of_surface, index_of_body)
        found.append(_agency(document, cluster, surfaces, parent if parent != i else None))
    return [_inherit(agency, found) for agency in found]


def _agency(document: Document, cluster: Cluster, surfaces: list[Surface], parent: int | None) -> FoundAgency:
    members = [surfaces[i] for i in cluster.members]
    fullest, body = surfaces[cluster.fullest], cluster.body
    kind = body.kind if body else kind_of_name(fullest.name) or _kind_by_context(document, members)
    country = body.country_iso3 if body else _country(fullest, members)
    mentions = sorted({member.span: _mention(member, fullest) for member in reversed(members)}.values())
    rule = "known-body" if body and fullest.rule == "tagged-name" else fullest.rule
    key = body.key if body else None
    return FoundAgency(kind, fullest.name, fullest.span, parent, key, country, rule, tuple(mentions))


def _mention(surface: Surface, fullest: Surface) -> AgencyMention:
    if surface.rule in ("body-of-person", "body-of-state"):
        return AgencyMention(surface.span, "nominal", surface.rule)
    form = "name" if surface.name == fullest.name or is_part_of_name(surface.name, fullest.name) else "alias"
    return AgencyMention(surface.span, form, surface.rule)


def _kind_by_context(document: Document, members: list[Surface]) -> str:
    for member in members[:_CONTEXTS_READ]:
        kind = kind_of_context(document, member.first, member.stop)
        if kind:
            return kind
    return LAST_RESORT


def _country(fullest: Surface, members: list[Surface]) -> str | None:
    said = next((member.country for member in members if member.country), None)
    return country_of(fullest.name) or said


def _parent(
    cluster: Cluster, surfaces: list[Surface], index_of_surface: dict[int, int], index_of_body: dict[str, int]
) -> int | None:
    """The whole that the text names, else the nearest body above the known one that the article names too."""
    for i in cluster.members:
        whole = surfaces[i].whole
        if whole is not None:
            return index_of_surface[whole]
    above: Body | None = cluster.body
    while above and above.parent:
        above = bodies()[above.parent]
        if above.key in index_of_body:
            return index_of_body[above.key]
    return None


def _inherit(agency: FoundAgency, found: list[FoundAgency]) -> FoundAgency:
    """A part of a body is of that body's country, and of its kind where its own words tell none."""
    if agency.parent is None or agency.registry_key:
        return agency
    whole = found[agency.parent]
    kind = whole.kind if agency.kind == LAST_RESORT or agency.rule == "named-part" else agency.kind
    return agency._replace(kind=kind, country_iso3=agency.country_iso3 or whole.country_iso3)
