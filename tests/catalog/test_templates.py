"""The shipped templates hold what their sources show, and lie on the canvas without overlaps."""

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from catalog.selectors import component_types, get_price_book, get_template, price_books, templates
from tests.shipped_templates import FORMS, name_of

TYPES = component_types()
REFERENCE: Mapping[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "reference_templates.yaml").read_text(encoding="utf-8")
)
SIZES = {
    "small": {"vcpus": 1, "ram_gib": 2, "disk_gib": 20},
    "medium": {"vcpus": 2, "ram_gib": 4, "disk_gib": 40},
    "large": {"vcpus": 4, "ram_gib": 8, "disk_gib": 80},
}
NODE = (176, 56)
PADDING, HEADER = 12, 36
CHIP = 10  # the price straddles the bottom edge

# What our drawing shows beyond the source, so that it can be built or read.
PUBLIC_NETWORK = {"pub"}  # the callouts speak of it
NAMED_GROUPS = {"wsg", "asg", "dsg"}
ADDED = {
    "rax-tiered": PUBLIC_NETWORK,
    "rax-webapp": PUBLIC_NETWORK,
    "rax-cms": PUBLIC_NETWORK,
    "rax-wordpress": PUBLIC_NETWORK,
    "rax-revproxy": PUBLIC_NETWORK,
    "os-ecommerce-static": NAMED_GROUPS,
    "os-ecommerce-auto": NAMED_GROUPS,
    "cyb-single": {"www", "pub", "fip2"},  # an address for each of the two balancers
    "cyb-multi": {"www"},
}
ADDED_LINKS = {"cyb-single": {("user", "www", "traffic")}, "cyb-multi": {("user", "www", "traffic")}}
# (template, component): what the source counts or places, and we say in other words.
SAID_OTHERWISE = {
    ("rax-basic", "grow"): {"count"},  # 0 now, `current` here
    ("cyb-single", "fip"): {"count"},  # two addresses are two components
    ("os-ecommerce-static", "fip"): {"in"},  # an address is the region's, not the external network's
    ("os-ecommerce-static", "afip"): {"in"},
    ("os-ecommerce-auto", "fip"): {"in"},
    ("os-ecommerce-auto", "afip"): {"in"},
    ("beh-hybrid", "mdb"): {"count"},  # shards × replicas
    ("beh-hybrid", "mv"): {"count"},  # one for each node that it is attached to
}
OTHER_PORTS = {
    ("rax-hybrid", "sw", "rc1"),  # the tunnel's own ports
    ("rax-hybrid", "sw", "rc2"),
    ("rax-hybrid", "rc1", "rc2"),
    ("beh-hybrid", "f5", "asg"),  # what the pool's members answer on
}

each_template = pytest.mark.parametrize("key", REFERENCE)
each_form = pytest.mark.parametrize(("key", "form"), FORMS, ids=[name_of(*one) for one in FORMS])


def test_all_fifteen_reference_architectures_are_shipped_and_nothing_else() -> None:
    assert templates().keys() == REFERENCE.keys()
    assert len(REFERENCE) == 15


@each_template
def test_a_template_holds_every_component_of_its_source_in_its_place(key: str) -> None:
    drawn = get_template(key).document["components"]

    assert drawn.keys() == REFERENCE[key]["components"].keys() | ADDED.get(key, set())
    for id_, source in REFERENCE[key]["components"].items():
        assert drawn[id_]["type"] == source["type"], id_
        if "in" not in SAID_OTHERWISE.get((key, id_), ()):
            assert drawn[id_].get("parent") == source.get("in"), id_


@each_template
def test_a_template_holds_the_quantities_of_its_source(key: str) -> None:
    for id_, source in REFERENCE[key]["components"].items():
        component = get_template(key).document["components"][id_]
        schema = TYPES[component["type"]].property_schema
        drawn = schema.completed(component.get("properties", {}))
        for name, value in source.get("says", {}).items():
            if name not in SAID_OTHERWISE.get((key, id_), ()):
                wanted = SIZES[value] if name == "size" else value
                assert drawn[name] == wanted, f"{id_}.{name}"


