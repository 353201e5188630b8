"""The shipped templates hold what their sources show, and lie on the canvas without overlaps."""

from itertools import combinations
from typing import NamedTuple

import pytest

from catalog.domain.templates import Template
from catalog.selectors import component_types, get_price_book, price_books, templates

TYPES = component_types()
NODE = (176, 56)
PADDING, HEADER = 12, 36
CHIP = 10  # the price straddles the bottom edge

# id: (type, parent)
PARTS = {
    "rax-basic": {
        "www": ("internet", None),
        "sw": ("edge_switch", None),
        "mon": ("monitoring", None),
        "cdn": ("cdn", None),
        "reg": ("region", None),
        "pub": ("public_network", "reg"),
        "files": ("object_store", "reg"),
        "svc": ("network", "reg"),
        "sn": ("subnet", "svc"),
        "lb": ("load_balancer", "sn"),
        "web": ("web_server", "sn"),
        "grow": ("growth_pool", "sn"),
        "db": ("dbaas", "sn"),
    },
    "osc-net": {
        "www": ("internet", None),
        "reg": ("region", None),
        "az1": ("zone", "reg"),
        "az2": ("zone", "reg"),
        "eip": ("floating_ip", "reg"),
        "oos": ("object_store", "reg"),
        "bk": ("backup_policy", "reg"),
        "net": ("network", "reg"),
        "igw": ("router", "net"),
        "front": ("subnet", "net"),
        "intel": ("subnet", "net"),
        "dbs": ("subnet", "net"),
        "adm": ("subnet", "net"),
        "nat": ("nat_gateway", "front"),
        "ngx": ("web_server", "front"),
        "int": ("app_server", "intel"),
        "dbm": ("db_server", "dbs"),
        "dbr": ("db_server", "dbs"),
        "v1": ("volume", "dbs"),
        "v2": ("volume", "dbs"),
        "bas": ("bastion", "adm"),
        "rt0": ("route_table", "adm"),
        "rt1": ("route_table", "front"),
        "rt2": ("route_table", "intel"),
        "rt3": ("route_table", "dbs"),
    },
}
LINKS = {
    "rax-basic": """
        www-sw traffic IP - solid       mon-www monitor HTTPS 443 solid   cdn-www deliver HTTPS 443 solid
        files-cdn origin HTTPS 443 solid  sw-lb traffic HTTPS 443 dashed  lb-web traffic HTTP 80 solid
        lb-grow traffic HTTP 80 dashed  web-db traffic MySQL 3306 solid   grow-db traffic MySQL 3306 dashed
        web-files publish HTTPS 443 dashed
    """,
    "osc-net": """
        www-igw traffic IP - solid      igw-ngx traffic HTTPS 80,443 solid  ngx-int traffic HTTP 8080 solid
        int-dbm traffic MySQL 3306 solid  dbm-dbr replication MySQL 3306 solid  www-bas traffic SSH 22 solid
        bas-ngx admin SSH 22 solid      bas-int admin SSH 22 solid          bas-dbm admin SSH 22 solid
        bas-dbr admin SSH 22 solid      int-nat traffic HTTPS 443 solid     dbm-v1 attach virtio - solid
        dbr-v2 attach virtio - solid    v1-bk backup snapshot - solid
    """,
}
SAID = {
    "rax-basic": {
        "svc.cidr": "10.0.0.0/16",
        "sn.cidr": "10.0.10.0/24",
        "files.size_gb": 200,
        "cdn.egress_gb_month": 500,
        "lb.scheme": "public",
        "lb.tls": True,
        "lb.health_check": True,
        "web.count": 1,
        "web.size": {"vcpus": 2, "ram_gib": 4, "disk_gib": 40},
        "web.public_address": False,
        "grow.current": 0,
        "grow.max": 3,
        "grow.size": {"vcpus": 2, "ram_gib": 4, "disk_gib": 40},
        "db.volume_gib": 50,
        "db.ha": False,
        "db.backup": False,
    },
    "osc-net": {
        "net.cidr": "10.0.0.0/16",
        "adm.cidr": "10.0.0.0/24",
        "front.cidr": "10.0.1.0/24",
        "intel.cidr": "10.0.2.0/24",
        "dbs.cidr": "10.0.3.0/24",
        "front.public": True,
        "adm.public": True,
        "ngx.count": 2,
        "ngx.size": {"vcpus": 1, "ram_gib": 2, "disk_gib": 20},
        "ngx.public_address": True,
        "ngx.tls": True,
        "ngx.zones": ["az1", "az2"],
        "int.count": 2,
        "int.size": {"vcpus": 2, "ram_gib": 4, "disk_gib": 40},
        "int.zones": ["az1", "az2"],
        "dbm.role": "primary",
        "dbm.size": {"vcpus": 4, "ram_gib": 8, "disk_gib": 80},
        "dbm.zones": ["az1"],
        "dbr.role": "standby",
        "dbr.zones": ["az2"],
        "bas.public_address": True,
        "bas.zones": ["az1"],
        "v1.size_gib": 100,
        "v1.encrypted": True,
        "v2.size_gib": 100,
        "v2.encrypted": True,
        "oos.size_gb": 200,
        "bk.offsite": True,
        "eip.count": 2,
        "eip.bound_to": "ngx",
    },
}
EACH = pytest.mark.parametrize("template", templates().values(), ids=lambda template: template.key)


