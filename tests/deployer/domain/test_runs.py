"""Which call waits for which."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from deployer.domain.plan import Action, PlannedStep, build_destroy_plan, build_plan
from deployer.domain.runs import PlannedRun, build_runs, build_undo_runs, undo_steps
from designer.domain import resources as kind
from designer.domain.resources import DependencyCycle
from tests.deployer.domain.test_plan import PROFILE, as_live, as_recorded, plan_change
from tests.deployer.drawings import a_site


def by_name(runs: list[PlannedRun]) -> dict[str, PlannedRun]:
    return {run.name: run for run in runs}


def deploying(count: int = 1) -> dict[str, PlannedRun]:
    return by_name(build_runs(build_plan(a_site(count=count).graph(), {}, {}, PROFILE)))


def destroying() -> dict[str, PlannedRun]:
    recorded = as_recorded(a_site().graph())
    return by_name(build_runs(build_destroy_plan(recorded, as_live(recorded))))


def test_needs_are_made_first() -> None:
    runs = deploying()

    assert runs["create web/server[0]"].needs >= {"create web/port[0]"}
    assert runs["create sn/subnet"].needs == {"create net/network"}


def test_removal_goes_the_other_way_round() -> None:
    runs = destroying()

    assert "delete web/server[0]" in runs["delete web/port[0]"].needs
    assert "delete sn/subnet" in runs["delete net/network"].needs
    assert {"delete web/port[0]", "delete sn/router_interface"} <= runs["delete sn/subnet"].needs


def test_a_load_balancer_waits_for_what_its_children_stand_on_and_makes_them_with_it() -> None:
    balancer = deploying(count=2)["create lb/load_balancer"]

    assert {"create web/port[0]", "create web/port[1]"} <= balancer.needs
    assert set(balancer.parts) == {
        "lb/listener[80]",
        "lb/pool[80]",
        "lb/health_monitor[80]",
        "lb/member[80-web-0-80]",
        "lb/member[80-web-1-80]",
    }


def test_a_load_balancers_children_go_with_it() -> None:
    runs = destroying()

    assert runs["delete lb/member[80-web-0-80]"].needs == {"delete lb/load_balancer"}
    assert not any("lb/member" in need for need in runs["delete lb/load_balancer"].needs)
    assert "delete lb/member[80-web-0-80]" in runs["delete web/port[0]"].needs


def test_a_replacement_is_removed_before_it_is_made_anew() -> None:
    moved = a_site().edited({"components": {"sn": {"properties": {"cidr": "10.0.7.0/24"}}}})
    runs = by_name(build_runs(list(plan_change(a_site().graph(), moved.graph()).values())))

    assert "delete sn/subnet" in runs["create sn/subnet"].needs
    assert "delete web/port[0]" in runs["delete sn/subnet"].needs
    assert runs["update lb/floating_ip"].needs >= {"create lb/load_balancer"}


def test_whoever_lets_go_does_so_before_the_removal() -> None:
    held = PlannedStep("web/port", kind.PORT, "web", "p", Action.UPDATE, "", old_needs=("old/group",))
    group = PlannedStep("old/group", kind.SECURITY_GROUP, "old", "g", Action.DELETE, "")

    runs = by_name(build_runs([held, group]))

    assert runs["delete old/group"].needs == {"update web/port"}


def test_what_waits_for_itself_is_refused() -> None:
    one = PlannedStep("a", kind.NETWORK, "a", "a", Action.CREATE, "", needs=("b",))
    other = PlannedStep("b", kind.NETWORK, "b", "b", Action.CREATE, "", needs=("a",))

    with pytest.raises(DependencyCycle):
        build_runs([one, other])


def before(**properties: object) -> dict[str, object]:
    return {
        "properties": properties,
        "matched": {},
        "needs": [],
        "component": "web",
        "name": "web",
        "region": "",
    }


def a_step(key: str, step_kind: str, action: Action, **details: Any) -> PlannedStep:
    return PlannedStep(key, step_kind, "web", key, action, "asked for", **details)


def test_undoing_removes_in_reverse_and_is_told_from_other_removals() -> None:
    steps = [
        a_step("net", kind.NETWORK, Action.CREATE),
        a_step("sn", kind.SUBNET, Action.CREATE, needs=("net",)),
        a_step("port", kind.PORT, Action.CREATE, needs=("sn", "elsewhere")),
    ]
    back, lost = undo_steps(steps, {}, {(Action.CREATE, step.key) for step in steps})
    runs = by_name(build_undo_runs(back))

    assert runs["undo-delete net"].needs == {"undo-delete sn"}
    assert runs["undo-delete sn"].needs == {"undo-delete port"}
    assert runs["undo-delete port"].needs == frozenset()
    assert not lost


def test_undoing_lets_go_of_what_was_made_before_removing_it() -> None:
    steps = [
        a_step("port", kind.PORT, Action.CREATE),
        a_step("ip", kind.FLOATING_IP, Action.UPDATE, needs=("port",), changed=frozenset({"port"})),
        a_step("rule", kind.SECURITY_GROUP_RULE, Action.REPLACE, properties={"port": 81}),
        a_step("never", kind.PORT, Action.CREATE),
    ]
    befores = {"ip": before(name="ip"), "rule": before(port=80)}
    touched = {
        (Action.CREATE, "port"),
        (Action.UPDATE, "ip"),
        (Action.DELETE, "rule"),
        (Action.CREATE, "rule"),
    }

    back, _ = undo_steps(steps, befores, touched)
    runs = by_name(build_undo_runs(back))

    assert runs["undo-delete port"].needs == {"undo-update ip"}
    assert runs["undo-create rule"].needs == {"undo-delete rule"}
    assert next(step for step in back if step.key == "rule").properties == {"port": 80}
    assert "undo-delete never" not in runs


def test_undoing_does_not_pretend_to_bring_data_back() -> None:
    steps = [
        a_step("db/volume", kind.VOLUME, Action.DELETE),
        a_step("log/volume", kind.VOLUME, Action.UPDATE, properties={"name": "log", "size_gib": 20}),
    ]
    befores = {"db/volume": before(size_gib=10), "log/volume": before(name="old", size_gib=10)}

    back, lost = undo_steps(steps, befores, {(Action.DELETE, "db/volume"), (Action.UPDATE, "log/volume")})

    assert lost == ["db/volume"]
    assert [dict(step.properties) for step in back] == [{"name": "old", "size_gib": 20}]


@settings(max_examples=40, deadline=None)
@given(
    some.tuples(some.integers(1, 4), some.integers(1, 4), some.sampled_from(["10.0.1.0/24", "10.0.9.0/24"]))
)
def test_whatever_changes_there_is_an_order_and_every_need_is_a_run(change: tuple[int, int, str]) -> None:
    before, after, cidr = change
    drawing = a_site(count=after).edited({"components": {"sn": {"properties": {"cidr": cidr}}}})

    runs = build_runs(list(plan_change(a_site(count=before).graph(), drawing.graph()).values()))

    names = [run.name for run in runs]
    assert len(names) == len(set(names))
    for run, position in zip(runs, itertools.count(), strict=False):
        assert run.needs <= set(names[:position])
