from tests.designer.designs import Design, a_design, keys_of, only


def test_dedicated_machines_are_ordered_by_hand_with_their_quantities() -> None:
    design = Design().with_("dc", "datacenter").with_("web", "baremetal_server", parent="dc", count=80)
    machine = only(design.graph().of_component("web"))

    assert (machine.kind, machine.properties["service"]) == ("external", "dedicated_server")
    assert machine.properties["by_hand"] is True
    assert [machine.properties[name] for name in ("count", "cpu_cores", "ram_gib")] == [80, 16, 128]


def test_a_dedicated_database_says_which_engine_it_is() -> None:
    design = Design().with_("dc", "datacenter").with_("db", "baremetal_db", parent="dc", engine="mariadb")
    machine = only(design.graph().of_component("db"))

    assert (machine.properties["service"], machine.properties["engine"]) == ("dedicated_database", "mariadb")


def test_drawn_into_a_cloud_a_dedicated_machine_stays_an_order_and_says_how_a_cloud_would_lend_it() -> None:
    design = Design().with_("reg", "region").with_("net", "network", parent="reg")
    machine = only(design.with_("web", "baremetal_server", parent="net").graph().of_component("web"))

    assert machine.kind == "external"
    assert "flavor pinned" in machine.note


def test_no_machines_are_no_order() -> None:
    assert keys_of(a_design().with_("web", "baremetal_server", parent="sn", count=0).graph()) == {
        "net/network",
        "sn/subnet",
    }
