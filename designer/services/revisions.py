"""Looking a design up as it was."""

from designer.domain.document import Json
from designer.errors import RevisionNotFound
from designer.models import Design, DesignRevision

CURRENT = "current"


def get_document(design: Design, revision: str) -> Json:
    """`current`, or the number of a revision: `3`. Raises: RevisionNotFound."""
    if revision == CURRENT:
        document: Json = design.document
        return document
    return dict(get_revision(design, revision).document)


def get_revision(design: Design, number: str | int) -> DesignRevision:
    """Raises: RevisionNotFound."""
    text = str(number)
    is_number = text.isascii() and text.isdecimal() and len(text) < 10
    found = design.revisions.filter(number=int(text)).first() if is_number else None
    if found is None:
        raise RevisionNotFound(text, list(design.revisions.values_list("number", flat=True)))
    return found
