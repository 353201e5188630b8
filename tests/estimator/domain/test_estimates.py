"""Estimates of small graphs, with figures that can be checked by hand."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from catalog.domain.price_books import PriceBook
from catalog.selectors import get_price_book
from designer.domain import resources as kinds
from designer.domain.resources import Ref, Resource, ResourceGraph
from estimator.domain.assumptions import Assumptions
from estimator.domain.estimates import Estimate, estimate
from estimator.domain.grouping import Place
from estimator.domain.line_items import LineItem


@pytest.fixture(scope="module")
def rackspace() -> PriceBook:
    return get_price_book("rackspace-public-cloud")


@pytest.fixture(scope="module")
def outscale() -> PriceBook:
    return get_price_book("outscale")


def a_server(component: str = "web", index: int = 0, **properties: Any) -> Resource:
    size = {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}
    return Resource(f"{component}/server[{index}]", kinds.SERVER, component, {"size": size, **properties})


def an_external(component: str, service: str, **quantities: Any) -> Resource:
    properties = {"service": service, "by_hand": True, **quantities}
    return Resource(f"{component}/external", kinds.EXTERNAL, component, properties)


def priced(book: PriceBook, *resources: Resource, **options: Any) -> Estimate:
    return estimate(ResourceGraph.build(resources), book, **options)


def monthly(lines: Sequence[LineItem]) -> list[str]:
    return ["none" if line.monthly is None else f"{line.monthly:.2f}" for line in lines]


def a_group(**limits: int) -> Resource:
    size = {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}
    volumes = [{"size_gib": 20, "type": "ssd"}]
    properties = {"member": {"size": size, "volumes": volumes}, **limits}
    return Resource("group/scaling_group", kinds.SCALING_GROUP, "group", properties)


# --- Scaling groups ---------------------------------------------------------------------------------


def test_a_scaling_group_costs_its_members_now_and_says_what_it_may_come_to(rackspace: PriceBook) -> None:
    """The server of the test below, twice, and two volumes of 20 GB for 730 hours."""
    server, fee, volume, _ = priced(rackspace, a_group(min=1, desired=2, max=5)).line_items

    assert monthly([server, fee]) == ["186.88", "29.20"]
    assert server.range is not None
    assert (f"{server.range.low_monthly:.2f}", f"{server.range.high_monthly:.2f}") == ("93.44", "467.20")
    assert (server.range.low_quantity, server.range.high_quantity) == (730, 3650)
    assert volume.quantity == 29_200
    assert volume.range is not None
    assert (volume.range.low_quantity, volume.range.high_quantity) == (14_600, 73_000)
    assert "the group has 1 to 5" in server.assumption


def test_a_group_that_may_sit_at_nothing_costs_nothing_at_first(rackspace: PriceBook) -> None:
    server = priced(rackspace, a_group(min=0, desired=0, max=2)).line_items[0]

    assert server.monthly == 0
    assert server.range is not None
    assert f"{server.range.high_monthly:.2f}" == "186.88"


def test_growth_that_is_planned_costs_nothing_and_shows_up_to_what(rackspace: PriceBook) -> None:
    size = {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}
    server, fee = priced(rackspace, an_external("grow", "growth", size=size, most=3)).line_items

    assert monthly([server, fee]) == ["0.00", "0.00"]
    assert server.range is not None
    assert f"{server.range.high_monthly:.2f}" == "280.32"


# --- Servers ----------------------------------------------------------------------------------------


def test_a_rackspace_server_costs_its_infrastructure_and_its_service_level(rackspace: PriceBook) -> None:
    """General1-4: 730 h × 0.128 and 730 h × 0.02, together the 108.04 that the page means by $93 + $15."""
    server, fee, minimum = priced(rackspace, a_server()).line_items

    assert (server.key, fee.key) == ("web/server[0]", "web/server[0]")
    assert server.match == "General1-4, 4 vCPU · 4 GiB, +2 vCPU spare"
    assert monthly([server, fee]) == ["93.44", "14.60"]
    assert minimum.component == ""


def test_the_service_level_costs_fifty_dollars_at_least(rackspace: PriceBook) -> None:
    lines = priced(rackspace, a_server()).line_items

    [minimum] = [line for line in lines if line.key.startswith("account/minimum[")]
    assert monthly([minimum]) == ["35.40"]
    assert minimum.assumption.startswith("At least $50.00 a month over all; the lines above come to $14.60.")


def test_enough_servers_leave_nothing_of_the_minimum(rackspace: PriceBook) -> None:
    """4 × 14.60 = 58.40 > 50."""
    result = priced(rackspace, *(a_server(index=index) for index in range(4)))

    assert not [line for line in result.line_items if line.key.startswith("account/")]
    assert str(result.totals.monthly) == "432.16"


def test_without_servers_there_is_no_minimum(rackspace: PriceBook) -> None:
    volume = Resource("disk/volume[0]", kinds.VOLUME, "disk", {"size_gib": 100, "type": "ssd"})

    assert monthly(priced(rackspace, volume).line_items) == ["49.93"]


def test_an_outscale_server_is_the_sum_of_its_parts_and_a_boot_volume(outscale: PriceBook) -> None:
    """730 × (2 × 0.038 + 4 × 0.005) = 70.08, and 40 GiB × 0.11 = 4.40 to boot from."""
    server, disk = priced(outscale, a_server()).line_items

    assert (server.sku, disk.sku) == ("tinav7.c2r4p2", "BSU:VolumeUsage:gp2")
    assert monthly([server, disk]) == ["70.08", "4.40"]
    assert "2 vCore × 0.038 + 4 GiB × 0.005 an hour." in server.assumption
    assert disk.assumption == "tinav7.c2r4p2 has no disk of its own, so the server starts from a volume."


def test_a_pinned_flavor_that_the_book_lacks_has_no_price(rackspace: PriceBook) -> None:
    [line] = priced(rackspace, a_server(flavor="m1.small")).line_items

    assert monthly([line]) == ["none"]
    assert 'no flavor called "m1.small"' in line.assumption


def test_servers_that_run_part_of_the_month_cost_part_of_it(rackspace: PriceBook) -> None:
    volume = Resource("disk/volume[0]", kinds.VOLUME, "disk", {"size_gib": 100, "type": "ssd"})

    server, fee, disk, _ = priced(
        rackspace, a_server(), volume, assumptions=Assumptions(hours_per_month=Decimal(200))
    ).line_items

    assert monthly([server, fee, disk]) == ["25.60", "4.00", "49.93"]  # what is stored is stored all month
    assert server.assumption == "Runs 200 hours a month, as the design says."


# --- Unknown is never zero --------------------------------------------------------------------------


def test_monitoring_has_no_price_in_the_rackspace_book(rackspace: PriceBook) -> None:
    result = priced(
        rackspace, an_external("mon", "monitoring", checks=4), an_external("cdn", "cdn", egress_gb_month=1)
    )

    [line] = result.unpriced
    assert (line.monthly, line.unit_price, line.sku, line.source) == (None, None, None, None)
    assert line.description == "Monitoring, 4 checks"
    assert line.assumption == "Rackspace public cloud, 2016 has no price for monitoring."
    assert str(result.coverage) == "0.50"
    assert result.components["mon"].to_json() == {"monthly": None, "unpriced": 1}


def test_a_managed_database_has_no_price_at_outscale(outscale: PriceBook) -> None:
    database = Resource(
        "db/database_instance",
        kinds.DATABASE_INSTANCE,
        "db",
        {"size": {"vcpus": 2, "ram_gib": 4}, "volume_gib": 50},
    )
    result = priced(outscale, database)

    assert monthly(result.line_items) == ["none", "none"]
    assert result.line_items[0].assumption == (
        "OUTSCALE eu-west-2, 2025 has no price for managed databases. "
        "Draw a database server with a volume to have it priced."
    )
    assert (str(result.coverage), result.totals.monthly) == ("0.00", 0)


def test_coverage_is_rounded_down_so_that_one_means_everything(rackspace: PriceBook) -> None:
    volumes = [
        Resource(f"disk/volume[{index}]", kinds.VOLUME, "disk", {"size_gib": 1, "type": "ssd"})
        for index in range(999)
    ]

    assert str(priced(rackspace, *volumes).coverage) == "1.00"
    assert str(priced(rackspace, *volumes, an_external("mon", "monitoring")).coverage) == "0.99"


def test_what_is_included_is_a_zero_with_a_source(rackspace: PriceBook) -> None:
    port = Resource("web/port[0]", kinds.PORT, "web")
    address = Resource("web/floating_ip[0]", kinds.FLOATING_IP, "web", {"port": Ref("web/port[0]")})

    [line] = priced(rackspace, port, address).line_items

    assert line.monthly == 0
    assert line.is_priced
    assert line.source is not None
    assert line.source.confidence == "derived"
    assert "charges nothing for it" in line.assumption


def test_a_reserved_address_that_leads_nowhere_is_not_included(rackspace: PriceBook) -> None:
    [line] = priced(rackspace, Resource("ip/floating_ip[0]", kinds.FLOATING_IP, "ip")).line_items

    assert not line.is_priced
    assert "none for this one (of nothing)" in line.assumption


def test_an_amount_that_the_design_does_not_say_is_no_zero(rackspace: PriceBook) -> None:
    [line] = priced(rackspace, an_external("cdn", "cdn")).line_items

    assert not line.is_priced
    assert line.assumption == "The design doesn't say how much."


# --- Other services ---------------------------------------------------------------------------------


def test_five_hundred_gb_from_the_cdn_cost_sixty_dollars(rackspace: PriceBook) -> None:
    [line] = priced(rackspace, an_external("cdn", "cdn", egress_gb_month=500)).line_items

    assert (line.description, str(line.unit_price)) == ("CDN traffic, first 10000 GB", "0.12")
    assert monthly([line]) == ["60.00"]


def test_each_tier_is_a_line_of_its_own(rackspace: PriceBook) -> None:
    """12 000 GB: 10 000 at 0.12 and 2 000 at 0.10."""
    lines = priced(rackspace, an_external("cdn", "cdn", egress_gb_month=12000)).line_items

    assert [line.description for line in lines] == [
        "CDN traffic, first 10000 GB",
        "CDN traffic, 10000 to 50000 GB",
    ]
    assert monthly(lines) == ["1200.00", "200.00"]


def test_the_whole_account_climbs_one_ladder(rackspace: PriceBook) -> None:
    """Traffic is aggregated per account: 6 000 + 6 000 GB cost what 12 000 GB cost."""
    result = priced(
        rackspace,
        an_external("one", "egress", egress_gb_month=6000),
        an_external("two", "egress", egress_gb_month=6000),
    )

    assert [(line.component, str(line.quantity)) for line in result.line_items] == [
        ("one", "6000"),
        ("two", "4000"),
        ("two", "2000"),
    ]
    assert str(result.totals.monthly) == "1400.00"


def test_traffic_above_the_list_has_no_price(rackspace: PriceBook) -> None:
    result = priced(rackspace, an_external("cdn", "cdn", egress_gb_month=2_000_000))

    [line] = result.unpriced
    assert str(line.quantity) == "976000"
    assert line.assumption == "The price list ends at 1024000 GB. Ask the provider for what is above."


def test_a_managed_database_costs_its_instance_and_its_storage(rackspace: PriceBook) -> None:
    """The 4 GB instance at 0.24 an hour, and 50 GB at 0.75."""
    database = Resource(
        "db/database_instance",
        kinds.DATABASE_INSTANCE,
        "db",
        {"size": {"vcpus": 2, "ram_gib": 4}, "volume_gib": 50},
    )

    instance, storage = priced(rackspace, database).line_items

    assert (instance.sku, instance.match) == ("db:4gb:std", "4GB, 4 vCPU · 4 GiB, +2 vCPU spare")
    assert monthly([instance, storage]) == ["175.20", "37.50"]


def test_a_load_balancer_is_charged_by_the_hour(rackspace: PriceBook, outscale: PriceBook) -> None:
    balancer = Resource("lb/load_balancer", kinds.LOAD_BALANCER, "lb")

    assert monthly(priced(rackspace, balancer).line_items) == ["10.95"]
    assert monthly(priced(outscale, balancer).line_items) == ["21.90"]


def test_gigabytes_become_gibibytes_where_the_list_counts_those(outscale: PriceBook) -> None:
    """200 GB are 200 × 10⁹ ÷ 2³⁰ = 186.26 GiB, at 0.025."""
    container = Resource("files/object_container", kinds.OBJECT_CONTAINER, "files", {"size_gb": 200})

    [line] = priced(outscale, container).line_items

    assert monthly([line]) == ["4.66"]
    assert line.assumption == "200 GB are 186.26 GiB."


def test_free_traffic_is_a_price_of_zero(outscale: PriceBook) -> None:
    result = priced(outscale, an_external("net", "egress", egress_gb_month=100))

    assert monthly(result.line_items) == ["0.00"]
    assert str(result.coverage) == "1.00"
    assert "read the source again" in result.line_items[0].assumption


# --- Sums -------------------------------------------------------------------------------------------


def some_of_everything() -> list[Resource]:
    return [
        a_server(),
        a_server(index=1),
        Resource("disk/volume[0]", kinds.VOLUME, "disk", {"size_gib": 33, "type": "hdd"}),
        Resource("files/object_container", kinds.OBJECT_CONTAINER, "files", {"size_gb": 1234.5}),
        an_external("cdn", "cdn", egress_gb_month=12345.678),
        an_external("mon", "monitoring", checks=3),
    ]


@pytest.mark.parametrize("key", ["rackspace-public-cloud", "outscale"])
def test_every_line_multiplies_out_and_the_total_is_their_sum(key: str) -> None:
    found = priced(get_price_book(key), *some_of_everything()).to_json()

    lines = [line for line in found["line_items"] if line["monthly"] is not None]
    for line in lines:
        assert Decimal(line["quantity"]) * Decimal(line["unit_price"]) == Decimal(line["monthly"])
        assert line["sku"]
        assert line["source"]["url"].startswith("https://")
    total = sum(Decimal(line["monthly"]) for line in lines)
    assert abs(total - Decimal(found["totals"]["monthly"])) <= Decimal("0.005")


def test_a_year_is_twelve_months_and_an_hour_a_part_of_one(rackspace: PriceBook) -> None:
    totals = priced(rackspace, *some_of_everything()).totals

    assert totals.yearly == totals.monthly * 12
    assert abs(totals.hourly * 730 - totals.monthly) < Decimal("0.001")
    assert totals.one_time == 0


def test_sums_by_component_and_category_add_up_to_the_total(rackspace: PriceBook) -> None:
    categories = {
        "web": "compute",
        "disk": "storage",
        "files": "storage",
        "cdn": "edge",
        "mon": "observability",
    }

    places = {id_: Place(id_, category) for id_, category in categories.items()}
    result = priced(rackspace, *some_of_everything(), places=places)

    assert result.categories.keys() == {
        "compute",
        "storage",
        "edge",
        "account",
    }  # nothing observed has a price
    total = sum(result.categories.values(), Decimal(0))
    assert abs(total - result.totals.monthly) <= Decimal("0.005")
    assert result.components["web"].monthly == Decimal("216.08")


def test_lines_of_one_component_stand_together(rackspace: PriceBook) -> None:
    result = priced(rackspace, a_server("web", 0), a_server("app", 0), a_server("web", 1))

    order = [line.component for line in result.line_items]
    assert order == ["web", "web", "web", "web", "app", "app", ""]


def test_an_empty_design_costs_nothing_and_leaves_nothing_open(rackspace: PriceBook) -> None:
    found = priced(rackspace).to_json()

    assert (found["coverage"], found["line_items"]) == ("1.00", [])
    assert found["totals"] == {"hourly": "0.00", "monthly": "0.00", "yearly": "0.00", "one_time": "0.00"}


def test_json_holds_amounts_as_text_and_nothing_in_exponents(rackspace: PriceBook) -> None:
    found = priced(rackspace, an_external("cdn", "cdn", egress_gb_month=1e-7)).to_json()

    [line] = found["line_items"]
    assert line["quantity"] == "0.0000001"
    assert line["monthly"] == "0.000000012"
