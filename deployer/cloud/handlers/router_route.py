"""A route of a router beyond its own networks, such as through a server that keeps a tunnel."""

from collections.abc import Iterator
from typing import Any

from openstack.connection import Connection

from deployer.cloud.handlers.handler import PlaceHandler
from deployer.domain.cloud import Item, Live, LiveStatus, NotFound, Order
from designer.domain import resources


class RouterRouteHandler(PlaceHandler):
    """Its id is `<router id>/<next hop>/<destination>`: Neutron keeps routes as a list on the router."""

    kind = resources.ROUTER_ROUTE

    def items(self, conn: Connection) -> Iterator[Item]:
        for router in conn.network.routers(project_id=conn.current_project_id):
            for route in router.routes or ():
                cloud_id = f"{router.id}/{route['nexthop']}/{route['destination']}"
                observed = {
                    "router": router.id,
                    "next_hop": route["nexthop"],
                    "destination": route["destination"],
                }
                yield Item(self.kind, cloud_id, cloud_id, None, LiveStatus.ACTIVE, observed=observed)

    def find(self, conn: Connection, order: Order) -> Live | None:
        try:
            return self.get(conn, _cloud_id(order))
        except NotFound:
            return None

    def create(self, conn: Connection, order: Order) -> Live:
        cloud_id = _cloud_id(order)
        conn.network.add_extra_routes_to_router(order.spec["router"], _body(cloud_id))
        return Live(cloud_id, LiveStatus.ACTIVE, outputs={"id": cloud_id})

    def get(self, conn: Connection, cloud_id: str) -> Live:
        router, route = _route(cloud_id)
        if route not in (conn.network.get_router(router).routes or ()):
            raise NotFound("The router has no such route.")
        return Live(cloud_id, LiveStatus.ACTIVE, outputs={"id": cloud_id})

    def delete(self, conn: Connection, cloud_id: str) -> None:
        conn.network.remove_extra_routes_from_router(_route(cloud_id)[0], _body(cloud_id))


def _cloud_id(order: Order) -> str:
    return "/".join(str(order.spec[name]) for name in ("router", "next_hop", "destination"))


def _route(cloud_id: str) -> tuple[str, dict[str, str]]:
    router, next_hop, destination = cloud_id.split("/", 2)
    return router, {"destination": destination, "nexthop": next_hop}


def _body(cloud_id: str) -> dict[str, Any]:
    return {"router": {"routes": [_route(cloud_id)[1]]}}
