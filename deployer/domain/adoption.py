"""How a document says what is live: an edit is tried, and counts only if its graph then says just that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.domain.component_specs import ComponentType
from deployer.domain.cloud import Flavor
from deployer.domain.drift import Difference, Drift
from deployer.domain.kinds import facts_of
from deployer.domain.matching import smallest_flavor
from deployer.domain.observing import POWER, alike
from deployer.domain.plan import Recorded, as_stored
from designer.domain import resources as kind
from designer.domain.document import Json
from designer.domain.edits import EditRefused, apply_edit
from designer.domain.expansion import expand
from designer.domain.parsing import parse_document
from designer.domain.resources import Ref, Resource, ResourceGraph

_SIZES = ("size_gib", "volume_gib", "boot_volume_gib", "storage_gib", "disk_gib")
_SAID_AS: Mapping[tuple[str, str], tuple[str, ...]] = {
    (kind.VOLUME, "size_gib"): _SIZES,
    (kind.DATABASE_INSTANCE, "volume_gib"): _SIZES,
    (kind.HEALTH_MONITOR, "delay_seconds"): ("health_delay_seconds",),
    (kind.HEALTH_MONITOR, "timeout_seconds"): ("health_timeout_seconds",),
    (kind.HEALTH_MONITOR, "retries"): ("health_retries",),
    (kind.HEALTH_MONITOR, "path"): ("health_path",),
}
_PROTOCOL_WORDS = {"tcp": "TCP", "udp": "UDP"}


class CannotSay(ValueError):
    """No edit makes the document say it; the text says why."""


@dataclass(frozen=True)
class Adoption:
    """The edit, and what the document's graph says with it."""

    patch: Json
    graph: ResourceGraph
    key: str  # of the resource that it now describes; empty for one that went


@dataclass(frozen=True)
class Scene:
    """What is known when a difference is looked at: the document, the records, all that drifted."""

    document: Json
    types: Mapping[str, ComponentType]
    recorded: Mapping[str, Recorded]
    drift: Sequence[Difference]
    flavors: Sequence[Flavor]
    without: frozenset[str] = frozenset()

    def graph(self, document: Json) -> ResourceGraph:
        return expand(parse_document(document, self.types), self.types, without=self.without)


def adopt(one: Difference, scene: Scene) -> Adoption:
    """The first edit that makes the document say what is live, and nothing that isn't. Raises: CannotSay."""
    if one.component not in scene.document["components"]:
        raise CannotSay("The component is no longer drawn.")
    if one.attribute == POWER:
        raise CannotSay("A drawing does not say whether a server runs. Start or stop it.")
    if one.attribute == "name":
        raise CannotSay("A name follows the label of its component. Redeploy, or change the label.")
    if one.drift in (Drift.FAILED, Drift.STRAY):
        raise CannotSay("It cannot be drawn. Redeploy.")
    before = scene.graph(scene.document)
    if (said := _says(one, before, scene)) is not None:  # by the edit for another one, or drawn meanwhile
        return Adoption({}, before, said)
    refusal = f"The drawing has no words for this {facts_of(one.kind).title.lower()} as it is."
    for patch in _candidates(one, scene):
        try:
            edited = apply_edit(scene.document, patch, scene.types)
        except EditRefused:
            continue
        after = scene.graph(edited)
        key = _says(one, after, scene)
        if key is None:
            continue
        if one.drift == Drift.CHANGED and (why := _too_much(one, before, after, scene)):
            refusal = why
            continue
        return Adoption(patch, after, key)
    raise CannotSay(refusal)


# --- Edits to try -------------------------------------------------------------------------------------


def _candidates(one: Difference, scene: Scene) -> Iterator[Json]:
    if one.drift == Drift.CHANGED:
        for properties in _properties_to_try(one):
            yield {"components": {one.component: {"properties": properties}}}
    elif one.drift == Drift.MISSING:
        yield from _without(one, scene)
    elif one.kind in (kind.SECURITY_GROUP_RULE, kind.MEMBER):
        yield from _links(one, scene)
    elif one.kind == kind.FLOATING_IP:
        yield {"components": {one.component: {"properties": {"public_address": True}}}}


def _properties_to_try(one: Difference) -> Iterator[Json]:
    if one.attribute == "flavor":
        if size := one.observed.get("size"):
            yield {"size": {name: _whole(value) for name, value in size.items()}, "flavor": None}
            yield {"size": {name: _whole(size[name]) for name in ("vcpus", "ram_gib")}, "flavor": None}
        yield {"flavor": one.live}
        return
    for name in _SAID_AS.get((one.kind, one.attribute), (one.attribute,)):
        yield {name: _whole(one.live)}


