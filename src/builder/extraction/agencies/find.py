"""From the tagged names of an article to its agencies."""

from operator import attrgetter

from builder.extraction.agencies.cluster import Cluster, cluster_surfaces
from builder.extraction.agencies.found import AgencyMention, FoundAgency
from builder.extraction.agencies.kinds import LAST_RESORT, kind_of_context, kind_of_name
from builder.extraction.agencies.naming import is_part_of_name
from builder.extraction.agencies.surface import Surface
from builder.extraction.agencies.surfaces import find_surfaces
from builder.extraction.countries import Setting, find_setting
from builder.extraction.countries.given import UNKNOWN, Given
from builder.extraction.countries.of_bodies import country_of_article, country_of_body
from builder.extraction.tagged import TaggedDocument
from builder.knowledge.bodies import Body, bodies, known_body
from builder.text.span import Span

_CONTEXTS_READ = 4


def find_agencies(tagged: TaggedDocument, publisher: Span | None = None) -> list[FoundAgency]:
    """The agencies of an article in the order of their spans.

    ``publisher`` is the span of the publisher's name in the dateline. Each organisation among the names is a mention of
    exactly one agency, with the same span, unless it names a group or delegation (those are participants) or overlaps a
    coordinated name, which is split.
    """
    agencies, _ = survey(tagged, publisher)
    return agencies


def survey(
    tagged: TaggedDocument, publisher: Span | None = None, home: str | None = None, title: str | None = None
) -> tuple[list[FoundAgency], Setting]:
    """The agencies, and which country the article is about; ``home`` and ``title`` are what the metadata alone say."""
    surfaces = find_surfaces(tagged, publisher)
    setting = find_setting(tagged, (surface.name for surface in surfaces), home, title)
    if not surfaces:
        return [], setting
    clusters = sorted(cluster_surfaces(surfaces, setting), key=lambda cluster: surfaces[cluster.fullest].span)
    parents = _parents(clusters, surfaces)
    rows = [_agency(tagged, cluster, surfaces, parents.get(i), setting) for i, cluster in enumerate(clusters)]
    found = list(map(FoundAgency._make, rows))
    return [_complete(agency, found, setting) for agency in found], setting


def _agency(
    tagged: TaggedDocument, cluster: Cluster, surfaces: list[Surface], parent: int | None, setting: Setting
) -> tuple[object, ...]:
    """The fields of the agency, as far as it alone tells them."""
    members = [surfaces[i] for i in cluster.members]
    fullest, body = surfaces[cluster.fullest], cluster.body
    name, rule = fullest.name, fullest.rule
    if len(members) > 1:
        members = sorted({member.span: member for member in reversed(members)}.values(), key=attrgetter("span"))
    mentions = list(map(AgencyMention._make, [(member.span, _form(member, name), member.rule) for member in members]))
    tokens = tuple((member.first, member.stop) for member in members)
    kind = body.kind if body else _kind(tagged.words, name, members)
    country = country_of_known(body, name, members) if body else country_of_body(tagged, name, kind, tokens)
    if country.country_iso3 is None and not body:
        beside = next((member.country for member in members if member.country), None)
        country = Given(beside, "beside") if beside and kind != "intergovernmental" else country
    rule = "known-body" if body and rule == "tagged-name" else rule
    return kind, name, fullest.span, parent, body.key if body else None, *country, rule, tuple(mentions), tokens


def country_of_known(body: Body, name: str, members: list[Surface]) -> Given:
    """Of a body by its own name, or of a shared name by the country that the text or the article gives."""
    if body.country_iso3 is None:
        return UNKNOWN
    if known_body(name):
        return Given(body.country_iso3, "registry")
    beside = any(member.country == body.country_iso3 for member in members)
    return Given(body.country_iso3, "beside" if beside else "article")


def _kind(words: list[str], name: str, members: list[Surface]) -> str:
    return kind_of_name(name) or _kind_by_context(words, members)


def _form(surface: Surface, name: str) -> str:
    """Of a mention of the body of that name."""
    if surface.rule in ("body-of-person", "body-of-state", "body-of-place"):
        return "nominal"
    return "name" if surface.name == name or is_part_of_name(surface.name, name) else "alias"


def _kind_by_context(words: list[str], members: list[Surface]) -> str:
    for member in members[:_CONTEXTS_READ]:
        kind = kind_of_context(words, member.first, member.stop)
        if kind:
            return kind
    return "news-media" if any(member.rule == "dateline-publisher" for member in members) else LAST_RESORT


def _parents(clusters: list[Cluster], surfaces: list[Surface]) -> dict[int, int]:
    """By number of a cluster, that of the whole which the text names, else of the nearest known body above it."""
    index_of_body = {cluster.body.key: i for i, cluster in enumerate(clusters) if cluster.body}
    above = {i: _above(clusters[i].body, index_of_body) for i in index_of_body.values()}
    if any(surface.whole is not None for surface in surfaces):
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


def _complete(agency: FoundAgency, found: list[FoundAgency], setting: Setting) -> FoundAgency:
    """A part of a body is of that body's country, and of its kind where its own words tell none; else the article tells."""
    if agency.registry_key:
        return agency
    whole = found[agency.parent] if agency.parent is not None else None
    if whole and (agency.kind == LAST_RESORT or agency.rule == "named-part"):
        agency = agency._replace(kind=whole.kind)
    if agency.country_iso3:
        return agency
    if whole and whole.country_iso3:
        return agency._replace(country_iso3=whole.country_iso3, country_rule="whole")
    code, rule = country_of_article(agency.kind, setting) if whole is None else UNKNOWN
    return agency._replace(country_iso3=code, country_rule=rule)
