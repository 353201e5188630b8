from tests.designer.designs import Design, a_design, template


def test_two_components_of_one_role_stand_in_for_each_other() -> None:
    design = a_design().with_("a", "web_server", parent="sn")

    assert design.findings("HA-01")[0].fix == {"components": {"a": {"properties": {"count": 2}}}}
    assert not design.with_("b", "web_server", parent="sn").findings("HA-01")


def test_a_growth_pool_helps_only_once_it_has_servers() -> None:
    design = a_design().with_("a", "web_server", parent="sn")

    assert design.with_("grow", "growth_pool", parent="sn").findings("HA-01")
    assert not design.with_("grow", "growth_pool", parent="sn", current=1).findings("HA-01")


def test_regions_are_counted_apart() -> None:
    design = Design()
    for place in ("north", "south"):
        design = design.with_(place, "region").with_(f"net-{place}", "network", parent=place)
        design = design.with_(f"sn-{place}", "subnet", parent=f"net-{place}", cidr="10.0.0.0/24")
        design = design.with_(f"web-{place}", "web_server", parent=f"sn-{place}")

    assert len(design.findings("HA-01")) == 2
    assert "in north" in design.findings("HA-01")[0].detail


def test_a_tier_is_spread_over_the_zones_that_are_drawn() -> None:
    design = a_design().with_("reg", "region").with_("z0", "zone", parent="reg", index=0)
    design = design.with_("z1", "zone", parent="reg", index=1).with_(
        "web", "web_server", parent="sn", count=2
    )

    assert design.findings("HA-02")[0].fix == {"components": {"web": {"properties": {"zones": ["z0", "z1"]}}}}


def test_a_balancer_in_front_ends_the_complaint_about_several_servers() -> None:
    design = template("osc-net")
    (finding,) = design.findings("HA-03")
    assert finding.fix is not None

    graph = design.edited(finding.fix).graph()

    assert graph["load-balancer/listener[443]"].properties["protocol"] == "TCP", "NGINX keeps its certificate"
    assert len([one for one in graph.of_kind("member") if one.properties["port"] == 443]) == 2


def test_a_replica_a_standby_or_high_availability_each_are_a_standby() -> None:
    alone = a_design().with_("db", "dbaas", parent="sn")

    assert alone.findings("HA-08")
    assert not a_design().with_("db", "dbaas", parent="sn", ha=True).findings("HA-08")
    assert not a_design().with_("db", "dbaas", parent="sn", replicas=1).findings("HA-08")
    pair = (
        a_design().with_("a", "db_server", parent="sn").with_("b", "db_server", parent="sn", role="standby")
    )
    assert pair.findings("HA-08")
    assert not pair.linked("a", "b", "replication").findings("HA-08")


def test_an_address_that_moves_ends_the_complaint_about_the_standby() -> None:
    pair = (
        a_design().with_("a", "db_server", parent="sn").with_("b", "db_server", parent="sn", role="standby")
    )
    pair = pair.linked("a", "b", "replication")

    assert pair.findings("HA-12")
    assert not pair.with_("eip", "floating_ip", bound_to="a").findings("HA-12")


def test_a_backup_that_leaves_the_region_is_enough_for_one_region() -> None:
    assert template("rax-basic").findings("HA-14")
    assert not template("osc-net").findings("HA-14")
    assert not template("rax-basic").with_settings(environment="test").findings("HA-14")


def test_a_database_server_is_offered_a_volume_of_its_own() -> None:
    (finding,) = a_design().with_("db", "db_server", parent="sn").findings("DAT-01")

    assert finding.fix is not None
    assert finding.fix["components"]["db-data"]["properties"] == {"encrypted": True}


def test_a_volume_for_two_is_an_error() -> None:
    design = a_design().with_("a", "server", parent="sn").with_("b", "server", parent="sn")
    design = design.with_("v", "volume", parent="sn").linked("a", "v", "attach")

    assert not design.findings("DAT-02")
    assert design.linked("b", "v", "attach").findings("DAT-02")[0].components == ("v", "a", "b")
    assert len(list(design.linked("b", "v", "attach").graph().of_kind("volume_attachment"))) == 1


def test_a_backup_of_the_volume_or_of_the_partner_is_a_backup_of_the_database() -> None:
    design = template("osc-net")

    assert not design.findings("DAT-03")
    unsaved = design.without_link("v1-bk")
    assert {finding.components for finding in unsaved.findings("DAT-03")} == {("dbm",), ("dbr",)}


def test_a_cdn_is_offered_the_only_container_as_its_origin() -> None:
    (finding,) = Design().with_("files", "object_store").with_("cdn", "cdn").findings("DAT-08")

    assert finding.fix == {"links": {"files-cdn": {"source": "files", "target": "cdn", "kind": "origin"}}}


def test_sticky_sessions_or_a_cache_end_the_complaint_about_sessions() -> None:
    design = template("rax-basic")

    sticky = design.edited({"components": {"lb": {"properties": {"session_persistence": "SOURCE_IP"}}}})
    assert design.findings("SCL-07")
    assert not sticky.findings("SCL-07")
    assert not design.with_("cache", "cache_server", parent="sn").findings("SCL-07")
