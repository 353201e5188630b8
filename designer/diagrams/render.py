"""A design in, a picture out: document -> scene -> arrangement -> SVG -> PDF or PNG."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from catalog.domain.component_specs import ComponentType
from designer.diagrams.arranging import arrange, arrange_as_placed
from designer.diagrams.costs import ComponentCost
from designer.diagrams.export import export
from designer.diagrams.limits import MAX_COMPONENTS, MAX_LINKS, DiagramTooLarge
from designer.diagrams.outline import text_alternative
from designer.diagrams.page import compose_page, fit_page, paint_welcome
from designer.diagrams.painter import paint
from designer.diagrams.palette import THEMES
from designer.diagrams.subject import Naming, Subject
from designer.diagrams.svg import Sheet
from designer.diagrams.views import ARRANGED_ONLY, VIEWS, ViewName
from designer.domain.document import DesignDocument

FileFormat = Literal["svg", "png", "pdf", "txt"]
LayoutName = Literal["automatic", "placed"]
ThemeName = Literal["light", "dark"]


def render_diagram(
    document: DesignDocument,
    types: Mapping[str, ComponentType],
    *,
    title: str = "",
    file_format: FileFormat = "svg",
    layout: LayoutName = "automatic",
    theme: ThemeName = "light",
    view: ViewName = "full",
    naming: Naming = "generic",
    costs: Mapping[str, ComponentCost] | None = None,
    with_notes: bool = True,
) -> bytes:
    """The picture of a design. The same design gives the same bytes, in any process and on any machine.

    `costs`: what the view "cost" shows, by component. `naming`: what components without a label are called.
    Without notes the badges stay: the document around the picture says their words.
    Raises: DiagramTooLarge; DiagramTimeout when Graphviz needs more time or memory than it may have.
    """
    _check_size(document)
    as_placed = layout == "placed" and view not in ARRANGED_ONLY
    scene = VIEWS[view](
        Subject(document, types, title=title, as_placed=as_placed, naming=naming, costs=costs or {})
    )
    if not with_notes:
        scene = replace(scene, notes=())
    if file_format == "txt":
        return text_alternative(scene).encode()
    colors, sheet = THEMES[theme], Sheet()
    if scene.cards:
        arrangement = arrange_as_placed(scene, document) if as_placed else arrange(scene)
        paint(sheet, scene, arrangement, colors)
        picture = arrangement.extent(scene)
    else:
        picture = paint_welcome(sheet, scene, colors)
    page, _ = fit_page(scene, picture)
    svg = compose_page(sheet, scene, page, colors)
    if file_format == "svg":
        return svg.encode()
    return export(svg, file_format, title=scene.title)


def _check_size(document: DesignDocument) -> None:
    for what, counted, limit in (
        ("components", len(document.components), MAX_COMPONENTS),
        ("links", len(document.links), MAX_LINKS),
    ):
        if counted > limit:
            raise DiagramTooLarge(what, counted=counted, limit=limit)
