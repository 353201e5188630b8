"""What a plan does with what is drawn, what is recorded and what stands in the cloud."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from deployer.domain.cloud import Item, Live, LiveStatus, Tag
from deployer.domain.kinds import KINDS, facts_of
from deployer.domain.plan import (
    Action,
    PlannedStep,
    Recorded,
    as_stored,
    build_destroy_plan,
    build_plan,
    decide,
    recorded_graph,
)
from deployer.domain.runs import build_runs
from designer.domain import resources as kind
from designer.domain.resources import Ref, Resource, ResourceGraph
from tests.deployer.drawings import a_server, a_site
from tests.fakes.cloud import a_profile

PROFILE = a_profile()


def as_recorded(graph: ResourceGraph) -> dict[str, Recorded]:
    """The rows that a deployment of this graph leaves."""
    steps = build_plan(graph, {}, {}, PROFILE)
    return {
        step.key: Recorded(
            step.key, step.kind, step.component, f"id-{step.key}", step.properties, step.matched, step.needs
        )
        for step in steps
    }


def as_live(recorded: Mapping[str, Recorded]) -> dict[str, Live]:
    return {key: Live(one.cloud_id, LiveStatus.ACTIVE) for key, one in recorded.items()}


def plan_change(before: ResourceGraph, after: ResourceGraph) -> dict[str, PlannedStep]:
    recorded = as_recorded(before)
    return {step.key: step for step in build_plan(after, recorded, as_live(recorded), PROFILE)}


def actions(steps: Mapping[str, PlannedStep]) -> dict[str, str]:
    return {key: step.action.value for key, step in steps.items() if step.action != Action.NOTHING}


def test_on_an_empty_cloud_everything_is_created() -> None:
    graph = a_site().graph()

    steps = build_plan(graph, {}, {}, PROFILE)

    assert {step.action for step in steps} == {Action.CREATE}
    assert [step.key for step in steps] == [one.key for one in graph if one.kind != kind.EXTERNAL]


def test_what_is_as_designed_is_left_alone() -> None:
    assert actions(plan_change(a_site().graph(), a_site().graph())) == {}


def test_another_server_adds_its_own_resources_and_touches_nothing_else() -> None:
    steps = plan_change(a_site(count=2).graph(), a_site(count=3).graph())

    assert set(actions(steps).values()) == {"create"}
    assert set(actions(steps)) == {"web/port[2]", "web/server[2]", "lb/member[80-web-2-80]"}


def test_one_server_less_takes_its_own_resources_away() -> None:
    steps = plan_change(a_site(count=3).graph(), a_site(count=2).graph())

    assert actions(steps) == {
        "web/port[2]": "delete",
        "web/server[2]": "delete",
        "lb/member[80-web-2-80]": "delete",
    }
    assert steps["web/server[2]"].reason == "no longer in the design"


def test_a_bigger_server_is_resized_in_place_with_a_matching_flavor() -> None:
    bigger = {"vcpus": 4, "ram_gib": 8, "disk_gib": 80}
    steps = plan_change(a_site().graph(), a_site(size=bigger).graph())

    assert actions(steps) == {"web/server[0]": "update"}
    assert steps["web/server[0]"].matched["flavor_name"] == "large"
    assert steps["web/server[0]"].reason == "size changed"


def test_a_renamed_component_changes_names_in_place_and_replaces_no_server() -> None:
    renamed = a_site().edited({"components": {"web": {"label": "Shop front"}}})

    changed = actions(plan_change(a_site().graph(), renamed.graph()))

    assert "replace" not in changed.values()
    assert changed["web/server[0]"] == "update"


def test_another_address_range_replaces_the_subnet_and_all_that_is_built_on_it() -> None:
    moved = a_site().edited({"components": {"sn": {"properties": {"cidr": "10.0.7.0/24"}}}})

    steps = plan_change(a_site().graph(), moved.graph())

    replaced = {key for key, action in actions(steps).items() if action == "replace"}
    assert {
        "sn/subnet",
        "web/port[0]",
        "web/server[0]",
        "lb/load_balancer",
        "sn/router_interface",
    } <= replaced
    assert "net/network" not in actions(steps)
    assert steps["web/port[0]"].reason == "sn/subnet, which it is built on, is made anew"


def test_a_public_address_stays_and_follows_what_it_points_at() -> None:
    moved = a_site().edited({"components": {"sn": {"properties": {"cidr": "10.0.7.0/24"}}}})

    steps = plan_change(a_site().graph(), moved.graph())

    assert steps["lb/floating_ip"].action == Action.UPDATE
    assert steps["lb/floating_ip"].reason == "follows lb/load_balancer"


def test_a_volume_outlives_the_server_it_is_attached_to() -> None:
    with_data = (
        a_server().with_("data", "volume", parent="sn", size_gib=20).linked("app", "data", kind="attach")
    )
    other_image = with_data.edited({"components": {"app": {"properties": {"image": "debian-12"}}}})

    changed = actions(plan_change(with_data.graph(), other_image.graph()))

    assert changed["app/server[0]"] == "replace"
    assert changed["data/volume_attachment[0]"] == "replace"
    assert "data/volume[0]" not in changed


def test_a_volume_grows_in_place_and_a_smaller_one_says_what_it_costs() -> None:
    facts = facts_of(kind.VOLUME)

    assert decide({"size_gib": 20}, {"size_gib": 10}, facts).action == Action.UPDATE
    shrunk = decide({"size_gib": 5}, {"size_gib": 10}, facts)
    assert (shrunk.action, shrunk.reason) == (Action.REPLACE, "a volume cannot shrink; its data goes with it")


def test_what_only_pricing_reads_changes_nothing_in_the_cloud() -> None:
    facts = facts_of(kind.OBJECT_CONTAINER)

    assert (
        decide({"size_gb": 9, "public_read": True}, {"size_gb": 5, "public_read": True}, facts).action
        == "nothing"
    )


def test_what_somebody_removed_in_the_cloud_is_made_again_with_all_that_stood_on_it() -> None:
    graph = a_site().graph()
    recorded = as_recorded(graph)
    live = as_live(recorded)
    for key in ("web/server[0]", "web/port[0]"):
        del live[key]

    steps = {step.key: step for step in build_plan(graph, recorded, live, PROFILE)}

    assert actions(steps) == {
        "web/server[0]": "create",
        "web/port[0]": "create",
        "lb/member[80-web-0-80]": "replace",
    }
    assert steps["web/server[0]"].reason == "was deployed, but is no longer in the cloud"


def test_what_failed_in_the_cloud_is_replaced_with_the_clouds_words() -> None:
    graph = a_server().graph()
    recorded = as_recorded(graph)
    live = as_live(recorded) | {"app/server[0]": Live("x", LiveStatus.FAILED, "No valid host was found.")}

    steps = {step.key: step for step in build_plan(graph, recorded, live, PROFILE)}

    assert steps["app/server[0]"].reason == "has failed in the cloud: No valid host was found."
    assert actions(steps) == {"app/server[0]": "replace"}


def test_a_server_keeps_its_flavor_when_the_cloud_gets_a_smaller_one_that_would_do() -> None:
    graph = a_server(size={"vcpus": 2, "ram_gib": 4, "disk_gib": 40}).graph()
    recorded = as_recorded(graph)
    from deployer.domain.cloud import Flavor

    richer = a_profile(flavors=(*PROFILE.flavors, Flavor("f-n", "new-medium", 2, 4096, 40)))

    steps = {step.key: step for step in build_plan(graph, recorded, as_live(recorded), richer)}

    assert actions(steps) == {}
    assert steps["app/server[0]"].matched["flavor_name"] == "medium"


def test_destroying_removes_everything_recorded_and_every_stray_with_our_tag() -> None:
    recorded = as_recorded(a_server().graph())
    stray = Item("port", "p-9", "App server 1 port", Tag("d1", "app/port[0]"), LiveStatus.ACTIVE)

    steps = build_destroy_plan(recorded, as_live(recorded), strays=[stray])

    assert {step.action for step in steps} == {Action.DELETE}
    assert {step.key for step in steps} == {*recorded, "app/port[0]~p-9"}
    assert steps[-1].cloud_id == "p-9"
    build_runs(steps)  # and there is an order to do it in


def test_what_was_only_just_asked_for_is_not_called_gone() -> None:
    recorded = as_recorded(a_server().graph())
    asked = {key: replace(one, cloud_id="") for key, one in recorded.items()}

    assert {step.reason for step in build_destroy_plan(recorded, {})} == {"already gone from the cloud"}
    assert {step.reason for step in build_destroy_plan(asked, {})} == {"was asked for, but is not there yet"}


def test_what_is_recorded_can_be_priced_as_it_was_drawn() -> None:
    graph = a_site().graph()

    again = recorded_graph(as_recorded(graph).values())

    for resource in again:
        assert as_stored(resource.properties) == as_stored(graph[resource.key].properties)


def test_a_cost_that_no_cloud_creates_is_no_step() -> None:
    graph = ResourceGraph.build([Resource("cdn/external", kind.EXTERNAL, "cdn", {"service": "cdn"})])

    assert build_plan(graph, {}, {}, PROFILE) == []


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_says_which_changes_it_takes_without_contradicting_itself(name: str) -> None:
    facts = KINDS[name]

    assert not facts.updatable & facts.unseen
    assert facts.loose <= facts.updatable, "what lets go of its target has to be able to take another"


def test_a_new_certificate_is_taken_by_the_listener_in_place() -> None:
    def graph(common_name: str) -> ResourceGraph:
        properties: dict[str, Any] = {
            "load_balancer": Ref("lb/load_balancer"),
            "certificate": Ref("lb/secret"),
            "port": 443,
        }
        return ResourceGraph.build(
            [
                Resource("lb/load_balancer", kind.LOAD_BALANCER, "lb", {"name": "lb"}),
                Resource("lb/secret", kind.SECRET, "lb", {"common_name": common_name}),
                Resource("lb/listener", kind.LISTENER, "lb", properties),
            ]
        )

    assert actions(plan_change(graph("old.example.org"), graph("new.example.org"))) == {
        "lb/secret": "replace",
        "lb/listener": "update",
    }
