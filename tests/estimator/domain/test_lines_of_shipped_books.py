"""Lines of each book that was read off a European price page, worked out by hand from the list."""

from decimal import Decimal
from typing import Any

import pytest

from catalog.domain.price_rows import Charge
from catalog.selectors import get_price_book, shipped_price_books
from designer.domain import resources as kinds
from designer.domain.resources import Resource, ResourceGraph
from estimator.domain.assumptions import Assumptions
from estimator.domain.estimates import Estimate, estimate
from estimator.domain.line_items import LineItem

EUROPEAN = (
    "cleura", "exoscale", "fuga-cyso", "gridscale", "hetzner", "infomaniak", "ionos", "leafcloud", "nws",
    "plusserver", "stackit", "thalassa", "upcloud",
)  # fmt: skip
LEAST = ("server", "volume", "object_storage", "load_balancer", "egress")


def a_server(vcpus: int, ram_gib: int, disk_gib: int = 0, *, flavor: str | None = None) -> Resource:
    size = {"vcpus": vcpus, "ram_gib": ram_gib, "disk_gib": disk_gib}
    return Resource("web/server[0]", kinds.SERVER, "web", {"size": size, "flavor": flavor})


def servers(count: int) -> list[Resource]:
    said = a_server(1, 1).properties
    return [Resource(f"web/server[{index}]", kinds.SERVER, "web", said) for index in range(count)]


def a_volume(size_gib: int, kind: str = "ssd") -> Resource:
    return Resource("disk/volume[0]", kinds.VOLUME, "disk", {"size_gib": size_gib, "type": kind})


def a_bucket(size_gb: int, **said: Any) -> Resource:
    return Resource("files/object_container", kinds.OBJECT_CONTAINER, "files", {"size_gb": size_gb, **said})


def traffic(gb: int) -> Resource:
    return Resource("out/external", kinds.EXTERNAL, "out", {"service": "egress", "egress_gb_month": gb})


A_LOAD_BALANCER = Resource("lb/load_balancer", kinds.LOAD_BALANCER, "lb", {})
A_SERVERS_ADDRESS = Resource("ip/floating_ip", kinds.FLOATING_IP, "ip", {"port": "web/port"})


def priced(book: str, *resources: Resource, **options: Any) -> Estimate:
    return estimate(ResourceGraph.build(resources), get_price_book(book), **options)


def by_sku(book: str, *resources: Resource) -> dict[str, LineItem]:
    return {line.sku: line for line in priced(book, *resources).line_items if line.sku}


