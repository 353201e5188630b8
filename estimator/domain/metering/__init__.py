"""What a resource uses in a month: one small function for each kind, resource -> [(service, unit, quantity)].

A kind is in METERS when some provider charges for it; whether this one does is the price book's to say. The
kinds in NEVER_CHARGED give no line at all.
"""

from collections.abc import Mapping

from designer.domain import resources as kinds
from designer.domain.resources import Resource
from estimator.domain.metering.data import (
    meter_database,
    meter_file_share,
    meter_image,
    meter_object_container,
    meter_volume,
)
from estimator.domain.metering.external import EXTERNAL_SERVICES, meter_external
from estimator.domain.metering.networks import (
    meter_dns_zone,
    meter_floating_ip,
    meter_load_balancer,
    meter_network,
    meter_router,
    meter_vpn_connection,
)
from estimator.domain.metering.servers import meter_scaling_group, meter_server
from estimator.domain.metering.usage import FOLLOWS_THE_LOAD, ONE, Meter, Surroundings, Usage

__all__ = [
    "EXTERNAL_SERVICES",
    "FOLLOWS_THE_LOAD",
    "METERS",
    "NEVER_CHARGED",
    "ONE",
    "Surroundings",
    "Usage",
    "meter",
]


def meter(resource: Resource, around: Surroundings) -> list[Usage]:
    """What it uses; what uses nothing of a service is left out. Raises: KeyError on an unknown kind."""
    if resource.kind in NEVER_CHARGED:
        return []
    return [usage for usage in METERS[resource.kind](resource, around) if not usage.is_nothing]


METERS: Mapping[str, Meter] = {
    kinds.DATABASE_INSTANCE: meter_database,
    kinds.DNS_ZONE: meter_dns_zone,
    kinds.EXTERNAL: meter_external,
    kinds.FILE_SHARE: meter_file_share,
    kinds.FLOATING_IP: meter_floating_ip,
    kinds.IMAGE: meter_image,
    kinds.LOAD_BALANCER: meter_load_balancer,
    kinds.NETWORK: meter_network,
    kinds.OBJECT_CONTAINER: meter_object_container,
    kinds.ROUTER: meter_router,
    kinds.SCALING_GROUP: meter_scaling_group,
    kinds.SERVER: meter_server,
    kinds.VOLUME: meter_volume,
    kinds.VPN_CONNECTION: meter_vpn_connection,
}


# No provider that we know of charges for these: they are part of what they belong to.
NEVER_CHARGED = frozenset(
    {
        kinds.ALARM,
        kinds.DNS_RECORD,
        kinds.HEALTH_MONITOR,
        kinds.KEY_PAIR,
        kinds.LISTENER,
        kinds.MEMBER,
        kinds.PASSWORD,
        kinds.POOL,
        kinds.PORT,
        kinds.ROUTER_INTERFACE,
        kinds.ROUTER_ROUTE,
        kinds.SECRET,
        kinds.SECURITY_GROUP,
        kinds.SECURITY_GROUP_RULE,
        kinds.SERVER_GROUP,
        kinds.SUBNET,
        kinds.VOLUME_ATTACHMENT,
        kinds.VPN_ENDPOINT_GROUP,
        kinds.VPN_IKE_POLICY,
        kinds.VPN_IPSEC_POLICY,
        kinds.VPN_SERVICE,
    }
)
