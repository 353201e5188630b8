"""Who is let in behind what only passes traffic on. See designer/domain/arrivals.py."""

from tests.designer.designs import Design, only, rules_of


def hybrid() -> Design:
    """A region with a web server, and a data centre with a database and a balancer, joined by a line.

    dc 10.200.0.0/16                       reg
    ├─ f5 ────────► line ◄───────────────── web 10.0.1.0/24
    └─ dsn  my ◄────┘ └───────────────────► web
       10.200.20.0/24
    """
    return (
        Design()
        .with_("reg", "region")
        .with_("net", "network", parent="reg", cidr="10.0.0.0/16")
        .with_("sn", "subnet", parent="net", cidr="10.0.1.0/24")
        .with_("web", "web_server", parent="sn")
        .with_("dc", "datacenter", owner="provider")
        .with_("dnet", "network", parent="dc", cidr="10.200.0.0/16")
        .with_("dsn", "subnet", parent="dnet", cidr="10.200.20.0/24")
        .with_("my", "baremetal_db", parent="dsn")
        .with_("f5", "hw_load_balancer", parent="dc")
        .with_("line", "interconnect", parent="dc")
        .linked("f5", "line", protocol="HTTP", port=80)
        .linked("line", "web", protocol="HTTP", port=80)
        .linked("web", "line", protocol="MySQL", port=3306)
        .linked("line", "my", protocol="MySQL", port=3306)
    )


def doors_of(design: Design, component_id: str) -> str:
    """The sentence that tells what to let in by hand, empty where there is none."""
    how = only(design.graph().of_component(component_id)).properties["how"]
    return how.partition(" Let in ")[2]


def test_behind_a_line_the_senders_of_the_same_port_are_let_in_and_nobody_else() -> None:
    assert rules_of(hybrid().graph(), "web") == {("tcp", 80, "10.200.0.0/16")}


def test_a_site_is_told_what_to_let_in_by_hand() -> None:
    assert doors_of(hybrid(), "my") == "TCP 3306 from 10.0.1.0/24."


def test_the_narrowest_range_that_is_drawn_in_a_site_is_let_in() -> None:
    design = (
        hybrid()
        .with_("mongo", "docdb_node", parent="sn")
        .with_("own", "baremetal_server", parent="dsn")
        .linked("own", "line", protocol="MongoDB", port=27017)
        .linked("line", "mongo", protocol="MongoDB", port=27017)
    )

    assert ("tcp", 27017, "10.200.20.0/24") in rules_of(design.graph(), "mongo")


def test_a_site_without_a_network_says_its_ranges_itself() -> None:
    design = (
        Design()
        .with_("reg", "region")
        .with_("net", "network", parent="reg", cidr="10.0.0.0/16")
        .with_("sn", "subnet", parent="net", cidr="10.0.1.0/24")
        .with_("app", "app_server", parent="sn")
        .with_("dc", "datacenter", peer_cidrs=["172.16.0.0/20", "172.16.32.0/20"])
        .with_("f5", "hw_load_balancer", parent="dc")
        .linked("f5", "app", protocol="HTTP", port=8080)
    )

    assert rules_of(design.graph(), "app") == {
        ("tcp", 8080, "172.16.0.0/20"),
        ("tcp", 8080, "172.16.32.0/20"),
    }


def test_a_firewall_hands_on_what_comes_from_the_internet() -> None:
    """www ─443─► fw ─443─► web: the firewall opens nothing by itself, and a second port is not handed on."""
    design = (
        hybrid()
        .with_("www", "internet")
        .with_("fw", "hw_firewall", parent="dc")
        .linked("www", "fw", protocol="HTTPS", port=443)
        .linked("fw", "web", protocol="HTTPS", port="443,8443")
    )

    assert rules_of(design.graph(), "web") == {("tcp", 80, "10.200.0.0/16"), ("tcp", 443, "0.0.0.0/0")}


