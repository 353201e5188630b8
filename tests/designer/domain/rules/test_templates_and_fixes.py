"""What the rules say about the two templates, and that every fix repairs what it claims to."""

from collections.abc import Iterator

import pytest

from catalog.selectors import component_types
from designer.domain.edits import apply_edit
from designer.domain.findings import Severity
from designer.domain.rules import RULES, review
from designer.domain.rules.evidence import Evidence, Rule
from designer.domain.rules.notices import Notice
from tests.designer.designs import Design, a_design, template


def test_the_basic_cloud_breaks_the_rules_its_original_breaks() -> None:
    assert template("rax-basic").rules_broken() == {
        "NET-02", "SEC-03", "SEC-12", "HA-01", "HA-08", "HA-14", "DAT-03", "SCL-07", "OPS-04",
    }  # fmt: skip


def test_the_three_tier_net_breaks_the_rules_its_original_breaks() -> None:
    assert template("osc-net").rules_broken() == {
        "SEC-12", "HA-03", "HA-12", "HA-13", "DAT-07", "SCL-08", "OPS-01", "OPS-04",
    }  # fmt: skip


def test_an_empty_design_has_nothing_to_remark() -> None:
    assert Design().findings() == []


def test_the_worst_comes_first() -> None:
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    places = [order.index(finding.severity) for finding in template("rax-basic").findings()]

    assert places == sorted(places)


def a_broken_design() -> Design:
    """Breaks as many rules with a fix as fit into one drawing."""
    design = (
        a_design().with_("www", "internet").with_("z0", "zone", parent="reg", index=0).with_("reg", "region")
    )
    design = design.with_("z1", "zone", parent="reg", index=1)
    design = design.with_("out", "subnet", parent="net", cidr="10.9.0.0/24").edited(
        {"components": {"out": {"properties": {"cidr": "172.16.0.0/24"}}}}
    )
    design = design.with_("twin", "subnet", parent="net", cidr="10.0.1.0/25")
    design = design.with_("lone", "network", cidr="10.1.0.0/16").with_("lost", "web_server", parent="lone")
    design = design.with_("r", "router", parent="net", external=False)
    design = design.with_("nat", "nat_gateway", parent="sn")
    design = design.with_("web", "web_server", parent="sn", count=2).with_(
        "one", "reverse_proxy", parent="sn"
    )
    design = design.with_("app", "app_server", parent="sn", public_address=True)
    design = design.with_("db", "db_server", parent="sn", public_address=True).linked("web", "db")
    design = design.with_("db2", "db_server", parent="sn").with_("v", "volume", parent="sn")
    design = design.linked("db2", "v", "attach").with_("managed", "dbaas", parent="sn")
    design = design.with_("lb", "load_balancer", parent="sn", health_check=False).linked(
        "www", "lb", port=443
    )
    design = design.linked("lb", "web", protocol="HTTP", port=80).linked(
        "www", "one", protocol="HTTP", port=80
    )
    design = design.with_("bas", "bastion", parent="sn").linked(
        "www", "app", "admin", protocol="SSH", port=22
    )
    design = design.with_("files", "object_store").with_("cdn", "cdn")
    return design.with_("bk", "backup_policy", offsite=False).linked("v", "bk", "backup")


def findings_with_a_fix() -> Iterator[object]:
    for name, make in {
        "rax-basic": lambda: template("rax-basic"),
        "osc-net": lambda: template("osc-net"),
        "broken": a_broken_design,
    }.items():
        design = make()
        for number, finding in enumerate(design.findings()):
            if finding.fix is not None:
                yield pytest.param(design, finding, id=f"{name}-{number}-{finding.rule}")


def test_the_broken_design_has_fixes_for_most_rules_that_can_be_fixed() -> None:
    fixed = {finding.rule for finding in a_broken_design().findings() if finding.fix}

    assert fixed >= {
        "NET-01", "NET-05", "NET-06", "NET-07", "NET-08", "SEC-01", "SEC-02", "SEC-04", "SEC-08", "SEC-09",
        "SEC-10", "HA-01", "HA-02", "HA-08", "HA-15", "DAT-01", "DAT-03", "DAT-04", "DAT-08", "SCL-07",
        "OPS-01",
    }  # fmt: skip


def test_every_fix_is_an_edit_that_makes_its_finding_go_away() -> None:
    tried = 0
    for parameters in findings_with_a_fix():
        design, finding = parameters.values  # type: ignore[attr-defined]
        repaired = Design(apply_edit(design.data, finding.fix, component_types()))

        left = [(one.rule, one.components) for one in repaired.findings()]

        assert (finding.rule, finding.components) not in left, finding
        tried += 1
    assert tried > 25


def test_every_detail_is_whole_sentences_in_a_patient_tone() -> None:
    for design in (template("rax-basic"), template("osc-net"), a_broken_design()):
        for finding in design.findings():
            assert finding.detail.endswith(".")
            assert finding.detail[0].isupper() or not finding.detail[0].isalpha() or finding.components
            assert not set("!").intersection(finding.detail)
            assert "please" not in finding.detail.lower()
            assert "  " not in finding.detail


def test_a_rule_that_breaks_says_so_and_the_others_go_on() -> None:
    def broken(design: Evidence) -> Iterator[Notice]:
        yield Notice("First.")
        raise KeyError("x")

    design = template("rax-basic")
    rules = (Rule("XXX-01", Severity.ERROR, "Never right", broken), *RULES)

    findings = review(design.document(), design.graph(), component_types(), rules=rules)

    assert {finding.rule for finding in findings} == {"XXX-01"} | design.rules_broken()
    assert "This check could not run" in {finding.summary for finding in findings}


def test_rule_ids_are_unique_and_ordered_by_area() -> None:
    ids = [rule.id for rule in RULES]
    areas = [id_.split("-")[0] for id_ in ids]

    assert len(ids) == len(set(ids))
    assert list(dict.fromkeys(areas)) == ["NET", "SEC", "HA", "DAT", "SCL", "OPS", "HYB"]
    assert all(ids[i] < ids[i + 1] for i in range(len(ids) - 1) if areas[i] == areas[i + 1])


def test_long_lists_of_components_are_shortened_in_words_and_whole_in_the_finding() -> None:
    design = a_design()
    for number in range(12):
        design = design.with_(f"w{number}", "web_server", parent="sn", label=f"Web {number}")
    (finding,) = design.findings("OPS-04")

    assert "Web 0, Web 1 and 10 more" in finding.detail
    assert len(finding.components) == 12


def test_what_a_fix_adds_gets_an_id_that_is_free_and_short_enough() -> None:
    long_id = "d" * 40
    design = a_design().with_(long_id, "db_server", parent="sn").with_("d" * 35, "server", parent="sn")
    (finding,) = design.findings("DAT-01")
    assert finding.fix is not None

    repaired = Design(apply_edit(design.data, finding.fix, component_types()))

    assert f"{'d' * 35}-2" in repaired.data["components"]
