"""Reads one row of a price book's file, and refuses what contradicts itself."""

from collections.abc import Mapping
from decimal import Decimal

from catalog.domain.commitments import LONGEST_TERM, ON_DEMAND, Payment, Purchase, Terms
from catalog.domain.money import ZERO
from catalog.domain.price_book_fields import Fields
from catalog.domain.price_rows import NOTHING, AppliesTo, Charge, FreeBasis, Part, Price, Scope, Source
from catalog.domain.price_tiers import Tier, TierMode
from catalog.domain.units import ITEM, Unit, UnknownUnit, parse_unit

# fmt: off
PRICE_FIELDS = frozenset({
    "sku", "service", "product", "resource_type", "description", "charge", "purchase", "term_months",
    "payment", "unit", "price", "currency", "tiers", "tier_mode", "block_size", "minimum", "minimum_charge",
    "free_quantity", "free_basis", "cap_per_month", "composed_of", "scope", "selector", "attributes",
    "applies_to", "order", "percent", "ceiling_percent", "effective_from", "effective_to", "source",
    "locator", "confidence", "note",
})
# fmt: on
APPLIES_TO_FIELDS = frozenset({"sku", "service", "services", "selector", "excluding"})
CONFIDENCES = ("verbatim", "derived")
PART_OF_A_SIZE = ("vcpus", "ram_gib", "disk_gib", "server")
MOST_MONEY = Decimal(10**9)  # for one unit, or one month
NO_SOURCE = Source("", "", "secondary", "")


def read_price(fields: Fields, sources: Mapping[str, Source], currency: str) -> Price:
    """What is wrong is noted in `fields`."""
    if (row_currency := fields.text("currency", default=currency)) != currency:
        fields.problem("currency", f"{row_currency} in a book in {currency}. One book has one currency.")
    source = sources.get(fields.text("source"))
    if source is None:
        fields.problem("source", "No source of this book has this id.")
    charge = fields.one_of("charge", Charge, default=Charge.USAGE)
    price = Price(
        sku=fields.text("sku"),
        service=fields.text("service"),
        description=fields.text("description"),
        charge=charge,
        unit=_unit(fields, default="percent" if charge is Charge.PERCENT else None),
        tiers=_tiers(fields, "percent" if charge is Charge.PERCENT else "price"),
        source=source or NO_SOURCE,
        locator=fields.text("locator"),
        confidence=fields.choice("confidence", CONFIDENCES),
        product=fields.text("product", default=""),
        resource_type=fields.text("resource_type", default=""),
        terms=_terms(fields),
        selector=fields.texts("selector"),
        attributes=_attributes(fields),
        scope=fields.one_of("scope", Scope, default=Scope.RESOURCE),
        tier_mode=fields.one_of("tier_mode", TierMode, default=TierMode.GRADUATED),
        block_size=fields.amount("block_size", default=Decimal(1)),
        minimum=fields.amount("minimum", default=ZERO),
        minimum_charge=fields.amount("minimum_charge", default=ZERO, most=MOST_MONEY),
        free_quantity=fields.amount("free_quantity", default=ZERO),
        free_basis=fields.one_of("free_basis", FreeBasis, default=FreeBasis.FIXED),
        cap_per_month=fields.optional_amount("cap_per_month", most=MOST_MONEY),
        composed_of=_parts(fields),
        applies_to=_applies_to(fields),
        order=fields.whole("order", least=0, most=1000, default=0),
        ceiling_percent=fields.optional_amount("ceiling_percent", most=Decimal(1000)),
        effective_from=fields.date("effective_from", default=""),
        effective_to=fields.date("effective_to", default=""),
        note=fields.text("note", default=""),
    )
    _refuse_contradictions(fields, price)
    return price


def _unit(fields: Fields, default: str | None) -> Unit:
    try:
        return parse_unit(fields.text("unit", default=default))
    except UnknownUnit as unknown:
        fields.problem("unit", str(unknown))
        return Unit(ITEM, "hour")