def test_lines_that_are_tunnelled_together_hand_on_to_each_other_and_it_ends() -> None:
    """f5 ─8080─► line ◄══► far ─8080─► app, in a ring of three."""
    design = (
        hybrid()
        .with_("far", "interconnect", parent="dc")
        .with_("round", "interconnect", parent="dc")
        .with_("app", "app_server", parent="sn")
        .linked("line", "far", "tunnel")
        .linked("far", "round", "tunnel")
        .linked("round", "line", "tunnel")
        .linked("far", "app", protocol="HTTP", port=8080)
    )

    assert rules_of(design.graph(), "app") == set(), "nothing that leads into the ring speaks on 8080"
    reached = design.linked("f5", "round", protocol="HTTP", port=8080)
    assert rules_of(reached.graph(), "app") == {("tcp", 8080, "10.200.0.0/16")}


def test_a_plain_ip_link_carries_what_passes_on_but_opens_nothing_by_itself() -> None:
    design = hybrid().linked("f5", "line", protocol="IP")

    assert rules_of(design.graph(), "web") == set()


def test_out_of_a_vpn_comes_what_is_behind_its_other_end() -> None:
    """Two sites and a region in the second one, as in the hybrid reference.

    cdc ─ pc 10.10.0.0/16 ─ w1          rdc ─ hosted 10.20.0.0/16 ─ w2
      └─ one ══════ tunnel ══════ two ─┘  └─ reg 10.30.0.0/16 ─ pub
    """
    design = (
        Design()
        .with_("www", "internet")
        .with_("cdc", "datacenter")
        .with_("rdc", "datacenter", owner="provider")
        .with_("pc", "private_cloud", parent="cdc")
        .with_("hosted", "private_cloud", parent="rdc")
        .with_("reg", "region", parent="rdc")
        .with_("n1", "network", parent="pc", cidr="10.10.0.0/16")
        .with_("n2", "network", parent="hosted", cidr="10.20.0.0/16")
        .with_("n3", "network", parent="reg", cidr="10.30.0.0/16")
        .with_("s1", "subnet", parent="n1", cidr="10.10.10.0/24")
        .with_("s2", "subnet", parent="n2", cidr="10.20.10.0/24")
        .with_("s3", "subnet", parent="n3", cidr="10.30.10.0/24")
        .with_("w1", "server", parent="s1")
        .with_("w2", "server", parent="s2")
        .with_("pub", "server", parent="s3")
        .with_("one", "vpn_gateway", parent="cdc")
        .with_("two", "vpn_gateway", parent="rdc")
        .linked("www", "two", protocol="IP")
        .linked("one", "two", "tunnel")
        .linked("one", "w1", protocol="any", port="any")
        .linked("two", "w2", protocol="any", port="any")
        .linked("two", "pub", protocol="any", port="any")
    )

    assert rules_of(design.graph(), "pub") == {("any", None, "10.10.0.0/16"), ("any", None, "10.20.0.0/16")}
    assert doors_of(design, "w1") == "everything from 10.20.0.0/16 and 10.30.0.0/16."
    assert doors_of(design, "w2") == "everything from 10.10.0.0/16 and 10.30.0.0/16."


def two_regions() -> Design:
    design = Design()
    for number in "12":
        design = (
            design.with_(f"reg{number}", "region", name=f"region-{number}")
            .with_(f"net{number}", "network", parent=f"reg{number}", cidr=f"10.{number}.0.0/16")
            .with_(f"sn{number}", "subnet", parent=f"net{number}", cidr=f"10.{number}.1.0/24")
        )
    return design


