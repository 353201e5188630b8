"""What someone may ask for with a design: create it, edit it, undo, take a revision."""

import copy
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from catalog.selectors import component_types, get_price_book, get_template
from designer import selectors
from designer.domain.document import FORMAT, DocumentInvalid, Json
from designer.domain.edits import EditRefused, apply_edit, conflicts, inverse_patch
from designer.domain.parsing import parse_document
from designer.errors import EditRefusedByDesign, NothingToUndo, UndoConflict
from designer.models import Design, DesignRevision, Edit

DEFAULT_PRICE_BOOK = "rackspace-public-cloud"
TRIES = 20  # edits of one design that arrive together queue up here; each try is one short transaction


def blank_document() -> Json:
    return {"format": FORMAT, "settings": {}, "components": {}, "links": {}}


def create_design(
    *,
    name: str,
    owner: AbstractBaseUser,
    template_key: str | None = None,
    document: Json | None = None,
    price_book: str = DEFAULT_PRICE_BOOK,
) -> Design:
    """Start a design from a template, from a document, or blank.

    Raises: TemplateNotFound, PriceBookNotFound, EditRefusedByDesign when the document is invalid.
    """
    get_price_book(price_book)
    if document is None:
        document = copy.deepcopy(get_template(template_key).document) if template_key else blank_document()
    try:
        parse_document(document, component_types())
    except DocumentInvalid as invalid:
        raise EditRefusedByDesign(invalid.problems) from None
    return Design.objects.create(
        name=name, owner=owner, template=template_key or "", price_book=price_book, document=document
    )


def apply_patch(design: Design, patch: Json, *, author: AbstractBaseUser | None) -> Edit:
    """Validate an edit against the newest document, number it and keep it.

    Raises: EditRefusedByDesign with every reason; nothing is kept then.
    """
    return _record(design.id, patch, author=author, undoes=None)


def undo(design: Design, *, author: AbstractBaseUser | None) -> Edit:
    """Take back the newest edit that still stands. Raises: NothingToUndo, UndoConflict."""
    newest = design.edits.filter(undoes=None, undone_by=None).last()
    if newest is None:
        raise NothingToUndo("undo")
    return _take_back(design, newest, author=author)


def redo(design: Design, *, author: AbstractBaseUser | None) -> Edit:
    """Take back the newest undo, as long as no other edit came after it. Raises: NothingToUndo, UndoConflict."""
    newest_edit = design.edits.filter(undoes=None).last()
    standing_undos = design.edits.filter(undoes__isnull=False, undone_by=None, undoes__undoes=None)
    newest_undo = standing_undos.last()
    if newest_undo is None or (newest_edit is not None and newest_edit.number > newest_undo.number):
        raise NothingToUndo("redo")
    return _take_back(design, newest_undo, author=author)


def create_revision(design: Design, *, created_by: AbstractBaseUser | None, name: str = "") -> DesignRevision:
    """Freeze the design as it is now. An unchanged design gets its last revision again."""
    with transaction.atomic():
        current = Design.objects.get(id=design.id)
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


def _take_back(design: Design, edit: Edit, *, author: AbstractBaseUser | None) -> Edit:
    later: list[dict[str, Any]] = list(
        design.edits.filter(number__gt=edit.number).values_list("patch", flat=True)
    )
    # Pairs of edit and undo after this one cancel out, so only what still differs counts.
    standing = [
        one.patch
        for one in design.edits.filter(number__gt=edit.number)
        if one.undoes_id is None and not hasattr(one, "undone_by")
    ]
    if later and (changed := conflicts(edit.undo_patch, standing)):
        raise UndoConflict(changed)
    return _record(design.id, edit.undo_patch, author=author, undoes=edit)


def _record(design_id: UUID, patch: Json, *, author: AbstractBaseUser | None, undoes: Edit | None) -> Edit:
    """Apply to the newest document; when another edit took the number first, read again."""
    for _ in range(TRIES):
        with transaction.atomic():
            design = Design.objects.get(id=design_id)
            try:
                document = apply_edit(design.document, patch, component_types())
            except EditRefused as refused:
                raise EditRefusedByDesign(refused.problems) from None
            if Design.objects.advance(design, document=document):
                return Edit.objects.create(
                    design=design,
                    number=design.version + 1,
                    patch=patch,
                    undo_patch=inverse_patch(design.document, patch),
                    author=author,
                    undoes=undoes,
                )
    raise EditRefusedByDesign([])
