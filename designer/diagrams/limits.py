"""What a picture may cost, and what is said when a design asks for more."""

MAX_COMPONENTS = 2_000
MAX_LINKS = 6_000
LAYOUT_SECONDS = 30
LAYOUT_MEMORY_MIB = 1_024
LAYOUT_BYTES = 64 * 1024 * 1024  # of Graphviz' answer
# Up to here both directions and folds are tried; above, Graphviz lays a design out once.
TRIED_LINES = 60
TRIED_CARDS = 150
# Up to here lines run at right angles; above, Graphviz bends them.
ROUTED_LINES = 300
ROUTED_CARDS = 400
ROUTER_CELLS = 200_000  # of the grid that lines run on
ROUTER_STEPS = 40_000  # for one line; beyond, the line keeps Graphviz' curve
ROUTER_STEPS_IN_ALL = 400_000  # for all lines of a picture: a second or two
PNG_PIXELS = 40_000_000
FULL_TEXT = 2_000  # characters of one label that are kept as its tooltip


class DiagramTooLarge(Exception):
    """The design is beyond what one picture can hold. Holds what was counted and the limit."""

    status, code = 422, "diagram_too_large"

    def __init__(self, what: str, *, counted: int, limit: int) -> None:
        self.what, self.counted, self.limit = what, counted, limit
        super().__init__(
            f"This design has {counted:,} {what}, and a diagram holds up to {limit:,}. "
            "Split the design, or draw a part of it."
        )


class DiagramTimeout(Exception):
    """Graphviz was stopped because it took too long or too much memory."""

    status, code = 503, "diagram_timeout"

    def __init__(self, what: str, limit: str) -> None:
        self.what, self.limit = what, limit
        super().__init__(
            f"Arranging this design took more than {limit} of {what}, so it was stopped. "
            "Draw it as placed on the canvas, or remove some links."
        )
