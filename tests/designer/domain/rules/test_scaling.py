"""Rules about groups that grow and shrink by themselves."""

from typing import Any

import pytest

from tests.designer.designs import Design, a_design


def a_group(member: str = "web_server", **properties: Any) -> Design:
    design = a_design().with_("asg", "scaling_group", parent="sn", **properties)
    return design.with_("web", member, parent="asg")


def test_a_group_as_it_is_first_drawn_breaks_only_what_is_not_drawn_yet() -> None:
    broken = a_group().with_("lb", "load_balancer", parent="sn").linked("lb", "web").rules_broken()

    assert not {rule for rule in broken if rule.startswith("SCL")} - {"SCL-07"}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("SCL-01", {"selector": "group=any"}),
        ("SCL-02", {"period_seconds": 120}),
        ("SCL-02", {"period_seconds": 300}),
        ("SCL-03", {"up_threshold_percent": 20, "down_threshold_percent": 20}),
        ("SCL-04", {"cooldown_seconds": 240}),
        ("SCL-06", {"min": 1}),
        ("SCL-06", {"min": 0, "max": 1, "desired": 1}),
    ],
)
def test_a_group_that_cannot_work_well_is_repaired_with_one_click(rule: str, said: dict[str, int]) -> None:
    design = a_group(**said)

    assert design.findings(rule)[0].components == ("asg",)
    assert not design.repaired(rule).findings(rule)
    assert not a_group().findings(rule)


def test_a_selector_of_its_own_is_fine() -> None:
    assert not a_group(selector="group=image").findings("SCL-01")


def test_an_alarm_names_what_it_watches() -> None:
    everything = a_group().with_("alarm", "alarm")

    assert everything.findings("SCL-01")[0].components == ("alarm",)
    assert not a_group().with_("alarm", "alarm", watches=["asg"]).findings("SCL-01")


def test_an_alarm_looks_no_closer_than_clouds_measure() -> None:
    close = a_group().with_("alarm", "alarm", watches=["asg"], granularity_seconds=60)

    assert close.findings("SCL-02")[0].components == ("alarm",)
    assert not close.repaired("SCL-02").findings("SCL-02")
    assert not a_group().with_("alarm", "alarm", watches=["asg"]).findings("SCL-02")


def test_a_prepared_image_or_nothing_to_install_needs_no_long_wait() -> None:
    quick = a_group(cooldown_seconds=240)
    golden = quick.with_("reg", "region").with_("img", "image", parent="reg", golden=True)
    empty = quick.edited({"components": {"web": {"properties": {"software": "none"}}}})

    assert quick.findings("SCL-04")
    assert not golden.findings("SCL-04")
    assert not empty.findings("SCL-04")


def test_what_a_group_starts_gets_traffic_or_jobs() -> None:
    assert a_group().findings("SCL-05")[0].components == ("asg", "web")
    behind = a_group().with_("lb", "load_balancer", parent="sn")
    assert not behind.linked("lb", "web").findings("SCL-05")
    assert not behind.linked("lb", "asg", "burst").findings("SCL-05")
    fed = a_group("worker").with_("mq", "message_queue", parent="sn").linked("web", "mq")
    assert not fed.findings("SCL-05")
    assert a_group("worker").findings("SCL-05")


def test_a_balancer_behind_an_interconnect_feeds_a_group_too() -> None:
    design = a_group().with_("dc", "datacenter").with_("f5", "hw_load_balancer", parent="dc")
    design = design.with_("rc", "interconnect", parent="dc").linked("f5", "rc", protocol="HTTP", port=80)

    assert not design.linked("rc", "web", protocol="HTTP", port=80).findings("SCL-05")


def test_an_empty_group_has_nothing_to_be_told_about() -> None:
    empty = a_design().with_("asg", "scaling_group", parent="sn")

    assert not {rule for rule in empty.rules_broken() if rule.startswith("SCL")}


def test_a_group_of_one_server_is_a_single_server_and_the_fix_grows_the_group() -> None:
    design = a_group(min=1, max=1, desired=1)
    repaired = design.repaired("HA-01")

    assert repaired.data["components"]["asg"]["properties"] == {"min": 2, "max": 2, "desired": 2}
    assert not repaired.findings("HA-01")


def test_services_that_wait_for_each_other_are_tiers() -> None:
    design = a_design().with_("cart", "app_service", parent="sn", service="cart")

    assert not design.findings("SCL-08")
    both = design.with_("ship", "app_service", parent="sn", service="ship")
    assert "2 services" in both.findings("SCL-08")[0].detail
    assert not both.with_("mq", "message_queue", parent="sn").findings("SCL-08")
