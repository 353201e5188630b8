"""Which files there are of a frozen proposal, and how each is made; for sellers and customers the same."""

from collections.abc import Mapping
from typing import Any

from estimator.documents.pdf import proposal_pdf
from estimator.documents.word import proposal_document
from estimator.documents.workbook import proposal_workbook

PDF, WORKBOOK, DOCUMENT = "pdf", "xlsx", "docx"
MEDIA_TYPES = {
    PDF: "application/pdf",
    WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCUMENT: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def proposal_file(
    ending: str, contents: Mapping[str, Any], pictures: Mapping[str, str], *, version: int, paper: str = ""
) -> bytes:
    """`contents` is the customer's part; `version` 0 is a draft. Only a PDF comes on other paper."""
    match ending:
        case "pdf":
            return proposal_pdf(contents, pictures, version=version, paper=paper)
        case "xlsx":
            return proposal_workbook(contents, version=version)
        case _:
            return proposal_document(contents, pictures, version=version)
