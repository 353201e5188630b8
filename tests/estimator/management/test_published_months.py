"""What Rackspace's page of 2016-03-03 says a server costs a month is what the estimate says.

The page prints months of 730 hours as whole units of the currency, half up. Its figures, all of them, are in
tests/catalog/price_lists/rackspace-server-months.csv; our books hold the hourly prices alone.
"""

import csv
import json
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

MONTHS = Path(__file__).parents[2] / "catalog" / "price_lists" / "rackspace-server-months.csv"
LEVELS = {
    "inf": "managed-infrastructure",
    "sys": "managed-operations-sysops",
    "dev": "managed-operations-devops",
}
SYSTEMS = {
    "linux": "ubuntu-24.04",
    "windows": "Windows Server 2012 R2",
    "mssql-web": "Windows 2012 + SQL Server 2014 Web",
    "mssql-standard": "Windows 2012 + SQL Server 2014 Standard",
    "redhat": "rhel-7.2",
    "vyatta": "Vyatta Network OS 6.7",
}

# 730 hours of the page's hourly price are 2187.5034, and its month says 2187: the one that is not half up.
ROUNDED_DOWN = {("AUD", "OnMetal I/O"): {"raw": "2188"}}


def published() -> list[dict[str, str]]:
    with MONTHS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def estimate_of_one_server(tmp_path: Path, month: dict[str, str], book: str) -> dict[str, Any]:
    image = SYSTEMS[month["system"]].replace(" + ", " ")
    components = {
        "net": {"type": "network", "properties": {"cidr": "10.0.0.0/24"}},
        "web": {
            "type": "server",
            "parent": "net",
            "properties": {"flavor": month["flavor"], "image": image},
        },
    }
    design = tmp_path / "server.json"
    design.write_text(json.dumps({"format": 1, "components": components, "links": {}}))
    out = StringIO()
    call_command("estimate", str(design), "--price-book", book, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def as_the_page_prints(amount: str) -> str:
    return str(Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP))


def months_of_the_server(found: dict[str, Any], system: str) -> dict[str, str]:
    """Its raw price and its service level, but not the volume that it may start from."""
    skus = {line["sku"].split(":")[-1]: line for line in found["line_items"] if f":{system}:" in line["sku"]}
    return {last: as_the_page_prints(line["monthly"]) for last, line in skus.items()}


LINUX = [month for month in published() if month["system"] == "linux"]
LICENSED = [month for month in published() if month["system"] != "linux" and month["currency"] == "USD"]


@pytest.mark.parametrize("month", LINUX, ids=lambda month: f"{month['flavor']}-{month['currency']}")
def test_a_linux_server_s_month_is_the_published_one(month: dict[str, str], tmp_path: Path) -> None:
    for level, key in LEVELS.items():
        found = estimate_of_one_server(tmp_path, month, f"rackspace-{month['currency'].lower()}-{key}")

        printed = {**month, **ROUNDED_DOWN.get((month["currency"], month["flavor"]), {})}
        assert months_of_the_server(found, month["system"]) == {"raw": printed["raw"], level: printed[level]}


@pytest.mark.parametrize("month", LICENSED, ids=lambda month: f"{month['flavor']}-{month['system']}")
def test_a_licensed_server_s_month_is_the_published_one(month: dict[str, str], tmp_path: Path) -> None:
    found = estimate_of_one_server(tmp_path, month, "rackspace-usd-managed-infrastructure")

    assert months_of_the_server(found, month["system"]) == {"raw": month["raw"], "inf": month["inf"]}


def test_the_list_has_every_flavor_in_every_currency() -> None:
    assert len({month["flavor"] for month in LINUX}) == 19 + 3, "the virtual ones and OnMetal"
    assert len(LINUX) == 4 * (19 + 3)


@pytest.mark.parametrize(
    ("book", "least"),
    [
        ("rackspace-public-cloud", "50.00"),
        ("rackspace-usd-managed-infrastructure", "50.00"),
        ("rackspace-usd-managed-operations-sysops", "500.00"),
        ("rackspace-usd-managed-operations-devops", "2500.00"),
    ],
)
def test_each_service_level_costs_what_it_costs_at_least(book: str, least: str, tmp_path: Path) -> None:
    """A minimum over all servers, or, for DevOps Automation, a flat fee on top of each server's rate."""
    month = LINUX[0]
    found = estimate_of_one_server(tmp_path, month, book)

    [account] = [line for line in found["line_items"] if line["key"].startswith("account/")]
    [fee] = [
        line
        for line in found["line_items"]
        if line["sku"].startswith("general1-1:linux:") and "raw" not in line["sku"]
    ]
    counts = Decimal(0) if book.endswith("devops") else Decimal(fee["monthly"])
    assert counts + Decimal(account["monthly"]) == Decimal(least)