def _terms(fields: Fields) -> Terms:
    purchase = fields.one_of("purchase", Purchase, default=Purchase.ON_DEMAND)
    payment = fields.one_of("payment", Payment, default=Payment.NONE)
    if purchase is Purchase.ON_DEMAND:
        for name in ("term_months", "payment"):
            if fields.has(name) and not (name == "payment" and payment is Payment.NONE):
                fields.problem(name, "Only what is reserved has a term and a way to pay it.")
        return ON_DEMAND
    if payment is Payment.NONE:
        fields.problem("payment", "What is reserved is paid monthly, quarterly, yearly or upfront.")
    return Terms(purchase, fields.whole("term_months", least=1, most=LONGEST_TERM), payment)


def _tiers(fields: Fields, amount: str) -> tuple[Tier, ...]:
    """One `price` (or `percent`), or `tiers` without a gap from 0 up; a composed row has neither."""
    read = _percent if amount == "percent" else _money
    if not fields.has("tiers"):
        composed = fields.has("composed_of")
        if composed and fields.has("price"):
            fields.problem("price", "A composed row gets its price from its parts.")
        return (Tier(ZERO, None, ZERO if composed else read(fields)),)
    if fields.has(amount):
        fields.problem(amount, f"A row has a {amount} or tiers, not both.")
    tiers: list[Tier] = []
    reached: Decimal | None = ZERO
    for record in fields.records("tiers", frozenset({"from", "to", amount})):
        end = record.optional_amount("to")
        tier = Tier(record.amount("from"), end, read(record))
        if reached is None:
            record.problem("from", "The tier before this one has no end.")
        elif tier.start != reached:
            fault = "a gap" if tier.start > reached else "an overlap"
            record.problem("from", f"There is {fault}: the tiers before end at {reached}, not {tier.start}.")
        if end is not None and end <= tier.start:
            record.problem("to", f"The tier ends at {end}, not above its start {tier.start}.")
        reached = end
        tiers.append(tier)
    if not tiers:
        fields.problem("tiers", "There are no tiers.")
    return tuple(tiers) or (Tier(ZERO, None, ZERO),)


def _money(fields: Fields) -> Decimal:
    return fields.amount("price", most=MOST_MONEY)


def _percent(fields: Fields) -> Decimal:
    return fields.percent("percent")


def _attributes(fields: Fields) -> dict[str, str]:
    attributes = fields.texts("attributes")
    if fields.has("composed_of"):
        return attributes
    sizes = Fields(attributes, f"{fields.place}.attributes", fields.file, fields.problems, set(attributes))
    if "ram_gib" in attributes or "vcpus" in attributes:
        sizes.amount("vcpus")
        sizes.amount("ram_gib")
        sizes.amount("disk_gib", default=ZERO)
    return attributes


def _parts(fields: Fields) -> tuple[Part, ...]:
    return tuple(
        Part(record.text("sku"), record.choice("per", PART_OF_A_SIZE))
        for record in fields.records("composed_of", frozenset({"sku", "per"}))
    )


def _applies_to(fields: Fields) -> AppliesTo:
    if not fields.has("applies_to"):
        return NOTHING
    said = Fields(
        fields.mapping("applies_to"),
        f"{fields.place}.applies_to",
        fields.file,
        fields.problems,
        APPLIES_TO_FIELDS,
    )
    named = [name for name in ("sku", "service", "services") if said.has(name)]
    if len(named) != 1:
        said.problem("", "This names one of sku, service and services.")
    service = said.text("service", default="")
    return AppliesTo(
        sku=said.text("sku", default=""),
        services=(service,) if service else said.names("services"),
        selector=said.texts("selector"),
        excluding=said.names("excluding"),
    )


# --- What can't be true at once ---------------------------------------------------------------------


