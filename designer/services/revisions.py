"""Looking a design up as it was."""

from designer.domain.document import Json
from designer.errors import RevisionNotFound
from designer.models import Design

CURRENT = "current"


def get_document(design: Design, revision: str) -> Json:
    """`current`, or the number of a revision: `3`. Raises: RevisionNotFound."""
    if revision == CURRENT:
        document: Json = design.document
        return document
    is_number = revision.isascii() and revision.isdecimal() and len(revision) < 10
    found = design.revisions.filter(number=int(revision)).first() if is_number else None
    if found is None:
        raise RevisionNotFound(revision, list(design.revisions.values_list("number", flat=True)))
    return dict(found.document)
