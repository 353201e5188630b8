"""What is drawn beside servers and balancers: groups, certificates, keys, images, shares, alarms."""

import pytest

from designer.domain.resources import Ref
from tests.designer.designs import Design, a_design, keys_of, only

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl mara"


def a_web_tier() -> Design:
    """A region with two web servers behind a balancer."""
    return (
        Design()
        .with_("reg", "region", name="north")
        .with_("net", "network", parent="reg")
        .with_("sn", "subnet", parent="net")
        .with_("web", "web_server", parent="sn", count=2)
        .with_("lb", "load_balancer", parent="sn", tls=True)
        .with_("www", "internet")
        .linked("www", "lb", protocol="HTTPS", port=443)
        .linked("lb", "web", protocol="HTTP", port=80)
    )


# --- Security groups ------------------------------------------------------------------------------


def test_the_ports_of_a_drawn_groups_members_carry_it_beside_their_own() -> None:
    """As the eCommerce originals do, which open SSH and MySQL to everybody."""
    rules = [
        {"direction": "ingress", "protocol": "tcp", "port": "22"},
        {"direction": "ingress", "protocol": "tcp", "port": "8000-8100", "source": "10.0.0.0/8"},
        {"direction": "egress", "protocol": "any"},
    ]
    design = a_web_tier().with_("open", "security_group", parent="net", members=["web"], rules=rules)
    graph = design.graph()

    assert graph["web/port[1]"].properties["security_groups"] == [
        Ref("web/security_group"),
        Ref("open/security_group"),
    ]
    assert [
        tuple(
            one.properties[name] for name in ("direction", "protocol", "port_min", "port_max", "remote_cidr")
        )
        for one in graph.of_kind("security_group_rule")
        if one.component == "open"
    ] == [
        ("ingress", "tcp", 22, 22, "0.0.0.0/0"),
        ("ingress", "tcp", 8000, 8100, "10.0.0.0/8"),
        ("egress", "any", None, None, "0.0.0.0/0"),
    ]


def test_a_rule_that_is_drawn_twice_is_made_once() -> None:
    rule = {"direction": "ingress", "protocol": "icmp"}
    design = a_web_tier().with_("open", "security_group", parent="net", members=["web"], rules=[rule, rule])

    assert len(list(design.graph().of_component("open"))) == 2


def test_the_servers_of_a_scaling_group_carry_a_group_that_names_it() -> None:
    design = (
        a_web_tier()
        .with_("many", "scaling_group", parent="sn")
        .with_("one", "web_server", parent="many")
        .with_("open", "security_group", parent="net", members=["many"])
    )

    member = design.graph()["many/scaling_group"].properties["member"]
    assert Ref("open/security_group") in member["security_groups"]


def test_a_managed_database_takes_the_ranges_of_a_group_that_names_it() -> None:
    rules = [{"direction": "ingress", "protocol": "tcp", "port": "3306", "source": "10.9.0.0/16"}]
    design = (
        a_web_tier()
        .with_("db", "dbaas", parent="sn")
        .with_("open", "security_group", parent="net", members=["db"], rules=rules)
        .linked("web", "db")
    )

    assert design.graph()["db/database_instance"].properties["allowed_cidrs"] == [
        "10.0.0.0/24",
        "10.9.0.0/16",
    ]


def test_a_group_of_another_region_is_not_carried() -> None:
    design = (
        a_web_tier()
        .with_("south", "region", name="south")
        .with_("far", "security_group", parent="south", members=["web"])
    )

    assert design.graph()["web/port[0]"].properties["security_groups"] == [Ref("web/security_group")]


# --- Server groups, certificates ------------------------------------------------------------------


def test_a_drawn_server_group_takes_the_place_of_the_one_that_several_servers_get() -> None:
    design = a_web_tier().with_("apart", "server_group", parent="sn", policy="anti-affinity", members=["web"])
    graph = design.graph()

    assert graph["web/server[1]"].properties["server_group"] == Ref("apart/server_group")
    assert graph["apart/server_group"].properties["policy"] == "anti-affinity"
    assert "web/server_group" not in graph.resources


def test_a_named_balancer_answers_with_the_drawn_certificate_and_makes_none() -> None:
    design = a_web_tier().with_(
        "cert", "tls_certificate", parent="reg", domains=["shop.example.com"], members=["lb"]
    )
    graph = design.graph()

    assert graph["lb/listener[443]"].properties["certificate"] == Ref("cert/secret")
    assert keys_of(graph.of_kind("secret")) == {"cert/secret"}
    assert graph["cert/secret"].properties["common_name"] == "shop.example.com"


def test_a_certificate_that_names_nobody_is_kept_and_the_balancer_has_its_own() -> None:
    graph = a_web_tier().with_("cert", "tls_certificate", parent="reg").graph()

    assert graph["lb/listener[443]"].properties["certificate"] == Ref("lb/secret")


