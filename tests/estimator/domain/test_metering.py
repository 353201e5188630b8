"""Every kind of resource is metered, or known to cost nothing."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.domain import resources as kinds
from designer.domain.resources import Ref, Resource, ResourceGraph
from estimator.domain.metering import METERS, NEVER_CHARGED, Surroundings, Usage, meter

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
    assert amounts(metered(kinds.EXTERNAL, service="email_service")) == [
        ("email_service", Decimal(1), "month")
    ]


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
NAMES = ["size", "size_gib", "size_gb", "type", "iops", "replicas", "ha", "volume_gib", "egress_gb_month",
         "member", "min", "max", "desired", "service", "checks", "storage_gb", "method", "flavor", "port"]  # fmt: skip


@given(st.sampled_from(sorted(METERS)), st.dictionaries(st.sampled_from(NAMES), strange))
def test_no_property_breaks_a_meter(kind: str, properties: dict[str, Any]) -> None:
    for usage in metered(kind, **properties):
        assert usage.quantity is None or (usage.quantity.is_finite() and usage.quantity > 0)
