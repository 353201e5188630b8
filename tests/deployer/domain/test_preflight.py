"""What is found wrong before anything is touched, all at once."""

from collections.abc import Sequence
from typing import Any

from deployer.domain.cloud import CloudProfile, Item, LiveStatus, Quota
from deployer.domain.plan import PlannedStep, build_plan
from deployer.domain.preflight import Check, check_plan, quota_needs
from deployer.domain.regions import Because, RegionChoice
from tests.deployer.domain.test_plan import as_live, as_recorded
from tests.deployer.drawings import a_server, a_site
from tests.designer.designs import Design
from tests.fakes.cloud import a_profile


def check(drawing: Design, profile: CloudProfile | None = None, **more: Any) -> dict[str, list[Check]]:
    profile = profile or a_profile()
    found: dict[str, list[Check]] = {}
    for one in check_plan(steps_of(drawing, profile), profile, more.pop("inventory", ()), **more):
        found.setdefault(one.check, []).append(one)
    return found


def steps_of(drawing: Design, profile: CloudProfile) -> Sequence[PlannedStep]:
    return build_plan(drawing.graph(), {}, {}, profile)


def statuses(found: dict[str, list[Check]]) -> set[str]:
    return {one.status.value for checks in found.values() for one in checks}


def test_a_cloud_that_has_everything_passes() -> None:
    assert statuses(check(a_site())) == {"passed"}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    poor = a_profile(flavors=(), images=(), external_networks=(), quotas={"networks": Quota(1, 1)}).without(
        "load-balancer"
    )

    found = check(a_site(), poor)

    assert found["services"][0].summary == "The cloud has no load balancers."
    assert found["quota"][0].detail == "networks: 1 needed, 0 of 1 free."
    assert len([one for one in found["matches"] if one.status == "failed"]) >= 2


def test_quota_counts_servers_by_what_their_flavor_takes() -> None:
    two_cores = {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}
    found = check(a_site(count=3, size=two_cores), a_profile(quotas={"cores": Quota(10, 5)}))

    assert found["quota"][0].detail == "cores: 6 needed, 5 of 10 free."


def test_quota_counts_what_other_running_deployments_will_take() -> None:
    quotas = {"instances": Quota(10, 5)}

    assert check(a_site(count=3), a_profile(quotas=quotas))["quota"][0].status == "passed"
    others = [step for step in steps_of(a_site(count=4), a_profile()) if step.kind == "server"]
    found = check(a_site(count=3), a_profile(quotas=quotas), others=others)["quota"][0]
    assert found.status == "failed"
    assert "other deployments that are running will take 4" in found.detail


def test_no_limit_is_no_obstacle() -> None:
    assert (
        check(a_site(count=9), a_profile(quotas={"instances": Quota(-1, 500)}))["quota"][0].status == "passed"
    )


def test_what_is_removed_gives_its_quota_back() -> None:
    recorded = as_recorded(a_site(count=3).graph())
    steps = build_plan(a_site(count=1).graph(), recorded, as_live(recorded), a_profile())

    assert quota_needs(steps)["instances"] == -2


def test_subnets_on_one_router_that_overlap_the_outside_are_refused() -> None:
    outside = a_server().edited(
        {
            "components": {
                "sn": {"properties": {"cidr": "203.0.113.0/25"}},
                "net": {"properties": {"cidr": "203.0.113.0/24"}},
            }
        }
    )

    found = check(outside)["addresses"][0]

    assert found.status == "failed"
    assert "overlaps 203.0.113.0/24, the cloud's external network." in found.detail


def a_group() -> Design:
    """Two members to begin with, four at most."""
    group = a_site().with_("many", "scaling_group", parent="sn", desired=2, max=4)
    return group.with_("one", "web_server", parent="many", public_address=True)


def test_a_scaling_group_needs_the_service_of_stacks_and_the_one_of_alarms() -> None:
    assert check(a_group())["services"][0].status == "passed"
    for service, words in (("orchestration", "scaling groups"), ("alarm", "alarms")):
        found = check(a_group(), profile=a_profile().without(service))["services"][0]

        assert found.summary == f"The cloud has no {words}."


def test_a_scaling_group_takes_of_the_quota_what_its_first_members_take() -> None:
    steps = build_plan(a_group().graph(), {}, {}, a_profile())
    alone = build_plan(a_site().graph(), {}, {}, a_profile())

    more = quota_needs(steps) - quota_needs(alone)

    assert (more["instances"], more["cores"], more["floating_ips"], more["ports"]) == (2, 2, 2, 2)


def test_a_tunnel_whose_other_end_nobody_knows_is_refused() -> None:
    tunnel = a_site().with_("vpn", "vpn_gateway", parent="net", peer_cidrs=["10.99.0.0/24"])

    assert "public address of its other end" in check(tunnel)["matches"][0].detail
    known = tunnel.edited({"components": {"vpn": {"properties": {"peer_address": "198.51.100.7"}}}})
    assert check(known)["matches"][0].status == "passed"


def test_a_drawn_region_that_finds_none_of_its_own_is_refused_and_sharing_is_warned_of() -> None:
    one, other = (RegionChoice(name, "RegionOne", Because.CHOSEN) for name in ("calgary", "edmonton"))
    homeless = RegionChoice("edmonton", "RegionOne", Because.NONE_LEFT)

    (failed,) = check(a_site(), choices=[one, homeless])["regions"]
    assert (failed.status, "edmonton" in failed.detail) == ("failed", True)
    (warned,) = check(a_site(), choices=[one, other])["regions"]
    assert (warned.status, "calgary, edmonton all go to RegionOne" in warned.detail) == ("warning", True)
    assert "regions" not in check(a_site(), choices=[one])


def test_a_container_name_that_is_taken_is_refused_and_ours_is_not() -> None:
    drawing = a_server().with_("files", "object_store", label="files")
    (name,) = (step.label for step in steps_of(drawing, a_profile()) if step.kind == "object_container")
    taken = [Item("object_container", name, name, None, LiveStatus.ACTIVE)]

    assert check(drawing, inventory=taken)["names"][0].status == "failed"
    ours = frozenset({("object_container", name)})
    assert check(drawing, inventory=taken, ours=ours)["names"][0].status == "passed"


def test_a_second_server_of_the_same_name_is_only_a_warning() -> None:
    other = [Item("server", "s-1", "App server 1", None, LiveStatus.ACTIVE)]

    assert check(a_server(), inventory=other)["names"][0].status == "warning"


def test_what_stands_in_no_subnet_is_refused_before_the_cloud_is_asked() -> None:
    drawing = (
        Design()
        .with_("net", "network", cidr="10.0.0.0/16")
        .with_("web", "web_server", parent="net", label="Lonely web")
        .with_("lb", "load_balancer", parent="net", label="Lonely balancer")
        .with_("db", "dbaas", parent="net", label="Lonely database")
    )

    (found,) = check(drawing)["places"]

    assert found.status == "failed"
    assert "Draw a subnet and drop it in" in found.detail
    assert all(name in found.detail for name in ("Lonely web", "Lonely balancer", "Lonely database"))
