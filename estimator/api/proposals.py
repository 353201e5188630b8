"""The doors to proposals for those who write them. Customers have doors of their own (`shared.py`)."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from designer.selectors import get_design
from estimator import selectors
from estimator.api.proposal_serializers import (
    ChangeSerializer,
    ContentsSerializer,
    FreezingSerializer,
    NewProposalSerializer,
    PreviewSerializer,
    ProposalChangesSerializer,
    ProposalFileSerializer,
    ProposalRowSerializer,
    ProposalSerializer,
    ProposalVersionRowSerializer,
)
from estimator.documents.files import DOCUMENT, MEDIA_TYPES, PDF, WORKBOOK, Edition, proposal_file
from estimator.domain.proposals.changes import find_changes
from estimator.models import Proposal, ProposalVersion
from estimator.services import printing, proposals


class VersionOptionsSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=999_999, help_text="The newest if absent, else the draft."
    )


class PdfOptionsSerializer(VersionOptionsSerializer):
    paper = serializers.ChoiceField(["a4", "letter"], required=False, help_text="Else as the proposal says.")


class ChangesOptionsSerializer(serializers.Serializer[Any]):
    before = serializers.IntegerField(min_value=1, max_value=999_999)
    after = serializers.IntegerField(
        min_value=1, max_value=999_999, required=False, help_text="The draft as it stands if absent."
    )


class ProposalList(APIView):
    @extend_schema(responses=ProposalRowSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Of all designs, the latest written first."""
        rows = selectors.list_proposals(signed_in(request))
        return Response(ProposalRowSerializer(rows, many=True).data)

    @extend_schema(request=NewProposalSerializer, responses={201: ProposalSerializer})
    def post(self, request: Request) -> Response:
        user = signed_in(request)
        form = NewProposalSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        customer = form.validated_data.get("customer")
        made = proposals.create_proposal(
            owner=user,
            designs=[get_design(user, one) for one in form.designs_named()],
            customer=selectors.get_customer(user, customer) if customer else None,
            title=form.validated_data["title"],
        )
        return Response(ProposalSerializer(made).data, status=status.HTTP_201_CREATED)