# fmt: off
WORKED_OUT = [
    # 2 × 0.01009 + 4 × 0.00841 = 0.05382 an hour, × 720
    ("cleura", a_server(2, 4), "public-2-4", "38.7504"),
    ("cleura", traffic(1000), "egress", "28.75"),  # × 0.02875
    ("exoscale", a_server(2, 4), "standard.medium", "34.0618"),  # 730 × 0.04666
    ("exoscale", a_volume(50), "volume", "5.11"),  # × 0.1022
    # 730 × 0.02604 = 19.0092, more than the cap
    ("fuga-cyso", a_server(2, 8, 50), "s5.small", "17.5"),
    ("fuga-cyso", a_bucket(100, egress_gb_month=20), "object:egress", "1.10"),  # 20 × 0.055
    # (2 × 16.01 + 4 × 3.53) a month; the list has 0.0632 an hour, which 730 times are 46.136
    ("gridscale", a_server(2, 4), "2c-4g", "46.14"),
    ("gridscale", a_volume(10), "volume:standard", "2.00"),  # × 0.20
    ("hetzner", a_server(2, 4, 40), "cx23:net", "5.49"),  # 730 × 0.0088 = 6.424, more than the cap
    ("hetzner", a_server(2, 8, 80, flavor="CCX13"), "ccx13:net", "42.99"),  # 51.75 ÷ 1.19 − 0.50
    ("hetzner", a_volume(100), "volume:api-2026-05", "5.72"),  # × 0.0572, which is 0.0681 ÷ 1.19
    ("hetzner", A_SERVERS_ADDRESS, "ipv4", "0.50"),  # net: (42.99 + 0.50) × 1.19 = 51.75
    ("infomaniak", a_server(2, 4, 20), "a2-ram4-disk20-perf1", "6.8547"),  # 730 × 0.00939
    ("infomaniak", a_bucket(1000), "object", "9.49"),  # 1000 × 730 × 0.000013; the list says 0.0095 a month
    # 2 × 0.017 + 4 × 0.0025 = 0.044 an hour, × 720
    ("ionos", a_server(2, 4), "vcpu-2c-4g", "31.68"),
    ("ionos", a_server(8, 32, flavor="dedicated-8c-32g"), "dedicated-8c-32g", "334.08"),  # 0.464 × 720
    ("ionos", a_volume(100, "hdd"), "volume:essential", "4.00"),  # × 0.04 for 30 days
    ("leafcloud", a_server(2, 4), "ec1.medium", "30.6753"),  # 730 × 0.042021
    ("leafcloud", A_LOAD_BALANCER, "lb", "14.4248"),  # 730 × 0.01976
    ("nws", a_server(2, 2, 25), "s1.small", "14.3784"),  # 720 × 0.01997; the list says 14.38
    ("nws", A_LOAD_BALANCER, "lb", "23.0004"),  # 720 × 0.031945
    ("plusserver", a_server(2, 4), "2c-4g", "50.37"),  # (2 × 0.0205 + 4 × 0.007) × 730
    ("plusserver", A_LOAD_BALANCER, "lb", "51.10"),  # 730 × 0.07
    ("stackit", a_server(2, 4), "c2i.2", "31.1685"),  # 720 × 0.04328965
    ("stackit", a_volume(100), "volume:capacity", "6.5350"),  # 100 × 720 × 0.0000907638
    ("stackit", a_volume(100), "volume:class-1", "7.32"),  # 720 × 0.01016666667, once for the disk
    ("thalassa", a_server(2, 4), "dgp-medium", "15.048"),  # 720 × 0.0209
    ("thalassa", a_volume(100), "volume", "18.00"),  # × 0.18
    ("upcloud", a_server(2, 4, 30), "starter-2xCPU-4GB", "12"),  # a month, full after 672 hours
    ("upcloud", a_bucket(251), "object", "10.00"),  # two blocks of 250 GB × 0.02
    ("catalyst-cloud", a_server(1, 1, flavor="c1.c1r1"), "c1.c1r1", "32.12"),  # 730 × 0.044
    ("catalyst-cloud", a_volume(10), "block:standard", "4.02"),  # 10 × 730 × 0.00055 = 4.015, to cents
]
# fmt: on


@pytest.mark.parametrize(
    ("book", "resource", "sku", "monthly"),
    WORKED_OUT,
    ids=[f"{book}-{sku}" for book, _, sku, _ in WORKED_OUT],
)
def test_a_line_is_what_the_list_comes_to(book: str, resource: Resource, sku: str, monthly: str) -> None:
    amount = by_sku(book, resource)[sku].monthly

    assert amount is not None
    assert round(amount, 4) == Decimal(monthly)


@pytest.mark.parametrize("flavor", ["io1-15", "I/O1-15"])
def test_a_flavor_is_pinned_by_the_clouds_name_or_the_pages(flavor: str) -> None:
    """Rackspace's page calls it I/O1-15 and its Nova io1-15: 730 × 0.48."""
    line = by_sku("rackspace-public-cloud", a_server(1, 1, flavor=flavor))["io1-15:linux:raw"]

    assert line.monthly == Decimal("350.40")


def test_a_line_says_the_conversion_that_it_makes() -> None:
    """OVHcloud sells object storage by the GiB: 200 GB are 186.26 of them, × 730 × 0.00000972."""
    line = by_sku("ovh", a_bucket(200))["storage-standard"]

    assert line.monthly is not None
    assert round(line.monthly, 4) == Decimal("1.3217")
    assert "200 GB are 186.26 GiB." in line.assumption
    assert "doesn't say" not in line.assumption


def test_each_book_has_a_line_worked_out_here() -> None:
    assert {book for book, *_ in WORKED_OUT} == {*EUROPEAN, "catalyst-cloud"}


@pytest.mark.parametrize("key", EUROPEAN)
def test_each_european_book_prices_the_five_services_that_it_is_here_for(key: str) -> None:
    book = get_price_book(key)

    assert all(book.sells(service) for service in LEAST)


@pytest.mark.parametrize("key", EUROPEAN)
def test_what_one_third_party_says_is_said_to_be_doubtful(key: str) -> None:
    for line in priced(key, a_server(2, 4), A_LOAD_BALANCER, a_bucket(10), traffic(10)).line_items:
        if line.source is not None and line.source.kind == "secondary":
            assert "From a third party: read the source again before quoting." in line.assumption


