"""The finished pictures: complete, safe, readable without seeing, and the same bytes everywhere."""

import io
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from designer.diagrams import DiagramTooLarge, limits, render, render_diagram
from designer.diagrams.views import VIEWS
from designer.domain.document import Component, DesignDocument

SVG = "{http://www.w3.org/2000/svg}"
TEMPLATES = ("rax-basic", "osc-net")
# What a picture may consist of. No script, no foreign object, no image, no link.
ELEMENTS = {"svg", "title", "desc", "style", "defs", "symbol", "g", "use", "rect", "circle", "path", "text"}
HOSTILE = [
    '"><script>alert(1)</script>',
    "a\\Nb\\l\\G",
    "x" * 10_000,
    "<b>bold</b> & \"quotes\" 'x'",
    "مرحبا بالعالم",
    "nul\x00\x07end",
    "lone \ud800 surrogate \udfff",
    "中文标签服务器測試ラベル 한국어 서버",
    '];n0->n1;"}',
    "</title></svg><svg onload=alert(1)>",
    "%s {0} ${HOME} #{1+1} $x$ @ref",
    "👩\u200d👩\u200d👧 🇩🇪 ❤\ufe0f",
    "\u202eevil",
    "",
]


def words_of(svg: bytes) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture
def hostile_design(template) -> DesignDocument:
    """A template with every label, protocol, caption and note replaced."""
    design = template("rax-basic")
    components = {
        key: replace(one, label=HOSTILE[number % len(HOSTILE)])
        for number, (key, one) in enumerate(design.components.items())
    }
    links = {
        key: replace(
            one, label=HOSTILE[number * 5 % len(HOSTILE)], protocol=HOSTILE[number * 3 % len(HOSTILE)]
        )
        for number, (key, one) in enumerate(design.links.items())
    }
    callouts = tuple({**one, "text": HOSTILE[number]} for number, one in enumerate(design.callouts))
    return DesignDocument(design.settings, components, links, callouts)


# --- what a picture shows --------------------------------------------------------------------------


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_template_shows_its_title_names_ports_numbers_and_notes(key, template, types) -> None:
    design = template(key)
    svg = render_diagram(design, types, title="Our new shop")
    said = " ".join(words_of(svg))

    assert "Our new shop" in said
    for callout in design.callouts:
        assert callout["text"].split(".")[0][:20] in said
    for link in design.links.values():
        for port in link.ports:
            assert str(port) in said
    tooltips = {title.text for title in ElementTree.fromstring(svg).iter(f"{SVG}title")}
    servers = [one for one in design.components.values() if types[one.type].category == "compute"]
    assert servers
    assert {server.label for server in servers} <= tooltips


def test_a_server_dragged_in_appears_with_its_link(template, types) -> None:
    design = template("rax-basic")
    web = design.components["web"]
    second = Component("web2", web.type, "Second web server", web.parent, web.properties)
    link = replace(design.links["lb-web"], id="lb-web2", target="web2")
    changed = replace(
        design,
        components={**design.components, "web2": second},
        links={**design.links, "lb-web2": link},
    )

    said = words_of(render_diagram(changed, types))

    assert "Second web" in said
    assert said.count("80") == words_of(render_diagram(design, types)).count("80") + 1


def test_copies_are_a_stack_with_their_number(template, types) -> None:
    assert words_of(render_diagram(template("osc-net"), types)).count("×2") == 2


def test_the_legend_lists_what_occurs_and_nothing_else(template, types) -> None:
    basic, net = (words_of(render_diagram(template(key), types)) for key in TEMPLATES)

    assert {"network edge", "compute", "data", "storage", "observability", "traffic", "monitoring"} <= set(
        basic
    )
    assert {"replication", "backup"} <= set(net)  # who administers all is told on its card, not by lines
    assert not {"administration", "replication", "backup", "security"} & set(basic)
    assert not {"monitoring", "planned, not built yet", "observability"} & set(net)


def test_planned_and_published_lines_are_dashed(template, types) -> None:
    svg = render_diagram(template("rax-basic"), types).decode()

    assert svg.count('stroke-dasharray="3 3"') >= 3  # two planned lines and their sample in the legend
    assert svg.count('stroke-dasharray="6 4"') >= 4


def test_an_empty_design_is_a_small_friendly_picture(types) -> None:
    for layout in ("automatic", "placed"):
        svg = render_diagram(DesignDocument({}, {}, {}), types, title="Shop", layout=layout)
        root = ElementTree.fromstring(svg)
        assert "Nothing drawn yet" in words_of(svg)
        assert float(root.get("width")) < 700
        assert root.find(f"{SVG}desc").text == "Nothing has been drawn yet."


def test_a_design_without_links_or_callouts_is_drawn_too(a_drawing, types) -> None:
    svg = render_diagram(a_drawing({"web": ("web_server", None, {})}), types)

    assert "web" in words_of(svg)


