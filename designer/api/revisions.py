"""The doors to a design's revisions: what was frozen, and freezing what there is now."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from designer.models import DesignRevision
from designer.selectors import get_design
from designer.services.designs import create_revision


class NewRevisionSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class RevisionSerializer(serializers.ModelSerializer[DesignRevision]):
    number = serializers.IntegerField(min_value=1)
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True)

    class Meta:
        model = DesignRevision
        fields = ["id", "number", "name", "content_hash", "created_at", "created_by"]


class RevisionList(APIView):
    @extend_schema(responses=RevisionSerializer(many=True))
    def get(self, request: Request, design_id: str) -> Response:
        design = get_design(signed_in(request), design_id)
        revisions = design.revisions.select_related("created_by").defer("document")
        return Response(RevisionSerializer(revisions, many=True).data)

    @extend_schema(request=NewRevisionSerializer, responses={201: RevisionSerializer})
    def post(self, request: Request, design_id: str) -> Response:
        """An unchanged design gets its last revision again."""
        user = signed_in(request)
        form = NewRevisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        revision = create_revision(
            get_design(user, design_id), created_by=user, name=form.validated_data["name"]
        )
        return Response(RevisionSerializer(revision).data, status=status.HTTP_201_CREATED)
