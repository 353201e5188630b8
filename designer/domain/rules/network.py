"""Rules about networks, subnets and the layers in them."""

from collections.abc import Iterator

from designer.domain.addressing import free_block, read_cidr
from designer.domain.document import Component, Link
from designer.domain.resources import ROUTER, SCALING_GROUP, SERVER, Join, Resource
from designer.domain.rules.evidence import Evidence
from designer.domain.rules.notices import Notice, changed, joined
from designer.domain.rules.roles import APP, DATA, PROXY, TIER_NAMES, WEB

NEEDS_SUBNET = ("server", "growth_pool", "database", "load_balancer")
NEW_SUBNET_PREFIX = 24


def components_without_a_subnet(design: Evidence) -> Iterator[Notice]:
    for component in design.topology.of_family(*NEEDS_SUBNET):
        if design.home_subnet(component.id) is not None or design.is_on_site(component.id):
            continue
        label, network = design.label(component), design.topology.network(component.id)
        if network is None:
            detail = f"{label} is in no network, so it gets no address. Move it into a subnet."
            yield Notice(detail, (component.id,))
        else:
            detail = (
                f"{label} is in {design.label(network)}, which has no subnet yet, so it gets no address and "
                "cannot be deployed. Add a subnet and move it in."
            )
            yield Notice(detail, (component.id, network.id), _with_subnet(design, component, network))


def _with_subnet(design: Evidence, component: Component, network: Component) -> dict[str, object] | None:
    inside = read_cidr(network.properties["cidr"])
    block = free_block(inside, [], max(NEW_SUBNET_PREFIX, inside.prefixlen)) if inside else None
    if block is None:
        return None
    subnet_id = design.free_id("subnet")
    subnet = {"type": "subnet", "parent": network.id, "label": "Subnet", "properties": {"cidr": str(block)}}
    return {"components": {subnet_id: subnet, component.id: {"parent": subnet_id}}}


def subnets_with_several_services(design: Evidence) -> Iterator[Notice]:
    roles_in: dict[str, dict[str, str]] = {}
    for component in design.document.components.values():
        role, subnet = design.role(component), design.topology.surroundings(component.id).subnet
        if subnet and role in TIER_NAMES:
            roles_in.setdefault(subnet, {}).setdefault(role, component.id)
    for subnet, roles in roles_in.items():
        if len(roles) > 1:
            names = [TIER_NAMES[role] for role in roles]
            detail = (
                f"{design.label(subnet)} holds {joined(names)}. Who breaks into one of them is next door to "
                "the others. Give each service a subnet of its own."
            )
            yield Notice(detail, (subnet, *roles.values()))


def subnets_with_mixed_groups(design: Evidence) -> Iterator[Notice]:
    """The groups that arrows make are each component's own, so only drawn ones can differ."""
    drawn: dict[str, set[str]] = {}
    for group in design.topology.of_family("security_group"):
        for member in design.members(group):
            drawn.setdefault(member.id, set()).add(group.id)
    in_subnet: dict[str, list[Component]] = {}
    for server in design.servers if drawn else ():
        if subnet := design.topology.subnet(server.id):
            in_subnet.setdefault(subnet.id, []).append(server)
    for subnet_id, servers in in_subnet.items():
        carried = {frozenset(drawn.get(one.id, ())) for one in servers}
        if len(carried) > 1:
            groups = sorted({group for each in carried for group in each})
            detail = (
                f"The servers of {design.label(subnet_id)} carry different security groups: "
                f"{design.labels(groups)} belong to some of them only. Who looks at the subnet can't tell "
                "what reaches whom. Give all servers of a service the same groups."
            )
            yield Notice(detail, (subnet_id, *groups, *(one.id for one in servers)))


def subnets_without_one_route_table(design: Evidence) -> Iterator[Notice]:
    tables: dict[str, int] = {}
    for table in design.topology.of_type("route_table"):
        subnet = design.topology.surroundings(table.id).subnet
        if subnet:
            tables[subnet] = tables.get(subnet, 0) + 1
    for one in design.topology.of_type("subnet") if tables else ():
        if design.is_on_site(one.id):
            continue
        if (count := tables.get(one.id, 0)) != 1:
            has = "no route table, though other subnets have one" if count == 0 else f"{count} route tables"
            detail = f"{design.label(one)} has {has}. Give it exactly one, so that its ways out are plain."
            yield Notice(detail, (one.id,))


