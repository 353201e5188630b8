"""A router's leg in a subnet. Neutron makes its port, without our tag: it is known by where it is."""

from collections.abc import Iterator
from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.handler import PlaceHandler
from deployer.domain.cloud import Item, Live, LiveStatus, NotFound, Order
from designer.domain import resources

# Plain, distributed and highly available routers call theirs differently.
_INTERFACE_OWNERS = ("network:router_interface", "network:router_interface_distributed", "network:ha_router")


class RouterInterfaceHandler(PlaceHandler):
    """Its id is `<router id>/<subnet id>`; a router has at most one interface in a subnet."""

    kind = resources.ROUTER_INTERFACE

    def items(self, conn: Connection) -> Iterator[Item]:
        for port in conn.network.ports(project_id=conn.current_project_id):
            if port.device_owner and port.device_owner.startswith(_INTERFACE_OWNERS):
                for fixed in port.fixed_ips:
                    cloud_id = f"{port.device_id}/{fixed['subnet_id']}"
                    observed = {"router": port.device_id, "subnet": fixed["subnet_id"]}
                    yield Item(self.kind, cloud_id, cloud_id, None, LiveStatus.ACTIVE, observed=observed)

    def find(self, conn: Connection, order: Order) -> Live | None:
        try:
            return self.get(conn, f"{order.spec['router']}/{order.spec['subnet']}")
        except NotFound:
            return None

    def create(self, conn: Connection, order: Order) -> Live:
        router, subnet = order.spec["router"], order.spec["subnet"]
        if address := order.spec.get("address"):
            port = _port_at(conn, subnet, address)
            conn.network.add_interface_to_router(router, port=port.id)
        else:
            conn.network.add_interface_to_router(router, subnet)
        return Live(f"{router}/{subnet}", LiveStatus.ACTIVE, outputs={"id": f"{router}/{subnet}"})

    def get(self, conn: Connection, cloud_id: str) -> Live:
        router, _, subnet = cloud_id.partition("/")
        if _find_port(conn, router, subnet) is None:
            raise NotFound("The router has no interface in this subnet.")
        return Live(cloud_id, LiveStatus.ACTIVE, outputs={"id": cloud_id})

    def delete(self, conn: Connection, cloud_id: str) -> None:
        router, _, subnet = cloud_id.partition("/")
        # Deleting the port itself is refused; only the router may give it up.
        conn.network.remove_interface_from_router(router, subnet)


def _port_at(conn: Connection, subnet: str, address: str) -> Any:
    """A port with an address of its own, for a router that is not the subnet's gateway.

    One that an interruption left there is taken again. It goes when the router gives the interface up.
    """
    network = conn.network.get_subnet(subnet).network_id
    for port in conn.network.ports(network_id=network, fixed_ips=f"ip_address={address}"):
        if not port.device_owner:
            return port
    fixed = {"subnet_id": subnet, "ip_address": address}
    return conn.network.create_port(network_id=network, fixed_ips=[fixed], security_group_ids=[])


def _find_port(conn: Connection, router: str, subnet: str) -> Any:
    ports = conn.network.ports(device_id=router, fixed_ips=f"subnet_id={subnet}")
    return next((port for port in ports if (port.device_owner or "").startswith(_INTERFACE_OWNERS)), None)
