"""What rules look at, what they may note, and words that they share."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count

from designer.domain.blueprint import Blueprint
from designer.domain.document import Component, Json, Link
from designer.domain.findings import Severity
from designer.domain.firewall import OUTSIDE
from designer.domain.naming import resource_name
from designer.domain.resources import FLOATING_IP, SECURITY_GROUP_RULE, Ref, Resource, ResourceGraph

WEB, PROXY, APP, BATCH, CACHE, DATA, ADMIN = "web", "proxy", "app", "batch", "cache", "data", "admin"
ROLE_OF_TYPE = {
    "web_server": WEB,
    "reverse_proxy": PROXY,
    "app_server": APP,
    "worker": BATCH,
    "cache_server": CACHE,
    "db_server": DATA,
    "dbaas": DATA,
    "bastion": ADMIN,
}
ROLE_OF_SOFTWARE = {  # for plain servers and growth pools, which may be anything
    "nginx": WEB,
    "apache": WEB,
    "haproxy": PROXY,
    "app": APP,
    "memcached": CACHE,
    "mysql": DATA,
    "mariadb": DATA,
}
STATELESS = frozenset({WEB, PROXY, APP})  # any server of the role can answer any request
INNER = frozenset({APP, BATCH, CACHE, DATA})  # never spoken to from the internet
LONGEST_ID_STEM = 35  # an id has 40 characters, and a number may follow
TIER_NAMES = {
    WEB: "web servers",
    PROXY: "proxies",
    APP: "application servers",
    BATCH: "workers",
    CACHE: "caches",
    DATA: "databases",
}


@dataclass(frozen=True)
class Notice:
    """One place where a rule is broken. `fix` is a merge patch, where one edit repairs it."""

    detail: str
    components: tuple[str, ...] = ()
    fix: Json | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence(Blueprint):
    """The design and its resource graph, with answers that several rules ask for, each found once."""

    graph: ResourceGraph

    def label(self, component: Component | str) -> str:
        one = self.component(component) if isinstance(component, str) else component
        name = resource_name(one.label or self.type_of(one).label)
        return name if len(name) <= 60 else f"{name[:59]}…"

    def labels(self, components: Iterable[Component | str]) -> str:
        """Up to three names, then how many more: "Web, App and 4 more"."""
        names = [self.label(one) for one in components]
        if len(names) > 3:
            return f"{', '.join(names[:2])} and {len(names) - 2} more"
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    def role(self, component: Component) -> str | None:
        known = ROLE_OF_TYPE.get(component.type)
        return known or ROLE_OF_SOFTWARE.get(str(component.properties.get("software")))

    @cached_property
    def by_role(self) -> Mapping[str, Sequence[Component]]:
        """Components that run something, by role; growth pools count once they have servers."""
        found: dict[str, list[Component]] = {}
        for component in self.document.components.values():
            role = self.role(component)
            if role and (component.type == "dbaas" or self.server_count(component.id)):
                found.setdefault(role, []).append(component)
        return found

    def of_role(self, *roles: str) -> list[Component]:
        return [component for role in roles for component in self.by_role.get(role, ())]

    @cached_property
    def servers(self) -> Sequence[Component]:
        return [one for one in self.topology.of_family("server", "growth_pool") if self.server_count(one.id)]

    def links_from_outside(self, component_id: str) -> list[Link]:
        links = self.topology.inbound(component_id, "traffic", "admin")
        return [link for link in links if self.topology.family(link.source) in OUTSIDE]

    @cached_property
    def faces_internet(self) -> bool:
        return bool(self.open_rules) or any(True for _ in self.graph.of_kind(FLOATING_IP))

    @cached_property
    def public_components(self) -> frozenset[str]:
        """Components of which some server or balancer has a public address."""
        ends = (resource.properties.get("port") for resource in self.graph.of_kind(FLOATING_IP))
        return frozenset(self.graph[end.key].component for end in ends if isinstance(end, Ref))

    @cached_property
    def open_rules(self) -> Sequence[Resource]:
        """Security group rules that name an address range."""
        return [
            rule for rule in self.graph.of_kind(SECURITY_GROUP_RULE) if rule.properties.get("remote_cidr")
        ]

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self.document.components.keys() | self.document.links.keys())

    def free_id(self, wanted: str) -> str:
        """An id for something that a fix adds: the wanted one where it is free, and never too long."""
        stem = wanted[:LONGEST_ID_STEM]
        numbered = (f"{stem}-{number}" for number in count(2))
        return next(one for one in chain([stem], numbered) if one not in self._ids)


@dataclass(frozen=True)
class Rule:
    """`summary` is the fixed phrase of each finding; `look` notes every place that breaks the rule."""

    id: str
    severity: Severity
    summary: str
    look: Callable[[Evidence], Iterator[Notice]]


def changed(component: Component | str, **properties: object) -> Json:
    """The merge patch that sets properties of one component."""
    component_id = component if isinstance(component, str) else component.id
    return {"components": {component_id: {"properties": properties}}}
