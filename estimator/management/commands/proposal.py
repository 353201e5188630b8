"""manage.py proposal FILE|KEY --price-book KEY -o out.pdf: a draft as PDF, workbook or text document."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from catalog.checks import CATALOGUE
from catalog.domain.price_books import PriceBook
from catalog.management.price_book_argument import load_price_book
from catalog.selectors import component_types
from designer.diagrams import DiagramTimeout, DiagramTooLarge, render_diagram
from designer.domain.expansion import expand
from designer.domain.rules import review
from designer.management.documents import LoadedDocument, bad_input, load_document
from designer.selectors import content_hash
from estimator.documents.files import MEDIA_TYPES, Edition, proposal_file
from estimator.domain.estimates import estimate_design
from estimator.domain.proposals.drafts import LETTERS, LONGEST_TERM, Buyer, Draft, Option, Picture, Seller
from estimator.domain.proposals.freezing import freeze
from estimator.domain.proposals.obstacles import find_obstacles
from estimator.management.customer_argument import add_customer_argument, load_customer, terms_of
from estimator.models import Customer, SellerProfile, Wording
from estimator.services.sellers import seller_profile, usual_wording


class Command(BaseCommand):
    help = (
        "Writes a draft of a proposal for one design; what would keep it from being sent is said beside it."
    )
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("design", metavar="FILE|KEY", help="a document's file or a template's key")
        parser.add_argument("--price-book", required=True, metavar="FILE|KEY", help="a book's file or key")
        parser.add_argument(
            "-o", "--output", required=True, help="where to write; its ending chooses the format"
        )
        parser.add_argument("--paper", choices=["a4", "letter"], default="a4")
        parser.add_argument("--title", help="a template's own title when left out")
        add_customer_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        output = Path(options["output"])
        ending = output.suffix.lower().removeprefix(".")
        if ending not in MEDIA_TYPES:
            raise bad_input(f"{output.name} ends in none of .pdf, .xlsx and .docx. End it in one of them.")
        loaded, book = load_document(options["design"]), load_price_book(options["price_book"])
        customer = load_customer(options["customer"])
        title = options["title"] or (loaded.template.title if loaded.template else loaded.name)
        draft = _draft(title, customer, options["paper"])
        option = _option(loaded, book, customer)
        contents = freeze(draft, (option,), component_types())
        content = proposal_file(Edition(contents.customer, contents.pictures, version=0), ending)
        try:
            output.write_bytes(content)
        except OSError as error:
            raise bad_input(f"{output} can't be written: {error.strerror}.") from None
        self.stdout.write(f"{output}: {len(content) / 1000:,.0f} kB")
        for obstacle in find_obstacles(draft, (option,), today=draft.day):
            self.stderr.write(obstacle.sentence)


def _draft(title: str, customer: Customer | None, paper: str) -> Draft:
    """With the letterhead and the usual texts of whoever knows the customer."""
    owner = customer.owner if customer else None
    profile = seller_profile(owner) if owner else SellerProfile()
    words = usual_wording(owner) if owner else Wording()
    return Draft(
        number="without a number",
        title=title,
        seller=profile.as_seller() if owner else Seller(""),
        buyer=Buyer(customer.name if customer else ""),
        day=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=profile.valid_days),
        term_months=LONGEST_TERM,
        summary=words.summary,
        benefits=words.benefit_clauses(),
        terms=words.term_clauses(),
        reasons={},
        accepted={},
        paper=paper,
    )


def _option(loaded: LoadedDocument, book: PriceBook, customer: Customer | None) -> Option:
    types, document = component_types(), loaded.document
    try:
        picture = Picture(
            render_diagram(document, types, with_notes=False).decode(),
            render_diagram(document, types, file_format="txt").decode(),
            "full",
        )
    except (DiagramTooLarge, DiagramTimeout) as error:
        raise bad_input(str(error)) from None
    return Option(
        letter=LETTERS[0],
        name=loaded.template.title if loaded.template else loaded.name,
        intro="",
        design=loaded.name,
        revision=0,
        revision_hash=content_hash(loaded.data),
        document=document,
        estimate=estimate_design(document, types, book, terms=terms_of(customer, book)),
        findings=tuple(review(document, expand(document, types), types)),
        extras=(),
        picture=picture,
    )
