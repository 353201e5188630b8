"""What-if: a design is copied, the copy is changed, and both stand side by side."""

from string import ascii_uppercase

from django.contrib.auth.models import User
from django.db import transaction

from designer.errors import TooManyVariants, VariantLabelTaken
from designer.models import Design

FIRST = "A"  # the design that the others began from, unless it has a label of its own
VARIANTS_AT_MOST = 20
NAME_LENGTH = 200


def create_variant(design: Design, *, label: str = "", owner: User) -> Design:
    """Copy the design as it is now. A variant of a variant joins the same group.

    Without a label it gets the next free letter. What the design began from comes along, so the copy follows
    its template too; the budget comes along, the history of edits doesn't.

    Raises: VariantLabelTaken, TooManyVariants.
    """
    with transaction.atomic():
        root_id = design.variant_of_id or design.id
        # Two copies that are made at once must not take the same letter.
        root = Design.objects.select_for_update().get(id=root_id)
        taken = {(root.label or FIRST).casefold()} | {
            one.casefold() for one in root.variants.values_list("label", flat=True)
        }
        if len(taken) > VARIANTS_AT_MOST:
            raise TooManyVariants(VARIANTS_AT_MOST)
        label = label.strip() or _next_letter(taken)
        if label.casefold() in taken:
            raise VariantLabelTaken(label)
        source = root if root.id == design.id else Design.objects.get(id=design.id)
        return Design.objects.create(
            owner=owner,
            name=_name(root.name, label),
            variant_of=root,
            label=label,
            template=source.template,
            price_book=source.price_book,
            budget_monthly=source.budget_monthly,
            budget_currency=source.budget_currency,
            document=source.document,
            **source.origin(),
        )


def pass_on_variants(design: Design) -> None:
    """Before a design goes: the oldest of its variants takes its place, so the others stay together."""
    heir = design.variants.order_by("created_at").first()
    if heir is not None:
        design.variants.exclude(id=heir.id).update(variant_of=heir)
        Design.objects.filter(id=heir.id).update(variant_of=None)


def _next_letter(taken: set[str]) -> str:
    """More letters than variants, so there always is one."""
    return next(letter for letter in ascii_uppercase if letter.casefold() not in taken)


def _name(name: str, label: str) -> str:
    ending = f" ({label})"
    return name[: NAME_LENGTH - len(ending)] + ending
