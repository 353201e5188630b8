"""Cost: a heat map. The warmer a card, the larger its share; what has no price looks like it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from catalog.domain.money import money_for_people
from designer.diagrams.cards import measured_card
from designer.diagrams.compose import compose_all
from designer.diagrams.costs import ACCOUNT, ComponentCost
from designer.diagrams.fates import Fates, decide_fates
from designer.diagrams.lines import silent
from designer.diagrams.scene import Card, Chip, Cost, Frame, Scene
from designer.diagrams.sizing import measured_frame
from designer.diagrams.subject import Subject

NO_PRICE = "No price"
_NOTHING = Decimal(0)
_CONTRAST = Decimal("0.6")  # below 1: small amounts still differ from nothing


def compose_cost(subject: Subject) -> Scene:
    scene = compose_all(subject)
    sums = _sums(subject)
    total = sum((one.monthly or _NOTHING for one in sums.values()), _NOTHING)
    largest = max((sums[key].monthly or _NOTHING for key in scene.cards if key in sums), default=_NOTHING)
    return replace(
        scene,
        cards={key: _card(card, sums.get(key), largest) for key, card in scene.cards.items()},
        frames={key: _frame(subject, scene, frame, sums, total) for key, frame in scene.frames.items()},
        lines={key: replace(silent(line), faint=True) for key, line in scene.lines.items()},
        notes=(),
        subtitle=_subtitle(sums, total),
    )


def _sums(subject: Subject) -> Mapping[str, ComponentCost]:
    """What each card and frame speaks for costs: with what is fastened to it, and its chips."""
    fates = Fates() if subject.as_placed else decide_fates(subject.document, subject.types)
    sums: dict[str, ComponentCost] = {}
    for key, cost in sorted(subject.costs.items()):
        if key in subject.document.components or key == ACCOUNT:
            owner = fates.spokesman(fates.chips.get(key, _member_of_group(subject, key)))
            sums[owner] = _added(sums[owner], cost) if owner in sums else cost
    return sums


def _member_of_group(subject: Subject, key: str) -> str:
    """A scaling group is charged for what it starts, which is what stands in it: the card says so."""
    component = subject.document.components.get(key)
    members = [one.id for one in subject.document.children(key)] if component else []
    group = component is not None and subject.family(component) == "scaling_group"
    return members[0] if group and len(members) == 1 and members[0] not in subject.costs else key


def _added(one: ComponentCost, other: ComponentCost) -> ComponentCost:
    known = [cost.monthly for cost in (one, other) if cost.monthly is not None]
    return ComponentCost(sum(known, _NOTHING) if known else None, one.currency, one.unpriced + other.unpriced)


def _card(card: Card, cost: ComponentCost | None, largest: Decimal) -> Card:
    card = replace(card, fact=card.fact if card.hollow else "", badges=())
    if cost is None:
        return card if card.hollow else measured_card(card)
    share = (cost.monthly or _NOTHING) / largest if largest else _NOTHING
    card = replace(card, cost=Cost(_said(cost), float(share**_CONTRAST), bool(cost.unpriced)))
    return card if card.hollow else measured_card(card)


def _frame(
    subject: Subject, scene: Scene, frame: Frame, sums: Mapping[str, ComponentCost], total: Decimal
) -> Frame:
    inside = {card.key for card in scene.cards_within(frame.key)}
    inside |= {key for key in scene.frames if frame.key in scene.frames_around(key)}
    within = [sums[key] for key in sorted(inside) if key in sums]
    said = ""
    if within:
        together = within[0]
        for one in within[1:]:
            together = _added(together, one)
        said = _said(together)
        if total and together.monthly:
            said += f" · {_percent(together.monthly / total)}"
    chips = tuple(_chip(chip, subject.costs.get(chip.component)) for chip in frame.chips)
    return measured_frame(replace(frame, cost=said, badges=(), chips=chips))


def _chip(chip: Chip, cost: ComponentCost | None) -> Chip:
    """The amount goes first: behind a right-to-left name its digits would be turned around."""
    charged = cost is not None and (cost.monthly or cost.unpriced)
    return replace(chip, badges=(), text=f"{_said(cost)} · {chip.text}" if cost and charged else chip.text)


def _said(cost: ComponentCost) -> str:
    if cost.monthly is None:
        return NO_PRICE
    return money_for_people(cost.monthly, cost.currency) + (" + ?" if cost.unpriced else "")


def _percent(share: Decimal) -> str:
    whole = round(share * 100)
    return f"{whole} %" if whole else "<1 %"


def _subtitle(sums: Mapping[str, ComponentCost], total: Decimal) -> str:
    if not sums:
        return "Cost a month: nothing here is charged"
    currency = next(iter(sums.values())).currency
    parts = [f"Cost a month: {money_for_people(total, currency)}"]
    if ACCOUNT in sums and sums[ACCOUNT].monthly:
        parts.append(f"{money_for_people(sums[ACCOUNT].monthly or _NOTHING, currency)} of it for the account")
    if unpriced := sum(cost.unpriced for cost in sums.values()):
        parts.append(f"{unpriced} {'part' if unpriced == 1 else 'parts'} without a price, not in the sum")
    return ", ".join(parts)
