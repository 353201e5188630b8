"""Paints an arranged scene: frames, lines, tabs, cards, pills, in this order, so no line hides a word."""

from designer.diagrams.arrangement import Arrangement
from designer.diagrams.painting_cards import CardPainter
from designer.diagrams.painting_frames import FramePainter
from designer.diagrams.painting_lines import LinePainter
from designer.diagrams.palette import Palette
from designer.diagrams.scene import Scene
from designer.diagrams.svg import Sheet


def paint(sheet: Sheet, scene: Scene, arrangement: Arrangement, colors: Palette) -> None:
    placement, labels = arrangement.placement, arrangement.labels
    frames, lines, cards = FramePainter(sheet, colors), LinePainter(sheet, colors), CardPainter(sheet, colors)
    for key in sorted(placement.frames, key=scene.depth):
        frames.frame(scene.frames[key], placement.frames[key])
    for line in sorted(scene.lines.values(), key=lambda line: not line.faint):
        if line.key in arrangement.routes:
            lines.routed(line, arrangement.routes[line.key])
        else:
            lines.curved(line, placement)
    for key, left in labels.tabs.items():
        frames.tab(scene.frames[key], placement.frames[key], left)
    for key, card in scene.cards.items():
        cards.card(card, placement.cards[key])
    for key, center in labels.pills.items():
        lines.pill(scene.lines[key], center)
