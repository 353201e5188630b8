"""How long a picture takes, against Graphviz alone with the same layout, and against the diagrams package.

"Bare dot" is Graphviz given our DOT, for one direction, writing SVG, in a process of its own as ours is. It
draws boxes and lines without words, icons, notes or legend: the least that any diagram from Graphviz costs.
Up to 60 lines our pictures take the time to try both directions and folds, and up to 300 to route every line.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from bench.diagrams_package import draw_with_the_diagrams_package
from catalog.domain.component_specs import ComponentType
from catalog.selectors import component_types, get_template
from designer.diagrams import render_diagram
from designer.diagrams.compose import compose
from designer.diagrams.dot import dot_source
from designer.domain.document import Component, DesignDocument, Link
from designer.domain.parsing import parse_document

# components -> (seconds for our SVG, rounds)
BUDGETS = {15: (1.0, 5), 100: (1.0, 5), 250: (2.0, 3), 1_000: (6.0, 2)}
COMPARED = "rax-webapp"
SLIDE, GUTTER = (1600, 900), 20  # pixels, of each of two pictures beside each other
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
            if len(parts) >= components:
                break
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
        across = f"app_server{system}-0"
        if system and across in parts and chance.random() < 0.4:
            link(across, f"dbaas{chance.randrange(system)}-0", "MySQL", 3306)
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


def run(pictures: Path | None = None) -> bool:
    """Print each size with its ratio to bare dot. True when all are within their budgets.

    `pictures`: a folder that gets our picture, that of the diagrams package, and both side by side.
    """
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
    compare_with_the_diagrams_package(pictures)
    return within


def compare_with_the_diagrams_package(pictures: Path | None) -> None:
    """Both draw the same template as PNG. Printed, and not judged: look at the pictures."""
    template, types = get_template(COMPARED), dict(component_types())
    document = parse_document(dict(template.document), types)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pictures or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        ours, theirs = folder / f"{COMPARED}-ours.png", folder / f"{COMPARED}-diagrams-package.png"

        def draw_ours() -> None:
            ours.write_bytes(render_diagram(document, types, title=template.title, file_format="png"))

        def draw_theirs() -> None:
            draw_with_the_diagrams_package(document, types, title=template.title, file=theirs)

        our_time = seconds(draw_ours, rounds=3)
        try:
            their_time = seconds(draw_theirs, rounds=3)
        except (ImportError, OSError, RuntimeError) as error:
            print(f"  {COMPARED}: not compared with the diagrams package: {error}")
            return
        ratio = our_time / their_time
        print(
            f"  {COMPARED} as PNG  ours {our_time:.2f} s  diagrams package {their_time:.2f} s  × {ratio:.1f}"
        )
        if pictures:
            beside = folder / f"{COMPARED}-side-by-side.png"
            side_by_side(ours, theirs).save(beside)
            print(f"  pictures: {ours.name}, {theirs.name}, {beside.name} in {folder}")


def side_by_side(left: Path, right: Path) -> Image.Image:
    """Both as large as they come out on halves of one slide."""
    sheet = Image.new("RGB", (2 * SLIDE[0] + 3 * GUTTER, SLIDE[1] + 2 * GUTTER), "#DDDDDD")
    for number, file in enumerate((left, right)):
        with Image.open(file) as picture:
            flat = Image.new("RGB", picture.size, "white")
            flat.paste(picture, mask=picture.convert("RGBA").getchannel("A"))
            flat.thumbnail(SLIDE, Image.Resampling.LANCZOS)
        left_edge = GUTTER + number * (SLIDE[0] + GUTTER) + (SLIDE[0] - flat.width) // 2
        sheet.paste(flat, (left_edge, GUTTER + (SLIDE[1] - flat.height) // 2))
    return sheet
