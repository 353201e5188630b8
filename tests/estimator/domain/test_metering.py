"""Every kind of resource is metered, or known to cost nothing."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain.units import parse_unit
from designer.domain import resources as kinds
from designer.domain.resources import Ref, Resource, ResourceGraph
from estimator.domain.metering import EXTERNAL_SERVICES, METERS, NEVER_CHARGED, Surroundings, Usage, meter

ALONE = Surroundings(frozenset())
ALL_KINDS = {value for name, value in vars(kinds).items() if name.isupper() and isinstance(value, str)}


def metered(kind: str, **properties: Any) -> list[Usage]:
    return meter(Resource("one", kind, "one", properties), ALONE)


def amounts(usages: list[Usage]) -> list[tuple[str, Decimal | None, str]]:
    return [(usage.service, usage.quantity, usage.unit) for usage in usages]


def test_every_kind_is_either_metered_or_never_charged() -> None:
    assert METERS.keys() | NEVER_CHARGED == ALL_KINDS
    assert not METERS.keys() & NEVER_CHARGED


@pytest.mark.parametrize("kind", sorted(NEVER_CHARGED))
def test_what_belongs_to_something_else_gives_no_line(kind: str) -> None:
    assert metered(kind) == []


def test_a_volume_is_so_many_gib_for_a_month() -> None:
    assert amounts(metered(kinds.VOLUME, size_gib=100, type="ssd")) == [("volume", Decimal(100), "GiB-month")]


def test_provisioned_iops_are_a_usage_of_their_own() -> None:
    usages = metered(kinds.VOLUME, size_gib=100, type="io1", iops=3000)

    assert amounts(usages)[1] == ("volume_iops", Decimal(3000), "IOPS-month")


def test_downloads_from_a_container_are_traffic() -> None:
    usages = metered(kinds.OBJECT_CONTAINER, size_gb=200, egress_gb_month=30)

    assert amounts(usages) == [
        ("object_storage", Decimal(200), "GB-month"),
        ("egress", Decimal(30), "GB"),
    ]


def test_no_traffic_is_no_line() -> None:
    assert amounts(metered(kinds.ROUTER, egress_gb_month=0)) == [("router", Decimal(1), "month")]


def test_replicas_are_counted_with_their_storage() -> None:
    size = {"vcpus": 2, "ram_gib": 4}
    usages = metered(kinds.DATABASE_INSTANCE, size=size, volume_gib=50, replicas=2)

    assert amounts(usages) == [
        ("database", Decimal(3), "month"),
        ("database_storage", Decimal(150), "GiB-month"),
    ]


def test_high_availability_is_two_instances_at_least() -> None:
    database, _ = metered(kinds.DATABASE_INSTANCE, size={"vcpus": 1, "ram_gib": 1}, volume_gib=10, ha=True)

    assert (database.quantity, database.selector) == (Decimal(2), {"edition": "ha"})


def test_a_balancer_that_ends_tls_is_another_product() -> None:
    balancer = Resource("lb/load_balancer", kinds.LOAD_BALANCER, "lb")
    listener = Resource(
        "lb/listener[443]",
        kinds.LISTENER,
        "lb",
        {"load_balancer": Ref("lb/load_balancer"), "protocol": "TERMINATED_HTTPS"},
    )

    plain = meter(balancer, Surroundings.of(ResourceGraph.build([balancer])))
    with_tls = meter(balancer, Surroundings.of(ResourceGraph.build([balancer, listener])))

    assert plain[0].selector == {"tls": "no"}
    assert with_tls[0].selector == {"tls": "yes"}


@pytest.mark.parametrize(
    ("properties", "of"),
    [
        ({"port": Ref("web/port[0]")}, "server"),
        ({"load_balancer": Ref("lb/load_balancer", "vip_port_id")}, "load_balancer"),
        ({}, "nothing"),
    ],
)
def test_an_address_is_charged_by_what_it_leads_to(properties: dict[str, Any], of: str) -> None:
    assert metered(kinds.FLOATING_IP, **properties)[0].selector == {"of": of}


def test_snapshots_and_dumps_are_charged_differently() -> None:
    snapshots = metered(kinds.EXTERNAL, service="backup", method="snapshot", storage_gb=100)
    dumps = metered(kinds.EXTERNAL, service="backup", method="dump", storage_gb=100)

    assert [usage.service for usage in (*snapshots, *dumps)] == ["snapshot", "object_storage"]


def test_a_service_that_nobody_knows_is_still_a_line() -> None:
    assert amounts(metered(kinds.EXTERNAL, service="tea")) == [("tea", Decimal(1), "month")]


@pytest.mark.parametrize(
    ("said", "usages"),
    [
        ({"service": "hardware_firewall", "count": 1, "ha": True}, [("hardware_firewall", 2, "month")]),
        (
            {"service": "hardware_load_balancer", "count": 2, "ha_pair": False},
            [("hardware_load_balancer", 2, "month")],
        ),
        ({"service": "dedicated_server", "count": 4, "cpu_cores": 16}, [("dedicated_server", 4, "month")]),
        ({"service": "nas", "capacity_tb": 20}, [("nas", 20, "TB-month")]),
        ({"service": "private_cloud", "hypervisors": 6}, [("private_cloud", 6, "month")]),
        ({"service": "site", "owner": "provider"}, [("site", 1, "month")]),
        ({"service": "site_server", "count": 3}, [("site_server", 3, "month")]),
        ({"service": "interconnect", "bandwidth_mbps": 100}, [("interconnect", 1, "month")]),
        ({"service": "reserved_capacity", "instances": 2}, [("reserved_capacity", 2, "month")]),
        ({"service": "email", "messages_month": 50000}, [("email", 50000, "message")]),
        ({"service": "payments", "transactions_month": 2000}, [("payments", 2000, "transaction")]),
        ({"service": "external_backup", "storage_gb": 100}, [("external_backup", 100, "GB-month")]),
        (
            {"service": "dns", "queries_millions_month": 3},
            [("dns", 1, "month"), ("dns_queries", 3, "1000000-query")],
        ),
    ],
    ids=lambda value: value.get("service") if isinstance(value, dict) else "",
)
def test_what_no_cloud_creates_is_counted_by_what_it_is_charged_by(
    said: dict[str, Any], usages: list[tuple[str, int, str]]
) -> None:
    assert amounts(metered(kinds.EXTERNAL, **said)) == usages


def test_what_runs_on_a_private_clouds_hosts_is_charged_by_the_hosts() -> None:
    assert metered(kinds.EXTERNAL, service="private_cloud_server", count=3) == []


def test_the_customers_own_rooms_are_no_part_of_the_offer() -> None:
    assert metered(kinds.EXTERNAL, service="site", owner="customer") == []


@pytest.mark.parametrize(
    ("kind", "said", "usages"),
    [
        (kinds.DNS_ZONE, {"queries_millions_month": 0}, [("dns", 1, "month")]),
        (kinds.VPN_CONNECTION, {}, [("vpn", 1, "month")]),
        (kinds.FILE_SHARE, {"size_gb": 200}, [("file_share", 200, "GB-month")]),
        (kinds.IMAGE, {"size_gb": 5}, [("image_storage", 5, "GB-month")]),
    ],
)
def test_what_stands_around_servers_is_metered(
    kind: str, said: dict[str, Any], usages: list[tuple[str, int, str]]
) -> None:
    assert amounts(metered(kind, **said)) == usages


def test_every_unit_is_one_that_a_price_list_can_have() -> None:
    """A price list that names one of the services is then one that can be counted."""
    for service in EXTERNAL_SERVICES:
        for usage in metered(kinds.EXTERNAL, service=service):
            assert str(parse_unit(usage.unit)) == usage.unit


def test_a_boot_volume_that_is_drawn_is_not_counted_again() -> None:
    size = {"vcpus": 1, "ram_gib": 2, "disk_gib": 40}

    [plain] = metered(kinds.SERVER, size=size)
    [from_volume] = metered(kinds.SERVER, size=size, boot_volume=Ref("web/boot_volume[0]"))

    assert plain.need is not None
    assert from_volume.need is not None
    assert (plain.need.disk_gib, from_volume.need.disk_gib) == (Decimal(40), Decimal(0))


MEMBER = {
    "size": {"vcpus": 1, "ram_gib": 2, "disk_gib": 20},
    "volumes": [{"size_gib": 20, "type": "ssd"}],
    "public_address": True,
}


def test_a_scaling_group_counts_the_members_that_it_starts_with_and_knows_its_limits() -> None:
    usages = metered(kinds.SCALING_GROUP, member=MEMBER, min=1, desired=2, max=5)

    assert [(one.service, one.copies, one.least, one.most) for one in usages] == [
        ("server", Decimal(2), Decimal(1), Decimal(5)),
        ("volume", Decimal(2), Decimal(1), Decimal(5)),
        ("floating_ip", Decimal(2), Decimal(1), Decimal(5)),
    ]
    assert usages[0].assumption == "Counted with 2 members; the group has 1 to 5."


def test_a_group_that_starts_with_nobody_is_still_a_line_with_its_range() -> None:
    [server] = metered(kinds.SCALING_GROUP, member={"size": MEMBER["size"]}, min=0, desired=0, max=50)

    assert (server.copies, server.most) == (Decimal(0), Decimal(50))


def test_what_a_growth_pool_may_still_grow_by_costs_nothing_yet() -> None:
    [server] = metered(kinds.EXTERNAL, service="growth", size=MEMBER["size"], most=3)

    assert (server.copies, server.least, server.most) == (Decimal(0), Decimal(0), Decimal(3))
    assert server.assumption == "Nothing yet; 3 more may come."


strange = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.just(10**5000),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=5), st.floats(), max_size=2),
)
NAMES = ["size", "size_gib", "size_gb", "type", "iops", "replicas", "ha", "volume_gib",
         "egress_gb_month", "member", "min", "max", "desired", "most", "service", "checks",
         "count", "ha_pair", "capacity_tb", "owner", "hypervisors", "messages_month",
         "cpu_cores", "bandwidth_mbps", "storage_gb", "method", "flavor", "port"]  # fmt: skip


@given(st.sampled_from(sorted(METERS)), st.dictionaries(st.sampled_from(NAMES), strange))
def test_no_property_breaks_a_meter(kind: str, properties: dict[str, Any]) -> None:
    for usage in metered(kind, **properties):
        assert usage.quantity is None or (usage.quantity.is_finite() and usage.quantity > 0)
