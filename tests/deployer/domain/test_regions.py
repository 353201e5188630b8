"""Where the drawn regions go in a cloud, and what a plan makes of it."""

from dataclasses import replace

import pytest

from deployer.domain.cloud import CloudProfile, Quota
from deployer.domain.plan import Action, Recorded, build_plan
from deployer.domain.preflight import check_plan
from deployer.domain.quotas import counted_in, project_regions
from deployer.domain.regions import RegionUnknown, choose_regions, in_cloud_regions
from designer.domain.resources import Resource, ResourceGraph
from tests.deployer.domain.test_plan import as_live
from tests.fakes.cloud import a_profile

ONE, TWO = "RegionOne", "RegionTwo"


def drawn(*pairs: tuple[str, str], kind: str = "network") -> ResourceGraph:
    return ResourceGraph.build(
        [Resource(key, kind, key, {"name": key}, region=region) for key, region in pairs]
    )


def chosen(graph: ResourceGraph, *offered: str, **more: object) -> dict[str, tuple[str, str]]:
    choices = choose_regions(graph, offered, more.get("recorded", {}), more.get("said"))  # type: ignore[arg-type]
    return {one.drawn: (one.region, one.because.value) for one in choices}


def row(key: str, region: str, kind: str = "network") -> Recorded:
    return Recorded(key, kind, key, f"id-{key}", {"name": key}, region=region)


def two_regions(**shared: str) -> CloudProfile:
    """Each region with services of its own, besides the `shared` ones."""
    own = {
        region: {service: f"http://{region}/{service}" for service in a_profile().services} | shared
        for region in (ONE, TWO)
    }
    return CloudProfile.of_regions({region: a_profile(addresses=own[region]) for region in own})


PAIR = drawn(("a", "calgary"), ("b", "edmonton"))


def test_a_region_goes_to_the_one_of_its_name_whatever_its_case() -> None:
    graph = drawn(("a", "regiontwo"), ("b", "edmonton"))

    assert chosen(graph, ONE, TWO) == {"regiontwo": (TWO, "name"), "edmonton": (ONE, "default")}


def test_regions_that_no_name_fits_are_dealt_in_turn() -> None:
    assert chosen(PAIR, ONE, TWO) == {"calgary": (ONE, "default"), "edmonton": (TWO, "default")}


def test_a_single_region_goes_to_the_default_one_and_so_does_what_stands_in_none() -> None:
    assert chosen(drawn(("a", "calgary")), TWO, ONE) == {"calgary": (TWO, "default")}
    assert chosen(drawn(("a", ""), ("b", "calgary")), ONE, TWO) == {
        "": (ONE, "default"),
        "calgary": (ONE, "default"),
    }


def test_what_is_said_comes_first_and_what_stands_stays() -> None:
    recorded = {"a": row("a", TWO)}

    assert chosen(PAIR, ONE, TWO, recorded=recorded) == {
        "calgary": (TWO, "standing"),
        "edmonton": (ONE, "default"),
    }
    said = {"calgary": ONE, "edmonton": ONE}
    assert chosen(PAIR, ONE, TWO, recorded=recorded, said=said) == {
        "calgary": (ONE, "chosen"),
        "edmonton": (ONE, "chosen"),
    }


def test_two_regions_are_never_put_into_one_unasked() -> None:
    assert chosen(PAIR, ONE) == {"calgary": (ONE, "default"), "edmonton": (ONE, "none_left")}


def test_a_misspelt_region_is_named_with_those_that_there_are() -> None:
    with pytest.raises(RegionUnknown, match="no region called banff, but calgary, edmonton"):
        chosen(PAIR, ONE, TWO, said={"banff": ONE})
    with pytest.raises(RegionUnknown, match="no region called RegionTree, but RegionOne, RegionTwo"):
        chosen(PAIR, ONE, TWO, said={"calgary": "RegionTree"})


def test_a_step_goes_to_its_region_and_a_move_leaves_the_old_one() -> None:
    graph = in_cloud_regions(PAIR, choose_regions(PAIR, [ONE, TWO], {}))
    recorded = {"a": row("a", ONE), "b": row("b", ONE)}
    steps = {one.key: one for one in build_plan(graph, recorded, as_live(recorded), two_regions())}

    assert (steps["a"].action, steps["a"].region) == (Action.NOTHING, ONE)
    moved = steps["b"]
    assert (moved.action, moved.region, moved.old_region) == (Action.REPLACE, TWO, ONE)
    assert moved.reason == "moves from RegionOne to RegionTwo"


def test_what_two_regions_share_needs_no_move_and_counts_once() -> None:
    shared = two_regions(network="http://shared/network")
    graph = in_cloud_regions(PAIR, choose_regions(PAIR, [ONE, TWO], {}))
    recorded = {"b": row("b", ONE)}
    steps = build_plan(graph, recorded, as_live(recorded), shared)

    assert [one.action for one in steps] == [Action.CREATE, Action.NOTHING]
    fresh = build_plan(graph, {}, {}, shared)
    assert len(list(counted_in(ONE, fresh, shared))) == 2
    assert list(counted_in(TWO, fresh, shared)) == []


def test_each_region_is_checked_against_what_it_has_itself() -> None:
    cloud = two_regions()
    full = replace(cloud.at(TWO), quotas={"networks": Quota(1, 1)})
    cloud = CloudProfile.of_regions({ONE: cloud.at(ONE), TWO: full})
    graph = in_cloud_regions(PAIR, choose_regions(PAIR, [ONE, TWO], {}))

    steps = build_plan(graph, {}, {}, cloud)
    quotas = project_regions(steps, cloud, recorded={})
    checks = check_plan(steps, cloud, (), quotas=quotas)

    failed = [(one.check, one.region, one.detail) for one in checks if one.status == "failed"]
    assert failed == [("quota", TWO, "Networks: 1 needed, 0 of 1 free.")]
    assert [one.region for one in checks if one.check == "services"] == [""]


def test_a_move_takes_quota_where_it_goes_and_gives_it_back_where_it_was() -> None:
    cloud = two_regions()
    graph = in_cloud_regions(drawn(("b", "edmonton")), [replace(choose_regions(PAIR, [ONE, TWO], {})[1])])
    recorded = {"b": row("b", ONE)}
    steps = build_plan(graph, recorded, as_live(recorded), cloud)

    assert [one.action for one in counted_in(TWO, steps, cloud)] == [Action.CREATE]
    assert [one.action for one in counted_in(ONE, steps, cloud)] == [Action.DELETE]
