"""What would make a design cheaper, each with the money that a new estimate of the changed design gives.

No rule of thumb says an amount: the change is made as an edit, the edited design is expanded and priced like
any other. What saves nothing, or only because something lost its price, is no suggestion.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.domain.component_specs import ComponentType
from catalog.domain.money import CENT, ZERO, amount_text
from catalog.domain.price_books import PriceBook
from designer.domain.document import Json
from designer.domain.edits import EditRefused, apply_edit
from designer.domain.expansion import expand
from designer.domain.parsing import parse_document
from estimator.domain.assumptions import Assumptions
from estimator.domain.comparison import Column, compare
from estimator.domain.currencies import Rate
from estimator.domain.estimates import Estimate, estimate
from estimator.domain.grouping import places_of
from estimator.domain.ideas import Drawing, Idea, IdeaKind, find_ideas

# Each try costs an expansion and an estimate of the whole design, so of large designs only the dearest parts
# are tried: some seconds at most.
TRIED_AT_MOST, TRIED_AT_LEAST = 40, 3
RESOURCES_AT_MOST = 30_000  # over all tries
BOOKS_AT_MOST = 3

Types = Mapping[str, ComponentType]


@dataclass(frozen=True)
class Suggestion:
    """`patch` is the edit that does it; another price book is no edit, so `price_book` says it instead.

    Amounts are in `currency`. `due_at_start` is what of the monthly amounts comes to be paid in advance.
    """

    kind: IdeaKind
    title: str
    detail: str
    currency: str
    monthly_before: Decimal
    monthly_after: Decimal
    one_time: Decimal = ZERO
    due_at_start: Decimal = ZERO
    patch: Json | None = None
    price_book: str | None = None
    component: str = ""

    @property
    def saving_monthly(self) -> Decimal:
        return self.monthly_before - self.monthly_after

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value,
            "title": self.title,
            "detail": self.detail,
            "component": self.component or None,
            "currency": self.currency,
            "saving_monthly": amount_text(self.saving_monthly),
            "monthly_before": amount_text(self.monthly_before),
            "monthly_after": amount_text(self.monthly_after),
            "one_time": amount_text(self.one_time),
            "due_at_start": amount_text(self.due_at_start),
            "patch": self.patch,
            "price_book": self.price_book,
        }


def suggest(
    written: Json,
    types: Types,
    book: PriceBook,
    *,
    other_books: Sequence[PriceBook] = (),
    rates: Sequence[Rate] = (),
    today: date,
) -> list[Suggestion]:
    """The largest saving first. `written` is a valid document; `today` chooses the currency rates.

    Ideas are tried in the order of what their components cost, as many as RESOURCES_AT_MOST allows.
    """
    drawing = draw(written, types)
    now = _priced(drawing, book)
    tries = max(TRIED_AT_LEAST, min(TRIED_AT_MOST, RESOURCES_AT_MOST // (len(drawing.graph) or 1)))
    ideas = _dearest_first(find_ideas(drawing, book), now)[:tries]
    found = [worth for idea in ideas if (worth := _try(idea, drawing, now, book))]
    found = [*_best_of_rivals(found, ideas), *_cheaper_books(drawing, now, other_books, rates, today)]
    return sorted(found, key=lambda one: one.saving_monthly, reverse=True)


def draw(written: Json, types: Types) -> Drawing:
    document = parse_document(written, types)
    return Drawing(written, document, expand(document, types), types, Assumptions.of(document))


def _priced(drawing: Drawing, book: PriceBook) -> Estimate:
    return estimate(
        drawing.graph,
        book,
        assumptions=drawing.assumptions,
        places=places_of(drawing.document, drawing.types),
    )


def _dearest_first(ideas: Iterable[Idea], now: Estimate) -> list[Idea]:
    """Those for the whole design stay in front."""

    def cost(idea: Idea) -> Decimal:
        total = now.components.get(idea.component)
        return (total.monthly if total else None) or ZERO

    return sorted(ideas, key=lambda idea: (bool(idea.component), -cost(idea)))


def _try(idea: Idea, drawing: Drawing, now: Estimate, book: PriceBook) -> Suggestion | None:
    """What the design costs with the change. None when it saves nothing, or the edit would be refused."""
    try:
        edited = draw(apply_edit(drawing.written, idea.patch, drawing.types), drawing.types)
    except EditRefused:
        return None
    then = _priced(edited, book)
    if len(then.unpriced) > len(now.unpriced) or now.totals.monthly - then.totals.monthly < CENT:
        return None
    return Suggestion(
        kind=idea.kind,
        title=idea.title,
        detail=idea.detail,
        currency=now.currency,
        monthly_before=now.totals.monthly,
        monthly_after=then.totals.monthly,
        one_time=then.totals.one_time - now.totals.one_time,
        due_at_start=then.due_at_start - now.due_at_start,
        patch=idea.patch,
        component=idea.component,
    )


def _best_of_rivals(found: Sequence[Suggestion], ideas: Iterable[Idea]) -> Iterator[Suggestion]:
    rivalry = {id(idea.patch): idea.rivalry for idea in ideas}
    best: dict[str, Suggestion] = {}
    for one in found:
        name = rivalry[id(one.patch)] or f"alone {id(one.patch)}"
        if name not in best or best[name].saving_monthly < one.saving_monthly:
            best[name] = one
    return iter(best.values())


# --- Another price book -----------------------------------------------------------------------------


def _cheaper_books(
    drawing: Drawing, now: Estimate, others: Sequence[PriceBook], rates: Sequence[Rate], today: date
) -> list[Suggestion]:
    """Books that price all that this one prices, and ask less for it; without tax, at today's rates."""
    labels = {id_: component.label for id_, component in drawing.document.components.items()}
    found = []
    for book in others:
        if book.key == now.book.key:
            continue
        # Two at a time: what a third book has a price for is nothing that either of these lacks.
        own, other = compare([now, _priced(drawing, book)], labels=labels, rates=rates, today=today).columns
        if other.comparable is None or own.comparable is None or not other.gaps <= own.gaps:
            continue
        if own.comparable - other.comparable >= CENT:
            found.append(_another_book(own, own.comparable, other, other.comparable))
    return sorted(found, key=lambda one: one.monthly_after)[:BOOKS_AT_MOST]


def _another_book(own: Column, before: Decimal, column: Column, after: Decimal) -> Suggestion:
    book = column.estimate.book
    detail = f"{book.title} prices everything that {own.estimate.book.title} prices, and asks less for it."
    return Suggestion(
        kind=IdeaKind.CHEAPER_BOOK,
        title=f"Price it with {book.title}",
        detail=" ".join([detail, *column.remarks]),
        currency=own.estimate.currency,
        monthly_before=before.quantize(CENT),
        monthly_after=after.quantize(CENT),
        price_book=book.key,
    )