# --- for those who can't see it ----------------------------------------------------------------------


@pytest.mark.parametrize("key", TEMPLATES)
def test_the_text_alternative_outlines_the_design(key, template, types) -> None:
    design = template(key)
    root = ElementTree.fromstring(render_diagram(design, types, title="Shop"))
    title, outline = root.find(f"{SVG}title"), root.find(f"{SVG}desc")

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {outline.get('id')}"
    assert title.text == "Shop"
    assert [
        one.label
        for one in design.components.values()
        if one.type == "web_server" and one.label not in outline.text
    ] == []
    assert re.search(r"^    - .*: 2 vCPU · 4 GiB( \[note.*\])?$", outline.text, re.M) or key == "osc-net"
    assert re.search(r"^- .* to .*: traffic, HTTP \d+$", outline.text, re.M)


# --- safe -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("layout", ["automatic", "placed"])
def test_hostile_words_are_words(layout, view, hostile_design, types) -> None:
    svg = render_diagram(hostile_design, types, title=HOSTILE[0], layout=layout, view=view)
    root = ElementTree.fromstring(svg)

    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ELEMENTS
    assert not [name for one in root.iter() for name in one.attrib if name.lower().startswith("on")]
    assert HOSTILE[0] in words_of(svg)
    assert len(svg) < 250_000


@pytest.mark.parametrize("key", TEMPLATES)
def test_a_picture_asks_nothing_of_any_server(key, template, types) -> None:
    svg = render_diagram(template(key), types).decode()

    references = re.findall(r'(?:href|src)="([^"]*)"', svg) + re.findall(r"url\(([^)]*)\)", svg)
    assert references
    assert all(one.startswith(("#", "data:font/woff2;base64,")) for one in references)
    assert set(re.findall(r"https?://[^\"' ]+", svg)) == {"http://www.w3.org/2000/svg"}


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_words_come_through_as_text(view, hostile_design, types) -> None:
    text = render_diagram(hostile_design, types, title=HOSTILE[0], file_format="txt", view=view).decode()

    assert text.startswith(f"{HOSTILE[0]}\n====")
    assert not [
        one for one in text if unicodedata.category(one) in ("Cc", "Cf", "Cs") and one not in "\n\u200d"
    ]
    assert max(len(line) for line in text.splitlines()) < 1_000


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "full"])
def test_every_view_of_hostile_words_becomes_png_and_pdf(view, hostile_design, types) -> None:
    png = render_diagram(hostile_design, types, title=HOSTILE[0], file_format="png", view=view)
    pdf = render_diagram(hostile_design, types, title=HOSTILE[0], file_format="pdf", view=view)

    assert Image.open(io.BytesIO(png)).size[0] > 600
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert "<script>alert(1)</script>" in page.extract_text()


def test_hostile_words_come_through_in_png_and_pdf(hostile_design, types) -> None:
    png = render_diagram(hostile_design, types, title=HOSTILE[0], file_format="png")
    pdf = render_diagram(hostile_design, types, title=HOSTILE[0], file_format="pdf")

    assert Image.open(io.BytesIO(png)).size[0] > 1_000
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    said = page.extract_text()
    assert "<script>alert(1)</script>" in said
    assert "中文标签" in said
    assert "${HOME}" in said
    fonts = {str(one["/BaseFont"]).partition("+")[2] for one in fonts_of(page)}
    assert {"Inter-Regular", "Inter-SemiBold", "DroidSansFallback", "NotoSansArabic-Regular"} <= fonts


def test_a_script_without_a_font_leaves_the_words_beside_it_readable(a_drawing, types) -> None:
    design = a_drawing({"web": ("web_server", None, {"label": "\U00012000 தமிழ் ไทย 中文"})})
    pdf = render_diagram(design, types, file_format="pdf")

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert "? ???? ไทย 中文" in " ".join(page.extract_text().split())


