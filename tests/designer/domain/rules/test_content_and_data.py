"""Rules about files that several servers show, and about what shards, shares and backups keep."""

from dataclasses import replace
from typing import Any

from catalog.selectors import component_types
from designer.domain.expansion import expand
from designer.domain.parsing import parse_document
from designer.domain.rules import review
from tests.designer.designs import Design, a_design
from tests.designer.domain.rules.test_balancing import two_regions
from tests.designer.domain.rules.test_recovery import through_a_tunnel, two_databases


def two_web_servers_with_disks() -> Design:
    design = a_design()
    for name in ("a", "b"):
        design = design.with_(name, "web_server", parent="sn").with_(f"v{name}", "volume", parent="sn")
        design = design.linked(name, f"v{name}", "attach")
    return design


def test_web_servers_with_a_disk_each_drift_apart() -> None:
    assert two_web_servers_with_disks().findings("DAT-05")[0].components == ("a", "b")
    copies = a_design().with_("web", "cms_web_server", parent="sn", count=2).with_("v", "volume", parent="sn")
    assert copies.linked("web", "v", "attach").findings("DAT-05"), "each copy has a volume of its own"
    assert not a_design().with_("web", "web_server", parent="sn", count=2).findings("DAT-05")


def test_a_share_a_container_or_copying_from_one_keeps_files_alike() -> None:
    design = two_web_servers_with_disks()

    share = design.with_("nfs", "file_share", parent="sn").linked("a", "nfs", "attach")
    assert share.findings("DAT-05"), "only one of them sees it"
    assert not share.linked("b", "nfs", "attach").findings("DAT-05")
    store = design.with_("files", "object_store").linked("a", "files", "publish")
    assert not store.linked("b", "files", "publish").findings("DAT-05")
    assert not design.linked("a", "b", protocol="SSH", port=22).findings("DAT-05"), "one hands them on"


def test_static_files_have_a_container() -> None:
    design = a_design().with_("web", "cms_web_server", parent="sn")

    assert design.findings("DAT-06")[0].components == ("web",)
    assert not design.with_("files", "object_store").findings("DAT-06")


def broken_with(design: Design, type_key: str, **own: Any) -> set[str]:
    """The rules broken where an operator's version of a type has properties that no shipped one has."""
    shipped = component_types()[type_key]
    types = {**component_types(), type_key: replace(shipped, properties={**shipped.properties, **own})}
    document = parse_document(design.data, types)
    return {one.rule for one in review(document, expand(document, types), types)}


def test_large_uploads_in_one_piece_are_told_where_a_type_knows_their_size() -> None:
    size = {"title": "Size", "type": "integer", "minimum": 0}

    def broken(**said: Any) -> set[str]:
        design = Design().with_("files", "object_store", **said)
        return broken_with(design, "object_store", largest_upload_mib=size, segment_mib=size)

    assert "DAT-09" in broken(largest_upload_mib=500)
    assert "DAT-09" in broken(largest_upload_mib=500, segment_mib=200)
    assert "DAT-09" not in broken(largest_upload_mib=500, segment_mib=100)
    assert "DAT-09" not in broken(largest_upload_mib=100)


def test_a_database_that_is_hard_on_its_disk_wants_hardware_of_its_own() -> None:
    heavy = {"title": "Heavy on its disk", "type": "boolean", "default": False}
    design = a_design().with_("db", "db_server", parent="sn", iops_heavy=True)
    near_hardware = design.with_("dc", "datacenter").with_("old", "baremetal_server", parent="dc")

    assert {"DAT-10", "HYB-05"} & broken_with(design, "db_server", iops_heavy=heavy) == {"DAT-10"}
    assert {"DAT-10", "HYB-05"} <= broken_with(near_hardware, "db_server", iops_heavy=heavy)
    light = a_design().with_("db", "db_server", parent="sn")
    assert "DAT-10" not in broken_with(light, "db_server", iops_heavy=heavy)


def test_a_volume_for_a_database_in_a_scaling_group_is_put_beside_the_group() -> None:
    design = a_design().with_("asg", "scaling_group", parent="sn").with_("db", "db_server", parent="asg")

    assert design.repaired("DAT-01").data["components"]["db-data"]["parent"] == "sn"


def test_a_shard_has_three_members() -> None:
    design = a_design().with_("mdb", "docdb_node", parent="sn", replicas_per_shard=2)

    assert design.findings("DAT-11")
    assert not design.repaired("DAT-11").findings("DAT-11")
    assert not a_design().with_("mdb", "docdb_node", parent="sn").findings("DAT-11")


def test_a_share_is_not_copied_across_regions() -> None:
    design = two_regions().with_("here", "file_share", parent="sn-north")
    far = design.with_("there", "file_share", parent="sn-south")

    assert far.linked("here", "there", "replication").findings("DAT-13")[0].components == ("here", "there")
    named = far.edited({"components": {"here": {"properties": {"replicate_to": "there"}}}})
    assert named.findings("DAT-13")
    near = design.with_("there", "file_share", parent="sn-north")
    assert not near.linked("here", "there", "replication").findings("DAT-13")


def test_dumps_in_the_databases_own_region_share_its_fate() -> None:
    design = two_regions().with_("db", "db_server", parent="sn-north")
    near = design.with_("dumps", "object_store", parent="north").linked("db", "dumps", "backup")

    assert near.findings("DAT-04")[0].components == ("dumps", "db")
    assert not near.repaired("DAT-04").findings("DAT-04")
    far = design.with_("dumps", "object_store", parent="south").linked("db", "dumps", "backup")
    assert not far.findings("DAT-04")
    copied = near.with_("copy", "object_store", parent="south").linked("dumps", "copy", "replication")
    assert not copied.findings("DAT-04")
    away = near.with_("ebk", "external_backup").linked("db", "ebk", "backup")
    assert not away.findings("DAT-04")


def test_a_backup_of_a_partner_behind_a_tunnel_counts() -> None:
    design = through_a_tunnel(two_databases())
    saved = design.with_("ebk", "external_backup").linked("db-south", "ebk", "backup")

    assert len(design.findings("DAT-03")) == 2
    assert not saved.findings("DAT-03")
