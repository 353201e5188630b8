"""Which flavor, image, zone and volume type of a cloud fits what a design asks for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from deployer.domain.cloud import CloudProfile, Flavor, Image
from designer.domain import resources as kind


@dataclass(frozen=True)
class Match:
    """`values` go to the cloud with the resource; `note` tells people what was chosen.

    `lacking` says what the cloud does not have, and `compromise` what is only nearly as asked.
    """

    values: Mapping[str, Any]
    note: str = ""
    lacking: str = ""
    compromise: str = ""


def match_resource(resource_kind: str, properties: Mapping[str, Any], profile: CloudProfile) -> Match:
    """What this cloud has for one resource; most kinds need nothing chosen."""
    if resource_kind == kind.SERVER:
        image = _match_image(properties, profile)
        return _both(
            _match_flavor(properties, profile, _least_disk(properties, image, profile)),
            image,
            _match_zone(properties, profile),
        )
    if resource_kind == kind.VOLUME:
        image = _match_image(properties, profile) if properties.get("image") else Match({})
        return _both(_match_volume_type(properties, profile), _match_volume_zone(properties, profile), image)
    if resource_kind == kind.DATABASE_INSTANCE:
        return _both(_match_flavor(properties, profile), _match_datastore(properties, profile))
    if resource_kind == kind.FLOATING_IP or (
        resource_kind == kind.ROUTER and properties.get("external", True)
    ):
        return _match_external_network(profile)
    if resource_kind == kind.SCALING_GROUP:
        return _match_members(properties["member"], profile)
    if resource_kind in (kind.VPN_SERVICE, kind.VPN_ENDPOINT_GROUP, kind.VPN_CONNECTION):
        return _match_tunnel(resource_kind, properties)
    return Match({})


def smallest_flavor(flavors: Sequence[Flavor], *, vcpus: int, ram_mib: int, disk_gib: int) -> Flavor | None:
    """The least that satisfies, memory first: that is what flavors are mostly priced by."""
    enough = [
        one for one in flavors if one.vcpus >= vcpus and one.ram_mib >= ram_mib and one.disk_gib >= disk_gib
    ]
    return min(enough, key=lambda one: (one.ram_mib, one.vcpus, one.disk_gib, one.name), default=None)


def find_image(images: Sequence[Image], wanted: str) -> Image | None:
    """By its exact name, else as clouds spell it: `Ubuntu 24.04 LTS x86_64` is `ubuntu-24.04`."""
    for image in images:
        if image.name == wanted:
            return image
    similar = [image for image in images if _letters(image.name).startswith(_letters(wanted))]
    return min(similar, key=lambda image: (len(image.name), image.name), default=None)


def _least_disk(properties: Mapping[str, Any], image: Match, profile: CloudProfile) -> int:
    """What the image needs of the flavor's own disk; nothing where the server boots from a volume."""
    if properties.get("boot_volume"):
        return 0
    return next((one.min_disk_gib for one in profile.images if one.id == image.values.get("image_id")), 0)


def _match_flavor(properties: Mapping[str, Any], profile: CloudProfile, least_disk_gib: int = 0) -> Match:
    """Raising the disk to what the image needs saves the refusal that Nova would answer."""
    if pinned := properties.get("flavor"):
        for flavor in profile.flavors:
            if pinned in (flavor.name, flavor.id):
                if 0 < flavor.disk_gib < least_disk_gib:
                    has = f"Flavor {flavor.name} has {flavor.disk_gib} GiB disk"
                    return Match({}, lacking=f"{has}; the image needs {least_disk_gib}.")
                return _flavor_found(flavor, f"Flavor {flavor.name}, as pinned in the design.")
        return Match({}, lacking=f"It has no flavor called {pinned}.")
    size = properties.get("size") or {}
    vcpus, ram_gib, disk_gib = size.get("vcpus") or 1, size.get("ram_gib") or 0, size.get("disk_gib") or 0
    disk_gib = max(int(disk_gib), least_disk_gib)
    asked = f"{vcpus} vCPU, {ram_gib} GiB" + (f", {disk_gib} GiB disk" if disk_gib else "")
    found = smallest_flavor(
        profile.flavors, vcpus=int(vcpus), ram_mib=round(float(ram_gib) * 1024), disk_gib=int(disk_gib)
    )
    if found is None:
        return Match({}, lacking=f"It has no flavor with {asked}.")
    return _flavor_found(found, f"{asked} asked for: flavor {found.name} ({_describe(found)}).")


def _flavor_found(flavor: Flavor, note: str) -> Match:
    values = {
        "flavor_id": flavor.id,
        "flavor_name": flavor.name,
        "flavor_vcpus": flavor.vcpus,
        "flavor_ram_mib": flavor.ram_mib,
    }
    return Match(values, note)


def _describe(flavor: Flavor) -> str:
    return f"{flavor.vcpus} vCPU, {flavor.ram_mib / 1024:g} GiB, {flavor.disk_gib} GiB disk"