@each_template
def test_a_template_holds_every_link_of_its_source(key: str) -> None:
    drawn = get_template(key).document["links"].values()
    sources = [line.split() for line in REFERENCE[key]["links"]]

    ends = Counter((link["source"], link["target"], link["kind"]) for link in drawn)
    assert ends == Counter((*line[:3],) for line in sources) + Counter(ADDED_LINKS.get(key, ()))
    shown = {(link["source"], link["target"], link["kind"]): link for link in drawn}
    for source, target, kind, port, style in sources:
        link = shown[source, target, kind]
        assert link.get("style", "solid") == style, (source, target)
        if (key, source, target) not in OTHER_PORTS:
            assert str(link.get("properties", {}).get("port", "-")) == port, (source, target)


@each_template
def test_a_template_explains_what_its_source_numbers(key: str) -> None:
    numbers = {int(number) for number in get_template(key).document["callouts"]}

    assert numbers >= set(REFERENCE[key]["callouts"])


@each_form
def test_callouts_are_sentences_about_components(key: str, form: str) -> None:
    document = get_template(key).drawn(form)

    for callout in document["callouts"].values():
        assert callout["text"].endswith(".")
        assert callout["components"]
        assert set(callout["components"]) <= document["components"].keys()


def test_the_callouts_of_the_basic_cloud_are_the_eight_of_its_picture() -> None:
    callouts = get_template("rax-basic").document["callouts"]
    pointed = [["pub"], ["lb"], ["web"], ["grow"], ["svc"], ["db"], ["files", "cdn"], ["mon"]]

    assert [callout["components"] for callout in callouts.values()] == pointed


@each_template
def test_a_template_names_a_price_book_that_is_shipped(key: str) -> None:
    assert get_price_book(get_template(key).price_book) in price_books().values()


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


Components = Mapping[str, Any]


def components_of(key: str, form: str) -> Components:
    components: Components = get_template(key).drawn(form)["components"]
    return components


def box(components: Components, id_: str) -> Box:
    """Relative to its container, as the document says it."""
    component = components[id_]
    size = component.get("size", {"width": NODE[0], "height": NODE[1]})
    left, top = component["position"]["x"], component["position"]["y"]
    return Box(left, top, left + size["width"], top + size["height"])


@each_form
def test_neighbours_do_not_overlap_and_leave_room_for_the_price(key: str, form: str) -> None:
    components = components_of(key, form)
    for one, other in combinations(components, 2):
        if components[one].get("parent") == components[other].get("parent"):
            pair = (box(components, one), box(components, other))
            above, below = sorted(pair, key=lambda placed: placed.top)
            assert not above._replace(bottom=above.bottom + CHIP).overlaps(below), (one, other)


@each_form
def test_containers_hold_their_contents_with_padding_and_header(key: str, form: str) -> None:
    components = components_of(key, form)
    for id_, component in components.items():
        if parent := component.get("parent"):
            outer, inner = box(components, parent), box(components, id_)
            assert inner.left >= PADDING, id_
            assert inner.top >= PADDING + HEADER, id_
            assert inner.right <= outer.right - outer.left - PADDING, id_
            assert inner.bottom <= outer.bottom - outer.top - PADDING, id_


@each_form
def test_only_containers_have_a_size(key: str, form: str) -> None:
    for id_, component in components_of(key, form).items():
        assert ("size" in component) == TYPES[component["type"]].is_container, id_


@each_form
def test_linked_cards_of_one_column_leave_room_for_the_label(key: str, form: str) -> None:
    components = components_of(key, form)
    for link in get_template(key).drawn(form)["links"].values():
        source, target = components[link["source"]], components[link["target"]]
        if source.get("parent") != target.get("parent") or link["kind"] == "attach":
            continue  # an attached disk needs no word
        one, other = box(components, link["source"]), box(components, link["target"])
        across = max(one.left, other.left) - min(one.right, other.right)
        down = max(one.top, other.top) - min(one.bottom, other.bottom)
        assert down >= 40 or across >= 72, link
