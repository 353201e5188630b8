"""A proposal's contents at one moment, as plain JSON: all that its documents say, and nothing to look up.

The customer's part and the seller's are two values, so that what a customer must not see cannot be forgotten
in a filter: files, pages and answers for customers are made from the first alone.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.domain.component_specs import ComponentType
from catalog.domain.money import amount_text, plain_text
from designer.domain.json_values import hash_of
from estimator.domain.proposals.drafts import Clause, Draft, Extra, Option, Picture, finding_id
from estimator.domain.proposals.included import included_in
from estimator.domain.proposals.obstacles import unpriced_rows
from estimator.domain.proposals.sums import OptionSums, SellerSums

FORMAT = 1
Json = dict[str, Any]


@dataclass(frozen=True)
class Contents:
    """`pictures` are SVG by `picture_name`; the customer's part holds their hashes."""

    customer: Json
    seller: Json
    pictures: Mapping[str, str]

    @property
    def content_hash(self) -> str:
        return content_hash_of(self.customer, self.seller)


def freeze(draft: Draft, options: tuple[Option, ...], types: Mapping[str, ComponentType]) -> Contents:
    """The same draft and options give the same contents, and so the same hash."""
    sums = {
        option.letter: OptionSums.of(option.offered, option.extras, months=draft.term_months)
        for option in options
    }
    return Contents(
        customer={
            "format": FORMAT,
            "number": draft.number,
            "title": draft.title,
            "seller": vars(draft.seller).copy(),
            "customer": vars(draft.buyer).copy(),
            "day": draft.day.isoformat(),
            "valid_until": draft.valid_until.isoformat(),
            "term_months": draft.term_months,
            "paper": draft.paper,
            "currency": options[0].estimate.currency if options else "",
            "summary": _paragraphs(draft.summary),
            "benefits": _clauses(draft.benefits),
            "terms": _clauses(draft.terms),
            "recommended": draft.recommended,
            "options": [_customers(draft, option, sums[option.letter], types) for option in options],
        },
        seller={
            "format": FORMAT,
            "options": [_sellers(option, sums[option.letter]) for option in options],
        },
        pictures=dict(named for option in options for named in _pictures(option)),
    )


def picture_name(letter: str, *, view: str = "", theme: str = "light") -> str:
    """A, A/dark, A/network, A/network/dark. Without a view: the one that documents print."""
    return "/".join(part for part in (letter, view, "" if theme == "light" else theme) if part)


def content_hash_of(customer: Json, seller: Json) -> str:
    """One hash over both parts, whatever the order of their keys."""
    return hash_of([customer, seller])


def _customers(draft: Draft, option: Option, sums: OptionSums, types: Mapping[str, ComponentType]) -> Json:
    found = option.offered
    return {
        "letter": option.letter,
        "name": option.name,
        "intro": _paragraphs(option.intro),
        "design": option.design,
        "revision": option.revision,
        "revision_hash": option.revision_hash,
        "picture": _picture(option.picture),
        "more_pictures": [_picture(picture) for picture in option.more_pictures],
        "callouts": [
            {"number": callout["number"], "text": callout["text"]} for callout in option.document.callouts
        ],
        "included": _clauses(
            included_in(option.document, types, billed={line.component for line in found.line_items})
        ),
        "bill": [tier.to_json() for tier in option.bill],
        "extras": [_extra(extra) for extra in option.extras],
        "sums": sums.to_json(),
        "yearly": amount_text(sums.net.monthly * 12),
        "coverage": str(found.coverage),
        "months": [amount_text(amount) for amount in found.periods.months[: draft.term_months]],
        "range": found.range.to_json(),
        "rounding": {
            "line": None if found.rounding.line is None else plain_text(found.rounding.line),
            "total": None if found.rounding.total is None else plain_text(found.rounding.total),
            "mode": found.rounding.mode,
        },
        "assumptions": list(found.assumptions),
        "rate": None if found.rate is None else found.rate.to_json(),
        "not_priced": [
            {"id": row_id, "item": item, "reason": draft.reasons.get(row_id, "").strip()}
            for row_id, item in unpriced_rows(option)
        ],
        "accepted_findings": [
            {"summary": finding.summary, "detail": finding.detail, "reason": reason}
            for finding in option.findings
            if (reason := draft.accepted.get(finding_id(finding), "").strip())
        ],
    }


def _pictures(option: Option) -> Iterator[tuple[str, str]]:
    views = [("", option.picture), *((picture.view, picture) for picture in option.more_pictures)]
    for view, picture in views:
        yield picture_name(option.letter, view=view), picture.svg
        if picture.dark:
            yield picture_name(option.letter, view=view, theme="dark"), picture.dark


def _picture(picture: Picture) -> Json:
    return {
        "view": picture.view,
        "alternative": picture.alternative,
        "sha256": hashlib.sha256(picture.svg.encode()).hexdigest(),
    }


def _sellers(option: Option, sums: OptionSums) -> Json:
    found = option.estimate
    return {
        "letter": option.letter,
        "price_book": found.book.to_json(),
        "profile": found.profile.value,
        "purchase": found.purchase,
        "doubt": None if found.doubt is None else found.doubt.to_json(),
        "sums": SellerSums.of(found, option.extras, sums).to_json(),
        "lines": [line.to_json() for line in found.line_items],
        "extras": [
            {"title": extra.title, "unit_cost": extra.unit_cost and plain_text(extra.unit_cost)}
            for extra in option.extras
        ],
    }


def _extra(extra: Extra) -> Json:
    price = extra.price
    return {
        "title": extra.title,
        "detail": extra.detail,
        "quantity": plain_text(extra.quantity),
        "unit": extra.unit,
        "unit_price": amount_text(extra.unit_price),
        "monthly": None if extra.is_once else amount_text(price.monthly),
        "one_time": amount_text(price.one_time) if extra.is_once else None,
    }


def _clauses(clauses: tuple[Clause, ...]) -> list[Json]:
    return [{"title": one.title, "text": one.text} for one in clauses if one.title or one.text]


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
