"""Servers, by themselves, in groups that scale, and those that may come."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from catalog.domain.money import ZERO
from catalog.domain.size_matching import SizeNeed
from designer.domain.resources import Resource
from estimator.domain.licences import licensed_system
from estimator.domain.metering.quantities import counted, number_in, size_need, size_text, text_in
from estimator.domain.metering.usage import Surroundings, Usage


def meter_server(resource: Resource, around: Surroundings) -> list[Usage]:
    said = resource.properties
    # A boot volume that is drawn is a resource with a line of its own, so the flavor needs no disk then.
    need = size_need(said.get("size"), with_disk=not said.get("boot_volume"))
    return [_server(said, need)]


def meter_scaling_group(resource: Resource, around: Surroundings) -> list[Usage]:
    """As many servers as it starts with, each with its volumes and address; the load decides from then on."""
    said = resource.properties
    member = said.get("member")
    member = member if isinstance(member, Mapping) else {}
    each = _one_server(member)
    volumes = member.get("volumes")
    for volume in volumes if isinstance(volumes, (list, tuple)) else ():
        if isinstance(volume, Mapping):
            each.append(
                _volume_usage(text_in(volume.get("type")) or "ssd", number_in(volume.get("size_gib")))
            )
    if member.get("public_address"):
        each.append(Usage("floating_ip", "Public address", selector={"of": "server"}))
    now, least, most = (number_in(said.get(name)) for name in ("desired", "min", "max"))
    return [_for_group(usage, now, least, most) for usage in each]


def _one_server(said: Mapping[str, Any]) -> list[Usage]:
    """What a server that is no resource of its own uses, with the volume that it starts from."""
    boot_gib = number_in(said.get("boot_volume_gib")) or ZERO
    need = size_need(said.get("size"), with_disk=not boot_gib)
    return [_server(said, need), *([_volume_usage("ssd", boot_gib, role="Boot volume")] if boot_gib else [])]


def _server(said: Mapping[str, Any], need: SizeNeed | None) -> Usage:
    """Narrowed down to servers with the licence, where its system needs one."""
    system = licensed_system(said.get("image"))
    return Usage(
        "server",
        size_text("Server", need),
        need=need,
        flavor=text_in(said.get("flavor")),
        selector={"os": system} if system else {},
    )


def _volume_usage(kind: str, gib: Decimal | None, role: str = "") -> Usage:
    return Usage("volume", f"Volume, {kind}", "GiB-month", gib, {"type": kind}, role=role)


def _for_group(usage: Usage, now: Decimal | None, least: Decimal | None, most: Decimal | None) -> Usage:
    """The usage of one member as that of all of them."""
    if now is None:
        return replace(usage, copies=None)
    least, most = (now if least is None else min(least, now)), (now if most is None else max(most, now))
    said = f"Counted with {counted(now, 'member')}; the group has {least} to {most}."
    return replace(usage, copies=now, least=least, most=most, assumption=said)


def growth(resource: Resource) -> list[Usage]:
    """Servers that may come, and cost nothing until they do."""
    said = resource.properties
    most = number_in(said.get("most")) or ZERO
    return [
        replace(
            usage,
            copies=ZERO,
            least=ZERO,
            most=most,
            assumption=f"Nothing yet; {most} more may come.",
        )
        for usage in _one_server(said)
    ]


def reserved_capacity(resource: Resource) -> list[Usage]:
    said = resource.properties
    need = size_need(said.get("size"), with_disk=True)
    return [
        Usage(
            "reserved_capacity",
            size_text("Reserved capacity", need),
            "month",
            number_in(said.get("instances")),
        )
    ]