def _refuse_contradictions(fields: Fields, price: Price) -> None:
    if price.effective_to and price.effective_to < price.effective_from:
        reason = f"The row ends on {price.effective_to}, before it begins on {price.effective_from}."
        fields.problem("effective_to", reason)
    _refuse_quantities(fields, price)
    _refuse_charges(fields, price)


def _refuse_quantities(fields: Fields, price: Price) -> None:
    if price.is_sized and (price.unit.thing != ITEM or not price.unit.period):
        fields.problem("unit", f"A size is sold by the hour or the month, not by {price.unit}.")
    if not price.block_size:
        fields.problem("block_size", "A block holds more than 0.")
    if fields.has("block_size") and price.tier_mode is not TierMode.BLOCK:
        fields.problem("block_size", "Only tier_mode block is sold in blocks.")
    if price.scope is Scope.ACCOUNT and price.tier_mode is TierMode.BLOCK:
        fields.problem("scope", "Blocks are counted for each resource.")
    if price.free_quantity and price.tier_mode is not TierMode.GRADUATED:
        fields.problem("free_quantity", "Only graduated tiers can have a free quantity.")
    if price.free_basis is not FreeBasis.FIXED and not price.free_quantity:
        fields.problem("free_basis", "There is no free_quantity that could grow with it.")
    elif price.free_basis is not FreeBasis.FIXED and price.scope is not Scope.ACCOUNT:
        fields.problem("free_basis", "What grows with the whole design needs the scope account.")
    if price.cap_per_month is not None and (price.unit.period != "hour" or price.has_tiers):
        fields.problem("cap_per_month", "Only one price an hour, without tiers, can have a cap a month.")


def _refuse_charges(fields: Fields, price: Price) -> None:
    charge, applies_to = price.charge, price.applies_to
    if charge is Charge.INCLUDED and any(tier.price for tier in price.tiers):
        fields.problem("price", "What is included costs 0.")
    if charge is Charge.MINIMUM and not applies_to.services:
        fields.problem("applies_to", "A minimum names the service that it applies to.")
    if charge in (Charge.MINIMUM, Charge.PERCENT) and (price.is_sized or price.selector):
        fields.problem("charge", f"A {charge} row is no flavor and has no selector of its own.")
    if price.minimum_charge and charge is not Charge.USAGE:
        fields.problem("minimum_charge", "Only what is charged by use can have a least charge.")
    if charge in (Charge.USAGE, Charge.INCLUDED) and applies_to.services:
        fields.problem("applies_to", "What is charged by use can come along with a sku, not with a service.")
    if (
        charge in (Charge.RECURRING, Charge.ONE_TIME)
        and applies_to.services
        and price.scope is not Scope.ACCOUNT
    ):
        fields.problem("scope", "What comes with a service is charged once, so its scope is account.")
    if charge is Charge.PERCENT:
        _refuse_percent(fields, price)
    else:
        for name in ("percent", "order", "ceiling_percent"):
            if fields.has(name):
                fields.problem(name, "Only a percent row has this.")


def _refuse_percent(fields: Fields, price: Price) -> None:
    if not fields.has("applies_to"):
        fields.problem("applies_to", "A percent row says what it applies to.")
    if not fields.has("order"):
        fields.problem("order", "A percent row says in which order it is applied.")
    if price.unit.thing != "percent" or price.unit.period:
        fields.problem("unit", "A percent row counts in percent.")
    if price.tier_mode is TierMode.BLOCK:
        fields.problem("tier_mode", "Per cent come graduated or for the whole volume.")
    if fields.has("tiers") and price.scope is not Scope.ACCOUNT:
        fields.problem("scope", "Tiers of a percentage count what the account spends: scope account.")
    for name in ("price", "composed_of", "minimum", "free_quantity", "cap_per_month"):
        if fields.has(name):
            fields.problem(name, "A percent row has no such thing.")
