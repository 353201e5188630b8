"""Which files there are of a frozen proposal, and how each is made; for sellers and customers the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from estimator.documents.pdf import proposal_pdf
from estimator.documents.word import proposal_document
from estimator.documents.workbook import proposal_workbook
from estimator.domain.proposals.changes import Changes

PDF, WORKBOOK, DOCUMENT = "pdf", "xlsx", "docx"
MEDIA_TYPES = {
    PDF: "application/pdf",
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCUMENT: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True)
class Edition:
    """What is printed: the customer's part, pictures by option, what changed. `version` 0 is a draft."""

    contents: Mapping[str, Any]
    pictures: Mapping[str, str]
    version: int
    changes: Changes | None = None


def proposal_file(edition: Edition, ending: str, *, paper: str = "") -> bytes:
    """Only a PDF comes on other paper than the proposal says."""
    contents, pictures = edition.contents, edition.pictures
    version, changes = edition.version, edition.changes
    match ending:
        case "pdf":
            return proposal_pdf(contents, pictures, version=version, changes=changes, paper=paper)
        case "xlsx":
            return proposal_workbook(contents, version=version, changes=changes)
        case _:
            return proposal_document(contents, pictures, version=version, changes=changes)