def fonts_of(node: object, depth: int = 8) -> Iterator[dict]:
    """Every font below a page; typst draws an image as a form of its own."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if depth and isinstance(node, dict):
        if "/BaseFont" in node:
            yield node
        for name, one in node.items():
            if name not in ("/Parent", "/StructParent", "/P"):
                yield from fonts_of(one, depth - 1)


# --- limits ------------------------------------------------------------------------------------------


def test_a_design_beyond_the_limits_is_refused_with_both_numbers(monkeypatch, template, types) -> None:
    monkeypatch.setattr(render, "MAX_COMPONENTS", 5)
    with pytest.raises(DiagramTooLarge, match=r"has 13 components, and a diagram holds up to 5\."):
        render_diagram(template("rax-basic"), types)

    monkeypatch.setattr(render, "MAX_COMPONENTS", 50)
    monkeypatch.setattr(render, "MAX_LINKS", 5)
    with pytest.raises(DiagramTooLarge, match="10 links"):
        render_diagram(template("rax-basic"), types)


def test_a_png_is_made_less_sharp_before_it_is_refused(monkeypatch, template, types) -> None:
    from designer.diagrams import export

    sharp = Image.open(io.BytesIO(render_diagram(template("rax-basic"), types, file_format="png"))).size
    monkeypatch.setattr(export, "PNG_PIXELS", 600_000)
    coarse = Image.open(io.BytesIO(render_diagram(template("rax-basic"), types, file_format="png"))).size
    assert coarse[0] * coarse[1] <= 610_000 < sharp[0] * sharp[1]

    monkeypatch.setattr(export, "PNG_PIXELS", 10_000)
    with pytest.raises(DiagramTooLarge, match="as a PNG"):
        render_diagram(template("rax-basic"), types, file_format="png")


def test_a_large_design_keeps_graphviz_curves_and_stays_quick(a_drawing, types) -> None:
    count = limits.ROUTED_LINES + 20
    parts = {"lb": ("load_balancer", None, {}), **{f"s{n}": ("web_server", None, {}) for n in range(count)}}
    svg = render_diagram(a_drawing(parts, [f"lb -> s{n} HTTP 80" for n in range(count)]), types).decode()

    assert len(re.findall(r'd="M[\d. ]+C', svg)) == count


# --- the same everywhere -------------------------------------------------------------------------------


def test_two_processes_draw_the_same_bytes_in_every_view_layout_and_format() -> None:
    script = """
import hashlib, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
from decimal import Decimal
from catalog.selectors import component_types, get_template
from designer.diagrams import render_diagram
from designer.diagrams.costs import ComponentCost
from designer.diagrams.views import VIEWS
from designer.domain.parsing import parse_document

types = component_types()
design = parse_document(dict(get_template("osc-net").document), types)
costs = {"ngx": ComponentCost(Decimal(80), "EUR"), "dbm": ComponentCost(None, "EUR", 1)}
drawn = hashlib.sha256()
for view in VIEWS:
    for layout, file_format in (("automatic", "svg"), ("placed", "svg"), ("automatic", "txt")):
        drawn.update(render_diagram(
            design, types, title="Net", view=view, layout=layout, file_format=file_format, costs=costs
        ))
for file_format in ("png", "pdf"):
    drawn.update(render_diagram(design, types, title="Net", file_format=file_format))
print(drawn.hexdigest())
"""
    hashes = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "FONTCONFIG_FILE": "/nonexistent", "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("4711", "Asia/Tokyo"))
    }

    assert len(hashes) == 1


def test_the_order_of_the_documents_maps_changes_no_byte(template, types) -> None:
    design = template("rax-basic")
    shuffled = replace(
        design,
        components=dict(reversed(design.components.items())),
        links=dict(reversed(design.links.items())),
    )

    for layout in ("automatic", "placed"):
        assert render_diagram(shuffled, types, layout=layout) == render_diagram(design, types, layout=layout)


# --- themes and formats ---------------------------------------------------------------------------------


@pytest.mark.parametrize("key", TEMPLATES)
def test_dark_is_the_same_picture_in_other_colours(key, template, types) -> None:
    light = render_diagram(template(key), types).decode()
    dark = render_diagram(template(key), types, theme="dark").decode()

    assert words_of(light.encode()) == words_of(dark.encode())
    assert len(re.findall("#[0-9A-Fa-f]{6}", light)) == len(re.findall("#[0-9A-Fa-f]{6}", dark))
    assert 'fill="#0E1014"' in dark
    assert 'fill="#FFFFFF"' not in dark


@pytest.mark.parametrize("key", TEMPLATES)
def test_the_pdf_is_one_page_of_vectors_and_words(key, template, types) -> None:
    pdf = render_diagram(template(key), types, title="Shop", file_format="pdf")
    reader = PdfReader(io.BytesIO(pdf))
    svg = ElementTree.fromstring(render_diagram(template(key), types, title="Shop"))

    (page,) = reader.pages
    assert float(page.mediabox.width) == pytest.approx(float(svg.get("width")), abs=0.5)
    assert "HTTP" in page.extract_text()
    assert "/Subtype/Image" not in pdf.decode("latin-1")
    assert reader.metadata.title == "Shop"
    assert len(pdf) < 200_000


@pytest.mark.parametrize("key", TEMPLATES)
def test_the_png_is_sharp_enough_for_a_slide(key, template, types) -> None:
    image = Image.open(io.BytesIO(render_diagram(template(key), types, file_format="png")))

    assert image.width >= 1_920
    assert len(image.convert("RGB").getcolors(maxcolors=10_000_000)) > 50
