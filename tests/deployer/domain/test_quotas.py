"""How a plan fits into a cloud's quotas, beside everything else that will take from them."""

from collections.abc import Mapping

from deployer.domain.cloud import Quota
from deployer.domain.plan import build_plan
from deployer.domain.quotas import Projection, QuotaClaim, project
from tests.deployer.domain.test_plan import as_live, as_recorded
from tests.deployer.drawings import a_server, a_site
from tests.designer.designs import Design
from tests.fakes.cloud import a_profile


def projected(before: Design | None, after: Design, **quotas: Quota) -> Mapping[str, Projection]:
    recorded = as_recorded(before.graph()) if before else {}
    profile = a_profile(quotas=quotas)
    steps = build_plan(after.graph(), recorded, as_live(recorded), profile)
    found = project(steps, profile, recorded=recorded, others=[QuotaClaim("server", "", {"instances": 3})])
    return {one.name: one for one in found}


def test_it_says_what_is_used_what_this_takes_what_others_take_and_what_is_left() -> None:
    servers = projected(None, a_site(count=2), instances=Quota(20, 5))["instances"]

    assert servers.to_json() == {
        "region": "",
        "name": "instances",
        "title": "Servers",
        "limit": 20,
        "used": 5,
        "plan": 2,
        "others": 3,
        "left": 10,
    }


def test_what_is_removed_gives_its_quota_back() -> None:
    servers = projected(a_site(count=3), a_site(count=1), instances=Quota(20, 3))["instances"]

    assert (servers.plan, servers.left) == (-2, 16)


def test_a_larger_server_takes_the_difference() -> None:
    small, large = ({"vcpus": cores, "ram_gib": 2 * cores, "disk_gib": 20} for cores in (1, 4))

    found = projected(a_server(size=small), a_server(size=large), cores=Quota(10, 1), instances=Quota(9, 1))

    assert found["cores"].plan == 3
    assert "instances" not in found


def test_a_volume_that_grows_takes_the_difference() -> None:
    def store(size_gib: int) -> Design:
        return (
            a_server()
            .with_("disk", "volume", parent="sn", size_gib=size_gib)
            .linked("app", "disk", kind="attach")
        )

    assert projected(store(100), store(150), gigabytes=Quota(1000, 100))["gigabytes"].plan == 50


def test_a_replaced_server_takes_nothing_more() -> None:
    found = projected(a_server(), a_server(image="debian-12"), instances=Quota(1, 1), cores=Quota(2, 2))

    assert found == {}


def test_new_beside_old_that_fits_only_in_the_end_is_tight() -> None:
    moved = a_site().edited({"components": {"web": None}, "links": {"lb-web": None}})
    moved = moved.with_("web2", "web_server", parent="sn").linked("lb", "web2", protocol="HTTP", port=80)

    servers = projected(a_site(), moved, instances=Quota(4, 1))["instances"]

    assert (servers.plan, servers.peak) == (0, 1)
    assert (servers.is_short, servers.is_tight) == (False, True)


def test_a_quota_without_limit_is_not_projected() -> None:
    assert projected(None, a_site(), instances=Quota(-1, 900)) == {}
