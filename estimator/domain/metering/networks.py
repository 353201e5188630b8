"""What traffic runs through: balancers, addresses, routers, tunnels, names, content delivery."""

from designer.domain.resources import Resource
from estimator.domain.metering.quantities import number_in, selector_of
from estimator.domain.metering.usage import Surroundings, Usage


def meter_load_balancer(resource: Resource, around: Surroundings) -> list[Usage]:
    tls = resource.key in around.tls_balancers
    return [
        Usage(
            "load_balancer",
            "Load balancer with TLS" if tls else "Load balancer",
            selector={"tls": "yes" if tls else "no"},
        )
    ]


def meter_floating_ip(resource: Resource, around: Surroundings) -> list[Usage]:
    of = next((name for name in ("load_balancer", "port") if resource.properties.get(name)), "nothing")
    selector = {"of": {"port": "server"}.get(of, of)}
    what = "Public address" if of != "nothing" else "Public address, reserved and bound to nothing"
    return [Usage("floating_ip", what, selector=selector)]


def meter_network(resource: Resource, around: Surroundings) -> list[Usage]:
    """Catalyst Cloud has networks on its invoices; nobody else that we know of."""
    return [Usage("network", "Network", only_if_sold=True)]


def meter_router(resource: Resource, around: Surroundings) -> list[Usage]:
    return [Usage("router", "Router"), *egress(resource)]


def meter_vpn_connection(resource: Resource, around: Surroundings) -> list[Usage]:
    return [Usage("vpn", "VPN connection")]


def meter_dns_zone(resource: Resource, around: Surroundings) -> list[Usage]:
    return [Usage("dns", "DNS zone"), *_dns_queries(resource)]


def cdn(resource: Resource) -> list[Usage]:
    return [Usage("cdn", "CDN traffic", "GB", number_in(resource.properties.get("egress_gb_month")))]


def egress(resource: Resource) -> list[Usage]:
    traffic = resource.properties.get("egress_gb_month")
    return [] if traffic is None else [Usage("egress", "Outgoing traffic", "GB", number_in(traffic))]


def nat_gateway(resource: Resource) -> list[Usage]:
    return [Usage("nat_gateway", "NAT gateway"), *egress(resource)]


def interconnect(resource: Resource) -> list[Usage]:
    said = resource.properties
    bandwidth = number_in(said.get("bandwidth_mbps"))
    what = f"Private interconnect, {bandwidth} Mbit/s" if bandwidth else "Private interconnect"
    return [Usage("interconnect", what, "month", selector=selector_of(said, "version"))]


def vpn_gateway(resource: Resource) -> list[Usage]:
    return [Usage("vpn", "VPN gateway in a data centre", "month")]


def vpn_mesh(resource: Resource) -> list[Usage]:
    """The servers at its ends are charged as servers, what goes through it as traffic between regions."""
    traffic = resource.properties.get("egress_gb_month")
    return [Usage("inter_region_traffic", "Traffic between regions", "GB", number_in(traffic))]


def peering(resource: Resource) -> list[Usage]:
    return [Usage("peering", "Peering traffic", "GB", number_in(resource.properties.get("egress_gb_month")))]


def dns_provider(resource: Resource) -> list[Usage]:
    return [Usage("dns", "DNS provider"), *_dns_queries(resource)]


def _dns_queries(resource: Resource) -> list[Usage]:
    millions = number_in(resource.properties.get("queries_millions_month"))
    return [Usage("dns_queries", "DNS queries", "1000000-query", millions)]
