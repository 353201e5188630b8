"""What the security groups of each reference architecture let in, as its table says.

Where the reference names an administrators' range or a balancer without drawing an arrow or an address, the
product differs: arrows alone open ports, and a balancer is its subnet. A stand-by may always answer back.
"""

from typing import Any

import pytest

from tests.designer.designs import rules_of, template

ANYWHERE = "0.0.0.0/0"
DEDICATED = "10.200.0.0/16"  # the data centre behind an interconnect
WEB = {("tcp", 80, ANYWHERE), ("tcp", 443, ANYWHERE)}

GROUPS: list[tuple[str, dict[str, set[tuple[str, int | None, str]]]]] = [
    ("rax-basic", {"web": {("tcp", 80, "10.0.10.0/24")}}),
    (
        "rax-tiered",
        {
            "web": {("tcp", 80, "10.0.10.0/24")},
            "app": {("tcp", 8080, "web")},
            "cache": {("tcp", 11211, "app")},
            "my1": {("tcp", 3306, "app"), ("tcp", 3306, "cache"), ("tcp", 3306, "my2")},
            "my2": {("tcp", 3306, "my1")},
        },
    ),
    (
        "rax-webapp",
        {
            **{web: {("tcp", 80, "10.0.10.0/24")} for web in ("web1", "web2")},
            **{f"app{number}": {("tcp", 8080, "10.0.20.0/24")} for number in (1, 2, 3, 4)},
        },
    ),
    *(
        (
            key,
            {
                **{f"web{number}": {("tcp", 80, "10.0.10.0/24")} for number in (1, 2, 3)},
                "mem": {("tcp", 11211, f"web{number}") for number in (1, 2, 3)},
            },
        )
        for key in ("rax-cms", "rax-wordpress")
    ),
    (
        "rax-revproxy",
        {
            "rp1": {("tcp", 443, "10.0.10.0/24")},
            "web1": {("tcp", 80, "rp1")},
            "app1": {("tcp", 8080, "web1")},
            "web2": {("tcp", 80, "rp2")},
            "app2": {("tcp", 8080, "web2")},
        },
    ),
    ("rax-rackconnect", {web: {("tcp", 80, DEDICATED)} for web in ("web1", "web2")}),
    ("rax-hybrid", {"pub1": {("any", None, "10.10.0.0/16"), ("any", None, "10.20.0.0/16")}}),
    ("rax-ecommerce", {"web": {("tcp", 80, DEDICATED)}, "app": {("tcp", 8080, "web")}}),
    *(
        (
            key,
            {
                "web": {("tcp", 80, "192.168.100.0/24")},
                "app": {("tcp", 80, "192.168.101.0/24")},
                "db": {("tcp", 3306, "app")},
                # Drawn as the originals have them, open to everybody; the hardened forms leave them out.
                "wsg": {("tcp", 22, ANYWHERE), ("tcp", 80, ANYWHERE)},
                "asg": {("tcp", 22, ANYWHERE), ("tcp", 80, ANYWHERE), ("tcp", 3306, ANYWHERE)},
                "dsg": {("tcp", 22, ANYWHERE), ("tcp", 3306, ANYWHERE)},
            },
        )
        for key in ("os-ecommerce-static", "os-ecommerce-auto")
    ),
    (
        "cyb-single",
        {
            **dict.fromkeys(("lb1", "lb2"), WEB),
            "app": {("tcp", 8080, "lb1"), ("tcp", 8080, "lb2")},
            "dba": {("tcp", 3306, "app"), ("tcp", 3306, "dbs")},
            "dbs": {("tcp", 3306, "dba")},
        },
    ),
    (
        "cyb-multi",
        {
            "lb1": WEB,
            "app1": {("tcp", 8080, "lb1")},
            "db1": {
                ("tcp", 3306, "app1"),
                *(("tcp", port, "10.2.30.0/24") for port in (4444, 4567, 4568)),
                ("udp", 4567, "10.2.30.0/24"),
            },
            "vpn1": {
                ("tcp", 655, "vpn2/floating_ip[0]"),
                ("udp", 655, "vpn2/floating_ip[0]"),
                *(("tcp", port, "db1") for port in (4444, 4567, 4568)),
                ("udp", 4567, "db1"),
            },
        },
    ),
    (
        "beh-hybrid",
        {
            "cweb": {("tcp", 80, DEDICATED), ("tcp", 22, "203.0.113.0/24")},
            "img": {("tcp", 80, DEDICATED), ("tcp", 22, "203.0.113.0/24")},
            "mdb": {
                ("tcp", 27017, "cweb"),
                ("tcp", 27017, "10.200.10.0/24"),
                # Members of a shard among themselves, on the ports of router, configuration and data.
                *(("tcp", port, "mdb") for port in (27017, 27018, 27019)),
            },
        },
    ),
]


@pytest.mark.parametrize(("key", "groups"), GROUPS, ids=[key for key, _ in GROUPS])
def test_the_groups_let_in_what_the_reference_says(key: str, groups: dict[str, Any]) -> None:
    graph = template(key).graph()

    assert {component: rules_of(graph, component) for component in groups} == groups


@pytest.mark.parametrize(
    ("key", "component", "told"),
    [
        ("rax-rackconnect", "db1", "TCP 3306 from 10.0.10.0/24 and 10.200.10.0/24"),
        # The drawing has a line for all protocols from the balancer to the database's interconnect, too.
        ("rax-ecommerce", "db", "TCP 3306 from 10.2.10.0/24 and 10.200.0.0/16"),
        ("beh-hybrid", "my1", "TCP 3306 from 10.0.10.0/24, 10.200.10.0/24 and 10.200.20.0/24"),
        ("rax-hybrid", "w1", "everything from 10.20.0.0/16 and 10.30.0.0/16"),
        ("rax-hybrid", "w2", "everything from 10.10.0.0/16 and 10.30.0.0/16"),
    ],
)
def test_a_site_is_told_what_its_own_firewall_has_to_let_in(key: str, component: str, told: str) -> None:
    (thing,) = template(key).graph().of_component(component)

    assert thing.properties["how"].endswith(f"Let in {told}.")


@pytest.mark.parametrize(
    ("key", "database", "ranges"),
    [
        ("rax-basic", "db", ["10.0.10.0/24"]),
        ("rax-webapp", "db", ["10.0.20.0/24"]),
        ("rax-cms", "db", ["10.0.10.0/24"]),
    ],
)
def test_a_managed_database_takes_the_ranges_of_the_tier_above(
    key: str, database: str, ranges: list[str]
) -> None:
    (instance,) = template(key).graph().of_kind("database_instance")

    assert (instance.component, instance.properties["allowed_cidrs"]) == (database, ranges)
