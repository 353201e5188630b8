"""What drift does to the resource graph, so that it can be priced like any other."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from deployer.domain.drift import Difference, Drift
from designer.domain import resources as kind
from designer.domain.resources import Resource, ResourceGraph


def live_graph(recorded: ResourceGraph, differences: Iterable[Difference]) -> ResourceGraph:
    """The recorded graph as it is in the cloud: without what is gone, with what was changed and added."""
    resources = dict(recorded.resources)
    for one in differences:
        if one.drift == Drift.MISSING:
            resources.pop(one.key, None)
        elif one.drift == Drift.CHANGED and one.key in resources:
            resources[one.key] = _changed(resources[one.key], one)
        elif one.drift in (Drift.EXTRA, Drift.STRAY) and (properties := _priced_by(one)) is not None:
            resources[one.key] = Resource(one.key, one.kind, one.component, properties)
    return ResourceGraph(resources)


def _changed(resource: Resource, one: Difference) -> Resource:
    properties = dict(resource.properties)
    if one.attribute == "flavor":
        if properties.get("flavor"):
            properties["flavor"] = one.live
        elif one.observed.get("size"):
            properties["size"] = dict(one.observed["size"])
    elif one.attribute in properties:
        properties[one.attribute] = one.live
    return replace(resource, properties=properties)


def _priced_by(one: Difference) -> Mapping[str, Any] | None:
    """What a price depends on, of a thing that no design describes. None for what nobody charges."""
    seen = one.observed
    if one.kind == kind.SERVER:
        return {
            "name": one.label,
            "size": seen.get("size"),
            "flavor": None,
            "boot_volume": not seen.get("image_id"),
        }
    if one.kind == kind.VOLUME:
        return {"name": one.label, "size_gib": seen.get("size_gib"), "type": _media(seen.get("volume_type"))}
    if one.kind == kind.FLOATING_IP:
        return {"name": one.label, "port": seen.get("port") or None}
    if one.kind in (kind.LOAD_BALANCER, kind.ROUTER, kind.NETWORK):
        return {"name": one.label}
    return None


def _media(volume_type: Any) -> str:
    """Price books know two sorts; the name of a cloud's type tells which."""
    word = str(volume_type or "").lower()
    return "hdd" if any(one in word for one in ("hdd", "sata", "standard", "magnetic")) else "ssd"
