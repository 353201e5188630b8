"""Rules about what address ranges reach, by arrows and by drawn security groups."""

from typing import Any

import pytest

from tests.designer.designs import Design, a_design

EVERYBODY = "0.0.0.0/0"


def ingress(port: str | None, source: str | None = EVERYBODY, protocol: str = "tcp") -> dict[str, Any]:
    rule = {"direction": "ingress", "protocol": protocol, "port": port, "source": source}
    return {name: value for name, value in rule.items() if value is not None}


def with_group(design: Design, *rules: dict[str, Any], members: tuple[str, ...] = ("db",)) -> Design:
    return design.with_("sg", "security_group", parent="net", rules=list(rules), members=list(members))


def a_database() -> Design:
    return a_design().with_("db", "db_server", parent="sn")


@pytest.mark.parametrize(
    "rule",
    [
        ingress("3306"),
        ingress("3306", None),
        ingress("3000-4000"),
        ingress(None),
        ingress(None, protocol="any"),
        ingress("9104"),
        ingress("3306", "0.0.0.0/1"),
    ],
    ids=str,
)
def test_a_drawn_group_that_opens_a_database_to_everybody_is_an_error(rule: dict[str, Any]) -> None:
    design = with_group(a_database(), rule)

    assert design.findings("SEC-01")[0].components == ("sg", "db")
    assert not design.repaired("SEC-01").findings("SEC-01")


@pytest.mark.parametrize(
    "rule", [ingress("3306", "10.0.1.0/24"), ingress("22", "198.51.100.0/24"), ingress(None, protocol="icmp")]
)
def test_a_narrow_range_or_a_ping_is_no_open_database(rule: dict[str, Any]) -> None:
    assert not with_group(a_database(), rule).findings("SEC-01")


def test_a_rule_for_what_goes_out_opens_nothing() -> None:
    out = {"direction": "egress", "protocol": "any"}

    assert not with_group(a_database(), out).rules_broken() & {"SEC-01", "SEC-02", "SEC-05", "SEC-07"}


def test_the_fix_takes_out_the_open_rules_alone() -> None:
    design = with_group(a_database(), ingress("3306"), ingress("22", "198.51.100.0/24"), ingress("5432"))

    left = design.repaired("SEC-01").data["components"]["sg"]["properties"]["rules"]

    assert left == [ingress("22", "198.51.100.0/24")]


def test_ssh_for_everybody_in_a_drawn_group_is_narrowed_to_the_administrators() -> None:
    design = with_group(a_database(), ingress("22")).with_settings(admin_cidr="198.51.100.0/24")
    repaired = design.repaired("SEC-02")

    assert repaired.data["components"]["sg"]["properties"]["rules"] == [ingress("22", "198.51.100.0/24")]
    assert not repaired.findings("SEC-02")


def test_ssh_for_everybody_is_closed_where_a_bastion_leads_in_and_else_left_to_people() -> None:
    design = with_group(a_database(), ingress("20-30"))

    assert design.findings("SEC-02")[0].fix is None, "closing it would lock the administrators out"
    repaired = design.with_("bas", "bastion", parent="sn").repaired("SEC-02")
    assert repaired.data["components"]["sg"]["properties"]["rules"] == []
    assert not repaired.findings("SEC-02")


def test_a_group_on_a_scaling_group_is_on_the_servers_in_it() -> None:
    design = a_design().with_("asg", "scaling_group", parent="sn").with_("app", "app_server", parent="asg")
    design = with_group(design, ingress("22"), members=("asg",))

    assert design.findings("SEC-02")[0].components == ("sg", "app")


def test_a_range_on_an_inner_tier_names_a_group_instead() -> None:
    inner = with_group(a_database(), ingress("3306", "10.0.0.0/16"))
    front = with_group(
        a_design().with_("web", "web_server", parent="sn"), ingress("80", "10.0.0.0/16"), members=("web",)
    )

    assert inner.findings("SEC-05")[0].components == ("sg", "db")
    assert not front.findings("SEC-05")
    assert not a_database().with_("app", "app_server", parent="sn").linked("app", "db").findings("SEC-05")


def test_the_balancers_own_range_is_no_complaint_and_one_across_an_interconnect_is() -> None:
    design = Design().with_("reg", "region").with_("net", "network", parent="reg")
    design = design.with_("sn", "subnet", parent="net", cidr="10.0.1.0/24")
    design = design.with_("app", "app_server", parent="sn")
    behind = design.with_("lb", "load_balancer", parent="sn").linked("lb", "app", protocol="HTTP", port=8080)
    site = design.with_("dc", "datacenter").with_("rc", "interconnect", parent="dc")
    site = site.with_("old", "hw_load_balancer", parent="dc")
    far = site.linked("old", "rc", protocol="HTTP", port=8080).linked("rc", "app", protocol="HTTP", port=8080)

    assert not behind.findings("SEC-05")
    assert far.findings("SEC-05")[0].components == ("app",)


def test_a_port_that_no_arrow_uses_is_taken_out_of_the_group() -> None:
    design = a_database().with_("app", "app_server", parent="sn").linked("app", "db")
    design = with_group(design, ingress("3306", "10.0.0.0/16"), ingress("9104", "10.0.0.0/16"))

    (finding,) = design.findings("SEC-07")
    assert "port 9104" in finding.detail
    assert "3306" not in finding.detail
    assert not design.repaired("SEC-07").findings("SEC-07")


def test_ssh_and_a_group_without_members_need_no_arrow() -> None:
    assert not with_group(a_database(), ingress("22", "198.51.100.0/24")).findings("SEC-07")
    assert not with_group(a_database(), ingress("9104"), members=()).findings("SEC-07")


def test_servers_of_a_subnet_carry_the_same_drawn_groups() -> None:
    design = a_design().with_("a", "web_server", parent="sn").with_("b", "web_server", parent="sn")

    assert not design.findings("NET-03"), "the groups that arrows make are each one's own"
    (finding,) = with_group(design, ingress("80"), members=("a",)).findings("NET-03")
    assert finding.components == ("sn", "sg", "a", "b")
    assert not with_group(design, ingress("80"), members=("a", "b")).findings("NET-03")
