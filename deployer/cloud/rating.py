"""Reads the rating rules of a cloud's CloudKitty: module hashmap, API v1, which v2 installations answer too.

The SDK has no proxy for it, so its session speaks to the service of type `rating` directly.
"""

from typing import Any

from keystoneauth1 import exceptions as keystone
from keystoneauth1.adapter import Adapter
from openstack.connection import Connection

from deployer.cloud.errors import speaking_plainly
from deployer.domain.cloud import NotFound, Refused

SERVICE = "rating"
HASHMAP = "/v1/rating/module_config/hashmap"
LISTS = ("groups", "services", "fields", "mappings", "thresholds")
_VERSIONS = ("/v1", "/v2")


def read_rating_rules(conn: Connection) -> dict[str, Any]:
    """As catalog/domain/price_imports/cloudkitty_hashmap.py takes them.

    Raises: NotFound when the cloud rates nothing, CloudError.
    """
    with speaking_plainly():
        rating = Adapter(
            conn.session,
            service_type=SERVICE,
            region_name=conn.config.get_region_name(),
            interface=conn.config.get_interface(SERVICE),
        )
        base = _address(rating)
        rules: dict[str, Any] = {"url": base}
        services = _list(rating, f"{base}{HASHMAP}/services", "services")
        # The API lists fields, mappings and thresholds whole, except fields: those of one service at a time.
        for name in LISTS:
            rules[name] = services if name == "services" else _all(rating, base, name, services)
        rules["metrics"] = _list(rating, f"{base}/v1/info/metrics", "metrics")
        rules["flavors"] = [
            {
                "id": one.id,
                "name": one.name,
                "vcpus": one.vcpus,
                "ram_gib": str(one.ram / 1024).removesuffix(".0"),
                "disk_gib": str(one.disk),
            }
            for one in conn.compute.flavors(is_public=None)
            if not one.is_disabled
        ]
        return rules


def _address(rating: Adapter) -> str:
    try:
        found = rating.get_endpoint()
    except keystone.EndpointNotFound:
        found = None
    if not found:
        raise NotFound("This cloud has no rating service, so nobody knows what it charges.")
    base = str(found).rstrip("/")
    return next((base.removesuffix(version) for version in _VERSIONS if base.endswith(version)), base)


def _all(rating: Adapter, base: str, name: str, services: list[Any]) -> list[Any]:
    if name != "fields":
        return _list(rating, f"{base}{HASHMAP}/{name}", name)
    ids = [str(one.get("service_id")) for one in services if isinstance(one, dict)]
    return [
        field
        for service_id in ids
        for field in _list(rating, f"{base}{HASHMAP}/fields?service_id={service_id}", name)
    ]


def _list(rating: Adapter, url: str, name: str) -> list[Any]:
    try:
        found = rating.get(url, endpoint_override=url).json()
    except ValueError:
        raise Refused(f"The rating service answered something else than JSON at {url}.") from None
    listed = found.get(name) if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise Refused(f"The rating service answered without a list of {name} at {url}.")
    return listed
