"""Components become cards, with what is fastened to them at their lower edge."""

from collections.abc import Mapping
from dataclasses import replace

from designer.diagrams import scene as sizes
from designer.diagrams.containers import frame_around, hollow_card
from designer.diagrams.facts import dock_text, fact_line
from designer.diagrams.fates import Fates
from designer.diagrams.measuring import REGULAR, SEMIBOLD, shorten, wrap
from designer.diagrams.scene import Card, Dock, Frame
from designer.diagrams.subject import Subject
from designer.domain.document import Component

_TITLE_LINES = 3
_LINES_AS_PLACED = 3  # with the fact: a card must not outgrow its place on the canvas by much
# Boxes that somebody screws into a rack.
_HARDWARE = frozenset({"hw_firewall", "hw_load_balancer", "nas", "managed_storage"})


def drawn_cards(subject: Subject, fates: Fates, containers: Mapping[str, Frame]) -> dict[str, Card]:
    """A card for each component, and a hollow one for each container that holds nothing drawn."""
    fastened_to: dict[str, list[Component]] = {}
    for key, component in subject.components.items():
        if key in fates.docked:
            fastened_to.setdefault(fates.docked[key], []).append(component)
    drawn = [component for key, component in subject.components.items() if fates.is_drawn(key)]
    filled = {frame_around(subject, fates, component) for component in drawn}
    return {
        component.id: hollow_card(subject, component, containers[component.id])
        if component.id in containers
        else _card(subject, fates, component, fastened_to.get(component.id, []))
        for component in drawn
        if component.id not in containers or component.id not in filled
    }


def _card(subject: Subject, fates: Fates, component: Component, fastened: list[Component]) -> Card:
    name = subject.name(component)
    fact = fact_line(component)
    lines = _LINES_AS_PLACED - bool(fact) if subject.as_placed else _TITLE_LINES
    return measured_card(
        Card(
            key=component.id,
            type=component.type,
            category=subject.category(component),
            icon=subject.icon(component),
            title=wrap(name, sizes.TITLE, SEMIBOLD, sizes.TEXT_ROOM, lines=lines),
            fact=fact,
            full_name=name,
            frame=frame_around(subject, fates, component),
            count=max(component.count, 1),
            docks=tuple(_dock(subject, one, component) for one in fastened),
            badges=subject.numbers([component, *fastened]),
            planned=component.type == "growth_pool",
            hardware=component.type in _HARDWARE or subject.family(component) == "baremetal",
        )
    )


def measured_card(card: Card) -> Card:
    """As high as its words and docks need; a fact too long for its row is cut."""
    words = sizes.TITLE_LINE * len(card.title) + (sizes.FACT_LINE if card.fact or card.cost else 0)
    height = max(words, sizes.TILE) + 20 + sizes.DOCK_HEIGHT * len(card.docks)
    return replace(card, fact=shorten(card.fact, sizes.FACT, REGULAR, sizes.TEXT_ROOM), height=height)


def _dock(subject: Subject, component: Component, host: Component) -> Dock:
    text = shorten(dock_text(component, servers=host.count), sizes.FACT, REGULAR, sizes.TEXT_ROOM)
    return Dock(subject.icon(component), subject.category(component), text, component.id)