def _without(one: Difference, scene: Scene) -> Iterator[Json]:
    """One less, where the last of several is gone; without the component, where all of it is."""
    component = scene.document["components"][one.component]
    count = component.get("properties", {}).get("count", 1)
    if isinstance(count, int) and count > 1:
        yield {"components": {one.component: {"properties": {"count": count - 1}}}}
    own = {key for key, row in scene.recorded.items() if row.component == one.component}
    gone = {other.key for other in scene.drift if other.drift == Drift.MISSING}
    if own <= gone:
        links = {
            name: None
            for name, link in scene.document.get("links", {}).items()
            if one.component in (link["source"], link["target"])
        }
        yield {"components": {one.component: None}, "links": links}


def _links(one: Difference, scene: Scene) -> Iterator[Json]:
    seen = one.observed
    ports = (seen.get("port_min"), seen.get("port_max")) if one.kind == kind.SECURITY_GROUP_RULE else None
    if ports and (ports[0] is None or ports[0] != ports[1]):
        return
    port = ports[0] if ports else seen.get("port")
    for source, target in _ends(one, scene):
        for kind_of_link in ("traffic", "manage", "replicate"):
            for protocol in (_PROTOCOL_WORDS.get(str(seen.get("protocol") or "tcp")), "HTTP", "SSH"):
                yield {
                    "links": {
                        _free_name(scene.document, source, target): {
                            "source": source,
                            "target": target,
                            "kind": kind_of_link,
                            "properties": {"protocol": protocol, "port": port},
                        }
                    }
                }


def _ends(one: Difference, scene: Scene) -> Iterator[tuple[str, str]]:
    """Who could be drawn as sending to whom."""
    components = scene.document["components"]
    if one.kind == kind.MEMBER:
        ours = {row.component for row in scene.recorded.values() if row.kind == kind.SERVER}
        yield from ((one.component, target) for target in sorted(ours & components.keys()))
        return
    group = one.observed.get("remote_group")
    for row in scene.recorded.values():
        if group and row.kind == kind.SECURITY_GROUP and row.cloud_id == group:
            yield row.component, one.component
    if one.observed.get("remote_cidr") in ("0.0.0.0/0", None):
        for name, component in components.items():
            if component.get("type") in ("internet", "users"):
                yield name, one.component


def _free_name(document: Json, source: str, target: str) -> str:
    taken, number = document.get("links", {}), 1
    name = f"{source}-{target}"
    while name in taken:
        number += 1
        name = f"{source}-{target}-{number}"
    return name


# --- Whether the graph then says it -------------------------------------------------------------------


def _says(one: Difference, graph: ResourceGraph, scene: Scene) -> str | None:
    """The key of what describes it now; empty for what is gone."""
    if one.drift == Drift.MISSING:
        return "" if one.key not in graph.resources else None
    if one.drift == Drift.CHANGED:
        resource = graph.resources.get(one.key)
        return one.key if resource is not None and _has_value(one, resource, scene) else None
    for resource in graph.of_kind(one.kind):
        if resource.key not in scene.recorded and _is_it(one, resource, scene):
            return resource.key
    return None


def _has_value(one: Difference, resource: Resource, scene: Scene) -> bool:
    if one.attribute != "flavor":
        return alike(one.attribute, resource.properties.get(one.attribute), one.live)
    if pinned := resource.properties.get("flavor"):
        return bool(pinned == one.live)
    size = resource.properties.get("size") or {}
    found = smallest_flavor(
        scene.flavors,
        vcpus=int(size.get("vcpus") or 1),
        ram_mib=round(float(size.get("ram_gib") or 0) * 1024),
        disk_gib=int(size.get("disk_gib") or 0),
    )
    return found is not None and found.name == one.live


def _is_it(one: Difference, resource: Resource, scene: Scene) -> bool:
    said, seen = resource.properties, one.observed
    holder = one.key.partition("~")[0]
    if one.kind == kind.SECURITY_GROUP_RULE:
        group = said.get("remote_group")
        row = scene.recorded.get(group.key) if isinstance(group, Ref) else None
        return (
            said.get("security_group") == Ref(holder)
            and said.get("direction") == seen.get("direction")
            and all(said.get(name) == seen.get(name) for name in ("protocol", "port_min", "port_max"))
            and (row.cloud_id if row else None) == (seen.get("remote_group") or None)
            and (said.get("remote_cidr") or None) == (seen.get("remote_cidr") or None)
        )
    if one.kind == kind.FLOATING_IP:
        return said.get("port") == Ref(holder)
    return False


def _too_much(one: Difference, before: ResourceGraph, after: ResourceGraph, scene: Scene) -> str:
    """What else the edit would change that is not so in the cloud. Empty when there is nothing."""
    live = {(other.key, other.attribute): other.live for other in scene.drift}
    others = []
    for resource in after:
        old = before.resources.get(resource.key)
        if resource.key == one.key or old is None or resource.kind != one.kind:
            continue
        if as_stored(old.properties) != as_stored(resource.properties):
            there = (resource.key, one.attribute)
            if there not in live or not alike(one.attribute, live[there], one.live):
                others.append(resource.key)
    if not others:
        return ""
    return f"It is drawn together with {', '.join(others[:3])}, which would have to change too."


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
