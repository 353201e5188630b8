"""What is exported: the resource graph, with a parameter wherever clouds differ or a secret is needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deployer.domain.cloud import CloudProfile
from deployer.exports.choosing import Chooser, Param, Parameter
from deployer.exports.names import identifiers, one_line
from designer.domain import resources as kind
from designer.domain.document import DesignDocument
from designer.domain.resources import Ref, Resource, ResourceGraph, references

# What is in the graph but is nothing that a file could ask a cloud for.
WITHOUT_FORM = frozenset({kind.EXTERNAL, kind.PASSWORD})


@dataclass(frozen=True)
class Exported:
    """One resource to write. `choices` are the values that the cloud decides: flavor, image, zone, ..."""

    resource: Resource
    name: str
    choices: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return self.resource.kind

    @property
    def region(self) -> str:
        return self.resource.region

    def said(self, name: str, default: Any = None) -> Any:
        """A property; an empty one counts as unsaid."""
        value = self.resource.properties.get(name)
        return default if value is None else value

    @property
    def label(self) -> str:
        return one_line(self.resource.properties.get("name") or self.resource.key)


@dataclass(frozen=True)
class Subject:
    """`labels` are the components' by id, for comments."""

    title: str
    document: DesignDocument
    graph: ResourceGraph
    profile: CloudProfile | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Those in which something is made, in the graph's order."""
        regions = (one.region for one in self.graph if one.kind not in WITHOUT_FORM and one.region)
        return tuple(dict.fromkeys(regions))

    @property
    def is_spread(self) -> bool:
        return len(self.regions) > 1

    @cached_property
    def names(self) -> Mapping[str, str]:
        return identifiers(one.key for one in self.graph)

    @cached_property
    def _chosen(self) -> tuple[Mapping[str, Mapping[str, Any]], Mapping[str, Parameter]]:
        chooser = Chooser(self.profile, self.regions, self.names, self.labels)
        return {one.key: chooser.choose(one) for one in self.graph}, chooser.parameters

    @property
    def parameters(self) -> Sequence[Parameter]:
        return sorted(self._chosen[1].values(), key=lambda one: (one.order, one.name))

    @cached_property
    def resources(self) -> Sequence[Exported]:
        """In an order in which they can be made."""
        return [
            Exported(one, self.names[one.key], {**self._chosen[0][one.key], **self._seen_through(one)})
            for one in self.graph
            if one.kind not in WITHOUT_FORM
        ]

    @cached_property
    def by_key(self) -> Mapping[str, Exported]:
        return {one.resource.key: one for one in self.resources}

    def _seen_through(self, one: Resource) -> Mapping[str, Any]:
        """What stands in another resource's properties and some formats want in this one's."""

        def said(ref: Any, name: str) -> Any:
            return self.graph[ref.key].properties.get(name) if isinstance(ref, Ref) else None

        if one.kind == kind.ROUTER_INTERFACE:
            return {"network": said(one.properties.get("subnet"), "network")}
        if one.kind == kind.VPN_CONNECTION:
            return {"peer_cidrs": said(one.properties.get("peer_group"), "endpoints")}
        if one.kind == kind.VPN_SERVICE:
            groups = self.graph.of_kind(kind.VPN_ENDPOINT_GROUP)
            own = next((each for each in groups if each.component == one.component), None)
            endpoints = own.properties.get("endpoints") if own else None
            return {"subnet": endpoints[0]} if endpoints else {}
        return {}

    def by_component(self) -> Mapping[str, list[Exported]]:
        """Sections of a file: what belongs to one component stands together."""
        sections: dict[str, list[Exported]] = {}
        for one in self.resources:
            sections.setdefault(one.resource.component, []).append(one)
        return sections

    def heading(self, component: str) -> str:
        return one_line(self.labels.get(component) or component)

    def secret_of(self, ref: Ref) -> Param | None:
        """A password's value is asked for, never written."""
        if self.graph[ref.key].kind == kind.PASSWORD:
            return Param(self.names[ref.key])
        return None

    def waits_for(self, one: Exported) -> list[str]:
        """Keys that it needs without naming them in a property; what it names, every engine sees itself."""
        named = {ref.key for ref in references(one.resource.properties)}
        return [
            need
            for need in one.resource.needs
            if need not in named and self.graph[need].kind not in WITHOUT_FORM
        ]

    def arranged_by_hand(self) -> list[tuple[str, str]]:
        """(label, how) of everything that no cloud makes."""
        return [
            (one_line(one.properties.get("name") or one.key), one_line(one.properties.get("how") or ""))
            for one in self.graph.of_kind(kind.EXTERNAL)
            if one.properties.get("by_hand")
        ]

    def addresses(self) -> list[tuple[str, str, Ref]]:
        """(name, description, where it is found) of what people look for afterwards."""
        wanted = {
            kind.FLOATING_IP: "address",
            kind.LOAD_BALANCER: "address",
            kind.DATABASE_INSTANCE: "address",
        }
        return [
            (f"{one.name}_address", f"Address of {one.label}", Ref(one.resource.key, wanted[one.kind]))
            for one in self.resources
            if one.kind in wanted
        ]
