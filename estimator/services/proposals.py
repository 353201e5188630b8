"""Proposals: begun from designs, written, looked at, frozen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from catalog.selectors import component_types, get_price_book
from designer.diagrams.cache import cached_diagram
from designer.diagrams.render import FileFormat, ThemeName
from designer.diagrams.views import ViewName
from designer.domain.document import DesignDocument
from designer.domain.expansion import expand
from designer.domain.rules import review
from designer.models import Design, DesignRevision
from designer.selectors import content_hash, design_document, get_design
from designer.services.designs import create_revision
from designer.services.revisions import get_revision
from estimator import selectors
from estimator.domain.assumptions import Profile, read_commitment
from estimator.domain.commercial_terms import CommercialTerms
from estimator.domain.discounts import Discount, Markup
from estimator.domain.proposals.drafts import (
    LETTERS,
    LONGEST_TERM,
    Buyer,
    Clause,
    Draft,
    Extra,
    Option,
    Picture,
)
from estimator.domain.proposals.freezing import Contents, freeze
from estimator.domain.proposals.obstacles import Obstacle, find_obstacles
from estimator.errors import ProposalAccepted, ProposalBlocked
from estimator.models import Customer, OfferedRevision, Proposal, ProposalVersion
from estimator.services.printing import ask_for_files
from estimator.services.sellers import seller_profile, usual_wording

Json = dict[str, Any]


@dataclass(frozen=True)
class Preview:
    """What would be frozen now, and what is in the way."""

    contents: Contents
    obstacles: list[Obstacle]


# --- Beginning and writing ---------------------------------------------------------------------------


def create_proposal(
    *, owner: User, designs: Sequence[Design], customer: Customer | None = None, title: str = ""
) -> Proposal:
    """An option for each design, and the seller's usual texts."""
    profile, words = seller_profile(owner), usual_wording(owner)
    draft: Json = {
        "title": title or (designs[0].name if designs else "Cloud architecture"),
        "contact": "",
        "options": [new_option(design) for design in designs],
        "recommended": "",
        "summary": words.summary,
        "benefits": words.benefits,
        "terms": words.terms,
        "reasons": {},
        "accepted": {},
        "markup_percent": None,
        "term_months": LONGEST_TERM,
        "valid_until": (timezone.localdate() + timedelta(days=profile.valid_days)).isoformat(),
        "paper": "a4",
    }
    with transaction.atomic():
        User.objects.select_for_update().get(id=owner.id)  # two proposals at once get two numbers
        last = Proposal.objects.filter(owner=owner).aggregate(last=Max("number"))["last"] or 0
        return Proposal.objects.create(owner=owner, number=last + 1, customer=customer, draft=draft)


def new_option(design: Design) -> Json:
    """As a draft holds it. `revision` None: as the design stands when the proposal is frozen."""
    return {
        "design": str(design.id),
        "revision": None,
        "name": design.name,
        "intro": "",
        "view": "full",
        "more_views": [],
        "layout": "automatic",
        "price_book": "",
        "price_book_version": None,
        "profile": None,
        "commitment": None,
        "discount_percent": None,
        "extras": [],
    }


def change_proposal(proposal: Proposal, *, draft: Mapping[str, Any], **facts: Any) -> Proposal:
    """`draft` replaces the fields that it names, and nothing else."""
    with transaction.atomic():
        current = Proposal.objects.select_for_update().get(id=proposal.id)
        current.draft = {**current.draft, **draft}
        for name, value in facts.items():
            setattr(current, name, value)
        current.save()
    return current


def delete_proposal(proposal: Proposal) -> None:
    """With its versions and links. Raises: ProposalAccepted."""
    try:
        proposal.delete()
    except ProtectedError:
        raise ProposalAccepted from None


# --- Looking and freezing ----------------------------------------------------------------------------


def preview_proposal(proposal: Proposal) -> Preview:
    """With the designs as they are now, where no revision is pinned. Raises what estimates raise."""
    return _preview(proposal, [_as_it_stands(proposal, option) for option in proposal.draft["options"]])


NOTHING = 0  # for `since`: the documents say nothing of earlier versions


def freeze_proposal(
    proposal: Proposal, *, created_by: User | None, since: int | None = None
) -> ProposalVersion:
    """A new version; when nothing differs from the newest one, that one.

    Its documents say what changed `since` a version, without saying which since the newest.
    Raises: ProposalBlocked, ProposalVersionNotFound.
    """
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update().get(id=proposal.id)
        standing = [
            _as_it_stands(proposal, option, freeze_for=created_by) for option in proposal.draft["options"]
        ]
        preview = _preview(proposal, standing)
        if preview.obstacles:
            raise ProposalBlocked(preview.obstacles)
        contents, last = preview.contents, proposal.versions.last()
        if last is not None and last.content_hash == contents.content_hash:
            return last
        compared = selectors.get_version(proposal, since) if since else last
        version = ProposalVersion.objects.create(
            proposal=proposal,
            number=last.number + 1 if last else 1,
            customer=contents.customer,
            seller=contents.seller,
            pictures=dict(contents.pictures),
            changed_since=None if since == NOTHING else compared,
            content_hash=contents.content_hash,
            created_by=created_by,
        )
        OfferedRevision.objects.bulk_create(
            OfferedRevision(version=version, letter=letter, revision=one.revision)
            for letter, one in zip(LETTERS, standing, strict=False)
            if one.revision is not None
        )
        ask_for_files(version)
        return version


