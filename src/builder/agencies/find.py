"""From the tagged names of an article to its agencies."""

from operator import itemgetter

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
from builder.tagged import TaggedDocument

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
    found = [_agency(tagged.document, cluster, surfaces, parents.get(i)) for i, cluster in enumerate(clusters)]
    return [_inherit(agency, found) for agency in found] if parents else found


def _agency(document: Document, cluster: Cluster, surfaces: list[Surface], parent: int | None) -> FoundAgency:
    members = [surfaces[i] for i in cluster.members]
    fullest, body = surfaces[cluster.fullest], cluster.body
    kind = body.kind if body else kind_of_name(fullest.name) or _kind_by_context(document, members)
    country = body.country_iso3 if body else _country(fullest, members)
    if len(members) > 1:
        members = sorted({member.span: member for member in reversed(members)}.values(), key=itemgetter(2))
    mentions = tuple([_mention(member, fullest) for member in members])
    rule = "known-body" if body and fullest.rule == "tagged-name" else fullest.rule
    tokens = tuple([(member.first, member.stop) for member in members])
    return FoundAgency(kind, fullest.name, fullest.span, parent, body.key if body else None, country, rule, mentions, tokens)


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
    return country_of(fullest.name) or next((member.country for member in members if member.country), None)


def _parents(clusters: list[Cluster], surfaces: list[Surface]) -> dict[int, int]:
    """By number of a cluster, that of the whole which the text names, else of the nearest known body above it."""
    has_wholes = any(surface.whole is not None for surface in surfaces)
    cluster_of = {member: i for i, cluster in enumerate(clusters) for member in cluster.members} if has_wholes else {}
    index_of_body = {cluster.body.key: i for i, cluster in enumerate(clusters) if cluster.body}
    found = {}
    for i, cluster in enumerate(clusters):
        wholes = (surfaces[member].whole for member in cluster.members) if has_wholes else ()
        whole = next((whole for whole in wholes if whole is not None), None)
        parent = cluster_of[whole] if whole is not None else _above(cluster.body, index_of_body)
        if parent not in (None, i):
            found[i] = parent
    return found


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
