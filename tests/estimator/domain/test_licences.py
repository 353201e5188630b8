"""A server whose image needs a licence costs what the book says with it, or says that it is without."""

from decimal import Decimal

import pytest

from catalog.selectors import component_types, get_price_book
from estimator.domain.estimates import estimate_design
from estimator.domain.licences import licensed_system
from estimator.domain.line_items import LineItem
from tests.designer.designs import Design


def lines_of_a_server(book: str, **properties: object) -> list[LineItem]:
    design = Design().with_("net", "network", cidr="10.0.0.0/24").with_("web", "server", "net", **properties)
    found = estimate_design(design.document(), component_types(), get_price_book(book))
    return [line for line in found.line_items if line.key == "web/server[0]" and line.service != "volume"]


@pytest.mark.parametrize(
    ("image", "system"),
    [
        ("ubuntu-24.04", None),
        ("debian-12", None),
        ("my-darwin-9", None),
        ("Windows Server 2022 Standard", "windows"),
        ("win2k19-core", "windows"),
        ("win-2022", "windows"),
        ("rhel-9.4", "redhat"),
        ("Red Hat Enterprise Linux 8", "redhat"),
        ("Windows Server 2022 with SQL Server 2019 Web", "mssql-web"),
        ("windows-2019-mssql-standard", "mssql-standard"),
        ("mysql-8-ubuntu", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_the_image_s_name_says_which_licence(image: object, system: str | None) -> None:
    assert licensed_system(image) == system


def test_rackspace_s_windows_flavor_has_its_licence_in_the_price() -> None:
    size = {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}

    [server, level] = lines_of_a_server(
        "rackspace-usd-managed-infrastructure", size=size, image="Windows Server 2012"
    )

    assert server.sku == "general1-4:windows:raw"
    assert level.sku == "general1-4:windows:inf"


@pytest.mark.parametrize("flavor", [None, "tinav7.c3r4p2"])
def test_outscale_adds_a_licence_for_each_started_pair_of_cores(flavor: str | None) -> None:
    size = {"vcpus": 3, "ram_gib": 4, "disk_gib": 0}
    properties = {"size": size, "image": "windows-2022"} | ({"flavor": flavor} if flavor else {})

    server, licence = lines_of_a_server("outscale", **properties)

    assert server.unit_price == 3 * Decimal("0.038") + 4 * Decimal("0.005")
    assert server.match is not None
    assert server.match.startswith("tinav7.c3r4p2,")
    assert (licence.quantity, licence.unit_price) == (2 * Decimal(730), Decimal("0.121"))


def test_a_book_without_licences_says_that_the_price_is_without() -> None:
    size = {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}

    [server, _] = lines_of_a_server("rackspace-public-cloud", size=size, image="rhel-7")

    assert server.sku == "general1-4:linux:raw"
    assert server.assumption is not None
    assert "without the licence of Red Hat Enterprise Linux" in server.assumption


def test_a_pinned_flavor_means_linux_unless_the_image_says_otherwise() -> None:
    [linux, _] = lines_of_a_server("rackspace-usd-managed-operations-sysops", flavor="General1-8")

    assert linux.sku == "general1-8:linux:raw"


def test_bare_metal_is_for_whoever_pins_it() -> None:
    [pinned] = lines_of_a_server("ovh", flavor="bm-m1")

    assert pinned.unit_price == Decimal("0.85")
