"""Rules about the loss of a region, and about what two regions tell each other."""

from typing import Any

from tests.designer.designs import Design
from tests.designer.domain.rules.test_balancing import two_regions


def two_databases(**properties: Any) -> Design:
    design = two_regions()
    for place in ("north", "south"):
        design = design.with_(f"db-{place}", "db_server", parent=f"sn-{place}", **properties)
    return design


def through_a_tunnel(design: Design, tunnel: str = "mesh") -> Design:
    design = design.with_(tunnel, "vpn_mesh").linked("db-north", tunnel, "replication", port=4567)
    return design.linked(tunnel, "db-south", "replication", port=4567)


def test_data_crosses_regions_in_a_tunnel() -> None:
    bare = two_databases().linked("db-north", "db-south", "replication")

    assert bare.findings("SEC-11")[0].components == ("db-north", "db-south")
    assert not bare.repaired("SEC-11").findings("SEC-11")
    assert not through_a_tunnel(two_databases()).findings("SEC-11")


def test_overlay_servers_at_both_ends_are_a_tunnel_too() -> None:
    design = two_databases().linked("db-north", "db-south", "replication")
    for place in ("north", "south"):
        design = design.with_(f"vpn-{place}", "vpn_vm", parent=f"sn-{place}")

    assert design.findings("SEC-11")
    assert not design.linked("vpn-north", "vpn-south", "tunnel", port=655).findings("SEC-11")


def test_databases_of_one_region_need_no_tunnel() -> None:
    design = two_databases().with_("db2", "db_server", parent="sn-north")

    assert not design.linked("db-north", "db2", "replication").findings("SEC-11")


def test_one_tunnel_under_replication_is_one_too_few() -> None:
    one = through_a_tunnel(two_databases())

    assert one.findings("HA-11")[0].components == ("mesh", "db-north", "db-south")
    assert not through_a_tunnel(one, "second").findings("HA-11")
    assert not two_databases().findings("HA-11")


def test_two_masters_have_no_majority_and_three_have() -> None:
    pair = through_a_tunnel(two_databases(role="multi-master"))
    third = pair.with_("db-third", "db_server", parent="sn-north", role="multi-master")

    assert pair.findings("HA-10")[0].components == ("db-north", "db-south")
    assert not third.linked("db-third", "db-north", "replication").findings("HA-10")
    assert not through_a_tunnel(two_databases()).findings("HA-10")


def test_a_region_that_lives_without_its_database_is_told_while_names_lead_there() -> None:
    design = two_databases()

    assert not design.findings("HA-09"), "nothing leads visitors to either region"
    named = design.with_("dns", "dns_external")
    assert {finding.components for finding in named.findings("HA-09")} == {
        ("north", "db-north"),
        ("south", "db-south"),
    }
    watched = named.with_("mon", "monitoring").linked("mon", "db-north", "monitor")
    watched = watched.with_("alarm", "alarm", watches=["db-south"])
    assert not watched.findings("HA-09")


def test_a_second_region_wants_reserved_capacity_and_images() -> None:
    design = two_regions()

    assert design.findings("HA-13")
    assert design.findings("DAT-12")
    assert not design.with_("kept", "reserved_capacity", parent="south").findings("HA-13")
    assert not Design().with_("only", "region").rules_broken()


def test_the_only_image_is_copied_to_the_other_regions() -> None:
    design = two_regions().with_("img", "image", parent="north")
    repaired = design.repaired("DAT-12")

    assert repaired.data["components"]["img"]["properties"]["copied_to"] == ["south"]
    assert not repaired.findings("DAT-12")


def test_a_region_for_disasters_wants_images_even_before_the_other_is_drawn() -> None:
    assert Design().with_("dr", "region", role="dr").findings("DAT-12")


def test_a_standby_balancer_wants_an_address_that_moves() -> None:
    design = (
        two_regions()
        .with_("lb", "lb_vm", parent="sn-north")
        .with_("spare", "lb_vm", parent="sn-north", mode="standby")
    )

    assert design.findings("HA-12")[0].components == ("spare",)
    assert not design.repaired("HA-12").findings("HA-12")
