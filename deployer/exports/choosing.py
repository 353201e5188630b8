"""Which values of a design a cloud decides: they become parameters, with the given cloud's as defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deployer.domain.cloud import CloudProfile
from deployer.domain.matching import match_resource
from deployer.exports.names import identifier, one_line
from designer.domain import resources as kind
from designer.domain.resources import Resource

PASSWORD_PATTERN = "[A-Za-z0-9_-]+"  # noqa: S105  what such a word may hold wherever a recipe writes it


@dataclass(frozen=True)
class Param:
    """Stands in a property where the file refers to one of its parameters."""

    name: str


@dataclass(frozen=True)
class Parameter:
    """`default` is None where somebody has to say it. A hidden one is a secret and never has a default."""

    name: str
    description: str
    default: str | None = None
    hidden: bool = False
    pattern: str = ""
    order: int = 0


class Chooser:
    """Collects the parameters while it looks at one resource after the other."""

    def __init__(
        self,
        profile: CloudProfile | None,
        regions: Sequence[str],
        names: Mapping[str, str],
        labels: Mapping[str, str],
    ) -> None:
        self._profile = profile
        self._regions = regions
        self._names = names
        self._labels = labels
        self._taken = frozenset(names.values())
        self.parameters: dict[str, Parameter] = {}
        if len(regions) > 1:
            for region in regions:
                self._ask("region", f"The cloud's name for the region {self._title(region)}", 0, region)

    def choose(self, one: Resource) -> Mapping[str, Any]:
        """Parameters, and in few places plain values, by the name under which a writer asks for them."""
        choices: dict[str, Any] = {}
        if len(self._regions) > 1:
            choices["region"] = Param(self._name("region", one.region))
        match one.kind:
            case kind.SERVER | kind.SCALING_GROUP:
                choices |= self._server(one)
            case kind.VOLUME:
                choices |= self._volume(one)
            case kind.DATABASE_INSTANCE:
                choices |= self._flavor(one.properties, one.region) | self._datastore(one)
            case kind.FLOATING_IP:
                choices |= self._external_network(one.region)
            case kind.ROUTER if one.properties.get("external", True):
                choices |= self._external_network(one.region)
            case kind.KEY_PAIR:
                choices |= self._public_key(one)
            case kind.SECRET:
                words = "A certificate with its key as PKCS12 without a password, in base64"
                name = self._free(f"{self._names[one.key]}_payload")
                choices["payload"] = self._secret(name, words, pattern="")
            case kind.PASSWORD:
                words = one_line(one.properties.get("name") or one.key)
                self._secret(self._names[one.key], words, pattern=PASSWORD_PATTERN)
        return choices

    def _server(self, one: Resource) -> dict[str, Any]:
        said = one.properties.get("member") or one.properties
        choices = self._flavor(said, one.region) | self._image(said, one.region)
        if (zone := self._zone(one)) is not None:
            choices["zone"] = zone
        if one.kind == kind.SCALING_GROUP:
            if said.get("public_address"):
                choices |= self._external_network(one.region)
            choices |= self._members(said)
        return choices

    def _members(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """A group's members are made from a template of their own, which asks for less."""
        flavor, size = self._matched(kind.SERVER, said), said.get("size") or {}
        types = (self._matched(kind.VOLUME, one).get("volume_type") for one in said.get("volumes") or ())
        return {
            "flavor_vcpus": flavor.get("flavor_vcpus") or size.get("vcpus") or 1,
            "flavor_ram_mib": flavor.get("flavor_ram_mib") or round(float(size.get("ram_gib") or 1) * 1024),
            "volume_types": [found or "" for found in types],
        }

    def _flavor(self, said: Mapping[str, Any], region: str) -> dict[str, Any]:
        size = said.get("size") or {}
        if pinned := said.get("flavor"):
            name, words = f"flavor {pinned}", f"The flavor that the design asks for by name: {pinned}"
        else:
            parts = [f"{size.get('vcpus') or 1} vcpu", f"{_plain(size.get('ram_gib') or 0)} gib"]
            disk = f" {_plain(size['disk_gib'])} disk" if size.get("disk_gib") else ""
            name = f"flavor {' '.join(parts)}{disk}"
            words = f"A flavor with at least {size.get('vcpus') or 1} vCPU, "
            words += f"{_plain(size.get('ram_gib') or 0)} GiB of memory"
            words += f" and {_plain(size['disk_gib'])} GiB of disk" if size.get("disk_gib") else ""
        found = self._matched(kind.SERVER, said).get("flavor_name")
        return {"flavor": self._ask(name, words, 20, region, default=found or (pinned or None))}

    def _image(self, said: Mapping[str, Any], region: str) -> dict[str, Any]:
        wanted = str(said.get("image") or "")
        found = self._matched(kind.SERVER, said).get("image_name")
        return {
            "image": self._ask(
                f"image {wanted}", f"An image with {wanted or 'Linux'}", 30, region, default=found
            )
        }

    def _zone(self, one: Resource) -> Param | None:
        index = one.properties.get("zone_index")
        if index is None:
            return None
        zones = self._profile.zones if self._profile else ("nova",)  # what Nova calls the only one
        if not zones:
            return None
        words = f"The availability zone for what the design puts into zone {index + 1}"
        return self._ask(f"zone {index + 1}", words, 40, one.region, default=zones[index % len(zones)])

    def _volume(self, one: Resource) -> dict[str, Any]:
        choices: dict[str, Any] = {}
        if one.properties.get("image"):
            choices |= self._image(one.properties, one.region)
        if volume_type := self._type_of(one, one.properties):
            choices["volume_type"] = volume_type
        # Many clouds zone their servers but not their storage; then the cloud places the volume.
        if self._profile and "zone" in match_resource(kind.VOLUME, one.properties, self._profile).values:
            choices["zone"] = self._zone(one)
        return choices

    def _type_of(self, one: Resource, said: Mapping[str, Any]) -> Param | None:
        wanted = "encrypted" if said.get("encrypted") else str(said.get("type") or "")
        if not wanted:
            return None
        found = self._matched(kind.VOLUME, said).get("volume_type")
        if self._profile is not None and found is None and wanted != "encrypted":
            return None  # the cloud has no such type: its default one is used
        return self._ask(
            f"volume type {wanted}",
            f"The volume type for what the design calls {wanted}",
            50,
            one.region,
            default=found,
        )

    def _datastore(self, one: Resource) -> dict[str, Any]:
        engine = str(one.properties.get("engine") or "mysql")
        found = self._matched(kind.DATABASE_INSTANCE, one.properties)
        version = found.get("datastore_version") or str(one.properties.get("version") or "") or None
        words = f"The version of {engine} that the database service runs"
        return {
            "datastore": found.get("datastore") or engine,
            "datastore_version": self._ask(f"{engine} version", words, 60, one.region, default=version),
        }

    def _external_network(self, region: str) -> dict[str, Any]:
        networks = self._profile.external_networks if self._profile else ()
        words = "The cloud's external network, where public addresses come from"
        default = networks[0].name if networks else None
        return {"external_network": self._ask("external network", words, 10, region, default=default)}

    def _public_key(self, one: Resource) -> dict[str, Any]:
        words = f"The SSH public key that may sign in to the servers ({one_line(one.properties['name'])})"
        name = self._free(f"{self._names[one.key]}_public_key")
        self.parameters.setdefault(
            name, Parameter(name, words, str(one.properties["public_key"]).strip(), order=70)
        )
        return {"public_key": Param(name)}

    def _secret(self, name: str, words: str, *, pattern: str) -> Param:
        self.parameters.setdefault(name, Parameter(name, words, hidden=True, pattern=pattern, order=80))
        return Param(name)

    def _ask(self, name: str, words: str, order: int, region: str, *, default: str | None = None) -> Param:
        whole = self._name(name, region)
        if len(self._regions) > 1 and order:
            words = f"{words}, in {self._title(region)}"
        self.parameters.setdefault(whole, Parameter(whole, one_line(words), default, order=order))
        return Param(whole)

    def _name(self, name: str, region: str) -> str:
        region = region or next(iter(self._regions), "")
        return self._free(identifier(f"{name} {region}" if len(self._regions) > 1 else name))

    def _free(self, name: str) -> str:
        """Heat wants no parameter to be called as a resource is."""
        while name in self._taken:
            name = f"{name}_chosen"
        return name

    def _title(self, region: str) -> str:
        return one_line(self._labels.get(region) or region or "of the rest")

    def _matched(self, resource_kind: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
        return match_resource(resource_kind, said, self._profile).values if self._profile else {}


def _plain(number: Any) -> str:
    return f"{float(number):g}"
