"""What a picture shows, before anyone knows where: cards, frames, lines and notes, with their sizes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

CARD_WIDTH = 180
TILE = 36  # the icon's tile, at the left of a card
TEXT_LEFT = 58  # where a card's words begin
TEXT_ROOM = CARD_WIDTH - TEXT_LEFT - 9
DOCK_HEIGHT = 24
CHIP_HEIGHT, CHIP_GAP = 19, 6
TAB_INSET, TAB_TOP = 12, 8  # from a frame's corner to its tab
TAB_HEIGHT = 22  # of the row with a frame's name
STACK_STEP = 4  # how far each card of a stack looks out behind the one in front

# Sizes of text.
TITLE, FACT, TAB, DETAIL, PILL, NOTE, LEGEND = 12.5, 11, 11.5, 10.5, 10, 11.5, 10.5
HEADING, SUBHEADING = 20, 12.5
TITLE_LINE, FACT_LINE, PILL_LINE, NOTE_LINE = 16, 14, 13, 17


@dataclass(frozen=True)
class Chip:
    """A fact about a container that needs no card of its own: a route table, a zone, an address."""

    icon: str
    text: str
    badges: tuple[int, ...] = ()
    component: str = ""


@dataclass(frozen=True)
class Dock:
    """Something fastened to a card's lower edge: a volume, a floating address."""

    icon: str
    category: str
    text: str
    component: str = ""


@dataclass(frozen=True)
class Cost:
    """What a card says about money: `said` is the amount in words, `heat` its share of the largest, 0 to 1.

    `unpriced`: the price book has no price for it, or for a part of it.
    """

    said: str
    heat: float = 0
    unpriced: bool = False


@dataclass(frozen=True)
class Card:
    """A component. `frame` is the container around it; `hollow` the look of a container without contents."""

    key: str
    type: str
    category: str
    icon: str
    title: tuple[str, ...]
    fact: str
    full_name: str
    frame: str | None
    count: int = 1
    docks: tuple[Dock, ...] = ()
    badges: tuple[int, ...] = ()
    planned: bool = False
    hollow: str = ""
    hardware: bool = False  # a box in a rack rather than something a cloud starts
    cost: "Cost | None" = None
    width: float = CARD_WIDTH
    height: float = 0

    @property
    def stack(self) -> int:
        """Cards behind this one."""
        return 0 if self.hollow else min(self.count - 1, 2)

    @property
    def overhang(self) -> int:
        return self.stack * STACK_STEP


@dataclass(frozen=True)
class Frame:
    """A container with contents. The tab is the block of words in its corner."""

    key: str
    look: str
    icon: str
    title: str
    detail: str
    full_name: str
    parent: str | None
    chips: tuple[Chip, ...] = ()
    badges: tuple[int, ...] = ()
    cost: str = ""  # the sum of what it holds, and its share of the whole
    scales: str = ""  # how far a scaling group goes: "2–5"
    tab_width: float = 0
    tab_height: float = 0


@dataclass(frozen=True)
class Line:
    """One drawn connection. Its pill says `caption` above `words` and `port`, or nothing at all.

    `faint`: there to tell where things belong, while something else is the message of the picture.
    """

    key: str
    source: str
    target: str
    kind: str
    dashed: bool = False
    caption: str = ""
    words: str = ""
    port: str = ""
    both_ways: bool = False
    faint: bool = False
    source_frame: str | None = None
    target_frame: str | None = None
    full_name: str = ""
    pill_width: float = 0
    pill_height: float = 0

    @property
    def start(self) -> str:
        return self.source_frame or self.source

    @property
    def end(self) -> str:
        return self.target_frame or self.target

    @property
    def saying(self) -> tuple[str, str]:
        """What makes two lines at one card say the same: they may share a track."""
        return self.kind, self.full_name


@dataclass(frozen=True)
class Note:
    number: int
    text: str


@dataclass(frozen=True)
class Scene:
    title: str
    cards: Mapping[str, Card]
    frames: Mapping[str, Frame]
    lines: Mapping[str, Line]
    notes: tuple[Note, ...] = ()
    subtitle: str = ""

    def frames_around(self, frame: str | None) -> tuple[str, ...]:
        """This frame and those around it, innermost first."""
        known = self._around.get(frame)
        if known is None:
            assert frame is not None  # the open sheet is known from the start
            known = self._around[frame] = (frame, *self.frames_around(self.frames[frame].parent))
        return known

    @cached_property
    def _around(self) -> dict[str | None, tuple[str, ...]]:
        return {None: ()}

    def depth(self, frame: str) -> int:
        return len(self.frames_around(frame)) - 1

    def cards_within(self, frame: str) -> Sequence[Card]:
        """In the order of the scene."""
        return self._within.get(frame, ())

    @cached_property
    def _within(self) -> Mapping[str, Sequence[Card]]:
        found: dict[str, list[Card]] = {}
        for card in self.cards.values():
            for frame in self.frames_around(card.frame):
                found.setdefault(frame, []).append(card)
        return found
