import pytest

from catalog.selectors import component_types, templates
from designer.domain.document import DesignDocument
from designer.domain.parsing import parse_document


@pytest.fixture(scope="module")
def net() -> DesignDocument:
    return parse_document(templates()["osc-net"].document, component_types())


def test_containers_know_their_children_and_children_their_containers(net: DesignDocument) -> None:
    assert [one.id for one in net.children("front")] == ["ngx", "nat", "rt1"]
    assert [one.id for one in net.children(None)] == ["www", "reg"]
    assert [one.id for one in net.children("ngx")] == []
    assert [one.id for one in net.ancestors("ngx")] == ["front", "net", "reg"]


def test_the_enclosing_container_of_a_type_is_found(net: DesignDocument) -> None:
    network = net.enclosing("dbm", "network")

    assert network is not None
    assert network.id == "net"
    assert net.enclosing("dbm", "tier") is None


def test_links_are_found_from_both_ends_and_by_kind(net: DesignDocument) -> None:
    assert [one.id for one in net.links_from("bas")] == ["bas-ngx", "bas-int", "bas-dbm", "bas-dbr"]
    assert [one.id for one in net.links_to("dbr")] == ["dbm-dbr", "bas-dbr"]
    assert [one.id for one in net.links_to("dbr", "admin")] == ["bas-dbr"]
    assert list(net.links_from("bk")) == []


def test_components_are_found_by_type(net: DesignDocument) -> None:
    assert [one.id for one in net.of_type("volume", "db_server")] == ["dbm", "dbr", "v1", "v2"]


def test_a_component_without_a_count_counts_as_one(net: DesignDocument) -> None:
    assert net.components["ngx"].count == 2
    assert net.components["v1"].count == 1
