from tests.designer.designs import a_design, rules_of


def two_servers():
    return a_design().with_("web", "web_server", parent="sn").with_("app", "app_server", parent="sn")


def test_a_server_is_let_in_by_its_group_not_by_its_address() -> None:
    graph = two_servers().linked("web", "app", protocol="HTTP", port=8080).graph()

    rule = graph["app/security_group_rule[tcp-8080-web]"]
    assert rule.properties["remote_group"].key == "web/security_group"
    assert "remote_cidr" not in rule.properties


def test_two_links_that_say_the_same_make_one_rule() -> None:
    design = two_servers().linked("web", "app", protocol="HTTP", port=8080)
    twin = design.data["links"]["web-app"]

    graph = design.edited(
        {"links": {"again": {**twin, "properties": {"protocol": "TCP", "port": "8080,9090"}}}}
    )

    assert rules_of(graph.graph(), "app") == {("tcp", 8080, "web"), ("tcp", 9090, "web")}


def test_two_balancers_in_one_subnet_make_one_rule() -> None:
    design = (
        two_servers().with_("one", "load_balancer", parent="sn").with_("two", "load_balancer", parent="sn")
    )
    design = design.linked("one", "web", protocol="HTTP", port=80).linked(
        "two", "web", protocol="HTTP", port=80
    )

    assert rules_of(design.graph(), "web") == {("tcp", 80, "10.0.1.0/24")}


def test_a_bastion_takes_ssh_from_its_administrators_only() -> None:
    design = a_design().with_("www", "internet")
    design = design.with_("bas", "bastion", parent="sn", admin_cidr="198.51.100.0/24", port=2222)

    graph = design.linked("www", "bas", protocol="SSH", port=2222).graph()

    assert rules_of(graph, "bas") == {("tcp", 2222, "198.51.100.0/24")}


def test_ssh_from_outside_comes_from_the_designs_administrators_where_they_are_named() -> None:
    design = a_design().with_("www", "internet").with_("web", "web_server", parent="sn")
    design = design.linked("www", "web", "admin", protocol="SSH", port=22)

    assert rules_of(design.graph(), "web") == {("tcp", 22, "0.0.0.0/0")}
    assert rules_of(design.with_settings(admin_cidr="198.51.100.0/24").graph(), "web") == {
        ("tcp", 22, "198.51.100.0/24")
    }


def test_replication_opens_both_ways() -> None:
    design = (
        a_design().with_("a", "db_server", parent="sn").with_("b", "db_server", parent="sn", role="standby")
    )
    graph = design.linked("a", "b", "replication").graph()

    assert rules_of(graph, "a") == {("tcp", 3306, "b")}
    assert rules_of(graph, "b") == {("tcp", 3306, "a")}


def test_a_way_out_lets_nothing_in() -> None:
    design = (
        two_servers()
        .with_("nat", "nat_gateway", parent="sn")
        .linked("app", "nat", protocol="HTTPS", port=443)
    )

    assert rules_of(design.graph(), "app") == set()


def test_a_link_without_a_port_opens_nothing_and_a_finding_says_so() -> None:
    design = two_servers().linked("web", "app", protocol="IP")

    assert rules_of(design.graph(), "app") == set()
    assert "names no port" in design.findings("SEC-06")[0].detail


def test_ping_needs_no_port() -> None:
    design = two_servers().linked("web", "app", protocol="ICMP")

    assert rules_of(design.graph(), "app") == {("icmp", None, "web")}
    assert not design.findings("SEC-06")


def test_servers_that_do_not_exist_yet_are_let_in_nowhere() -> None:
    design = (
        two_servers()
        .with_("grow", "growth_pool", parent="sn")
        .linked("grow", "app", protocol="HTTP", port=8080)
    )

    assert rules_of(design.graph(), "app") == set()
    grown = design.edited({"components": {"grow": {"properties": {"current": 1}}}})
    assert rules_of(grown.graph(), "app") == {("tcp", 8080, "grow")}


def test_copies_of_a_self_run_database_let_each_other_in() -> None:
    design = a_design().with_("db", "dbaas", parent="sn", replicas=2)
    graph = design.graph(without=frozenset({"database"}))

    assert rules_of(graph, "db") == {("tcp", 3306, "db")}
    assert len(list(graph.of_kind("volume_attachment"))) == 3
