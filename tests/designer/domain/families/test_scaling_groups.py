"""Scaling groups: what is drawn inside one is its members.

lb ──80──► ┌ group 1..5 ┐ ──3306──► db
           │    web     │
           └────────────┘
"""

from designer.domain.resources import Join, Ref
from tests.designer.designs import Design, a_design, keys_of, only, rules_of


def a_group(**said: object) -> Design:
    limits = {"min": 1, "max": 5, "desired": 2, **said}
    design = a_design().with_("group", "scaling_group", parent="sn", **limits)
    return design.with_("web", "web_server", parent="group", count=9)


def behind_a_balancer() -> Design:
    design = a_group().with_("lb", "load_balancer", parent="sn")
    design = design.linked("lb", "web", protocol="HTTP", port=80)
    return design.with_("db", "db_server", parent="sn").linked("web", "db", protocol="MySQL", port=3306)


def test_a_group_is_one_resource_and_its_members_leave_only_their_security_group() -> None:
    graph = a_group().graph()

    assert keys_of(graph.of_component("group")) == {"group/scaling_group"}
    assert keys_of(graph.of_component("web")) == {"web/security_group"}
    said = graph["group/scaling_group"].properties
    assert (said["min"], said["desired"], said["max"]) == (1, 2, 5)
    assert said["member"]["role"] == "web_server"
    assert said["member"]["size"]["vcpus"] == 1
    assert said["member"]["security_groups"] == [Ref("web/security_group")]
    assert said["member"]["subnet"] == Ref("sn/subnet")


def test_members_join_the_pools_of_the_balancers_that_link_to_them() -> None:
    graph = behind_a_balancer().graph()

    assert graph["group/scaling_group"].properties["pools"] == [
        {"pool": Ref("lb/pool[80]"), "subnet": Ref("sn/subnet"), "port": 80}
    ]
    assert not list(graph.of_kind("member")), "they come and go, so they join by themselves"
    assert rules_of(graph, "web") == {("tcp", 80, "10.0.1.0/24")}


def test_a_burst_link_to_the_group_adds_its_members_to_the_pool() -> None:
    """
    lb ──80──► app
     └─burst─► group(web)
    """
    design = a_group().with_("lb", "load_balancer", parent="sn").with_("app", "app_server", parent="sn")
    design = design.linked("lb", "app", protocol="HTTP", port=8080)
    graph = design.linked("lb", "group", "burst", protocol="pool membership").graph()

    assert graph["group/scaling_group"].properties["pools"] == [
        {"pool": Ref("lb/pool[8080]"), "subnet": Ref("sn/subnet"), "port": 80}
    ]
    assert [member.key for member in graph.of_kind("member")] == ["lb/member[8080-app-0-8080]"]
    assert rules_of(graph, "web") == {("tcp", 80, "10.0.1.0/24")}


def test_members_reach_a_database_by_their_group_and_know_its_address() -> None:
    graph = behind_a_balancer().graph()

    assert rules_of(graph, "db") == {("tcp", 3306, "web")}
    user_data = graph["group/scaling_group"].properties["member"]["user_data"]
    assert isinstance(user_data, Join)
    assert {part for part in user_data.parts if isinstance(part, Ref)} == {
        Ref("db/port[0]", "address"),
        Ref("db/password", "value"),
    }


def test_what_points_at_members_themselves_is_told_to_use_a_balancer() -> None:
    design = a_group().with_("front", "reverse_proxy", parent="sn")
    graph = design.linked("front", "web", protocol="HTTP", port=80).graph()

    assert "Put a load balancer between the two." in graph["front/server[0]"].note
    assert rules_of(graph, "web") == {("tcp", 80, "front")}


def test_volumes_of_members_are_made_with_each_member_and_mounted_by_their_size() -> None:
    design = a_group().with_("v", "volume", parent="sn", size_gib=20, mount="/srv/www")
    graph = design.linked("web", "v", "attach").graph()

    assert not list(graph.of_component("v"))
    member = graph["group/scaling_group"].properties["member"]
    assert member["volumes"] == [{"size_gib": 20, "type": "ssd", "mount": "/srv/www"}]
    assert "20GiB /srv/www" in member["user_data"]


def test_an_address_drawn_for_members_is_one_for_each_of_them() -> None:
    graph = a_group().with_("eip", "floating_ip", count=2, bound_to="web").graph()

    assert graph["group/scaling_group"].properties["member"]["public_address"] is True
    assert not list(graph.of_kind("floating_ip"))
    assert "sn/router_interface" in graph["group/scaling_group"].needs


def test_two_kinds_of_servers_in_one_group_scale_by_themselves() -> None:
    graph = a_group().with_("web-2", "app_server", parent="group").graph()

    assert keys_of(graph.of_component("group")) == {"group/scaling_group", "group/scaling_group[web-2]"}
    assert "each kind of server has a group of its own" in graph["group/scaling_group[web-2]"].note


def test_a_group_that_starts_with_nobody_still_lets_its_members_in() -> None:
    design = a_group(min=0, desired=0).with_("lb", "load_balancer", parent="sn")
    graph = design.linked("lb", "web", protocol="HTTP", port=80).graph()

    assert rules_of(graph, "web") == {("tcp", 80, "10.0.1.0/24")}
    assert graph["group/scaling_group"].properties["desired"] == 0


def test_a_group_with_nothing_in_it_is_nothing() -> None:
    graph = a_design().with_("group", "scaling_group", parent="sn").graph()

    assert not list(graph.of_kind("scaling_group"))


def test_databases_in_a_group_are_called_what_they_are() -> None:
    design = a_design().with_("group", "scaling_group", parent="sn")
    graph = design.with_("db", "db_server", parent="group").graph()

    assert "draw databases outside the group" in only(graph.of_kind("scaling_group")).note
