"""A design as a file of draw.io: containers that hold, cards with their labels, links with their protocols.

Uncompressed mxfile XML. Labels are plain text (no html=1), so that nothing in them is read as markup.
Source: https://www.drawio.com/doc/faq/diagram-source-edit, https://jgraph.github.io/mxgraph/
"""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from deployer.exports.names import one_line
from deployer.exports.subject import Subject
from designer.domain.document import Component, Link

CARD = (184.0, 56.0)
EMPTY_CONTAINER = (240.0, 120.0)
HEAD, GAP, PADDING = 40.0, 24.0, 16.0
CONTAINER_STYLE = (
    "rounded=1;arcSize=4;container=1;collapsible=0;recursiveResize=0;verticalAlign=top;align=left;"
    "spacingLeft=12;spacingTop=6;fontStyle=1;fillColor=none;strokeColor=#94a3b8;whiteSpace=wrap;"
)
CARD_STYLE = "rounded=1;arcSize=10;fillColor=#ffffff;strokeColor=#475569;whiteSpace=wrap;"
LINK_STYLE = "edgeStyle=orthogonalEdgeStyle;rounded=1;endArrow=block;endFill=1;strokeColor=#475569;"
DASHED = "dashed=1;"


@dataclass
class _Box:
    """Corner and size of a component, counted from the container around it."""

    x: float
    y: float
    width: float
    height: float


def drawio_file(subject: Subject) -> str:
    """Deterministic: no time, no chance."""
    boxes = _Layout(subject).boxes
    ids = {component_id: f"component-{number}" for number, component_id in enumerate(boxes, start=1)}
    file = ET.Element("mxfile", host="Stackdraft")
    page = ET.SubElement(file, "diagram", id="design", name=one_line(subject.title) or "Design")
    model = ET.SubElement(page, "mxGraphModel", grid="1", gridSize="8", page="0", shadow="0")
    root = ET.SubElement(model, "root")
    ET.SubElement(root, "mxCell", id="0")
    ET.SubElement(root, "mxCell", {"id": "1", "parent": "0"})
    for component_id, box in boxes.items():
        _card(root, subject, component_id, ids, box)
    for number, link in enumerate(subject.document.links.values(), start=1):
        _link(root, link, ids, number)
    ET.indent(file)
    return ET.tostring(file, encoding="unicode", xml_declaration=False) + "\n"


def _card(root: ET.Element, subject: Subject, component_id: str, ids: dict[str, str], box: _Box) -> None:
    parent = subject.document.components[component_id].parent
    holds = _is_container(subject, component_id)
    cell = ET.SubElement(
        root,
        "mxCell",
        {
            "id": ids[component_id],
            "value": subject.heading(component_id),
            "style": CONTAINER_STYLE if holds else CARD_STYLE,
            "vertex": "1",
            "parent": ids[parent] if parent else "1",
        },
    )
    shape = {name: f"{getattr(box, name):g}" for name in ("x", "y", "width", "height")}
    cell.append(ET.Element("mxGeometry", {**shape, "as": "geometry"}))


def _link(root: ET.Element, link: Link, ids: dict[str, str], number: int) -> None:
    ports = ", ".join(str(port) for port in link.ports)
    words = link.label or " ".join(part for part in (link.protocol, ports) if part)
    cell = ET.SubElement(
        root,
        "mxCell",
        {
            "id": f"link-{number}",
            "value": one_line(words),
            "style": LINK_STYLE + (DASHED if link.style != "solid" else ""),
            "edge": "1",
            "parent": "1",
            "source": ids[link.source],
            "target": ids[link.target],
        },
    )
    cell.append(ET.Element("mxGeometry", {"relative": "1", "as": "geometry"}))


def _is_container(subject: Subject, component_id: str) -> bool:
    component = subject.document.components[component_id]
    return component.size is not None or any(True for _ in subject.document.children(component_id))


class _Layout:
    """Where things stand. What has no place yet stands in a row below the others of its container."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self.boxes: dict[str, _Box] = {}
        self._fill(None)

    def _fill(self, container: str | None) -> tuple[float, float]:
        """Place the contents of a container. Returns the size that they take."""
        placed: list[_Box] = []
        waiting: list[Component] = []
        for component in self._subject.document.children(container):
            if component.position is None:
                waiting.append(component)
                continue
            placed.append(self._box(component, component.position["x"], component.position["y"]))
        x = PADDING
        y = max((box.y + box.height + GAP for box in placed), default=HEAD)
        for component in waiting:
            box = self._box(component, x, y)
            placed.append(box)
            x += box.width + GAP
        width = max((box.x + box.width for box in placed), default=0.0)
        height = max((box.y + box.height for box in placed), default=0.0)
        return width + PADDING, height + PADDING

    def _box(self, component: Component, x: float, y: float) -> _Box:
        """A container is never smaller than what it holds."""
        box = self.boxes[component.id] = _Box(x, y, *CARD)
        if _is_container(self._subject, component.id):
            said = component.size or {}
            width, height = self._fill(component.id)
            box.width = max(said.get("width", EMPTY_CONTAINER[0]), width)
            box.height = max(said.get("height", EMPTY_CONTAINER[1]), height)
        return box
