"""Rules about taking money, and about what must never stand in a drawing."""

from dataclasses import replace

import pytest

from catalog.selectors import component_types
from designer.domain.expansion import expand
from designer.domain.parsing import parse_document
from designer.domain.rules import review
from tests.designer.designs import Design, a_design, template


def a_shop(*, database: str = "sn") -> Design:
    design = a_design().with_("other", "network", cidr="10.1.0.0/16")
    design = design.with_("back", "subnet", parent="other", cidr="10.1.0.0/24")
    design = design.with_("web", "web_server", parent="sn").with_("db", "db_server", parent=database)
    return design.with_("pay", "payment_gateway")


def test_payments_want_a_firewall_and_networks_apart() -> None:
    behind = a_shop(database="back").with_("fw", "fwaas", parent="net")

    assert "share" in a_shop().findings("SEC-13")[0].detail
    assert "no firewall" in a_shop(database="back").findings("SEC-13")[0].detail
    assert not behind.findings("SEC-13")
    assert not behind.edited({"components": {"pay": None, "fw": None}}).findings("SEC-13")


def test_card_data_is_not_readable_on_a_shared_balancer() -> None:
    design = a_shop().with_("lb", "load_balancer", parent="sn", tls=True)

    assert design.findings("SEC-14")[0].components == ("lb",)
    assert not a_shop().with_("lb", "load_balancer", parent="sn").findings("SEC-14")
    assert not design.edited({"components": {"pay": None}}).findings("SEC-14")


def test_a_database_beside_payments_wants_a_machine_of_its_own() -> None:
    dedicated = a_shop().edited({"components": {"db": None}}).with_("db", "baremetal_db", parent="back")

    assert a_shop().findings("DAT-10")[0].components == ("db",)
    assert not dedicated.findings("DAT-10")
    assert not a_design().with_("db", "db_server", parent="sn").findings("DAT-10")


def test_a_password_in_an_address_is_taken_out_and_the_address_stays() -> None:
    design = Design().with_("chef", "automation", repository="https://admin:opencart@git.example.com/site")
    (finding,) = design.findings("SEC-15")

    assert "opencart" not in finding.detail, "a finding is shown and exported too"
    repaired = design.repaired("SEC-15")
    assert repaired.data["components"]["chef"]["properties"]["repository"] == "https://git.example.com/site"
    assert not repaired.findings("SEC-15")


def test_a_private_key_in_a_name_or_a_key_pair_is_a_secret_and_a_public_one_is_not() -> None:
    key = "-----BEGIN OPENSSH PRIVATE KEY-----"
    design = a_design().with_("web", "web_server", parent="sn", label=f"Web {key}")

    assert design.findings("SEC-15")[0].components == ("web",)
    assert not design.repaired("SEC-15").findings("SEC-15")
    public = a_design().with_settings(ssh_public_key="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7R me@example")
    assert not public.findings("SEC-15")


def test_a_property_that_is_a_secret_by_its_name_must_not_be_said() -> None:
    """No shipped type has one; an operator's own may."""
    psk = {"title": "Shared key", "type": "string"}
    shipped = component_types()["vpn_gateway"]
    own = replace(shipped, properties={**shipped.properties, "psk": psk})
    types = {**component_types(), "vpn_gateway": own}
    design = Design().with_("reg", "region").with_("vpn", "vpn_gateway", parent="reg", psk="swordfish")
    document = parse_document(design.data, types)

    (finding,) = [one for one in review(document, expand(document, types), types) if one.rule == "SEC-15"]
    assert "swordfish" not in finding.detail
    assert finding.fix == {"components": {"vpn": {"properties": {"psk": None}}}}


@pytest.mark.parametrize("key", ["os-ecommerce-static", "osc-net", "beh-hybrid"])
def test_what_we_ship_holds_no_secret(key: str) -> None:
    assert not template(key).findings("SEC-15")
