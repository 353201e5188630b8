from typing import Any

import pytest

from catalog.domain.problems import Problem
from catalog.domain.property_schemas import PropertySchema
from catalog.selectors import component_types

TYPES = component_types()


def problems(type_key: str, values: dict[str, Any]) -> list[Problem]:
    schema = TYPES[type_key].property_schema
    return list(schema.find_problems(values, at="properties", owner="A web server"))


def only(type_key: str, values: dict[str, Any]) -> tuple[str, str]:
    (problem,) = problems(type_key, values)
    return problem.at, problem.detail


@pytest.mark.parametrize("type_key", TYPES)
def test_the_defaults_of_every_type_are_valid(type_key: str) -> None:
    assert problems(type_key, TYPES[type_key].defaults()) == []


@pytest.mark.parametrize(
    ("type_key", "values", "at", "detail"),
    [
        ("web_server", {"count": -3}, "properties.count", "Count is 0 servers or more, not -3."),
        ("web_server", {"count": 10**6}, "properties.count", "Count is 200 servers at most, not 1000000."),
        ("web_server", {"count": True}, "properties.count", "Count is a whole number, not true."),
        ("web_server", {"count": "2"}, "properties.count", 'Count is a whole number, not "2".'),
        ("web_server", {"count": 1.5}, "properties.count", "Count is a whole number, not 1.5."),
        ("web_server", {"count": None}, "properties.count", "Count can't be null. Leave it out instead."),
        (
            "web_server",
            {"size": {"vcpus": 0}},
            "properties.size.vcpus",
            "CPU is 1 vCPU or more, not 0.",
        ),
        (
            "web_server",
            {"size": {"ram_gib": 4, "cores": 2}},
            "properties.size",
            "Size takes vcpus, ram_gib, disk_gib and nothing else.",
        ),
        (
            "web_server",
            {"software": "iis"},
            "properties.software",
            'Software is one of nginx, apache, none, not "iis".',
        ),
        (
            "web_server",
            {"cuont": 2},
            "properties.cuont",
            'A web server has no property called "cuont". Did you mean count?',
        ),
        (
            "web_server",
            {"flavor": ""},
            "properties.flavor",
            "Pinned flavor can't be empty. Leave it out instead.",
        ),
        (
            "web_server",
            {"zones": ["a", "a"]},
            "properties.zones",
            "Zones names something twice.",
        ),
        (
            "subnet",
            {"cidr": "10.0.30.5/24"},
            "properties.cidr",
            'Address range starts at the range\'s first address: 10.0.30.0/24, not "10.0.30.5/24".',
        ),
        (
            "subnet",
            {"cidr": "10.0.300.0/24"},
            "properties.cidr",
            "Address range has numbers up to 255 and a length up to 32, such as 10.0.30.0/24, "
            'not "10.0.300.0/24".',
        ),
        (
            "subnet",
            {"cidr": "everything"},
            "properties.cidr",
            'Address range is an address range such as 10.0.30.0/24, not "everything".',
        ),
        (
            "subnet",
            {"dns_nameservers": ["9.9.9.9", "dns"]},
            "properties.dns_nameservers.1",
            'Name server is an address such as 9.9.9.9, not "dns".',
        ),
        (
            "bastion",
            {"admin_cidr": "0.0.0.0/0"},
            "properties.admin_cidr",
            "A bastion never opens to the whole internet. "
            "Name your office's or VPN's range, such as 203.0.113.0/24.",
        ),
        (
            "route_table",
            {"routes": [{"destination": "0.0.0.0/0"}]},
            "properties.routes.0",
            "Route needs 'next_hop'.",
        ),
    ],
)
def test_a_wrong_value_is_told_by_title_unit_and_place(
    type_key: str, values: dict[str, Any], at: str, detail: str
) -> None:
    assert only(type_key, values) == (at, detail)


@pytest.mark.parametrize(
    "cidr", ["10.0.0.0", "10.0.0.0/255.255.0.0", "٣.0.0.0/8", "010.0.0.0/8", "::/0", "1.2.3.4/33"]
)
def test_odd_address_ranges_are_refused(cidr: str) -> None:
    assert problems("network", {"cidr": cidr})


@pytest.mark.parametrize(
    "mount", ["/", "srv", "/srv/$(reboot)", "/srv data", "/a//b", "/srv;ls", "/" + "a" * 300]
)
def test_a_mount_point_carries_no_shell(mount: str) -> None:
    assert problems("volume", {"mount": mount})


def test_everything_wrong_is_said_at_once() -> None:
    found = problems("web_server", {"count": -1, "software": "iis", "nonsense": 1, "size": {"vcpus": 0}})

    assert [problem.at.removeprefix("properties.") for problem in found] == [
        "count",
        "software",
        "nonsense",
        "size.vcpus",
    ]


def test_a_hostile_name_and_value_stay_on_one_short_line() -> None:
    for values in ({"a\nb\x1b[31m.c" * 100: 1}, {"software": "x\u2028\u202e" * 5_000}):
        at, detail = only("web_server", values)
        assert at.isprintable()
        assert detail.isprintable()
        assert len(at) < 100
        assert len(detail) < 200


def test_a_value_found_good_once_is_good_again_and_a_bad_one_stays_bad() -> None:
    for _ in range(2):
        assert problems("web_server", {"count": 3}) == []
        assert only("web_server", {"count": -3})[1] == "Count is 0 servers or more, not -3."


def test_true_is_not_taken_for_the_one_that_was_good() -> None:
    assert problems("web_server", {"count": 1}) == []
    assert only("web_server", {"count": True})[1] == "Count is a whole number, not true."


def test_what_is_not_said_comes_from_the_defaults_even_inside_a_group() -> None:
    completed = TYPES["app_server"].property_schema.completed({"size": {"vcpus": 8}, "count": 2.0})

    assert completed["size"] == {"vcpus": 8, "ram_gib": 4, "disk_gib": 40}
    assert completed["count"] == 2
    assert isinstance(completed["count"], int)
    assert completed["software"] == "app"
    assert "flavor" not in completed


def test_completing_one_component_leaves_the_defaults_alone() -> None:
    schema = TYPES["app_server"].property_schema
    schema.completed({"size": {"vcpus": 8}})

    assert schema.defaults["size"] == {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}


def test_component_ids_are_found_in_texts_lists_and_groups() -> None:
    schema = PropertySchema(
        {
            "bound_to": {"title": "Bound to", "type": "string", "x-refers-to": ["web_server"]},
            "routes": {
                "title": "Routes",
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"hop": {"title": "Hop", "x-refers-to": ["router"]}},
                },
            },
        }
    )

    found = list(schema.references({"bound_to": "web", "routes": [{"hop": "r1"}, {"hop": "r2"}]}, at="p"))

    assert [(one.at, one.component, one.title) for one in found] == [
        ("p.bound_to", "web", "Bound to"),
        ("p.routes.0.hop", "r1", "Hop"),
        ("p.routes.1.hop", "r2", "Hop"),
    ]
