"""The seller's side of sharing: links, who looked, what was said, what was accepted."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from estimator import selectors
from estimator.api.shared import AcceptanceSerializer, CommentSerializer
from estimator.errors import LinkIdUnknown
from estimator.models import ProposalComment, ShareLink
from estimator.services import sharing


class NewLinkSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=sharing.MOST_DAYS, default=30)
    password = serializers.CharField(
        max_length=200, min_length=8, allow_blank=True, default="", trim_whitespace=False
    )


class ShareViewSerializer(serializers.Serializer[Any]):
    what = serializers.CharField()
    at = serializers.DateTimeField()
    agent = serializers.CharField()


class LinkSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    version = serializers.IntegerField(source="version.number")
    has_password = serializers.SerializerMethodField()
    expires_at = serializers.DateTimeField()
    revoked_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    views = ShareViewSerializer(many=True)

    def get_has_password(self, link: ShareLink) -> bool:
        return bool(link.password)


class NewLinkAnswerSerializer(LinkSerializer):
    token = serializers.CharField(help_text="Shown this once. The customer's page is /p/<token>.")


class SaidSerializer(CommentSerializer):
    version = serializers.IntegerField(source="version.number", read_only=True)


class AnswerSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=5000)


class LinkList(APIView):
    @extend_schema(responses=LinkSerializer(many=True))
    def get(self, request: Request, proposal_id: str) -> Response:
        """Of all versions, with every view."""
        proposal = selectors.get_proposal(signed_in(request), proposal_id)
        links = ShareLink.objects.filter(version__proposal=proposal).select_related("version")
        return Response(LinkSerializer(links.prefetch_related("views"), many=True).data)


class VersionLinks(APIView):
    @extend_schema(request=NewLinkSerializer, responses={201: NewLinkAnswerSerializer})
    def post(self, request: Request, proposal_id: str, number: int) -> Response:
        user = signed_in(request)
        version = selectors.get_version(selectors.get_proposal(user, proposal_id), number)
        form = NewLinkSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        link, token = sharing.create_link(version, created_by=user, **form.validated_data)
        return Response({**LinkSerializer(link).data, "token": token}, status=status.HTTP_201_CREATED)


class LinkDetail(APIView):
    @extend_schema(responses=LinkSerializer)
    def delete(self, request: Request, proposal_id: str, link_id: str) -> Response:
        """Take it back: nobody reads by it any more. Its views stay."""
        proposal = selectors.get_proposal(signed_in(request), proposal_id)
        try:
            link = ShareLink.objects.select_related("version").get(id=link_id, version__proposal=proposal)
        except (ShareLink.DoesNotExist, ValidationError):
            raise LinkIdUnknown from None
        return Response(LinkSerializer(sharing.revoke_link(link)).data)


class CommentList(APIView):
    @extend_schema(responses=SaidSerializer(many=True))
    def get(self, request: Request, proposal_id: str) -> Response:
        proposal = selectors.get_proposal(signed_in(request), proposal_id)
        said = ProposalComment.objects.filter(version__proposal=proposal).select_related("version")
        return Response(SaidSerializer(said, many=True).data)

    @extend_schema(request=AnswerSerializer, responses={201: SaidSerializer})
    def post(self, request: Request, proposal_id: str) -> Response:
        """The seller's answer, on the newest version."""
        user = signed_in(request)
        proposal = selectors.get_proposal(user, proposal_id)
        version = selectors.get_version(
            proposal, max((one.number for one in proposal.versions.all()), default=1)
        )
        form = AnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        name = user.get_full_name() or user.get_username()
        made = sharing.comment(version, by=user, name=name, text=form.validated_data["text"])
        return Response(SaidSerializer(made).data, status=status.HTTP_201_CREATED)


class AcceptanceView(APIView):
    @extend_schema(responses={200: AcceptanceSerializer, 204: None})
    def get(self, request: Request, proposal_id: str) -> Response:
        """204 while nobody accepted it."""
        proposal = selectors.get_proposal(signed_in(request), proposal_id)
        accepted = getattr(proposal, "acceptance", None)
        if accepted is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(AcceptanceSerializer(accepted).data)
