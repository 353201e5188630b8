"""What a document prints, in order and in words: the customer's part with its amounts written out."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from catalog.domain.money import ZERO
from estimator.domain.proposals.changes import Changes
from estimator.domain.proposals.wording import (
    NOT_PRICED,
    capitalised,
    day,
    money,
    number,
    signed_money,
    unit,
    unit_price,
    version_words,
)

Json = dict[str, Any]
# Embeddings, overrides and isolates. Marks stay: they turn nothing else.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CHEAPEST_BAR = Decimal("0.5")  # percent of the largest; less would not be seen


def layout_of(contents: Mapping[str, Any], *, version: int, changes: Changes | None = None) -> Json:
    """Shape: what `proposal.typ` reads; amounts are texts, and nothing is left to compute but layout."""
    return dict(_in_reading_order(_layout(contents, version, changes)))


def _in_reading_order(value: Any) -> Any:
    """Without characters that turn the direction of others: words would read as what nobody wrote, and a PDF
    with them is no longer found by its words.
    """
    if isinstance(value, str):
        return _TURNS.sub("", value)
    if isinstance(value, dict):
        return {key: _in_reading_order(one) for key, one in value.items()}
    return [_in_reading_order(one) for one in value] if isinstance(value, list | tuple) else value


def _layout(contents: Mapping[str, Any], version: int, changes: Changes | None) -> Json:
    options = contents["options"]
    lead = _lead(contents)
    currency = contents["currency"]
    return {
        "title": contents["title"],
        "seller": contents["seller"]["name"],
        "seller_contact": contents["seller"]["contact"],
        "seller_address": contents["seller"]["address"],
        "color": contents["seller"]["color"],
        "customer": contents["customer"]["name"],
        "number": f"Proposal {contents['number']}, {version_words(version)}",
        "valid": day(contents["valid_until"]),
        "key": _key_figures(contents, lead),
        "facts": [fact for fact in _facts(contents) if fact[1]],
        "summary": contents["summary"],
        "benefits": [[one["title"], one["text"]] for one in contents["benefits"]],
        "cards": _cards(contents) if len(options) > 1 else [],
        "comparison": _comparison(contents) if len(options) > 1 else [],
        "bars": _bars(lead, currency),
        "bars_title": f"A month by part, option {lead['letter']}" if len(options) > 1 else "A month by part",
        "changes": _changes(changes) if changes else [],
        "changes_title": f"What changed since version {changes.since}" if changes else "",
        "options": [_option(option, contents) for option in options],
        "terms": [[one["title"], one["text"]] for one in contents["terms"]],
        "acceptance": _acceptance(contents),
        "basis": f"Amounts in {currency}, before tax unless it says otherwise.",
    }


def _lead(contents: Mapping[str, Any]) -> Json:
    """The option that the cover speaks of: the recommended one, else the first."""
    options = contents["options"]
    return next((one for one in options if one["letter"] == contents["recommended"]), options[0])


def _key_figures(contents: Mapping[str, Any], lead: Json) -> list[list[str]]:
    currency, sums = contents["currency"], lead["sums"]
    of = f", option {lead['letter']}" if len(contents["options"]) > 1 else ""
    after = "after discounts, before tax" if sums["discounts"] else "before tax"
    return [
        [f"A month{of}", money(sums["net"]["monthly"], currency), after],
        ["Once", money(sums["net"]["one_time"], currency), "before tax"],
        [f"{sums['months']} months", money(sums["term"], currency), "with what is paid once, before tax"],
    ]


def _facts(contents: Mapping[str, Any]) -> Iterator[list[str]]:
    customer, seller = contents["customer"], contents["seller"]
    yield ["Prepared for", ", ".join(one for one in (customer["contact"], customer["name"]) if one)]
    yield ["Prepared by", ", ".join(one for one in (seller["contact"], seller["name"]) if one)]
    yield ["Date", day(contents["day"])]
    yield ["Valid until", day(contents["valid_until"])]
    designs = {
        f"{one['design']}, revision {one['revision']}" if one["revision"] else one["design"]: None
        for one in contents["options"]
    }
    yield ["Design" if len(designs) == 1 else "Designs", "; ".join(designs)]
    rates = {one["rate"]["source"]: None for one in contents["options"] if one["rate"]}
    yield ["Exchange rate", "; ".join(rates)]


def _cards(contents: Mapping[str, Any]) -> list[Json]:
    currency, options = contents["currency"], contents["options"]
    first = Decimal(options[0]["sums"]["net"]["monthly"])
    return [
        {
            "letter": one["letter"],
            "name": one["name"],
            "month": money(one["sums"]["net"]["monthly"], currency),
            "against": "the reference"
            if one is options[0]
            else f"{signed_money(Decimal(one['sums']['net']['monthly']) - first, currency)} "
            f"against {options[0]['letter']}",
            "recommended": one["letter"] == contents["recommended"],
        }
        for one in options
    ]


def _comparison(contents: Mapping[str, Any]) -> list[list[str]]:
    """Rows of words: first the money, then each part that is not the same in all options."""
    currency, options = contents["currency"], contents["options"]
    rows = [
        ["A month", *(money(one["sums"]["net"]["monthly"], currency) for one in options)],
        ["Once", *(money(one["sums"]["net"]["one_time"], currency) for one in options)],
        [
            f"{contents['term_months']} months in total",
            *(money(one["sums"]["term"], currency) for one in options),
        ],
    ]
    parts = dict.fromkeys(clause["title"] for one in options for clause in one["included"])
    for part in parts:
        said = [
            next((clause["text"] for clause in one["included"] if clause["title"] == part), "–")
            for one in options
        ]
        if len(set(said)) > 1:
            rows.append([part, *said])
    return rows


def _bars(option: Json, currency: str) -> list[list[Any]]:
    """[label, amount, percent of the largest], the largest first; parts without a price are left out."""
    known = [
        (tier["label"], Decimal(tier["monthly"])) for tier in option["bill"] if tier["monthly"] is not None
    ]
    extras = sum((Decimal(one["monthly"]) for one in option["extras"] if one["monthly"]), ZERO)
    known += [("Services", extras)] if extras else []
    known = sorted((one for one in known if one[1] > 0), key=lambda one: -one[1])
    most = known[0][1] if known else Decimal(1)
    return [
        [label, money(amount, currency), float(max(amount * 100 / most, _CHEAPEST_BAR))]
        for label, amount in known
    ]


def _changes(changes: Changes) -> list[Json]:
    """By place; what came or went has nothing on the other side."""
    return [
        {"where": where, "rows": [[one.what, one.before or "–", one.after or "–"] for one in rows]}
        for where, rows in changes.by_place()
    ]


def _option(option: Json, contents: Mapping[str, Any]) -> Json:
    currency = contents["currency"]
    several = len(contents["options"]) > 1
    return {
        "letter": option["letter"],
        "title": f"Option {option['letter']}: {option['name']}" if several else "The architecture",
        "bill_title": f"Bill of quantities, option {option['letter']}" if several else "Bill of quantities",
        "notes_title": f"Behind the figures, option {option['letter']}" if several else "Behind the figures",
        "intro": option["intro"],
        "alternative": option["picture"]["alternative"],
        "callouts": [[str(one["number"]), one["text"]] for one in option["callouts"]],
        "included": [[one["title"], one["text"]] for one in option["included"]],
        "bill": [
            {
                "label": tier["label"],
                "sum": money(tier["monthly"], currency),
                "rows": [_row(row, currency) for row in tier["rows"]],
            }
            for tier in option["bill"]
        ]
        + _extras(option["extras"], currency),
        "totals": list(_totals(option, currency)),
        "term": [
            f"{option['sums']['months']} months in total, before tax",
            money(option["sums"]["term"], currency),
        ],
        "assumptions": list(_assumptions(option, currency)),
        "not_priced": [[one["item"], one["reason"]] for one in option["not_priced"]],
        "accepted": [
            [f"{one['summary']}. {one['detail']}", one["reason"]] for one in option["accepted_findings"]
        ],
    }


def _row(row: Json, currency: str) -> list[str]:
    """[item, facts, quantity, unit, unit price, a month, once]."""
    facts = row["description"] if not row["match"] else f"{row['description']} · {row['match']}"
    is_priced = row["unit_price"] is not None
    once = row["one_time"] if row["one_time"] and Decimal(row["one_time"]) else None
    return [
        row["item"],
        facts,
        number(row["quantity"]),
        unit(row["unit"]),
        unit_price(row["unit_price"], currency) if is_priced else "–",
        money(row["monthly"], currency) if is_priced else NOT_PRICED,
        f"{money(once, currency)} once" if once else "",
    ]


def _extras(extras: list[Json], currency: str) -> list[Json]:
    if not extras:
        return []
    monthly = sum((Decimal(one["monthly"]) for one in extras if one["monthly"]), ZERO)
    return [
        {
            "label": "Services",
            "sum": money(monthly, currency),
            "rows": [
                [
                    one["title"],
                    one["detail"],
                    number(one["quantity"]),
                    unit(one["unit"]),
                    unit_price(one["unit_price"], currency),
                    money(one["monthly"], currency) if one["monthly"] is not None else "–",
                    f"{money(one['one_time'], currency)} once" if one["one_time"] else "",
                ]
                for one in extras
            ],
        }
    ]


def _totals(option: Json, currency: str) -> Iterator[list[Any]]:
    """[words, a month, once, is a total]."""
    sums = option["sums"]

    def line(words: str, pair: Json, *, total: bool = False, taken: bool = False) -> list[Any]:
        amounts = [-Decimal(pair[name]) if taken else Decimal(pair[name]) for name in ("monthly", "one_time")]
        return [words, *(money(amount, currency) for amount in amounts), total]

    if sums["discounts"] or option["extras"]:
        yield line("Sum of the lines", sums["lines"])
    for taken in sums["discounts"]:
        yield line(taken["title"], taken, taken=True)
    if option["extras"]:
        yield line("Services", sums["extras"])
    yield line("Before tax", sums["net"], total=True)
    if tax := sums["tax"]:
        words = f"{tax['name']}, {tax['rate_percent']}%"
        yield line(f"{words}, included" if tax["included"] else words, tax["tax"])
        yield line("With tax", tax["total"], total=True)


def _assumptions(option: Json, currency: str) -> Iterator[str]:
    yield from option["assumptions"]
    span = option["range"]
    if span["low"] != span["high"]:
        low, high = (money(span[name], currency) for name in ("low", "high"))
        yield f"With low and with high use a month comes to {low} and {high}, without the services."
    months = option["months"]
    if months and months[0] != months[-1]:
        first, last = (money(months[at], currency) for at in (0, -1))
        yield f"Growth leads from {first} in the first month to {last} in month {len(months)}."


def _acceptance(contents: Mapping[str, Any]) -> str:
    options = " or ".join(one["letter"] for one in contents["options"])
    which = f"option {options} (strike out the others)" if len(contents["options"]) > 1 else "this proposal"
    return capitalised(
        f"{contents['customer']['name'] or 'the customer'} accepts {which} as described in this document, "
        f"until {day(contents['valid_until'])}."
    )
