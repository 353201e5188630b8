"""Finds the arrangement that prints largest: to the right or downwards, whichever suits the design."""

from designer.diagrams.arrangement import Arrangement, Placement, placed_extent
from designer.diagrams.dot import distances_from_outside
from designer.diagrams.fitting import fitted
from designer.diagrams.labels import place_labels
from designer.diagrams.layout import place_automatically
from designer.diagrams.limits import ROUTED_CARDS, ROUTED_LINES
from designer.diagrams.page import fit_page
from designer.diagrams.placed import place_as_drawn
from designer.diagrams.routing import crossings, route_lines
from designer.diagrams.scene import Scene
from designer.diagrams.straightening import straightened
from designer.domain.document import DesignDocument

# Directions whose pictures print at nearly the same size are both routed, and fewer crossings win.
_CLOSE = 0.85
_CROSSING_COST = 0.012
_DEEP = 8  # tiers; a larger design with so many is laid out downwards


def arrange(scene: Scene) -> Arrangement:
    """Raises: DiagramTimeout."""
    if not _can_be_routed(scene):
        # Too many to route well, and to lay out twice: Graphviz' own curves in the likelier direction.
        (placement,) = place_automatically(scene, ["TB" if _is_deep(scene) else "LR"])
        return Arrangement(placement, {}, place_labels(scene, placement, {}))
    placements = [straightened(scene, one) for one in place_automatically(scene, ["LR", "TB"])]
    scales = [fit_page(scene, placed_extent(scene, placement))[1] for placement in placements]
    close = [
        (scale, _routed(scene, placement))
        for scale, placement in zip(scales, placements, strict=True)
        if scale > _CLOSE * max(scales)
    ]
    return max(close, key=lambda one: one[0] * (1 - _CROSSING_COST * crossings(one[1].routes.values())))[1]


def arrange_as_placed(scene: Scene, document: DesignDocument) -> Arrangement:
    placement = place_as_drawn(scene, document)
    routes = route_lines(scene, placement) if _can_be_routed(scene) else {}
    return Arrangement(placement, routes, place_labels(scene, placement, routes))


def _routed(scene: Scene, placement: Placement) -> Arrangement:
    routes = route_lines(scene, placement)
    placement = fitted(scene, placement, routes)
    return Arrangement(placement, routes, place_labels(scene, placement, routes))


def _can_be_routed(scene: Scene) -> bool:
    return len(scene.lines) <= ROUTED_LINES and len(scene.cards) <= ROUTED_CARDS


def _is_deep(scene: Scene) -> bool:
    return max(distances_from_outside(scene).values(), default=0) > _DEEP
