"""What is found wrong before anything is touched, all at once."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from deployer.domain.cloud import CloudProfile, Image, Item, LiveStatus, Quota
from deployer.domain.plan import PlannedStep, build_destroy_plan, build_plan
from deployer.domain.preflight import Check, check_destroy_plan, check_plan
from deployer.domain.quotas import QuotaClaim, project_regions, quota_change
from deployer.domain.regions import Because, RegionChoice
from tests.deployer.domain.test_plan import as_live, as_recorded
from tests.deployer.drawings import a_server, a_site, a_store
from tests.designer.designs import Design
from tests.fakes.cloud import a_profile


def check(drawing: Design, profile: CloudProfile | None = None, **more: Any) -> dict[str, list[Check]]:
    profile = profile or a_profile()
    found: dict[str, list[Check]] = {}
    steps = steps_of(drawing, profile)
    quotas = project_regions(steps, profile, recorded={}, others=more.pop("others", ()))
    for one in check_plan(steps, profile, more.pop("inventory", ()), quotas=quotas, **more):
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
    assert found["quota"][0].detail == "Networks: 1 needed, 0 of 1 free."
    assert len([one for one in found["matches"] if one.status == "failed"]) >= 2


def test_quota_counts_servers_by_what_their_flavor_takes() -> None:
    two_cores = {"vcpus": 2, "ram_gib": 4, "disk_gib": 40}
    found = check(a_site(count=3, size=two_cores), a_profile(quotas={"cores": Quota(10, 5)}))

    assert found["quota"][0].detail == "vCPUs: 6 needed, 5 of 10 free."


def test_quota_counts_what_other_running_deployments_will_take() -> None:
    quotas = {"instances": Quota(10, 5)}

    assert check(a_site(count=3), a_profile(quotas=quotas))["quota"][0].status == "passed"
    others = [QuotaClaim("server", "", {"instances": 1})] * 4
    found = check(a_site(count=3), a_profile(quotas=quotas), others=others)["quota"][0]
    assert found.status == "failed"
    assert "other deployments will take 4" in found.detail


def test_no_limit_is_no_obstacle() -> None:
    assert (
        check(a_site(count=9), a_profile(quotas={"instances": Quota(-1, 500)}))["quota"][0].status == "passed"
    )


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
    taken: list[Counter[str]] = []
    for drawing in (a_group(), a_site()):
        steps = build_plan(drawing.graph(), {}, {}, a_profile())
        taken.append(sum((quota_change(step, None) for step in steps), Counter()))

    more = taken[0] - taken[1]

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


def test_two_subnets_of_one_network_that_overlap_are_refused() -> None:
    drawing = (
        Design()
        .with_("net", "network", cidr="10.0.0.0/16")
        .with_("one", "subnet", parent="net", cidr="10.0.1.0/24", label="One")
        .with_("two", "subnet", parent="net", cidr="10.0.0.0/20", label="Two")
    )

    found = check(drawing)["addresses"][0]

    assert found.status == "failed"
    assert "overlap, and are in one network." in found.detail


def test_a_subnet_with_less_room_than_servers_is_refused() -> None:
    drawing = a_site(count=20).edited({"components": {"sn": {"properties": {"cidr": "10.0.10.0/28"}}}})

    failed = [one for one in check(drawing)["addresses"] if one.status == "failed"]

    assert "has room for 12; 21 need an address." in failed[0].detail


def test_an_image_that_needs_more_disk_than_the_pinned_flavor_has_is_refused() -> None:
    profile = a_profile(images=(Image("i-u", "ubuntu-24.04", min_disk_gib=30),))

    found = check(a_server(flavor="small"), profile)["matches"][0]

    assert (found.status, "has 20 GiB disk; the image needs 30." in found.detail) == ("failed", True)
    (server,) = (one for one in steps_of(a_server(), profile) if one.kind == "server")
    assert server.matched["flavor_name"] == "medium"  # small has 20 GiB


def after_change(before: Design, after: Design, **more: Any) -> dict[str, list[Check]]:
    recorded = as_recorded(before.graph())
    live = as_live(recorded)
    steps = build_plan(after.graph(), recorded, live, a_profile())
    found: dict[str, list[Check]] = {}
    for one in check_plan(
        steps, a_profile(), more.pop("inventory", ()), recorded=recorded, live=live, **more
    ):
        found.setdefault(one.check, []).append(one)
    return found


def test_a_volume_that_shrinks_is_said_to_lose_its_data_and_has_to_be_confirmed() -> None:
    (found,) = after_change(a_store(100), a_store(50))["data"]

    assert (found.status, found.to_confirm) == ("warning", True)
    assert found.summary == "This plan destroys data."
    assert "Orders 1: volume of 100 GiB is made anew, empty." in found.detail


def test_a_volume_that_is_taken_out_is_said_to_lose_its_data() -> None:
    (found,) = after_change(a_store(), a_server())["data"]

    assert "Orders 1: volume of 100 GiB is removed." in found.detail


def test_a_volume_that_grows_and_a_server_that_is_replaced_lose_nothing() -> None:
    assert "data" not in after_change(a_store(100), a_store(200))
    replaced = a_store().edited({"components": {"app": {"properties": {"image": "debian-12"}}}})
    assert "data" not in after_change(a_store(), replaced)


def test_a_container_with_objects_cannot_be_taken_out() -> None:
    with_files = a_server().with_("files", "object_store", label="files")
    (row,) = (one for one in as_recorded(with_files.graph()).values() if one.kind == "object_container")
    full = [Item("object_container", row.cloud_id, "files", None, LiveStatus.ACTIVE, holds="12 objects")]

    (found,) = after_change(with_files, a_server(), inventory=full)["contents"]

    assert (found.status, "files holds 12 objects." in found.detail) == ("failed", True)


def test_destroying_warns_of_what_is_left_and_of_data_and_needs_no_second_word() -> None:
    recorded = as_recorded(a_store().graph())
    live = as_live(recorded)
    steps = build_destroy_plan(recorded, live)
    kept = [
        Item(
            "volume",
            recorded["disk/volume[0]"].cloud_id,
            "Orders",
            None,
            LiveStatus.ACTIVE,
            holds="1 snapshot",
        )
    ]

    found = {one.check: one for one in check_destroy_plan(steps, kept, recorded=recorded, live=live)}

    assert found["contents"].status == found["data"].status == "warning"
    assert "Orders 1 holds 1 snapshot." in found["contents"].detail
    assert not found["data"].to_confirm


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
