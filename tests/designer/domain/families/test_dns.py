"""DNS zones and DNS providers: they answer with the public addresses of what they link to."""

from tests.designer.designs import Design, a_design, only


def two_balancers(**properties: object) -> Design:
    """dns ──► one (two servers, public), two (a managed balancer)"""
    return (
        a_design()
        .with_("dns", "dns_zone", **properties)
        .with_("one", "lb_vm", parent="sn", public_address=True, count=2)
        .with_("two", "load_balancer", parent="sn")
        .linked("dns", "one", protocol="HTTPS", port="80,443")
        .linked("dns", "two", protocol="HTTPS", port=443)
    )


def answers(design: Design) -> list[str]:
    record = only(design.graph().of_kind("dns_record")).properties
    assert record["type"] == "A"
    return [ref.key for ref in record["records"]]


def test_one_set_of_records_has_all_addresses_in_turn() -> None:
    assert answers(two_balancers()) == ["one/floating_ip[0]", "one/floating_ip[1]", "two/floating_ip"]


def test_a_single_answer_is_the_first_address() -> None:
    assert answers(two_balancers(policy="single")) == ["one/floating_ip[0]"]


def test_failover_answers_with_the_first_target_and_says_that_nobody_checks_it() -> None:
    design = two_balancers(policy="failover")

    assert answers(design) == ["one/floating_ip[0]", "one/floating_ip[1]"]
    assert "no health checks" in design.graph()["dns/dns_zone"].note


def test_the_address_that_is_drawn_for_a_server_is_answered() -> None:
    design = two_balancers().with_("eip", "floating_ip", bound_to="one", count=1)

    assert answers(design)[:2] == ["eip/floating_ip[0]", "one/floating_ip[1]"]


def test_a_zone_with_nothing_to_answer_says_what_to_enter_by_hand() -> None:
    design = a_design().with_("dns", "dns_zone", zone="Example.ORG").with_("cdn", "cdn", label="Edge")
    graph = design.linked("dns", "cdn").graph()

    assert graph["dns/dns_zone"].properties["zone"] == "example.org"
    assert not list(graph.of_kind("dns_record"))
    assert "Edge" in graph["dns/dns_zone"].note


def test_a_dns_provider_lists_the_records_to_enter() -> None:
    design = (
        a_design()
        .with_("dns", "dns_external")
        .with_("one", "lb_vm", parent="sn", label="Front", public_address=True, count=2)
        .linked("dns", "one", protocol="HTTPS", port="80,443")
    )
    provider = only(design.graph().of_component("dns")).properties

    assert provider["service"] == "dns"
    assert provider["how"].endswith("Enter records for Front (its 2 public addresses), to live 60 seconds.")
