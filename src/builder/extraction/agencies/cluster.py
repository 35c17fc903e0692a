"""Which surfaces of an article name the same body."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from builder.extraction.agencies.naming import canonical, edge_words, initials, is_acronym, letters_of, short_forms, written_short
from builder.extraction.agencies.surface import Surface
from builder.extraction.countries import Setting
from builder.extraction.countries.of_bodies import country_meant
from builder.knowledge.bodies import Body, known_body


@dataclass(slots=True)
class Cluster:
    """Indexes of the surfaces of one body, ascending; ``fullest`` is the one whose name the body is given."""

    fullest: int
    body: Body | None
    members: list[int]


def cluster_surfaces(surfaces: list[Surface], setting: Setting) -> list[Cluster]:
    clusters = _by_name(surfaces, setting)
    hosts = _hosts(surfaces, clusters)
    for cluster in clusters:
        host = cluster
        while id(host) in hosts:
            host = hosts[id(host)]
        if host is not cluster:
            host.members += cluster.members
    if not hosts:
        return clusters
    kept = [cluster for cluster in clusters if id(cluster) not in hosts]
    for cluster in kept:
        cluster.members.sort()
    return kept


def _by_name(surfaces: list[Surface], setting: Setting) -> list[Cluster]:
    """Surfaces with one known body, one canonical name, or one definition in brackets."""
    identities = [_identity(surface.name, surface.country or country_meant(surface.name, setting)) for surface in surfaces]
    defined = {
        surface.name: identities[surface.defined_by][0] for surface in reversed(surfaces) if surface.defined_by is not None
    }
    clusters: dict[str, Cluster] = {}
    for i, (identity, body) in enumerate(identities):
        name = surfaces[i].name
        key = defined.get(name, identity) if defined else identity
        cluster = clusters.get(key)
        if cluster is None:
            clusters[key] = Cluster(i, body, [i])
            continue
        cluster.members.append(i)
        fullest = surfaces[cluster.fullest]
        if name != fullest.name and _fuller(surfaces[i], fullest, cluster.body):
            cluster.fullest = i
    return list(clusters.values())


def _identity(name: str, country: str | None) -> tuple[str, Body | None]:
    """A key that is equal for names of one body, and the body if it is known."""
    body = known_body(name, country)
    return (f"={body.key}", body) if body else (canonical(name), None)


def _fuller(surface: Surface, than: Surface, body: Body | None) -> bool:
    """The known full name, else a name that is no acronym, else the longer one."""
    return _fullness(surface, body) > _fullness(than, body)


def _fullness(surface: Surface, body: Body | None) -> tuple[bool, bool, int]:
    return body is not None and surface.name == body.name, not is_acronym(surface.name), len(surface.name)


def _hosts(surfaces: list[Surface], clusters: list[Cluster]) -> dict[int, Cluster]:
    """By id of a cluster, the one with the longer name that its acronym or short form stands for."""
    unknown = [c for c in clusters if not c.body and surfaces[c.fullest].rule in ("tagged-name", "body-of-person")]
    names = [surfaces[cluster.fullest].name for cluster in clusters] if unknown else []
    by_short_form: dict[str, Cluster] = {}
    for i in _may_be_hosts(names, [surfaces[cluster.fullest].name for cluster in unknown]):
        for form in short_forms(names[i]):
            by_short_form.setdefault(form, clusters[i])
    found = {}
    for cluster in unknown if by_short_form else ():
        forms = written_short(surfaces[cluster.fullest].name)
        host = next((by_short_form[form] for form in forms if form in by_short_form), cluster)
        if host is not cluster and not _apart(surfaces, cluster.members, host):
            found[id(cluster)] = host
    return found


def _may_be_hosts(names: list[str], short: list[str]) -> list[int]:
    """The names that begin or end like another, or of which one of ``short`` is the acronym: only these may have a short form."""
    edges = list(map(edge_words, names))
    words = list(chain.from_iterable(edges))
    acronyms = {letters_of(name) for name in short if is_acronym(name)}
    if not acronyms and len(set(words)) == len(words):
        return []
    shared = Counter(words)
    return [
        i
        for i, (opening, closing) in enumerate(edges)
        if shared[opening] > 1 or shared[closing] > 1 or (acronyms and not acronyms.isdisjoint(initials(names[i])))
    ]


def _apart(surfaces: list[Surface], members: Iterable[int], host: Cluster) -> bool:
    """Whether the text puts different countries before the two."""
    here = {surfaces[i].country for i in members} - {None}
    there = {surfaces[i].country for i in host.members} - {None}
    if host.body:
        there.add(host.body.country_iso3)
    return bool(here) and bool(there) and here.isdisjoint(there)