def _match_image(properties: Mapping[str, Any], profile: CloudProfile) -> Match:
    wanted = str(properties.get("image", ""))
    image = find_image(profile.images, wanted)
    if image is None:
        return Match({}, lacking=f"It has no image like {wanted}.")
    note = "" if image.name == wanted else f"Image {image.name} for {wanted}."
    return Match({"image_id": image.id, "image_name": image.name}, note)


def _match_zone(properties: Mapping[str, Any], profile: CloudProfile) -> Match:
    index = properties.get("zone_index")
    if index is None or not profile.zones:
        return Match({})
    zone = profile.zones[index % len(profile.zones)]
    compromise = ""
    if index >= len(profile.zones):
        compromise = f"The design spreads over {index + 1} zones; the cloud has {len(profile.zones)}."
    return Match({"zone": zone}, f"Zone {zone}.", compromise=compromise)


def _match_volume_zone(properties: Mapping[str, Any], profile: CloudProfile) -> Match:
    zone = _match_zone(properties, profile).values.get("zone")
    # Many clouds zone their servers but not their storage: then the cloud places the volume.
    return Match({"zone": zone}, f"Zone {zone}.") if zone in profile.volume_zones else Match({})


_TYPE_WORDS = {"ssd": ("ssd", "nvme", "fast", "performance"), "hdd": ("hdd", "sata", "standard", "magnetic")}


def _match_volume_type(properties: Mapping[str, Any], profile: CloudProfile) -> Match:
    wanted = str(properties.get("type") or "")
    if properties.get("encrypted"):
        found = _first_named(profile.volume_types, ("encrypt", "luks"))
        if found is None:
            return Match({}, lacking="It has no encrypted volume type.")
        return Match({"volume_type": found}, f"Volume type {found}.")
    if not wanted:
        return Match({})
    if found := _first_named(profile.volume_types, _TYPE_WORDS.get(wanted, (wanted,))):
        return Match({"volume_type": found}, f"Volume type {found}.")
    return Match(
        {},
        "The cloud's default volume type.",
        compromise=f"No volume type of the cloud is called {wanted}; its default is used.",
    )


def _match_datastore(properties: Mapping[str, Any], profile: CloudProfile) -> Match:
    engine = str(properties.get("engine", "mysql"))
    versions = profile.datastores.get(engine, ())
    if not versions:
        return Match({}, lacking=f"Its database service has no {engine}.")
    wanted = str(properties.get("version") or "")
    version = wanted if wanted in versions else max(versions, key=_version_order)
    compromise = f"{engine} {wanted} is not there; {version} is used." if wanted not in ("", version) else ""
    if properties.get("replicas") or properties.get("ha"):
        compromise = f"{compromise} It is deployed as a single instance; add replicas in the cloud.".strip()
    return Match(
        {"datastore": engine, "datastore_version": version}, f"{engine} {version}.", compromise=compromise
    )


def _match_members(member: Mapping[str, Any], profile: CloudProfile) -> Match:
    """What every member of a scaling group is made from; its volumes in the order of the design."""
    volumes = [_match_volume_type(one, profile) for one in member.get("volumes") or ()]
    types = Match({"volume_types": [str(one.values.get("volume_type", "")) for one in volumes]})
    external = _match_external_network(profile) if member.get("public_address") else Match({})
    rest = [replace(one, values={}) for one in volumes]
    return _both(_match_flavor(member, profile), _match_image(member, profile), types, *rest, external)


def _match_tunnel(resource_kind: str, properties: Mapping[str, Any]) -> Match:
    """Nothing to choose, but a tunnel without one of its ends is nothing that Neutron takes."""
    if resource_kind == kind.VPN_SERVICE and not properties.get("router"):
        return Match({}, lacking="A VPN gateway needs a network of its region with a router.")
    if resource_kind == kind.VPN_ENDPOINT_GROUP and not properties.get("endpoints"):
        return Match({}, lacking="A tunnel needs to know the networks at both of its ends.")
    if resource_kind == kind.VPN_CONNECTION and not properties.get("peer_address"):
        return Match({}, lacking="A tunnel needs the public address of its other end.")
    return Match({})


def _match_external_network(profile: CloudProfile) -> Match:
    if not profile.external_networks:
        return Match({}, lacking="It has no external network, so nothing there can have a public address.")
    network = profile.external_networks[0]
    return Match({"external_network_id": network.id}, f"External network {network.name}.")


def _both(*matches: Match) -> Match:
    return Match(
        {name: value for match in matches for name, value in match.values.items()},
        " ".join(match.note for match in matches if match.note),
        " ".join(match.lacking for match in matches if match.lacking),
        " ".join(match.compromise for match in matches if match.compromise),
    )


def _first_named(names: Sequence[str], words: Sequence[str]) -> str | None:
    """A name that is one of the words wins over one that holds it."""
    for fits in (lambda name, word: name == word, lambda name, word: word in name and "encrypt" not in name):
        for word in words:
            for name in names:
                if fits(name.lower(), word):
                    return name
    return next((name for word in words for name in names if word in name.lower()), None)


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _version_order(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]