def test_a_group_is_named_in_its_own_region_only_elsewhere_its_range() -> None:
    design = (
        two_regions()
        .with_("db1", "db_server", parent="sn1", role="multi-master")
        .with_("db2", "db_server", parent="sn2", role="multi-master")
        .with_("app2", "app_server", parent="sn2")
        .with_("mesh", "vpn_mesh")
        .linked("app2", "db2")
        .linked("db1", "mesh", "replication", protocol="Galera", port="4444,4567-4568")
        .linked("mesh", "db2", "replication", protocol="Galera", port="4444,4567-4568")
    )
    let_in = rules_of(design.graph(), "db2")

    assert ("tcp", 3306, "app2") in let_in
    assert {one for one in let_in if one[1] != 3306} == {
        ("tcp", port, "10.1.1.0/24") for port in (4444, 4567, 4568)
    }


def test_a_tunnel_lets_in_the_public_address_of_its_other_end_by_tcp_and_udp() -> None:
    design = (
        two_regions()
        .with_("one", "vpn_vm", parent="sn1")
        .with_("two", "vpn_vm", parent="sn2")
        .linked("one", "two", "tunnel")
    )
    rules = [one for one in design.graph().of_kind("security_group_rule") if one.component == "two"]

    assert {(rule.properties["protocol"], rule.properties["port_min"]) for rule in rules} == {
        ("tcp", 655),
        ("udp", 655),
    }
    assert {rule.properties["remote_cidr"].key for rule in rules} == {"one/floating_ip[0]"}
    assert {rule.region for rule in rules} == {"region-2"}


def test_provisioning_tools_come_from_the_administrators_or_not_at_all() -> None:
    design = hybrid().with_("chef", "automation").linked("chef", "web", "provision", protocol="SSH", port=22)

    assert ("tcp", 22, "0.0.0.0/0") not in rules_of(design.graph(), "web")
    said = design.with_settings(admin_cidr="203.0.113.0/24")
    assert ("tcp", 22, "203.0.113.0/24") in rules_of(said.graph(), "web")


def test_a_managed_database_behind_a_line_takes_the_ranges_of_those_who_reach_it() -> None:
    design = hybrid().with_("db", "dbaas", parent="sn").linked("f5", "line", protocol="MySQL", port=3306)
    design = design.linked("line", "db", protocol="MySQL", port=3306)

    (database,) = design.graph().of_kind("database_instance")
    assert database.properties["allowed_cidrs"] == ["10.0.1.0/24", "10.200.0.0/16"]


def a_hub_with(callers: int, targets: int) -> Design:
    """callers 10.0.1.0/24 ──HTTP 8080──► line ──HTTP 8080──► targets 10.0.2.0/24"""
    design = (
        Design()
        .with_("reg", "region")
        .with_("net", "network", parent="reg", cidr="10.0.0.0/16")
        .with_("sn", "subnet", parent="net", cidr="10.0.1.0/24")
        .with_("asn", "subnet", parent="net", cidr="10.0.2.0/24")
        .with_("line", "interconnect", parent="net")
    )
    for number in range(callers):
        design = design.with_(f"web{number}", "web_server", parent="sn")
        design = design.linked(f"web{number}", "line", protocol="HTTP", port=8080)
    for number in range(targets):
        design = design.with_(f"app{number}", "app_server", parent="asn")
        design = design.linked("line", f"app{number}", protocol="HTTP", port=8080)
    return design


def test_a_few_callers_behind_a_line_are_let_in_by_their_groups() -> None:
    assert len(rules_of(a_hub_with(50, 1).graph(), "app0")) == 50


def test_a_crowd_behind_a_line_is_let_in_by_its_subnet() -> None:
    graph = a_hub_with(51, 2).graph()

    assert rules_of(graph, "app0") == rules_of(graph, "app1") == {("tcp", 8080, "10.0.1.0/24")}


def test_who_speaks_of_another_port_is_not_in_the_crowd() -> None:
    design = a_hub_with(60, 1).with_("dsn", "subnet", parent="net", cidr="10.0.3.0/24")
    design = design.with_("probe", "web_server", parent="dsn").linked(
        "probe", "line", protocol="SSH", port=22
    )

    assert rules_of(design.graph(), "app0") == {("tcp", 8080, "10.0.1.0/24")}
