"""The page of deployed templates and what its rows are held against; needs no cloud."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from catalog.selectors import component_types
from designer.domain.resources import Ref, ResourceGraph
from tests.cloud.expectations import Template, templates
from tests.cloud.page import COMMAND, LACKING, PAGE, fingerprint, page_with, rows_of, unseen_row
from tests.shipped_templates import design_of

each_template = pytest.mark.parametrize("template", templates().values(), ids=list(templates()))
KINDS_OF_UPDATES = {"count", "size", "rule", "volume size", "listener", "replacement"}
SERVER_FAMILIES = {"server", "database"}
# The kinds of arrows that open a connection to the server at their end. Monitoring asks from outside, by the
# public side, and its agents send; the rest leads to stores and volumes.
OPENING = {"traffic", "burst", "admin", "replication", "provision", "tunnel", "ha", "analyse"}


def test_the_page_has_a_row_for_each_template_and_nothing_else_is_written_there_by_hand() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert list(rows_of(page)) == sorted(templates())
    assert page == page_with(rows_of(page))


@each_template
def test_the_row_of_a_template_tells_of_the_whole_way_or_of_none(template: Template) -> None:
    if page_row(template) == unseen_row(template.key):
        return
    _, _, deployed, *cells, _ = [part.strip() for part in page_row(template).split("|")][:-1]

    assert re.fullmatch(r"\d+ resources", deployed)
    assert cells == [
        template.facts_in_words,
        template.update_in_words,
        "yes",
        "yes",
        "empty",
    ]


@each_template
def test_the_row_of_a_template_is_about_the_graph_that_it_has_now(template: Template) -> None:
    seen = page_row(template).split("`")[-2]

    assert page_row(template) == unseen_row(template.key) or seen == fingerprint(template.key), (
        f"{template.key} makes another resource graph than the one that was deployed and destroyed. Send it "
        f'again: {COMMAND} ONLY="{template.key}"'
    )


def test_together_the_updates_are_of_every_kind() -> None:
    assert {kind for one in templates().values() for kind in one.kind.split(" and ")} == KINDS_OF_UPDATES


@each_template
def test_what_was_read_off_the_arrows_by_hand_is_what_the_graph_lets_in(template: Template) -> None:
    expected = Counter(rule for figures in template.stands.values() for rule in figures["open"])

    assert rules_in_words(design_of(template.key, "hardened").graph(without=LACKING)) == expected


@each_template
def test_every_arrow_to_a_server_of_the_cloud_was_read(template: Template) -> None:
    drawing = design_of(template.key, "hardened")
    read = {
        arrow
        for arrows in template.arrows.values()
        for names in arrows
        if not names.startswith("within ")
        for arrow in re.split(r",? ", names)
    }

    assert read <= set(drawing.data["links"])
    assert arrows_to_servers(template.key) <= read


def page_row(template: Template) -> str:
    return rows_of(PAGE.read_text(encoding="utf-8"))[template.key]


def rules_in_words(graph: ResourceGraph) -> Counter[str]:
    return Counter(
        f"{_what(rule.properties)} from {_sender(rule.properties, graph)} to "
        f"{_group(rule.properties['security_group'], graph)}"
        for rule in graph.of_kind("security_group_rule")
    )


def arrows_to_servers(key: str) -> set[str]:
    design = design_of(key, "hardened")
    components = design.data["components"]
    types = component_types()

    def is_there(component_id: str) -> bool:
        """A server, and not one of a site that the cloud only reaches."""
        around, types_around = component_id, []
        while around := components[around].get("parent"):
            types_around.append(components[around]["type"])
        is_server = types[components[component_id]["type"]].family in SERVER_FAMILIES
        return is_server and "subnet" in types_around and "private_cloud" not in types_around

    return {
        arrow
        for arrow, link in design.data["links"].items()
        if link["kind"] in OPENING and is_there(link["target"])
    }


def _what(rule: Mapping[str, Any]) -> str:
    if rule["protocol"] == "any":
        return "anything"
    return f"{rule['protocol']} {rule['port_min']}" if rule["port_min"] else str(rule["protocol"])


def _sender(rule: Mapping[str, Any], graph: ResourceGraph) -> str:
    if "remote_group" in rule:
        return _group(rule["remote_group"], graph)
    if isinstance(address := rule["remote_cidr"], Ref):
        owner = Ref(f"{graph[address.key].component}/security_group")
        return f"the public address of {_group(owner, graph)}"
    return str(rule["remote_cidr"])


def _group(ref: Any, graph: ResourceGraph) -> str:
    return str(graph[ref.key].properties["name"]).removesuffix(" security group")
