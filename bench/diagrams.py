"""How long a picture takes, against Graphviz drawing the same layout by itself.

"Bare dot" is Graphviz given our DOT, for one direction, writing SVG, in a process of its own as ours is. It
draws boxes and lines without words, icons, notes or legend: the least that any diagram from Graphviz costs.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable

from catalog.domain.component_specs import ComponentType
from designer.diagrams import render_diagram
from designer.diagrams.compose import compose
from designer.diagrams.dot import dot_source
from designer.domain.document import Component, DesignDocument, Link

# components -> (seconds for our SVG, rounds). The smallest is routed, in both directions.
BUDGETS = {15: (1.0, 5), 100: (1.0, 5), 250: (2.0, 3), 1_000: (6.0, 2)}
_BARE_DOT = """
import sys, pygraphviz
sys.stdout.buffer.write(pygraphviz.AGraph(string=sys.stdin.read()).draw(format="svg", prog="dot"))
"""


def component_type(key: str, category: str, icon: str) -> ComponentType:
    return ComponentType(
        key=key,
        family=key,
        category=category,
        icon=icon,
        labels={"generic": key.replace("_", " ").capitalize()},
        summary="",
        parents=(),
        properties={},
    )


TYPES = {
    one.key: one
    for one in (
        component_type("region", "container", "map-2"),
        component_type("network", "container", "network"),
        component_type("subnet", "container", "sitemap"),
        component_type("internet", "edge", "world"),
        component_type("load_balancer", "edge", "load-balancer"),
        component_type("web_server", "compute", "browser"),
        component_type("app_server", "compute", "apps"),
        component_type("dbaas", "data", "database"),
    )
}
_TIERS = (
    ("load_balancer", "HTTP", 80),
    ("web_server", "HTTP", 8080),
    ("app_server", "MySQL", 3306),
    ("dbaas", "", 0),
)


def tiered_design(components: int) -> DesignDocument:
    """Systems of four tiers in subnets of their own, behind one Internet, with a few links across."""
    chance = random.Random(components)
    parts = {
        "www": Component("www", "internet", "Internet", None, {}),
        "reg": Component("reg", "region", "Region", None, {}),
    }
    links: dict[str, Link] = {}

    def link(source: str, target: str, protocol: str, port: int) -> None:
        key = f"l{len(links)}"
        links[key] = Link(key, source, target, "traffic", protocol, (port,))

    system = 0
    while len(parts) < components:
        network = f"net{system}"
        parts[network] = Component(
            network, "network", f"Network {system}", "reg", {"cidr": f"10.{system % 250}.0.0/16"}
        )
        before: list[str] = []
        protocol, port = "HTTPS", 443
        for tier, (kind, next_protocol, next_port) in enumerate(_TIERS):
            subnet = f"sn{system}-{tier}"
            parts[subnet] = Component(subnet, "subnet", f"{kind} {system}", network, {"public": tier == 0})
            servers = [f"{kind}{system}-{number}" for number in range(2 if kind.endswith("server") else 1)]
            for server in servers:
                size = {"vcpus": 2, "ram_gib": 4}
                parts[server] = Component(server, kind, f"{kind} {system}", subnet, {"size": size})
            for source in before or ["www"]:
                for server in servers:
                    link(source, server, protocol, port)
            before, protocol, port = servers, next_protocol, next_port
        if system and chance.random() < 0.4:
            link(f"app_server{system}-0", f"dbaas{chance.randrange(system)}-0", "MySQL", 3306)
        system += 1
    return DesignDocument({}, parts, links)


def bare_dot(source: str) -> None:
    subprocess.run(
        [sys.executable, "-I", "-c", _BARE_DOT], input=source.encode(), check=True, capture_output=True
    )


def seconds(work: Callable[[], object], *, rounds: int) -> float:
    """The best of a few rounds: slower ones measure the neighbours."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def run() -> bool:
    """Print each size with its ratio to bare dot. True when all are within their budgets."""
    within = True
    print("diagrams: components, links, bare dot, our SVG, ratio; PNG and PDF")
    for size, (budget, rounds) in BUDGETS.items():
        design = tiered_design(size)
        source = dot_source(compose(design, TYPES), "LR")
        dot = seconds(lambda source=source: bare_dot(source), rounds=rounds)
        svg, png, pdf = (
            seconds(lambda design=design, f=f: render_diagram(design, TYPES, file_format=f), rounds=rounds)
            for f in ("svg", "png", "pdf")
        )
        verdict = "met" if svg <= budget else "MISSED"
        within = within and svg <= budget
        print(
            f"  {len(design.components):>5} {len(design.links):>5}  {dot:>5.2f} s  {svg:>5.2f} s"
            f"  × {svg / dot:.1f}  PNG {png:.2f} s  PDF {pdf:.2f} s  budget {budget:g} s: {verdict}"
        )
    return within


def main() -> int:
    return 0 if run() else 1


if __name__ == "__main__":
    sys.exit(main())