def links_past_the_application(design: Evidence) -> Iterator[Notice]:
    """Only where there is an application layer beside the front: another region's or site's is no help."""
    applications = design.by_place(design.by_role.get(APP, ()))
    for front in design.of_role(WEB, PROXY) if applications else ():
        for link in design.reached(front.id, "traffic"):
            target = design.component(link.target)
            if design.role(target) == DATA and design.place(front.id) in applications:
                detail = (
                    f"{design.label(front)} talks to {design.label(target)} past the application servers. A "
                    "break-in at the front then reaches the data at once. Link it to the application instead."
                )
                yield Notice(detail, (front.id, target.id), _through_the_application(design, front, link))


def _through_the_application(design: Evidence, front: Component, link: Link) -> dict[str, object] | None:
    """The way to the data led through the only application; None where there are several to choose from."""
    applications = design.by_role[APP]
    if len(applications) != 1 or link.source != front.id:
        return None
    (application,) = applications
    if not (
        design.may_link(front.id, design.sort(application.id), "traffic")
        and design.may_link(application.id, design.sort(link.target), "traffic")
    ):
        return None
    links: dict[str, object] = {link.id: None}
    if all(one.target != application.id for one in design.topology.outbound(front.id, "traffic")):
        to_application = {"source": front.id, "target": application.id, "kind": "traffic"}
        links[design.free_id(f"{front.id}-{application.id}")] = to_application
    if all(one.target != link.target for one in design.topology.outbound(application.id, "traffic")):
        to_data = {"source": application.id, "target": link.target, "kind": "traffic"}
        links[design.free_id(f"{application.id}-{link.target}")] = {
            **to_data,
            "properties": link.properties,
        }
    return {"links": links}


def installs_without_a_way_out(design: Evidence) -> Iterator[Notice]:
    """Judged on the graph: software to install, and no router that leads outside and translates addresses."""
    noted: set[str] = set()
    for server in design.graph.of_kind(SERVER, SCALING_GROUP):
        text, public = _first_boot(server)
        if server.component in noted or public or not _fetches_packages(text):
            continue
        network = design.topology.network(server.component)
        router_key = design.router_of(network.id) if network else None
        router = design.graph.resources.get(router_key or "")
        if router is None or router.kind != ROUTER or not router.properties["enable_snat"]:
            noted.add(server.component)
            detail = (
                f"{design.label(server.component)} fetches its software when it first starts, and nothing "
                "leads from its network to the internet. Let the router translate addresses, or add a NAT "
                "gateway."
            )
            fix = None
            if router is not None and router.component in design.document.components:
                fix = changed(router.component, external=True, enable_snat=True)
            yield Notice(detail, (server.component,), fix)


def _first_boot(server: Resource) -> tuple[str | Join | None, bool]:
    """What a server runs when it first starts, and whether it has a public address."""
    if server.kind == SERVER:
        return server.properties["user_data"], bool(server.properties["public"])
    member = server.properties["member"]
    return member.get("user_data"), bool(member.get("public_address"))


def _fetches_packages(user_data: str | Join | None) -> bool:
    parts = user_data.parts if isinstance(user_data, Join) else (user_data or "",)
    return any("packages:" in part or "apt-get" in part for part in parts if isinstance(part, str))


def nat_gateways_in_private_subnets(design: Evidence) -> Iterator[Notice]:
    for gateway in design.topology.of_type("nat_gateway"):
        around = design.topology.surroundings(gateway.id)
        subnet = design.component(around.subnet) if around.subnet else None
        if subnet is None or subnet.properties["public"]:
            continue
        siblings = design.topology.subnets_of.get(around.network or "", ())
        public = next((one for one in siblings if one.properties["public"]), None)
        detail = (
            f"{design.label(gateway)} is in {design.label(subnet)}, which has no way to the internet, so it "
            "leads nowhere. Move it to a subnet that is open to the internet."
        )
        fix: dict[str, object] = (
            {"components": {gateway.id: {"parent": public.id}}} if public else changed(subnet, public=True)
        )
        yield Notice(detail, (gateway.id, subnet.id), fix)
