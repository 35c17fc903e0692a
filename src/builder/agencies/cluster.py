"""Which surfaces of an article name the same body."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from builder.agencies.kinds import heads
from builder.agencies.naming import canonical, initials, is_acronym, letters_of, short_forms
from builder.agencies.registry import Body, known_body
from builder.agencies.surface import Surface
from builder.countries import country_of

_SHORTEST_INITIALS = 2
_LONGEST_HOST = 10


@dataclass(slots=True)
class Cluster:
    """Indexes of the surfaces of one body, ascending; ``fullest`` is the one whose name the body is given."""

    fullest: int
    body: Body | None
    members: list[int] = field(default_factory=list)


def cluster_surfaces(surfaces: list[Surface]) -> list[Cluster]:
    clusters = _by_name(surfaces)
    find_host = _Hosts(surfaces, clusters).of
    hosts = [find_host(cluster) for cluster in clusters]
    host_of = {id(cluster): host for cluster, host in zip(clusters, hosts, strict=True) if host}
    for cluster in clusters:
        host = cluster
        while id(host) in host_of:
            host = host_of[id(host)]
        if host is not cluster:
            host.members += cluster.members
    kept = [cluster for cluster in clusters if id(cluster) not in host_of]
    for cluster in kept:
        cluster.members.sort()
    return kept


def _by_name(surfaces: list[Surface]) -> list[Cluster]:
    """Surfaces with one known body, one canonical name, or one definition in brackets."""
    clusters: dict[str, Cluster] = {}
    defined: dict[str, str] = {}
    keys: list[tuple[str, Body | None]] = []
    for surface in surfaces:
        if surface.defined_by is not None:
            defined.setdefault(surface.name, keys[surface.defined_by][0])
        body = known_body(surface.name, surface.country)
        keys.append((f"={body.key}" if body else canonical(surface.name), body))
    for i, (key, body) in enumerate(keys):
        cluster = clusters.setdefault(defined.get(surfaces[i].name) or key, Cluster(i, body))
        cluster.members.append(i)
        if surfaces[i].name != surfaces[cluster.fullest].name and _fuller(surfaces[i], surfaces[cluster.fullest], cluster.body):
            cluster.fullest = i
    return list(clusters.values())


def _fuller(surface: Surface, than: Surface, body: Body | None) -> bool:
    """The known full name, else a name that is no acronym, else the longer one."""
    return _fullness(surface, body) > _fullness(than, body)


def _fullness(surface: Surface, body: Body | None) -> tuple[bool, bool, int]:
    return body is not None and surface.name == body.name, not is_acronym(surface.name), len(surface.name)


class _Hosts:
    """Finds the longer name that an acronym or short form of the same article stands for."""

    def __init__(self, surfaces: list[Surface], clusters: list[Cluster]) -> None:
        self._surfaces = surfaces
        self._by_initials: dict[str, Cluster] = {}
        self._by_short_form: dict[str, Cluster] = {}
        for cluster in clusters:
            name = surfaces[cluster.fullest].name
            if 1 < len(name.split()) <= _LONGEST_HOST:
                self._enter(name, cluster)

    def _enter(self, name: str, cluster: Cluster) -> None:
        for letters in initials(name):
            if len(letters) >= _SHORTEST_INITIALS:
                self._by_initials.setdefault(letters, cluster)
        for form in short_forms(name):
            self._by_short_form.setdefault(form, cluster)

    def of(self, cluster: Cluster) -> Cluster | None:
        surface = self._surfaces[cluster.fullest]
        if cluster.body or surface.rule not in ("tagged-name", "body-of-person"):
            return None
        name = surface.name
        host = self._by_initials.get(letters_of(name)) if is_acronym(name) else None
        if host is None and _stands_alone(name):
            host = self._by_short_form.get(name.removeprefix("The ").lower())
        return host if host is not cluster and host and not self._apart(cluster.members, host) else None

    def _apart(self, members: Iterable[int], host: Cluster) -> bool:
        """Whether the text puts different countries before the two."""
        here = {self._surfaces[i].country for i in members} - {None}
        there = {self._surfaces[i].country for i in host.members} - {None}
        if host.body:
            there.add(host.body.country_iso3)
        return bool(here) and bool(there) and here.isdisjoint(there)


def _stands_alone(name: str) -> bool:
    """One word is a short form only where it is a head noun ("the Commission") or says more than where ("Brookings")."""
    return " " in name or name.lower() in heads() or country_of(name) is None