def test_the_two_templates_of_this_slice_are_there() -> None:
    assert templates().keys() == {"rax-basic", "osc-net"}


@EACH
def test_a_template_holds_every_component_of_its_source(template: Template) -> None:
    components = template.document["components"]

    assert {id_: (one["type"], one.get("parent")) for id_, one in components.items()} == PARTS[template.key]


@EACH
def test_a_template_holds_every_link_of_its_source(template: Template) -> None:
    drawn = sorted(
        " ".join(
            [
                f"{link['source']}-{link['target']}",
                link["kind"],
                link["properties"]["protocol"],
                str(link["properties"].get("port", "-")),
                link["style"],
            ]
        )
        for link in template.document["links"].values()
    )
    words = LINKS[template.key].split()

    assert drawn == sorted(" ".join(words[start : start + 5]) for start in range(0, len(words), 5))


@EACH
def test_a_template_holds_the_quantities_of_its_source(template: Template) -> None:
    components = template.document["components"]
    for place, value in SAID[template.key].items():
        id_, name = place.split(".")
        assert components[id_]["properties"][name] == value, place


@EACH
def test_callouts_are_numbered_from_one_and_point_at_components(template: Template) -> None:
    callouts = template.document["callouts"]

    assert list(callouts) == [str(number) for number in range(1, len(callouts) + 1)]
    for callout in callouts.values():
        assert callout["text"].endswith(".")
        assert set(callout["components"]) <= template.document["components"].keys()


def test_the_callouts_of_the_basic_cloud_are_the_eight_of_its_picture() -> None:
    callouts = templates()["rax-basic"].document["callouts"]

    assert [callout["components"] for callout in callouts.values()] == [
        ["pub"],
        ["lb"],
        ["web"],
        ["grow"],
        ["svc"],
        ["db"],
        ["files", "cdn"],
        ["mon"],
    ]


@EACH
def test_a_template_names_a_price_book_that_is_shipped(template: Template) -> None:
    assert get_price_book(template.price_book) in price_books().values()


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def box(template: Template, id_: str) -> Box:
    """Relative to its container, as the document says it."""
    component = template.document["components"][id_]
    size = component.get("size", {"width": NODE[0], "height": NODE[1]})
    left, top = component["position"]["x"], component["position"]["y"]
    return Box(left, top, left + size["width"], top + size["height"])


@EACH
def test_neighbours_do_not_overlap_and_leave_room_for_the_price(template: Template) -> None:
    components = template.document["components"]
    for one, other in combinations(components, 2):
        if components[one].get("parent") == components[other].get("parent"):
            above, below = sorted((box(template, one), box(template, other)), key=lambda placed: placed.top)
            assert not above._replace(bottom=above.bottom + CHIP).overlaps(below), (one, other)


@EACH
def test_containers_hold_their_contents_with_padding_and_header(template: Template) -> None:
    components = template.document["components"]
    for id_, component in components.items():
        if parent := component.get("parent"):
            outer, inner = box(template, parent), box(template, id_)
            assert inner.left >= PADDING, id_
            assert inner.top >= PADDING + HEADER, id_
            assert inner.right <= outer.right - outer.left - PADDING, id_
            assert inner.bottom <= outer.bottom - outer.top - PADDING, id_


@EACH
def test_only_containers_have_a_size(template: Template) -> None:
    for id_, component in template.document["components"].items():
        assert ("size" in component) == TYPES[component["type"]].is_container, id_


@EACH
def test_linked_cards_of_one_column_leave_room_for_the_label(template: Template) -> None:
    components = template.document["components"]
    for link in template.document["links"].values():
        source, target = components[link["source"]], components[link["target"]]
        if source.get("parent") != target.get("parent"):
            continue
        one, other = box(template, link["source"]), box(template, link["target"])
        across = max(one.left, other.left) - min(one.right, other.right)
        down = max(one.top, other.top) - min(one.bottom, other.bottom)
        assert down >= 56 or across >= 96, link
