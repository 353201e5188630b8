from tests.designer.designs import Design, a_design, keys_of, only


def balanced(**properties: object) -> Design:
    return (
        a_design()
        .with_("www", "internet")
        .with_("lb", "load_balancer", parent="sn", **properties)
        .with_("web", "web_server", parent="sn", count=2)
        .linked("lb", "web", protocol="HTTP", port=8000)
    )


def test_each_entry_port_has_a_listener_a_pool_a_check_and_all_members() -> None:
    graph = balanced(tls=True).linked("www", "lb", protocol="HTTPS", port="80,443").graph()

    assert {one.properties["port"]: one.properties["protocol"] for one in graph.of_kind("listener")} == {
        80: "HTTP",
        443: "TERMINATED_HTTPS",
    }
    assert keys_of(graph.of_kind("health_monitor")) == {"lb/health_monitor[80]", "lb/health_monitor[443]"}
    assert keys_of(graph.of_kind("member")) == {
        f"lb/member[{entry}-web-{copy}-8000]" for entry in (80, 443) for copy in (0, 1)
    }


def test_nobody_reaching_it_yet_makes_it_answer_on_its_targets_port() -> None:
    graph = balanced().graph()

    assert only(graph.of_kind("listener")).properties["port"] == 8000


def test_a_balancer_that_ends_tls_answers_on_443_before_anybody_is_linked_to_it() -> None:
    assert only(balanced(tls=True).graph().of_kind("listener")).key == "lb/listener[443]"


def test_tls_that_ends_at_the_servers_passes_through() -> None:
    design = balanced(tls=True).edited(
        {"links": {"lb-web": {"properties": {"protocol": "HTTPS", "port": 443}}}}
    )
    graph = design.linked("www", "lb", protocol="HTTPS", port=443).graph()

    assert graph["lb/listener[443]"].properties["protocol"] == "TCP"
    assert graph["lb/health_monitor[443]"].properties["type"] == "TCP"
    assert "path" not in graph["lb/health_monitor[443]"].properties
    assert not list(graph.of_kind("secret"))


def test_cookies_stick_only_where_the_balancer_reads_http() -> None:
    http = balanced(session_persistence="APP_COOKIE", cookie_name="sid").graph()
    stream = balanced(session_persistence="APP_COOKIE").edited(
        {"links": {"lb-web": {"properties": {"protocol": "TCP", "port": 8000}}}}
    )

    assert http["lb/pool[8000]"].properties["session_persistence"] == {
        "type": "APP_COOKIE",
        "cookie_name": "sid",
    }
    assert stream.graph()["lb/pool[8000]"].properties["session_persistence"] is None


def test_an_internal_balancer_has_no_public_address() -> None:
    assert not list(balanced(scheme="internal").graph().of_kind("floating_ip"))


def test_a_drawn_address_takes_the_place_of_the_balancers_own() -> None:
    graph = balanced().with_("eip", "floating_ip", bound_to="lb").graph()

    assert keys_of(graph.of_kind("floating_ip")) == {"eip/floating_ip[0]"}
    assert graph["eip/floating_ip[0]"].properties["load_balancer"].output == "vip_port_id"


def test_switching_the_health_check_off_leaves_it_out() -> None:
    assert not list(balanced(health_check=False).graph().of_kind("health_monitor"))


def test_a_check_is_never_slower_than_its_period() -> None:
    graph = balanced(health_delay_seconds=3, health_timeout_seconds=10).graph()

    assert graph["lb/health_monitor[8000]"].properties["timeout_seconds"] == 3


def test_a_balancer_in_a_region_sits_beside_the_servers_it_serves() -> None:
    design = balanced().with_("reg", "region").edited({"components": {"lb": {"parent": "reg"}}})

    graph = (
        design.with_("front", "web_server", parent="sn")
        .linked("front", "lb", protocol="HTTP", port=80)
        .graph()
    )

    assert graph["lb/load_balancer"].properties["subnet"].key == "sn/subnet"
    assert "lb/load_balancer" in graph["front/server[0]"].needs, "the proxy is told the balancer's address"
    assert not design.findings("NET-01")


def test_two_services_behind_one_balancer_keep_their_own_members() -> None:
    design = balanced().with_("mq", "server", parent="sn").linked("lb", "mq", protocol="TCP", port=5672)
    graph = design.linked("www", "lb", protocol="TCP", port="8000,5672").graph()

    assert keys_of(graph.of_kind("member")) == {
        "lb/member[8000-web-0-8000]",
        "lb/member[8000-web-1-8000]",
        "lb/member[5672-mq-0-5672]",
    }
