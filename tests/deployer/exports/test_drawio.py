"""Files for draw.io: the design's cards where they stand, inside what holds them, with their links."""

from xml.etree import ElementTree as ET

import pytest

from deployer.exports.drawio import drawio_file
from deployer.exports.subject import Subject
from tests.deployer.exports.subjects import (
    HOSTILE,
    TEMPLATES,
    a_template,
    drawn,
    everything_drawn,
    hostile_labels,
)


def cells(subject: Subject) -> dict[str, ET.Element]:
    root = ET.fromstring(drawio_file(subject))
    assert root.tag == "mxfile"
    return {cell.attrib["id"]: cell for cell in root.iter("mxCell")}


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_component_and_link_is_there_and_inside_what_holds_it(key: str) -> None:
    subject = a_template(key)
    found = cells(subject)
    cards = [cell for cell in found.values() if cell.get("vertex")]
    links = [cell for cell in found.values() if cell.get("edge")]
    assert len(cards) == len(subject.document.components)
    assert len(links) == len(subject.document.links)
    assert all(cell.attrib["parent"] in found for cell in found.values() if cell.get("parent"))
    assert all(found[cell.attrib[end]].get("vertex") for cell in links for end in ("source", "target"))
    for cell in cards:
        shape, around = geometry(cell), found[cell.attrib["parent"]]
        if around.get("vertex"):
            outer = geometry(around)
            assert shape["x"] >= 0
            assert shape["x"] + shape["width"] <= outer["width"]
            assert shape["y"] + shape["height"] <= outer["height"]


def geometry(cell: ET.Element) -> dict[str, float]:
    shape = cell.find("mxGeometry")
    assert shape is not None
    return {name: float(shape.attrib[name]) for name in ("x", "y", "width", "height")}


def test_a_link_says_its_protocol_and_port() -> None:
    values = {cell.get("value") for cell in cells(drawn(everything_drawn())).values() if cell.get("edge")}
    assert "HTTPS 443" in values


def test_a_card_stands_where_it_stands_on_the_canvas() -> None:
    subject = a_template("rax-basic")
    lb = next(cell for cell in cells(subject).values() if cell.get("value") == subject.heading("lb"))
    place = subject.document.components["lb"].position
    assert place is not None
    assert (geometry(lb)["x"], geometry(lb)["y"]) == (place["x"], place["y"])


def test_labels_that_mean_harm_stay_text() -> None:
    found = cells(drawn(hostile_labels(everything_drawn()), title=HOSTILE))
    assert {cell.get("value") for cell in found.values() if cell.get("vertex")} == {HOSTILE}
    assert not any("html=1" in cell.get("style", "") for cell in found.values())
