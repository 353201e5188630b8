"""Builders: small designs for tests, with the answers that tests ask of them."""

from typing import Any

from catalog.domain.merge_patches import merge_patch
from catalog.selectors import component_types, get_template
from designer.domain.document import DesignDocument, Json
from designer.domain.edits import apply_edit
from designer.domain.expansion import expand
from designer.domain.findings import Finding
from designer.domain.parsing import parse_document
from designer.domain.resources import Resource, ResourceGraph
from designer.domain.rules import review


class Design:
    """A document under construction; `graph()` and `findings()` read it like the product does."""

    def __init__(self, data: Json | None = None) -> None:
        self.data: Json = data or {"format": 1, "settings": {}, "components": {}, "links": {}}

    def with_settings(self, **settings: Any) -> "Design":
        return self.edited({"settings": settings})

    def with_(
        self, id_: str, type_: str, parent: str | None = None, label: str = "", **properties: Any
    ) -> "Design":
        component = {"type": type_, "parent": parent, "label": label or None, "properties": properties}
        return self.edited({"components": {id_: component}})

    def linked(
        self, source: str, target: str, kind: str = "traffic", protocol: str | None = None, port: Any = None
    ) -> "Design":
        said = {"protocol": protocol, "port": port}
        link = {"source": source, "target": target, "kind": kind, "properties": said}
        return self.edited({"links": {f"{source}-{target}": link}})

    def edited(self, patch: Json) -> "Design":
        return Design(merge_patch(self.data, patch))

    def without_link(self, id_: str) -> "Design":
        return self.edited({"links": {id_: None}})

    def document(self) -> DesignDocument:
        return parse_document(self.data, component_types())

    def graph(self, *, without: frozenset[str] = frozenset()) -> ResourceGraph:
        return expand(self.document(), component_types(), without=without)

    def findings(self, rule: str | None = None) -> list[Finding]:
        found = review(self.document(), self.graph(), component_types())
        return [finding for finding in found if rule in (None, finding.rule)]

    def repaired(self, rule: str) -> "Design":
        """After one click on the fix of the rule's first finding, by the same door as in the browser."""
        fix = self.findings(rule)[0].fix
        assert fix is not None, f"{rule} offers no fix"
        return self.taking(fix)

    def taking(self, fix: Json) -> "Design":
        return Design(apply_edit(self.data, fix, component_types()))

    def rules_broken(self) -> set[str]:
        return {finding.rule for finding in self.findings()}


def a_design() -> Design:
    """A network with one subnet, `net` and `sn`."""
    return (
        Design()
        .with_("net", "network", cidr="10.0.0.0/16")
        .with_("sn", "subnet", parent="net", cidr="10.0.1.0/24")
    )


def template(key: str) -> Design:
    return Design(get_template(key).document)


def rules_of(graph: ResourceGraph, component_id: str) -> set[tuple[str, int | None, str]]:
    """What a security group lets in: (protocol, port, who).

    Who: a source group's component, an address range, or the key of what holds a public address.
    """
    found: set[tuple[str, int | None, str]] = set()
    for resource in graph.of_kind("security_group_rule"):
        if resource.component == component_id:
            said = resource.properties
            if "remote_group" in said:
                who = graph[said["remote_group"].key].component
            else:
                who = getattr(said["remote_cidr"], "key", said["remote_cidr"])
            found.add((said["protocol"], said["port_min"], who))
    return found


def keys_of(resources: Any) -> set[str]:
    return {resource.key for resource in resources}


def only(resources: Any) -> Resource:
    (resource,) = resources
    return resource
