"""How each family of component types becomes resources."""

from collections.abc import Callable, Mapping

from designer.domain.document import Component
from designer.domain.families.alarm import expand_alarm
from designer.domain.families.baremetal import expand_baremetal
from designer.domain.families.certificate import expand_certificate
from designer.domain.families.container import expand_container, expand_to_nothing
from designer.domain.families.context import Context
from designer.domain.families.database import expand_database
from designer.domain.families.dns import expand_dns_zone
from designer.domain.families.external import expand_external
from designer.domain.families.file_share import expand_file_share
from designer.domain.families.floating_ip import expand_floating_ip
from designer.domain.families.growth_pool import expand_growth_pool
from designer.domain.families.image import expand_image
from designer.domain.families.keypair import expand_keypair
from designer.domain.families.load_balancer import expand_load_balancer
from designer.domain.families.network import expand_network, expand_subnet
from designer.domain.families.object_store import expand_object_store
from designer.domain.families.router import expand_router
from designer.domain.families.scaling_group import expand_scaling_group
from designer.domain.families.security_group import expand_security_group
from designer.domain.families.server import expand_server
from designer.domain.families.server_group import expand_server_group
from designer.domain.families.site import expand_site
from designer.domain.families.volume import expand_volume
from designer.domain.families.vpn import expand_vpn
from designer.domain.resources import Resource

FAMILIES: Mapping[str, Callable[[Component, Context], list[Resource]]] = {
    "alarm": expand_alarm,
    "baremetal": expand_baremetal,
    "boundary": expand_to_nothing,
    "certificate": expand_certificate,
    "container": expand_container,
    "database": expand_database,
    "dns": expand_dns_zone,
    "external": expand_external,
    "file_share": expand_file_share,
    "floating_ip": expand_floating_ip,
    "growth_pool": expand_growth_pool,
    "image": expand_image,
    "keypair": expand_keypair,
    "load_balancer": expand_load_balancer,
    "network": expand_network,
    "object_store": expand_object_store,
    "route_table": expand_to_nothing,
    "router": expand_router,
    "scaling_group": expand_scaling_group,
    "security_group": expand_security_group,
    "server": expand_server,
    "server_group": expand_server_group,
    "site": expand_site,
    "subnet": expand_subnet,
    "volume": expand_volume,
    "vpn": expand_vpn,
}
