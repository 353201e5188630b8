"""Estimates of stored designs and templates, kept while neither the document nor the price book changes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Prefetch
from django.db.models.fields.json import KT
from django.utils import timezone

from catalog.domain.commitments import Terms
from catalog.domain.money import ZERO, amount_text
from catalog.domain.templates import Template
from catalog.selectors import component_types, get_price_book
from designer.diagrams.costs import ACCOUNT, ComponentCost
from designer.models import Design, DesignRevision
from designer.selectors import content_hash, design_document
from estimator.domain.assumptions import Assumptions, Profile, TaxRule
from estimator.domain.commercial_terms import LIST_TERMS, CommercialTerms
from estimator.domain.currencies import Rate, find_rate
from estimator.domain.discounts import Discount, Markup, Target
from estimator.domain.estimates import Estimate, estimate_design
from estimator.domain.proposals.drafts import LETTERS
from estimator.errors import (
    CustomerNotFound,
    NothingAccepted,
    ProposalNotFound,
    ProposalVersionNotFound,
    RateNotFound,
    WordingNotFound,
)
from estimator.models import (
    Acceptance,
    CurrencyRate,
    Customer,
    OfferedRevision,
    Proposal,
    ProposalVersion,
    ShareLink,
    Wording,
)

SHAPE = 3  # of what is kept; another number leaves what an older program kept behind
Totals = dict[str, Any]


def document_estimate(
    document: dict[str, Any],
    price_book: str,
    *,
    version: int | None = None,
    profile: Profile | None = None,
    purchase: Terms | None = None,
    terms: CommercialTerms = LIST_TERMS,
) -> Estimate:
    """With what the document says about its use, or what if that were another profile or commitment.

    With the prices of today, where a book says from when on they hold. Raises: PriceBookNotFound.
    """
    book = get_price_book(price_book, version).on(timezone.localdate().isoformat())
    inputs = (SHAPE, book.key, book.version, book.as_of, content_hash(document), profile, purchase, terms)
    key = f"estimate:{hashlib.sha256(repr(inputs).encode()).hexdigest()}"
    found: Estimate | None = cache.get(key)
    if found is None:
        parsed = design_document(document)
        what_if = Assumptions.of(parsed).what_if(profile=profile, purchase=purchase)
        found = estimate_design(parsed, component_types(), book, assumptions=what_if, terms=terms)
        cache.set(key, found)
    return found


def get_customer(user: User, customer_id: str) -> Customer:
    """Raises: CustomerNotFound, also when it is somebody else's."""
    try:
        return Customer.objects.visible_to(user).get(id=customer_id)
    except (Customer.DoesNotExist, ValidationError):  # ValidationError: no UUID at all
        raise CustomerNotFound from None


def get_rate(user: User, rate_id: str) -> CurrencyRate:
    """Raises: RateNotFound, also when it is somebody else's."""
    try:
        return CurrencyRate.objects.visible_to(user).get(id=rate_id)
    except (CurrencyRate.DoesNotExist, ValidationError):
        raise RateNotFound from None


def get_wording(user: User, wording_id: str) -> Wording:
    """Raises: WordingNotFound, also when it is somebody else's."""
    try:
        return Wording.objects.visible_to(user).get(id=wording_id)
    except (Wording.DoesNotExist, ValidationError):
        raise WordingNotFound from None


def get_proposal(user: User, proposal_id: str) -> Proposal:
    """Raises: ProposalNotFound, also when it is somebody else's."""
    try:
        return Proposal.objects.visible_to(user).for_reading().get(id=proposal_id)
    except (Proposal.DoesNotExist, ValidationError):
        raise ProposalNotFound from None


@dataclass(frozen=True)
class ProposalRow:
    """A proposal as a list shows it: amounts and validity of what was accepted, else of the newest version.

    Before anything was frozen there are no figures: `version` is 0 and the amounts are empty.
    """

    proposal: Proposal
    version: int
    option: str
    monthly: str
    currency: str
    valid_until: str
    is_shared: bool
    is_accepted: bool


def list_proposals(user: User) -> list[ProposalRow]:
    """The latest written first. Figures are read out of the versions' contents where these lie."""
    months = {
        f"month_{letter}": KT(f"customer__options__{at}__sums__net__monthly")
        for at, letter in enumerate(LETTERS)
    }
    versions = ProposalVersion.objects.only("number", "proposal_id").annotate(
        lead=KT("customer__recommended"),
        currency=KT("customer__currency"),
        valid_until=KT("customer__valid_until"),
        **months,
    )
    open_links = ShareLink.objects.filter(
        version__proposal=OuterRef("pk"), revoked_at=None, expires_at__gt=timezone.now()
    )
    found = Proposal.objects.visible_to(user).select_related("customer", "acceptance")
    found = found.annotate(is_shared=Exists(open_links))
    return [_row(one) for one in found.prefetch_related(Prefetch("versions", versions))]