@dataclass(frozen=True)
class _Standing:
    """What an option draws. Only freezing makes a revision of a design that moves on."""

    design: Design
    revision: DesignRevision | None
    document: Json
    number: int


def _as_it_stands(proposal: Proposal, option: Json, *, freeze_for: User | None = None) -> _Standing:
    """Raises: DesignNotFound, RevisionNotFound."""
    design = get_design(proposal.owner, option["design"])
    if option["revision"] is not None:
        pinned = get_revision(design, option["revision"])
        return _Standing(design, pinned, pinned.document, pinned.number)
    if freeze_for is not None:
        made = create_revision(design, created_by=freeze_for, name=f"Offered in {proposal}")
        return _Standing(design, made, made.document, made.number)
    last = design.revisions.last()
    is_last = last is not None and last.content_hash == content_hash(design.document)
    number = (last.number if last else 0) + (0 if is_last else 1)
    return _Standing(design, last if is_last else None, design.document, number)


def _preview(proposal: Proposal, standing: Sequence[_Standing]) -> Preview:
    draft = _draft_of(proposal)
    options = tuple(_options(proposal, standing))
    return Preview(
        freeze(draft, options, component_types()),
        find_obstacles(draft, options, today=timezone.localdate()),
    )


def _draft_of(proposal: Proposal) -> Draft:
    said, customer = proposal.draft, proposal.customer
    return Draft(
        number=str(proposal),
        title=said["title"],
        seller=seller_profile(proposal.owner).as_seller(),
        buyer=Buyer(customer.name if customer else "", said["contact"]),
        day=timezone.localdate(),
        valid_until=date.fromisoformat(said["valid_until"]),
        term_months=said["term_months"],
        summary=said["summary"],
        benefits=tuple(Clause(**one) for one in said["benefits"]),
        terms=tuple(Clause(**one) for one in said["terms"]),
        reasons=said["reasons"],
        accepted=said["accepted"],
        recommended=said["recommended"],
        paper=said["paper"],
    )


def _options(proposal: Proposal, standing: Sequence[_Standing]) -> Iterator[Option]:
    types = component_types()
    for letter, option, one in zip(LETTERS, proposal.draft["options"], standing, strict=False):
        document, digest = design_document(one.document), content_hash(one.document)
        estimate = selectors.document_estimate(
            one.document,
            option["price_book"] or one.design.price_book,
            version=option["price_book_version"],
            profile=Profile(option["profile"]) if option["profile"] else None,
            purchase=read_commitment(option["commitment"]) if option["commitment"] else None,
            terms=_terms(proposal, option, letter, one.design.price_book),
        )
        yield Option(
            letter=letter,
            name=option["name"] or one.design.name,
            intro=option["intro"],
            design=one.design.name,
            revision=one.number,
            revision_hash=digest,
            document=document,
            estimate=estimate,
            findings=tuple(review(document, expand(document, types), types)),
            extras=tuple(_extra(extra) for extra in option["extras"]),
            picture=_picture(document, digest, option, option["view"]),
            more_pictures=tuple(
                _picture(document, digest, option, view)
                for view in option.get("more_views", ())
                if view != option["view"]
            ),
        )


def _terms(proposal: Proposal, option: Json, letter: str, usual_book: str) -> CommercialTerms:
    """The customer's, with this proposal's mark-up and the option's discount on top."""
    book = get_price_book(option["price_book"] or usual_book, option["price_book_version"])
    agreed = selectors.terms_for(proposal.owner, book.currency, customer=proposal.customer)
    markup, percent = proposal.draft["markup_percent"], option["discount_percent"]
    discounts = agreed.discounts
    if percent is not None and Decimal(percent):
        order = max((rule.order for rule in discounts), default=0) + 1
        own = Discount(Decimal(percent), order=order, label=f"Discount on option {letter}, {percent}%")
        discounts = (*discounts, own)
    return CommercialTerms(
        customer=agreed.customer,
        markup=agreed.markup if markup is None else Markup(Decimal(markup)),
        discounts=discounts,
        tax=agreed.tax,
        rate=agreed.rate,
    )


def _extra(said: Json) -> Extra:
    return Extra(
        title=said["title"],
        quantity=Decimal(said["quantity"]),
        unit=said["unit"],
        unit_price=Decimal(said["unit_price"]),
        is_once=said["is_once"],
        detail=said["detail"],
        unit_cost=Decimal(said["unit_cost"]) if said["unit_cost"] is not None else None,
    )


def _picture(document: DesignDocument, digest: str, option: Json, view: ViewName) -> Picture:
    """Without a title, which the page around it has. The view "cost" shows the book's amounts, so a customer
    never gets it.
    """

    def drawn(file_format: FileFormat, theme: ThemeName = "light") -> str:
        return cached_diagram(
            document,
            component_types(),
            content_hash=digest,
            file_format=file_format,
            layout=option["layout"],
            theme=theme,
            view=view,
            with_notes=file_format == "txt",
        ).decode()

    return Picture(drawn("svg"), drawn("txt"), view, drawn("svg", "dark"))