class ProposalDetail(APIView):
    @extend_schema(responses=ProposalSerializer)
    def get(self, request: Request, proposal_id: str) -> Response:
        return Response(ProposalSerializer(_asked(request, proposal_id)).data)

    @extend_schema(request=ProposalChangesSerializer, responses=ProposalSerializer)
    def patch(self, request: Request, proposal_id: str) -> Response:
        """Fields of the draft that are named are replaced whole; all others stay."""
        user, proposal = signed_in(request), _asked(request, proposal_id)
        form = ProposalChangesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        facts: dict[str, Any] = {}
        if "customer" in said:
            facts["customer"] = selectors.get_customer(user, said["customer"]) if said["customer"] else None
        changed = proposals.change_proposal(proposal, draft=said.get("draft", {}), **facts)
        return Response(ProposalSerializer(changed).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, proposal_id: str) -> Response:
        proposals.delete_proposal(_asked(request, proposal_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class PreviewView(APIView):
    @extend_schema(responses=PreviewSerializer)
    def get(self, request: Request, proposal_id: str) -> Response:
        """What would be frozen now, and all that keeps it from being sent."""
        preview = proposals.preview_proposal(_asked(request, proposal_id))
        contents = preview.contents
        return Response(
            {
                "content_hash": contents.content_hash,
                "customer": contents.customer,
                "seller": contents.seller,
                "pictures": {
                    name: svg for name, svg in contents.pictures.items() if not name.endswith("/dark")
                },
                "obstacles": [one.to_json() for one in preview.obstacles],
            }
        )


class VersionList(APIView):
    @extend_schema(request=FreezingSerializer, responses={201: ProposalVersionRowSerializer})
    def post(self, request: Request, proposal_id: str) -> Response:
        """Freeze. Nothing changed since the newest version: that one again. 409 with reasons when blocked."""
        form = FreezingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        version = proposals.freeze_proposal(
            _asked(request, proposal_id),
            created_by=signed_in(request),
            since=form.validated_data.get("since"),
        )
        return Response(ProposalVersionRowSerializer(version).data, status=status.HTTP_201_CREATED)


class VersionDetail(APIView):
    @extend_schema(responses=ContentsSerializer)
    def get(self, request: Request, proposal_id: str, number: int) -> Response:
        version = selectors.get_version(_asked(request, proposal_id), number)
        return Response(
            {
                "content_hash": version.content_hash,
                "customer": version.customer,
                "seller": version.seller,
            }
        )


class VersionFiles(APIView):
    @extend_schema(request=None, responses={202: ProposalFileSerializer(many=True)})
    def post(self, request: Request, proposal_id: str, number: int) -> Response:
        """Make what failed or was never made. Files that are ready stay as they are."""
        version = selectors.get_version(_asked(request, proposal_id), number)
        files = printing.ask_for_files(version)
        return Response(ProposalFileSerializer(files, many=True).data, status=status.HTTP_202_ACCEPTED)


class ChangesView(APIView):
    @extend_schema(parameters=[ChangesOptionsSerializer], responses=ChangeSerializer(many=True))
    def get(self, request: Request, proposal_id: str) -> Response:
        """What a customer would see changed between two versions, or since one."""
        proposal = _asked(request, proposal_id)
        form = ChangesOptionsSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        before = selectors.get_version(proposal, form.validated_data["before"]).customer
        newer = form.validated_data.get("after")
        after = selectors.get_version(proposal, newer).customer if newer else _draft(proposal).contents
        return Response([change.to_json() for change in find_changes(before, after)])


class _FileView(APIView):
    """One of the files, of a version, of the newest, or of the draft before anything was frozen."""

    ending = ""

    def answer(self, request: Request, proposal_id: str) -> HttpResponse:
        proposal, asked = _asked(request, proposal_id), PdfOptionsSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        version = _version(proposal, said.get("version"))
        paper = said.get("paper", "")
        if version is not None:
            return version_file_answer(version, self.ending, paper=paper)
        draft = _draft(proposal)
        return _file_answer(draft.contents, self.ending, proposal_file(draft, self.ending, paper=paper))


class ProposalPdfView(_FileView):
    ending = PDF

    @extend_schema(
        parameters=[PdfOptionsSerializer], responses={(200, MEDIA_TYPES[PDF]): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, proposal_id: str) -> HttpResponse:
        """As the customer gets it. Before anything was frozen, a draft that says so."""
        return self.answer(request, proposal_id)


class ProposalWorkbookView(_FileView):
    ending = WORKBOOK

    @extend_schema(
        parameters=[VersionOptionsSerializer], responses={(200, MEDIA_TYPES[WORKBOOK]): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, proposal_id: str) -> HttpResponse:
        """Its formulas come to the totals that are offered."""
        return self.answer(request, proposal_id)


class ProposalDocumentView(_FileView):
    ending = DOCUMENT

    @extend_schema(
        parameters=[VersionOptionsSerializer], responses={(200, MEDIA_TYPES[DOCUMENT]): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, proposal_id: str) -> HttpResponse:
        """For those who edit on: what they make of it is not what was frozen."""
        return self.answer(request, proposal_id)


def version_file_answer(version: ProposalVersion, ending: str, *, paper: str = "") -> HttpResponse:
    return _file_answer(version.customer, ending, printing.file_content(version, ending, paper=paper))


def _file_answer(contents: Mapping[str, Any], ending: str, content: bytes) -> HttpResponse:
    """The name says the proposal and its title; other words than ASCII would need quoting by every client."""
    words = f"{contents['number']} {contents['title']}".lower()
    name = re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:80] or "proposal"
    answer = HttpResponse(content, content_type=MEDIA_TYPES[ending])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def _asked(request: Request, proposal_id: str) -> Proposal:
    return selectors.get_proposal(signed_in(request), proposal_id)


def _version(proposal: Proposal, number: int | None) -> ProposalVersion | None:
    """Without a number what was frozen last; None where nothing was."""
    return proposal.versions.last() if number is None else selectors.get_version(proposal, number)


def _draft(proposal: Proposal) -> Edition:
    contents = proposals.preview_proposal(proposal).contents
    return Edition(contents.customer, contents.pictures, version=0)
