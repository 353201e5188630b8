"""What a picture shows of a design: one function from a subject to a scene for each view."""

from collections.abc import Callable, Mapping
from typing import Literal

from designer.diagrams.compose import compose_all
from designer.diagrams.scene import Scene
from designer.diagrams.subject import Subject
from designer.diagrams.views.cost import compose_cost
from designer.diagrams.views.executive import compose_executive
from designer.diagrams.views.flow import compose_flow
from designer.diagrams.views.network import compose_network
from designer.diagrams.views.security import compose_security

ViewName = Literal["full", "network", "security", "flow", "cost", "executive"]

VIEWS: Mapping[ViewName, Callable[[Subject], Scene]] = {
    "full": compose_all,
    "network": compose_network,
    "security": compose_security,
    "flow": compose_flow,
    "cost": compose_cost,
    "executive": compose_executive,
}
# Their cards stand for many things, so they have no place on the canvas.
ARRANGED_ONLY: frozenset[ViewName] = frozenset({"executive"})
