"""Where a component stands in its design, and what each part of the design costs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from catalog.domain.component_specs import ComponentType
from catalog.domain.money import ZERO, amount_text
from designer.domain.document import DesignDocument
from estimator.domain import reasons
from estimator.domain.line_items import LineItem

# Ids begin with a letter or digit, so no component is called so.
OF_THE_ACCOUNT = "-account"
IN_NONE = "-none"


@dataclass(frozen=True)
class Place:
    """A component's name and category, and the tier and region that it stands in, if any."""

    label: str
    category: str = ""
    tier: str = ""
    tier_label: str = ""
    region: str = ""
    region_label: str = ""


Places = Mapping[str, Place]


def places_of(document: DesignDocument, types: Mapping[str, ComponentType]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for component in document.components.values():
        tier, region = (_around(document, component.id, kind) for kind in ("tier", "region"))
        places[component.id] = Place(
            component.label,
            types[component.reference].category,
            *(("", "") if tier is None else tier),
            *(("", "") if region is None else region),
        )
    return places


def _around(document: DesignDocument, component: str, kind: str) -> tuple[str, str] | None:
    """Id and label of the nearest such container; a tier stands in itself."""
    own = document.components[component]
    found = own if own.type == kind else document.enclosing(component, kind)
    return None if found is None else (found.id, found.label)


@dataclass(frozen=True)
class GroupTotal:
    """`monthly` is None when nothing of the group has a price."""

    label: str
    monthly: Decimal | None
    unpriced: int

    def to_json(self) -> dict[str, str | int | None]:
        monthly = None if self.monthly is None else amount_text(self.monthly)
        return {"label": self.label, "monthly": monthly, "unpriced": self.unpriced}


Groups = Mapping[str, Mapping[str, GroupTotal]]


def group_lines(
    lines: Iterable[LineItem], places: Places, *, region: str = ""
) -> dict[str, dict[str, GroupTotal]]:
    """{component | tier | service | region: {key: total}}; the lines of each sum up to the estimate's.

    `region` is that of the design, for what stands in none that is drawn.
    """
    groups: dict[str, dict[str, GroupTotal]] = {name: {} for name in _KEYS}
    for line in lines:
        place = places.get(line.component)
        for name, key_of in _KEYS.items():
            key, label = key_of(line, place)
            if name == "region" and key == IN_NONE and region:
                label = region
            before = groups[name].get(key) or GroupTotal(label, None, 0)
            groups[name][key] = _with(before, line)
    return groups


def _with(total: GroupTotal, line: LineItem) -> GroupTotal:
    if line.monthly is None:
        return GroupTotal(total.label, total.monthly, total.unpriced + 1)
    return GroupTotal(total.label, (total.monthly or ZERO) + line.monthly, total.unpriced)


def _by_component(line: LineItem, place: Place | None) -> tuple[str, str]:
    if not line.component:
        return OF_THE_ACCOUNT, "For the whole account"
    return line.component, place.label if place else line.component


def _by_tier(line: LineItem, place: Place | None) -> tuple[str, str]:
    if not line.component:
        return OF_THE_ACCOUNT, "For the whole account"
    return (place.tier, place.tier_label) if place and place.tier else (IN_NONE, "In no tier")


def _by_service(line: LineItem, place: Place | None) -> tuple[str, str]:
    name = reasons.service_name(line.service)
    return line.service, name[:1].upper() + name[1:]


def _by_region(line: LineItem, place: Place | None) -> tuple[str, str]:
    if not line.component:
        return OF_THE_ACCOUNT, "For the whole account"
    return (place.region, place.region_label) if place and place.region else (IN_NONE, "In no region")


_KEYS: Mapping[str, Callable[[LineItem, Place | None], tuple[str, str]]] = {
    "component": _by_component,
    "tier": _by_tier,
    "service": _by_service,
    "region": _by_region,
}
