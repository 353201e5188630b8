"""Where a design might cost less: changes worth a try. What each is worth, a new estimate says.

An idea that turns out to save nothing is dropped later, so this module may be generous. What it must not do
is propose less than somebody asked for without saying so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalog.domain.component_specs import ComponentType
from catalog.domain.money import plain_text
from catalog.domain.price_books import PriceBook
from catalog.domain.size_matching import SizeMatch, SizeNeed, SizeOffers
from designer.domain import resources as kinds
from designer.domain.document import Component, DesignDocument, Json
from designer.domain.resources import Resource, ResourceGraph
from designer.domain.rules.roles import DATA, ROLE_OF_SOFTWARE, ROLE_OF_TYPE
from designer.domain.usage_assumptions import PAYMENTS, TERM_MONTHS
from estimator.domain.assumptions import Assumptions
from estimator.domain.metering import Surroundings, Usage, meter

# A need may shrink to this part of what was asked for. Below it, it would be another need.
LEAST_OF_NEED = Decimal("0.75")
OFFICE_HOURS = {"hours_per_day": 12, "weekdays": ["mon", "tue", "wed", "thu", "fri"]}
BUSY_STORAGE, QUIET_STORAGE = "ssd", "hdd"


class IdeaKind(StrEnum):
    RIGHT_SIZE = "right_size"
    STORAGE_CLASS = "storage_class"
    UNUSED = "unused"
    SCHEDULE = "schedule"
    COMMITMENT = "commitment"
    CHEAPER_BOOK = "cheaper_book"


@dataclass(frozen=True)
class Idea:
    """`patch` is an edit of the document. Of those with one `rivalry` the one that saves most is shown."""

    kind: IdeaKind
    title: str
    detail: str
    patch: Json
    component: str = ""
    rivalry: str = ""


@dataclass(frozen=True)
class Drawing:
    """A design as everybody sees it: what was written, what it means, what it becomes."""

    written: Json
    document: DesignDocument
    graph: ResourceGraph
    types: Mapping[str, ComponentType]
    assumptions: Assumptions

    def family(self, component: Component) -> str:
        return self.types[component.reference].family


def find_ideas(drawing: Drawing, book: PriceBook) -> Iterator[Idea]:
    """For the whole design first, then component by component, in the document's order."""
    yield from _schedule(drawing)
    yield from _commitments(drawing, book)
    sizes = _Sizes(drawing, book)
    for component in drawing.document.components.values():
        yield from sizes.ideas(component)
        yield from _storage_class(drawing, component)
        yield from _unused_addresses(drawing, component)


# --- For the whole design ---------------------------------------------------------------------------


def _schedule(drawing: Drawing) -> Iterator[Idea]:
    """Nobody tests at night. A production environment is asked for around the clock."""
    settings = drawing.document.settings
    environment = settings.get("environment", "production")
    if environment == "production" or "schedule" in settings or "hours_per_month" in settings:
        return
    yield Idea(
        IdeaKind.SCHEDULE,
        "Run servers in working hours only",
        f"This is a {environment} environment. With 12 hours a day from Monday to Friday its servers run 36% "
        "of the time. What is stored or reserved goes on.",
        {"settings": {"schedule": OFFICE_HOURS}},
    )


def _commitments(drawing: Drawing, book: PriceBook) -> Iterator[Idea]:
    if "commitment" in drawing.document.settings:
        return
    for terms in book.offered_terms:
        payment = str(terms.payment)
        if terms.months not in TERM_MONTHS or payment not in PAYMENTS:
            continue
        months = "a month" if terms.months == 1 else f"{terms.months} months"
        paid = {
            "none": "paid for as it is used",
            "upfront": "all of it is paid at the start",
        }.get(payment, f"paid {payment}")
        yield Idea(
            IdeaKind.COMMITMENT,
            f"Reserve servers for {months}",
            f"{book.title} sells reserved capacity for {months}, {paid}. It is charged for the "
            "whole term, also when a server goes earlier.",
            {"settings": {"commitment": {"months": terms.months, "payment": payment}}},
            rivalry=f"commitment {terms.months}",
        )


# --- Sizes ------------------------------------------------------------------------------------------


