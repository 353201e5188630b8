"""CloudKitty's rating rules become a book whose prices are what CloudKitty would charge."""

import json
from decimal import Decimal
from typing import Any

from catalog.domain.price_books import PriceBook
from catalog.domain.price_imports.hashmap_rules import Rule, price_of
from tests.catalog.price_list_files import converted, rating_rules, refusals, the_book

HALF = Decimal("0.5")


def rule(cost: str, **said: Any) -> Rule:
    facts = {"group": "g", "service": "s", "field": "", "value": "", "is_rate": False, "level": None}
    return Rule(**{**facts, **said}, cost=Decimal(cost))  # type: ignore[arg-type]


def a_book(**said: Any) -> PriceBook:
    return the_book(converted(rating_rules(**said), file="rules.json", kind="cloudkitty", currency="CHF"))


def left_out() -> dict[str, str]:
    found = converted(rating_rules(), file="rules.json", kind="cloudkitty", currency="CHF").left_out
    return {one.what: one.reason for one in found}


# --- As CloudKitty computes -----------------------------------------------------------------------------


def test_of_a_group_the_dearest_flat_counts_and_all_rates_multiply() -> None:
    rules = [rule("1"), rule("3", field="f", value="a"), rule("2", is_rate=True), rule("1.5", is_rate=True)]

    assert price_of(rules, {"f": "a"}) == 9
    assert price_of(rules, {"f": "b"}) == 3


def test_groups_add_up() -> None:
    assert price_of([rule("1"), rule("3", group="other")], {}) == 4


def test_only_the_highest_threshold_that_was_reached_joins_in() -> None:
    rules = [
        rule("2"),
        rule("0.9", is_rate=True, level=Decimal(10)),
        rule("0.8", is_rate=True, level=Decimal(20)),
    ]

    assert price_of(rules, {}, Decimal(5)) == 10
    assert price_of(rules, {}, Decimal(10)) == 18
    assert price_of(rules, {}, Decimal(30)) == 48


def test_a_threshold_on_a_field_changes_the_price_of_a_unit() -> None:
    rules = [
        rule("2"),
        rule("1", field="vcpus", level=Decimal(8)),
        rule("5", field="vcpus", level=Decimal(16)),
    ]

    assert price_of(rules, {"vcpus": "4"}) == 2
    assert price_of(rules, {"vcpus": "8"}) == 3
    assert price_of(rules, {"vcpus": "16"}, Decimal(2)) == 14


# --- As a book ------------------------------------------------------------------------------------------


def test_a_flavor_costs_what_its_rules_add_up_to() -> None:
    small = a_book().price_of_sku("m1.small")

    assert small is not None
    assert small.unit_price == Decimal("0.015")  # its own 0.010, and 0.005 of another group for each server
    assert small.attributes == {"flavor": "m1.small", "vcpus": "1", "ram_gib": "2", "disk_gib": "20"}
    assert (str(small.unit), small.confidence, small.source.kind) == ("hour", "derived", "primary")


def test_thresholds_on_the_size_of_a_volume_become_tiers_of_the_whole_volume() -> None:
    ssd = a_book().price_of_sku("volume.size:ceph-ssd")

    assert ssd is not None
    assert (ssd.selector, ssd.tier_mode, str(ssd.unit)) == ({"type": "ssd"}, "volume", "GiB-hour")
    assert [str(tier.price) for tier in ssd.tiers] == ["0.0002", "0.00018", "0.00016"]
    assert [tier.end for tier in ssd.tiers] == [1000, 10000, None]


def test_prices_are_for_an_hour_whatever_the_collect_period() -> None:
    hourly, half = a_book().price_of_sku("m1.small"), a_book(period_seconds=1800).price_of_sku("m1.small")

    assert hourly is not None
    assert half is not None
    assert half.unit_price == 2 * hourly.unit_price


def test_what_passes_by_is_charged_by_what_passes_and_not_by_the_hour() -> None:
    traffic = a_book(period_seconds=1800).price_of_sku("network.outgoing.bytes.rate")

    assert traffic is not None
    assert (str(traffic.unit), traffic.unit_price) == ("MB", Decimal("0.00002"))


def test_rules_that_a_design_cannot_follow_are_named_with_their_reason() -> None:
    reasons = left_out()

    assert reasons["mappings[10] m1.small"] == "It is for one project only."
    assert reasons["mappings[11] m1.small"] == "It ended on 2026-02-01."
    assert "depends on image_id" in reasons["instance, image_id"]
    assert reasons["volume.size, volume_type archive"] == "Its name says neither ssd nor hdd."
    # Else the surcharge for every server would make the largest flavor the cheapest.
    assert reasons["m1.unrated"] == "No rule is about this flavor."
    assert "No kind of thing" in reasons["gpu.temperature"]


def test_an_amount_that_no_price_of_a_unit_can_say_leaves_its_service_out() -> None:
    rules = json.loads(rating_rules())
    rules["thresholds"][0]["type"] = "flat"

    found = converted(json.dumps(rules).encode(), file="r.json", kind="cloudkitty", currency="CHF")

    assert "adds an amount of its own" in {one.what: one.reason for one in found.left_out}["volume.size"]
    assert the_book(found).sells("floating_ip")


def test_rules_need_a_currency_flavors_and_units() -> None:
    def refused(currency: str = "CHF", **said: Any) -> str:
        return refusals(rating_rules(**said), file="r.json", kind="cloudkitty", currency=currency)

    assert "CloudKitty's rules have no currency" in refused(currency="")
    assert "The cloud's flavors are missing" in refused(flavors=[])
    assert "the metric's unit is ''" in refused(metrics=[]).lower()
    assert "No service or field of this list has the id" in refused(services=[])
    assert "url: Say which rating service told these rules." in refused(url="")
    assert "period_seconds has to be a number above 0" in refused(period_seconds=0)
    assert "has the id that it names" in refused(
        mappings=[{"service_id": ["x"], "cost": "1", "type": "flat"}]
    )
    assert "there is no list of mappings" in refused(mappings={})
    assert "currency: 'francs' doesn't have the right form" in refused(currency="francs")
