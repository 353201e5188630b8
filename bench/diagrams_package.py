"""The same architecture drawn with the `diagrams` package, as a fair author would: the picture to beat.

The package runs an executable called `dot`. Where a machine has none, a script of that name lends it the
Graphviz inside pygraphviz, which is the one that our own pictures come from: so both are laid out alike.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

from catalog.domain.component_specs import ComponentType
from designer.domain.document import DesignDocument

# The nearest that the package has for each type: OpenStack's own services first, then what people know.
_NODES = {
    "app_server": "openstack.compute:Nova",
    "bastion": "generic.network:Firewall",
    "cdn": "saas.cdn:Akamai",
    "dbaas": "openstack.workloadprovisioning:Trove",
    "edge_switch": "generic.network:Switch",
    "internet": "onprem.network:Internet",
    "load_balancer": "openstack.networking:Octavia",
    "monitoring": "onprem.monitoring:Nagios",
    "object_store": "openstack.storage:Swift",
    "public_network": "openstack.networking:Neutron",
    "volume": "openstack.storage:Cinder",
    "web_server": "openstack.compute:Nova",
}
_ANY = "openstack.compute:Nova"
_LENT_DOT = """#!{python} -I
import sys
import pygraphviz

wanted = next(word[2:] for word in sys.argv if word.startswith("-T"))
source = sys.argv[-1]
pygraphviz.AGraph(filename=source).draw(f"{{source}}.{{wanted}}", format=wanted, prog="dot")
"""


def draw_with_the_diagrams_package(
    document: DesignDocument, types: dict[str, ComponentType], *, title: str, file: Path
) -> None:
    """Writes a PNG. Raises: ImportError without the package, RuntimeError when its Graphviz fails."""
    from diagrams import Cluster, Diagram, Edge

    made = {}

    def fill(parent: str | None) -> None:
        for component in document.components.values():
            if component.parent != parent:
                continue
            if types[component.type].is_container:
                with Cluster(component.label):
                    fill(component.id)
            else:
                made[component.id] = _node(component.type)(component.label)

    with a_dot_on_the_path(), ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        target = Path(folder) / "picture"
        with Diagram(title, filename=str(target), show=False, direction="LR"):
            fill(None)
            for link in document.links.values():
                if link.source in made and link.target in made:
                    said = " ".join([link.protocol, ", ".join(map(str, link.ports))]).strip()
                    line = Edge(label=said, style="dashed" if link.style == "dashed" else "solid")
                    made[link.source] >> line >> made[link.target]
        picture = target.with_suffix(".png")
        if not picture.exists():
            raise RuntimeError("the diagrams package wrote no picture")
        shutil.copy(picture, file)


def _node(component_type: str) -> type:
    module, name = _NODES.get(component_type, _ANY).split(":")
    return getattr(import_module(f"diagrams.{module}"), name)


@contextmanager
def a_dot_on_the_path() -> Iterator[None]:
    if shutil.which("dot"):
        yield
        return
    before = os.environ["PATH"]
    with tempfile.TemporaryDirectory() as folder:
        lent = Path(folder) / "dot"
        lent.write_text(_LENT_DOT.format(python=sys.executable), encoding="utf-8")
        lent.chmod(0o755)
        os.environ["PATH"] = f"{folder}{os.pathsep}{before}"
        try:
            yield
        finally:
            os.environ["PATH"] = before