class _Sizes:
    """Flavors just below what is asked for, and pinned ones above it."""

    def __init__(self, drawing: Drawing, book: PriceBook) -> None:
        self._drawing, self._book = drawing, book
        self._offers: dict[str, SizeOffers] = {}

    def ideas(self, component: Component) -> Iterator[Idea]:
        usage = _asked_for(component, self._drawing.family(component))
        if usage is None or usage.need is None or component.count == 0:
            return
        offers = self._offers_of(usage.service)
        if usage.flavor:
            pinned = offers.find(usage.need, usage.flavor, usage.selector)
            if pinned is not None:
                yield from self._unpinned(component, usage.need, pinned)
            return
        match = offers.find(usage.need, None, usage.selector)
        if match is None:
            return
        tried = {match.sku}
        for smaller in self._smaller_needs(usage.service, usage.need):
            cheaper = offers.find(smaller, None, usage.selector)
            if cheaper is not None and cheaper.sku not in tried:
                tried.add(cheaper.sku)
                yield _smaller(component, usage.need, smaller, match, cheaper)

    def _offers_of(self, service: str) -> SizeOffers:
        if service not in self._offers:
            terms = self._drawing.assumptions.purchase
            self._offers[service] = SizeOffers(self._book, service, terms=terms)
        return self._offers[service]

    def _smaller_needs(self, service: str, need: SizeNeed) -> Iterator[SizeNeed]:
        """The need cut down to each listed flavor that lacks only a little.

        Where cores and memory are sold by the piece there is no boundary to stay below.
        """
        for row in self._book.sized_prices(service):
            if row.composed_of:
                continue
            has = {name: Decimal(row.attributes.get(name, "0")) for name in ("vcpus", "ram_gib", "disk_gib")}
            smaller = SizeNeed(
                min(need.vcpus, has["vcpus"]),
                min(need.ram_gib, has["ram_gib"]),
                min(need.disk_gib, has["disk_gib"]) if has["disk_gib"] else need.disk_gib,
            )
            if smaller != need and _is_nearly(smaller, need):
                yield smaller

    def _unpinned(self, component: Component, need: SizeNeed, pinned: SizeMatch) -> Iterator[Idea]:
        """Only where somebody wrote the size beside the flavor: a default says nothing about the need."""
        said = self._drawing.written["components"][component.id].get("properties", {}).get("size")
        if not said or (pinned.vcpus <= need.vcpus and pinned.ram_gib <= need.ram_gib):
            return
        yield Idea(
            IdeaKind.RIGHT_SIZE,
            f"Let {component.label} have the flavor it needs",
            f"{pinned.flavor} is pinned and has {_size(pinned.vcpus, pinned.ram_gib)}; {component.label} "
            f"asks for {_size(need.vcpus, need.ram_gib)}. Without the pin the cheapest that covers this is "
            "taken.",
            {"components": {component.id: {"properties": {"flavor": None}}}},
            component=component.id,
            rivalry=f"size {component.id}",
        )


def _asked_for(component: Component, family: str) -> Usage | None:
    """The size of each of its servers, as it will be metered; None for what comes in no sizes."""
    said = component.properties
    if "size" not in said:
        return None
    kind = kinds.DATABASE_INSTANCE if family == "database" else kinds.SERVER
    drawn = {**said, "boot_volume": bool(said.get("boot_volume_gib"))}
    usages = meter(Resource(component.id, kind, component.id, drawn), Surroundings(frozenset()))
    return next((usage for usage in usages if usage.need is not None), None)


def _is_nearly(smaller: SizeNeed, need: SizeNeed) -> bool:
    return all(
        getattr(smaller, name) >= getattr(need, name) * LEAST_OF_NEED
        for name in ("vcpus", "ram_gib", "disk_gib")
    )


def _smaller(
    component: Component, need: SizeNeed, smaller: SizeNeed, match: SizeMatch, cheaper: SizeMatch
) -> Idea:
    changed = {
        name: getattr(smaller, name)
        for name in ("vcpus", "ram_gib", "disk_gib")
        if getattr(smaller, name) != getattr(need, name)
    }
    asked = " and ".join(
        f"{plain_text(getattr(need, name))} {_UNITS[name]} → {plain_text(amount)}"
        for name, amount in changed.items()
    )
    size = {name: _number(amount) for name, amount in changed.items()}
    return Idea(
        IdeaKind.RIGHT_SIZE,
        f"Make {component.label} a little smaller",
        f"{asked} makes {cheaper.flavor} large enough, instead of {match.flavor}. See first that it can do "
        "with that.",
        {"components": {component.id: {"properties": {"size": size}}}},
        component=component.id,
        rivalry=f"size {component.id}",
    )


_UNITS = {"vcpus": "vCPU", "ram_gib": "GiB of memory", "disk_gib": "GiB of disk"}


# --- Storage and addresses --------------------------------------------------------------------------


def _storage_class(drawing: Drawing, component: Component) -> Iterator[Idea]:
    choices = drawing.types[component.reference].properties.get("type", {}).get("enum", ())
    if component.properties.get("type") != BUSY_STORAGE or QUIET_STORAGE not in choices:
        return
    if any(_is_database(drawing, link.source) for link in drawing.document.links_to(component.id, "attach")):
        return
    yield Idea(
        IdeaKind.STORAGE_CLASS,
        f"Keep {component.label} on HDD",
        "HDD is for much that is read seldom. See first how busy the volume is.",
        {"components": {component.id: {"properties": {"type": QUIET_STORAGE}}}},
        component=component.id,
    )


def _is_database(drawing: Drawing, component_id: str) -> bool:
    component = drawing.document.components[component_id]
    software = str(component.properties.get("software", ""))
    return (ROLE_OF_TYPE.get(component.type) or ROLE_OF_SOFTWARE.get(software)) == DATA


def _unused_addresses(drawing: Drawing, component: Component) -> Iterator[Idea]:
    """Addresses that are reserved and bound to nothing cost as much as others, often more."""
    if drawing.family(component) != "floating_ip":
        return
    addresses = [one for one in drawing.graph.of_kind(kinds.FLOATING_IP) if one.component == component.id]
    bound = sum(bool(one.properties.get("port") or one.properties.get("load_balancer")) for one in addresses)
    if bound == len(addresses):
        return
    idle = len(addresses) - bound
    yield Idea(
        IdeaKind.UNUSED,
        f"Give back {idle} unused {'address' if idle == 1 else 'addresses'} of {component.label}",
        f"{'It is' if idle == 1 else 'They are'} reserved and bound to nothing.",
        {"components": {component.id: {"properties": {"count": bound}}}},
        component=component.id,
    )


def _size(vcpus: Decimal, ram_gib: Decimal) -> str:
    return f"{plain_text(vcpus)} vCPU · {plain_text(ram_gib)} GiB"


def _number(amount: Decimal) -> int | float:
    """As a document writes it."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)
