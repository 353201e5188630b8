"""One line to a whole frame, where a line to each card in it would say the same.

Nothing is lost: a line that ends at a frame's edge means everything inside. A bastion that reaches every
server of a picture needs no line at all; a row on its card says so.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from designer.diagrams.cards import measured_card
from designer.diagrams.measuring import REGULAR, shorten
from designer.diagrams.scene import CARD_WIDTH, FACT, Card, Dock, Line, Scene

# Side services: what they reach is told in as few lines as possible.
_QUIET = frozenset({"admin", "monitor", "provision", "backup"})
_REACHING = {"admin": "key", "monitor": "activity-heartbeat", "provision": "settings-automation"}  # -> icon
# Between two cards, whatever stands around them.
_PERSONAL = frozenset({"attach", "replication", "ha", "tunnel"})
_GROUPS = frozenset({"tier", "scaling_group"})  # frames that are drawn to be reached as one
_MANY = 3  # lines of traffic that become one, lines that become a row on a card
_BUSY = 3  # bundles at one frame from which two lines of traffic are too many
_ROW_ROOM = CARD_WIDTH - 48  # right of the row's icon

End = Literal["source", "target"]


@dataclass(frozen=True)
class _Bundle:
    """Lines that say the same and reach, at this end, all cards of a frame."""

    frame: str
    end: End
    lines: tuple[Line, ...]


def gathered(lines: Iterable[Line], scene: Scene) -> list[Line]:
    """`scene`: the cards and frames; its lines are not looked at."""
    drawn = list(lines)
    busy = Counter(bundle.frame for end in _ENDS for bundle in _bundles(drawn, scene, end))
    for end in _ENDS:
        drawn = _with_gathered_ends(drawn, scene, end, busy)
    return drawn


_ENDS: tuple[End, End] = ("target", "source")


def _with_gathered_ends(lines: list[Line], scene: Scene, end: End, busy: Mapping[str, int]) -> list[Line]:
    one_for: dict[str, Line] = {}
    dropped: set[str] = set()
    for bundle in _bundles(lines, scene, end):
        keys = [line.key for line in bundle.lines]
        if dropped.isdisjoint(keys) and _is_worthwhile(bundle, scene, busy):
            first = bundle.lines[0]
            one_for[first.key] = (
                replace(first, target_frame=bundle.frame)
                if end == "target"
                else replace(first, source_frame=bundle.frame)
            )
            dropped.update(keys)
    return [one_for.get(line.key, line) for line in lines if line.key in one_for or line.key not in dropped]


def _is_worthwhile(bundle: _Bundle, scene: Scene, busy: Mapping[str, int]) -> bool:
    return (
        len(bundle.lines) >= _MANY
        or bundle.lines[0].kind in _QUIET
        or scene.frames[bundle.frame].look in _GROUPS
        or busy[bundle.frame] >= _BUSY
    )


def _bundles(lines: Iterable[Line], scene: Scene, end: End) -> Iterator[_Bundle]:
    """Outermost frames first."""
    together: dict[tuple[str, *tuple[object, ...]], dict[str, Line]] = {}
    for line in lines:
        at_a_frame = line.target_frame if end == "target" else line.source_frame
        if line.kind not in _PERSONAL and not at_a_frame:
            far = line.start if end == "target" else line.end
            alike = (far, *line.saying, line.dashed, line.both_ways)
            together.setdefault(alike, {})[getattr(line, end)] = line
    frames = sorted(scene.frames, key=scene.depth)
    inside = {frame: [card.key for card in scene.cards_within(frame)] for frame in frames}
    for (far, *_), reached in together.items():
        if len(reached) < 2:
            continue
        for frame in frames:
            cards = inside[frame]
            if len(cards) > 1 and reached.keys() >= set(cards) and not _holds(scene, far, frame):
                yield _Bundle(frame, end, tuple(reached[card] for card in cards))


def _holds(scene: Scene, outer: str, frame: str) -> bool:
    return outer in scene.frames_around(frame)


def reaching_everything(
    lines: Iterable[Line], cards: Mapping[str, Card], servers: Container[str]
) -> tuple[list[Line], dict[str, Card]]:
    """The lines without those that lead from one card to every server, and the cards with a row that says so.

    `servers`: keys of the cards that stand for servers.
    """
    drawn = list(lines)
    rows: dict[str, list[Dock]] = {}
    everyone = {key for key in cards if key in servers}
    groups: dict[tuple[str, str, str], list[Line]] = {}
    for line in drawn:
        if line.kind in _REACHING and not line.source_frame and not line.target_frame:
            groups.setdefault((line.source, *line.saying), []).append(line)
    for (source, _, _), group in groups.items():
        to_servers = [line for line in group if line.target in everyone]
        if len(to_servers) >= _MANY and {line.target for line in to_servers} == everyone - {source}:
            rows.setdefault(source, []).append(_row(cards[source], group[0]))
            drawn = [line for line in drawn if line not in to_servers]
    return drawn, {
        key: measured_card(replace(card, docks=(*card.docks, *rows[key]))) if key in rows else card
        for key, card in cards.items()
    }


def _row(card: Card, line: Line) -> Dock:
    """The port, or else what it is: "SSH 22 to all servers", "Agent on all servers"."""
    protocol = line.words.split(" ", 1)[-1] if line.port else line.words
    words = " ".join(part for part in (protocol, line.port) if part)
    text = shorten(f"{words} to all servers", FACT, REGULAR, _ROW_ROOM)
    return Dock(_REACHING[line.kind], card.category, text)
