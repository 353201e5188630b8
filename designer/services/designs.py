"""What someone may ask for with a design: create it, edit it, undo, take a revision."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import ProtectedError, Q

from catalog.domain.merge_patches import merge_patch
from catalog.domain.templates import PUBLISHED, TemplateParametersInvalid, build_document
from catalog.selectors import checked_form, checked_price_book, component_types, get_template
from designer import selectors
from designer.domain.document import FORMAT, DocumentInvalid, Json, Problem
from designer.domain.edits import EditRefused, apply_edit, conflicts, inverse_patch
from designer.domain.parsing import parse_document
from designer.errors import DesignInUse, EditRefusedByDesign, NothingToUndo, UndoConflict
from designer.models import Design, DesignRevision, Edit
from designer.services.variants import pass_on_variants

DEFAULT_PRICE_BOOK = "rackspace-public-cloud"
TRIES = 20  # edits of one design that arrive together queue up here; each try is one short transaction


def blank_document() -> Json:
    return {"format": FORMAT, "settings": {}, "components": {}, "links": {}}


def create_design(
    *,
    name: str,
    owner: User,
    template_key: str | None = None,
    form: str = PUBLISHED,
    parameters: Mapping[str, Any] | None = None,
    document: Json | None = None,
    price_book: str | None = None,
) -> Design:
    """Start a design from a template, from a document, or blank.

    It is priced with the given book, else with its template's. `outscale` follows that book's newest version,
    `outscale@2` stays with that one.

    Raises: TemplateNotFound, TemplateFormNotFound, TemplateParametersInvalid, PriceBookNotFound,
    EditRefusedByDesign when the document is invalid.
    """
    template = get_template(template_key) if template_key else None
    book = checked_price_book(price_book or (template and template.price_book) or DEFAULT_PRICE_BOOK)
    base: Json | None = None
    if template is None and parameters:
        raise TemplateParametersInvalid([Problem("parameters", "Parameters belong to a template. Name it.")])
    if template is not None:
        base = build_document(template, form=checked_form(template, form), parameters=parameters)
    if document is None:
        document = base if base is not None else blank_document()
    try:
        parse_document(document, component_types())
    except DocumentInvalid as invalid:
        raise EditRefusedByDesign(invalid.problems) from None
    began_from = (
        {}
        if template is None
        else {
            "template": template.key,
            "template_version": template.version,
            "template_form": form,
            "template_parameters": dict(parameters or {}),
            "base_document": base,
        }
    )
    return Design.objects.create(name=name, owner=owner, price_book=book, document=document, **began_from)


def apply_patch(design: Design, patch: Json, *, author: User | None, origin: Json | None = None) -> Edit:
    """Validate an edit against the newest document, number it and keep it.

    `origin` is what the design counts as begun from afterwards: an edit that follows a template brings it.

    Raises: EditRefusedByDesign with every reason; nothing is kept then.
    """
    return _record(design.id, patch, author=author, origin=origin)


def undo(design: Design, *, author: User | None, number: int | None = None) -> Edit:
    """Take back this author's newest edit that still stands, or the one of this number.

    An edit that put another back stands for that one. Raises: NothingToUndo, UndoConflict.
    """
    standing = design.edits.filter(author=author, reverts=None, repeats=None, undone=False)
    if number is not None:
        standing = standing.filter(Q(number=number) | Q(redos__number=number))
    newest = standing.last()
    if newest is None:
        raise NothingToUndo("undo")
    _refuse_when_changed_since(newest, newest.undo_patch)
    with transaction.atomic():
        Edit.objects.filter(id=newest.id).update(undone=True)
        return _record(
            design.id, newest.undo_patch, author=author, reverts=newest, origin=newest.former_origin
        )


def redo(design: Design, *, author: User | None) -> Edit:
    """Put back this author's newest undone edit, unless they went on editing since.

    Raises: NothingToUndo, UndoConflict.
    """
    mine = design.edits.filter(author=author)
    newest_undo = mine.filter(reverts__undone=True).last()
    went_on = mine.filter(reverts=None, repeats=None).last()
    undone = newest_undo.reverts if newest_undo else None
    if newest_undo is None or undone is None or (went_on is not None and went_on.number > newest_undo.number):
        raise NothingToUndo("redo")
    _refuse_when_changed_since(newest_undo, undone.patch)
    with transaction.atomic():
        Edit.objects.filter(id=undone.id).update(undone=False)
        return _record(
            design.id, undone.patch, author=author, repeats=undone, origin=newest_undo.former_origin
        )


def change_design(design: Design, *, name: str | None = None, price_book: str | None = None) -> Design:
    """Rename a design or price it with another book. Raises: PriceBookNotFound."""
    if price_book is not None:
        design.price_book = checked_price_book(price_book)
    if name is not None:
        design.name = name
    design.save(update_fields=["name", "price_book", "updated_at"])
    return design


def delete_design(design: Design) -> None:
    """Remove a design with its history; its variants stay.

    Raises: DesignInUse while something of it exists in a cloud.
    """
    try:
        with transaction.atomic():
            pass_on_variants(design)
            design.delete()
    except ProtectedError:
        raise DesignInUse from None


def create_revision(design: Design, *, created_by: User | None, name: str = "") -> DesignRevision:
    """Freeze the design as it is now. An unchanged design gets its last revision again."""
    with transaction.atomic():
        current = Design.objects.without_base().get(id=design.id)
        digest = selectors.content_hash(current.document)
        last = current.revisions.last()
        if last is not None and last.content_hash == digest:
            return last
        return DesignRevision.objects.create(
            design=current,
            number=last.number + 1 if last else 1,
            name=name,
            document=current.document,
            content_hash=digest,
            created_by=created_by,
        )


def _standing_after(edit: Edit) -> list[Json]:
    """The later patches that still count; an edit and its undo cancel out."""
    later = edit.design.edits.filter(number__gt=edit.number, reverts=None, repeats=None, undone=False)
    return list(later.values_list("patch", flat=True))


def _refuse_when_changed_since(edit: Edit, patch: Json) -> None:
    later = _standing_after(edit)
    if not later or not conflicts(patch, later):
        return
    now = Design.objects.without_base().get(id=edit.design_id).document
    if changed := conflicts(patch, later, then=_document_after(edit, now), now=now):
        raise UndoConflict(changed)


def _document_after(edit: Edit, now: Json) -> Json:
    """The document as this edit left it: all that came later, taken back from the newest on."""
    document = now
    later = edit.design.edits.filter(number__gt=edit.number).order_by("-number")
    for undo_patch in later.values_list("undo_patch", flat=True):
        document = merge_patch(document, undo_patch)
    return document


def _record(
    design_id: UUID,
    patch: Json,
    *,
    author: User | None,
    reverts: Edit | None = None,
    repeats: Edit | None = None,
    origin: Json | None = None,
) -> Edit:
    """Apply to the newest document; when another edit took the number first, read again."""
    for _ in range(TRIES):
        with transaction.atomic():
            design = Design.objects.without_base().get(id=design_id)
            try:
                document = apply_edit(design.document, patch, component_types())
            except EditRefused as refused:
                raise EditRefusedByDesign(refused.problems) from None
            former = design.origin() if origin is not None else None
            if Design.objects.advance(design, document=document, origin=origin):
                return Edit.objects.create(
                    design=design,
                    number=design.version + 1,
                    patch=patch,
                    undo_patch=inverse_patch(design.document, patch),
                    author=author,
                    reverts=reverts,
                    repeats=repeats,
                    former_origin=former,
                )
    raise EditRefusedByDesign([Problem("", "Others are editing the same design right now. Send it again.")])