@pytest.mark.parametrize("key", sorted(shipped_price_books()))
def test_a_zero_is_a_statement(key: str) -> None:
    """A price of nothing is included by somebody's word, or a tier of a ladder that goes on."""
    for row in get_price_book(key).prices:
        is_free = not row.composed_of and all(not tier.price for tier in row.tiers)
        assert row.charge is Charge.INCLUDED if is_free else row.charge is not Charge.INCLUDED, row.sku


# --- Caps and allowances ----------------------------------------------------------------------------


def test_hours_below_the_cap_are_charged_by_the_hour() -> None:
    """Hetzner: 300 × 0.0088."""
    [line] = priced(
        "hetzner", a_server(2, 4, 40), assumptions=Assumptions(hours_per_month=Decimal(300))
    ).line_items

    assert line.monthly == Decimal("2.64")


def test_the_cap_of_every_hetzner_server_is_reached_after_about_624_hours() -> None:
    for row in get_price_book("hetzner").sized_prices("server"):
        assert row.cap_per_month is not None
        assert 623 < row.cap_per_month / row.unit_price < 625


def test_upcloud_s_month_is_full_after_672_hours() -> None:
    for row in get_price_book("upcloud").sized_prices("server"):
        assert row.cap_per_month is not None
        assert 0 <= row.unit_price * 672 - row.cap_per_month < Decimal("0.00001")


def test_each_hetzner_server_brings_traffic_along() -> None:
    """20 TB each, then EUR 1 a TB: 45 − 40 = 5."""
    lines = priced("hetzner", *servers(2), traffic(45_000)).line_items

    assert [(line.quantity, line.monthly) for line in lines if line.service == "egress"] == [(40, 0), (5, 5)]


def test_hetzner_s_base_fee_includes_the_first_terabyte() -> None:
    """6.49, and for the second TB 730 × 0.0087 = 6.351."""
    found = by_sku("hetzner", a_bucket(1000))
    assert (found["object:base"].monthly, found["object:overage"].monthly) == (Decimal("6.49"), Decimal(0))

    assert priced("hetzner", a_bucket(2000)).totals.monthly == Decimal("12.84")


def test_above_what_is_included_nothing_is_guessed() -> None:
    """Leafcloud: 100 GB, then "fair pricing". Cyso: 4 TB for each server, and then not a word."""
    free, above = priced("leafcloud", traffic(150)).line_items
    assert (str(free.quantity), free.monthly, str(above.quantity), above.monthly) == ("100", 0, "50", None)
    assert "The price list ends at 100 GB." in above.assumption

    *_, free, above = priced("fuga-cyso", *servers(2), traffic(9000)).line_items
    assert (str(free.quantity), free.monthly, str(above.quantity), above.monthly) == ("8000", 0, "1000", None)


def test_what_leaves_object_storage_may_cost_otherwise_than_what_leaves_servers() -> None:
    """Infomaniak: servers' traffic is free, and 10 TB from object storage; then 0.00811 a GB."""
    lines = priced("infomaniak", traffic(20_000), a_bucket(10, egress_gb_month=11_000)).line_items
    out = {(line.key, str(line.quantity)): line.monthly for line in lines if line.service == "egress"}

    assert out == {
        ("out/external", "20000"): 0,
        ("files/object_container", "10000"): 0,
        ("files/object_container", "1000"): Decimal("8.11"),
    }


def test_ionos_s_object_storage_is_priced_as_far_as_its_tiers_are_known() -> None:
    """2 TB of 1024 GB free, 8 TB for 0.03 a GB, and what the next cost nobody wrote down."""
    lines = priced("ionos", a_bucket(1, egress_gb_month=11_000)).line_items

    out = [(line.quantity, line.monthly) for line in lines if line.service == "egress"]
    assert out == [(2048, 0), (8192, Decimal("245.76")), (760, None)]


def test_catalyst_s_discount_is_on_all_of_a_large_month() -> None:
    """200 servers × 32.12 are 6,424, and 3 % of all of it are 192.72."""
    found = by_sku("catalyst-cloud", *servers(200))

    assert found["discount:volume"].monthly == Decimal("-192.72")
    assert priced("catalyst-cloud", *servers(200)).totals.monthly == Decimal("6231.28")
