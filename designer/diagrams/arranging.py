"""Finds the arrangement that prints largest: to the right or downwards, whichever suits the design."""

from designer.diagrams.arrangement import Arrangement, Placement
from designer.diagrams.dot import distances_from_outside
from designer.diagrams.fitting import fitted
from designer.diagrams.folding import promising_folds
from designer.diagrams.judging import best_hope, marred, prints_at, worth
from designer.diagrams.labels import place_labels
from designer.diagrams.layout import place_automatically, place_folded, place_in_several_ways
from designer.diagrams.limits import ROUTED_CARDS, ROUTED_LINES, TRIED_CARDS, TRIED_LINES
from designer.diagrams.placed import place_as_drawn
from designer.diagrams.routing import route_lines
from designer.diagrams.scene import Scene
from designer.diagrams.straightening import in_natural_order, straightened
from designer.domain.document import DesignDocument

_CLOSER = 1.03
_NEARLY_ALL = 0.95
_DEEP = 8  # tiers; a larger design with so many is laid out downwards


def arrange(scene: Scene) -> Arrangement:
    """Raises: DiagramTimeout."""
    if not _is_small(scene):
        return _arranged_once(scene)
    placements = place_in_several_ways(scene)
    folds = promising_folds(scene, placements[:2], lambda picture: prints_at(scene, picture))
    placements += place_folded(scene, folds)
    return _best(scene, [straightened(scene, in_natural_order(scene, one)) for one in placements])


def _arranged_once(scene: Scene) -> Arrangement:
    """In the likelier direction. Curves beside straight lines look like mistakes, so all or nothing."""
    (placement,) = place_automatically(scene, ["TB" if _is_deep(scene) else "LR"])
    routes = route_lines(scene, placement) if _can_be_routed(scene) else {}
    if len(routes) < _NEARLY_ALL * len(scene.lines):
        routes = {}
    if routes:
        placement = fitted(scene, placement, routes)
    return Arrangement(placement, routes, place_labels(scene, placement, routes))


def _best(scene: Scene, placements: list[Placement]) -> Arrangement:
    """Routes the most hopeful first, and none that can't win any more."""
    hopes = sorted(
        ((best_hope(scene, placement), -number, placement) for number, placement in enumerate(placements)),
        key=lambda one: one[:2],
        reverse=True,
    )
    best, most = None, 0.0
    for hope, _, placement in hopes:
        # Frames drawn closer around what they hold make a picture a little smaller than hoped.
        if best is not None and hope * _CLOSER <= most:
            break
        routes = route_lines(scene, placement)
        drawn_closer = fitted(scene, placement, routes)
        found = worth(scene, drawn_closer, routes)
        if best is None or found > most:
            arrangement = Arrangement(drawn_closer, routes, place_labels(scene, drawn_closer, routes))
            found *= marred(scene, arrangement)
            if best is None or found > most:
                best, most = arrangement, found
    assert best is not None  # there are two placements at least
    return best


def arrange_as_placed(scene: Scene, document: DesignDocument) -> Arrangement:
    placement = place_as_drawn(scene, document)
    routes = route_lines(scene, placement) if _can_be_routed(scene) else {}
    return Arrangement(placement, routes, place_labels(scene, placement, routes))


def _is_small(scene: Scene) -> bool:
    return len(scene.lines) <= TRIED_LINES and len(scene.cards) <= TRIED_CARDS


def _can_be_routed(scene: Scene) -> bool:
    return len(scene.lines) <= ROUTED_LINES and len(scene.cards) <= ROUTED_CARDS


def _is_deep(scene: Scene) -> bool:
    return max(distances_from_outside(scene).values(), default=0) > _DEEP
