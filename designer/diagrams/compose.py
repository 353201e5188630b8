"""From a design to a scene: every component finds its card, its frame or its words, every link its line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from catalog.domain.component_specs import ComponentType
from designer.diagrams.cards import drawn_cards
from designer.diagrams.containers import drawn_containers
from designer.diagrams.fates import Fates, decide_fates
from designer.diagrams.gathering import gathered, reaching_everything
from designer.diagrams.lines import drawn_lines, say_once
from designer.diagrams.scene import Card, Scene
from designer.diagrams.subject import Subject
from designer.domain.document import DesignDocument


def compose(
    document: DesignDocument, types: Mapping[str, ComponentType], *, title: str = "", as_placed: bool = False
) -> Scene:
    """`as_placed`: everything that has a place on the canvas keeps a card or a frame of its own."""
    return compose_all(Subject(document, types, title=title, as_placed=as_placed))


def compose_all(subject: Subject) -> Scene:
    """The whole design."""
    fates = Fates() if subject.as_placed else decide_fates(subject.document, subject.types)
    containers = drawn_containers(subject, fates)
    cards = drawn_cards(subject, fates, containers)
    frames = {key: frame for key, frame in containers.items() if key not in cards}
    lines = drawn_lines(subject, fates, cards, frames)
    if not subject.as_placed:  # there, cards have the size that the canvas gives them
        lines, cards = reaching_everything(lines, cards, set(_servers(subject, cards)))
    scene = Scene(subject.heading, cards, frames, {}, subject.notes)
    return replace(scene, lines=say_once(gathered(lines, scene)))


def _servers(subject: Subject, cards: Mapping[str, Card]) -> Iterator[str]:
    return (key for key in cards if subject.family(subject.components[key]) in ("server", "baremetal"))