def test_without_a_key_manager_there_is_no_certificate_to_keep() -> None:
    design = a_web_tier().with_("cert", "tls_certificate", parent="reg", members=["lb"])

    assert not list(design.graph(without=frozenset({"key-manager"})).of_kind("secret"))


# --- Keys, images ---------------------------------------------------------------------------------


def test_the_key_that_is_drawn_in_a_region_is_on_its_servers() -> None:
    design = a_web_tier().with_settings(ssh_public_key=KEY)
    assert design.graph()["web/server[0]"].properties["key_pair"] == Ref("settings/key_pair")

    drawn = design.with_("mine", "keypair", parent="reg", public_key=KEY).graph()

    assert drawn["web/server[0]"].properties["key_pair"] == Ref("mine/key_pair")


def test_each_region_gets_the_key_of_the_settings_and_the_firsts_keeps_its_name() -> None:
    """A second region must not make the servers of the first anew."""
    one = a_web_tier().with_settings(ssh_public_key=KEY)
    two = (
        one.with_("south", "region", name="south")
        .with_("net2", "network", parent="south", cidr="10.2.0.0/16")
        .with_("sn2", "subnet", parent="net2", cidr="10.2.0.0/24")
        .with_("web2", "web_server", parent="sn2")
    )
    graph = two.graph()

    assert graph["web/server[0]"] == one.graph()["web/server[0]"]
    assert {pair.key: pair.region for pair in graph.of_kind("key_pair")} == {
        "settings/key_pair": "north",
        "settings/key_pair[south]": "south",
    }
    assert graph["web2/server[0]"].properties["key_pair"] == Ref("settings/key_pair[south]")


def test_an_image_with_an_address_is_fetched_into_each_of_its_regions() -> None:
    design = (
        a_web_tier()
        .with_("south", "region", name="south")
        .with_("img", "image", parent="reg", url="https://example.com/web.qcow2", copied_to=["south"])
    )

    assert {one.key: one.region for one in design.graph().of_kind("image")} == {
        "img/image": "north",
        "img/image[south]": "south",
    }


@pytest.mark.parametrize("golden", [True, False])
def test_an_image_without_an_address_is_there_or_is_prepared_by_hand(golden: bool) -> None:
    image = only(a_web_tier().with_("img", "image", parent="reg", golden=golden).graph().of_component("img"))

    assert (image.properties["service"], image.properties["by_hand"]) == ("image", golden)


# --- File shares, alarms --------------------------------------------------------------------------


def test_a_file_share_stands_in_its_subnet() -> None:
    share = a_design().with_("files", "file_share", parent="sn", size_gb=50).graph()["files/file_share"]

    assert share.properties["subnet"] == Ref("sn/subnet")
    assert (share.properties["size_gb"], share.properties["protocol"]) == (50, "NFS")


def test_an_alarm_watches_the_resources_that_its_components_became() -> None:
    design = (
        a_web_tier()
        .with_("many", "scaling_group", parent="sn")
        .with_("one", "web_server", parent="many")
        .with_("db", "dbaas", parent="sn")
        .with_("bell", "alarm", parent="reg", watches=["web", "lb", "many", "db"])
    )

    alarm = design.graph()["bell/alarm"].properties

    assert alarm["servers"] == [Ref("web/server[0]"), Ref("web/server[1]")]
    assert alarm["groups"] == [Ref("many/scaling_group")]


def test_an_alarm_watches_a_member_by_the_group_that_starts_it() -> None:
    design = (
        a_web_tier()
        .with_("many", "scaling_group", parent="sn")
        .with_("one", "web_server", parent="many")
        .with_("other", "app_server", parent="many")
        .with_("bell", "alarm", parent="reg", watches=["many", "other"])
        .with_("ring", "alarm", parent="reg", watches=["other"])
    )

    graph = design.graph()

    both = [Ref("many/scaling_group"), Ref("many/scaling_group[other]")]
    assert graph["bell/alarm"].properties["groups"] == both
    assert graph["ring/alarm"].properties["groups"] == both[1:]
    assert {ref.key for ref in both} <= set(graph.resources)


def test_what_the_clouds_telemetry_does_not_measure_is_a_matter_of_the_monitoring() -> None:
    nothing = a_design().with_("bell", "alarm").graph()["bell/external"].properties
    pages = (
        a_web_tier().with_("bell", "alarm", metric="http", watches=["lb"]).graph()["bell/external"].properties
    )

    assert nothing["how"].startswith("It watches no server")
    assert pages["how"].startswith("Set it up in the monitoring")
    assert nothing["by_hand"] and pages["by_hand"]


def test_a_cloud_without_shared_files_leaves_a_share_to_be_arranged() -> None:
    design = a_design().with_("files", "file_share", parent="sn", size_gb=50)

    share = design.graph(without=frozenset({"shared-file-system"}))["files/external"].properties

    assert share["by_hand"]
    assert "a volume of 50 GB" in share["how"]