def _row(proposal: Any) -> ProposalRow:
    """`Any`: with the annotations of `list_proposals`."""
    accepted = getattr(proposal, "acceptance", None)
    versions = {one.id: one for one in proposal.versions.all()}
    shown = versions[accepted.version_id] if accepted else next(reversed(versions.values()), None)
    option = accepted.letter if accepted else (shown.lead or LETTERS[0]) if shown else ""
    return ProposalRow(
        proposal=proposal,
        version=shown.number if shown else 0,
        option=option,
        monthly=getattr(shown, f"month_{option}") if shown else "",
        currency=shown.currency if shown else "",
        valid_until=shown.valid_until if shown else proposal.draft["valid_until"],
        is_shared=proposal.is_shared,
        is_accepted=accepted is not None,
    )


def get_version(proposal: Proposal, number: int) -> ProposalVersion:
    """Raises: ProposalVersionNotFound."""
    found = proposal.versions.filter(number=number).first()
    if found is None:
        raise ProposalVersionNotFound(str(number), list(proposal.versions.values_list("number", flat=True)))
    return found


def accepted_offer(proposal: Proposal) -> OfferedRevision:
    """The option that the customer accepted, as its revision. Raises: NothingAccepted."""
    accepted: Acceptance | None = getattr(proposal, "acceptance", None)
    if accepted is None:
        raise NothingAccepted(str(proposal))
    offered = OfferedRevision.objects.select_related("revision__design", "version")
    return offered.get(version=accepted.version, letter=accepted.letter)


def acceptance_of(revision: DesignRevision) -> Acceptance | None:
    """The customer's word on exactly this revision, the newest where there are several."""
    offers = OfferedRevision.objects.filter(revision=revision, letter=F("version__acceptance__letter"))
    newest = offers.select_related("version__acceptance", "version__proposal").order_by(
        "-version__acceptance__at"
    )
    found = newest.first()
    return None if found is None else found.version.acceptance


def currency_rates(user: User) -> list[Rate]:
    rows = CurrencyRate.objects.visible_to(user)
    return [Rate(row.from_currency, row.to_currency, row.rate, row.day, row.source) for row in rows]


def staff_rates() -> list[Rate]:
    """Those that hold for the whole organisation: nobody gets round a limit by a rate of their own."""
    rows = CurrencyRate.objects.filter(owner__is_staff=True)
    return [Rate(row.from_currency, row.to_currency, row.rate, row.day, row.source) for row in rows]


def terms_for(
    user: User, book_currency: str, *, customer: Customer | None = None, currency: str = ""
) -> CommercialTerms:
    """What is agreed with the customer; `currency` goes before the customer's own.

    Raises: RateMissing, RateOutdated.
    """
    target = currency or (customer.currency if customer else "") or book_currency
    rate = None
    if target != book_currency:
        rate = find_rate(currency_rates(user), book_currency, target, today=timezone.localdate())
    if customer is None:
        return CommercialTerms(rate=rate)
    return CommercialTerms(
        customer=customer.name,
        markup=Markup(customer.markup_percent),
        discounts=tuple(
            Discount(one.percent, Target(one.target), one.match, one.order, one.label)
            for one in customer.discounts.all()
        ),
        tax=None
        if customer.tax_percent is None
        else TaxRule(customer.tax_percent, customer.tax_name or "Tax"),
        rate=rate,
    )


def terms_in_currency(customer: Customer | None, currency: str) -> CommercialTerms:
    """For comparisons, which change currencies themselves."""
    return (
        LIST_TERMS
        if customer is None
        else terms_for(customer.owner, currency, customer=customer, currency=currency)
    )


def design_totals(designs: Sequence[Design]) -> dict[Any, Totals]:
    """A column of the list of designs: the monthly total of each."""
    return {design.id: _totals(design.document, design.price_book) for design in designs}


def template_totals(templates: Sequence[Template]) -> dict[str, Totals]:
    """A column of the list of templates, each priced with its own book."""
    return {template.key: _totals(template.document, template.price_book) for template in templates}


def component_costs(document: dict[str, Any], price_book: str) -> dict[str, ComponentCost]:
    """What each component costs a month, for diagrams. What belongs to none is the account's.

    Raises: PriceBookNotFound.
    """
    found = document_estimate(document, price_book)
    costs = {
        key: ComponentCost(one.monthly, found.currency, one.unpriced) for key, one in found.components.items()
    }
    own = [line.monthly for line in found.line_items if not line.component]
    if own:
        known = [monthly for monthly in own if monthly is not None]
        costs[ACCOUNT] = ComponentCost(
            sum(known, ZERO) if known else None, found.currency, len(own) - len(known)
        )
    return costs


def _totals(document: dict[str, Any], price_book: str) -> Totals:
    found = document_estimate(document, price_book)
    # A design of which nothing has a price costs something unknown, not 0.00.
    is_known = len(found.unpriced) < len(found.line_items) or not found.line_items
    return {
        "price_book": price_book,
        "currency": found.currency,
        "amount": amount_text(found.totals.monthly) if is_known else None,
        "coverage": str(found.coverage),
    }
