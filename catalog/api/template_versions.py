"""The doors to own templates: their versions, and the steps from draft to retired."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog import own_templates
from catalog.models import TemplateVersion
from catalog.services import templates
from catalog.signed_in import signed_in

STEPS: dict[str, Callable[..., TemplateVersion]] = {
    "submit": templates.submit_template,
    "return": templates.return_template,
    "publish": templates.publish_template,
    "retire": templates.retire_template,
}


class TemplateVersionSerializer(serializers.ModelSerializer[TemplateVersion]):
    author = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    submitted_by = serializers.CharField(source="submitted_by.username", default=None, allow_null=True)
    returned_by = serializers.CharField(source="returned_by.username", default=None, allow_null=True)
    published_by = serializers.CharField(source="published_by.username", default=None, allow_null=True)
    retired_by = serializers.CharField(source="retired_by.username", default=None, allow_null=True)
    number = serializers.IntegerField(min_value=1)
    component_count = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField(help_text="What you may do with it next.")

    class Meta:
        model = TemplateVersion
        fields = [
            "id", "key", "number", "title", "summary", "source", "price_book", "state", "note",
            "component_count", "author", "created_at", "submitted_by", "submitted_at", "returned_by",
            "returned_at", "published_by", "published_at", "retired_by", "retired_at", "steps",
        ]  # fmt: skip

    def get_component_count(self, version: TemplateVersion) -> int:
        return len(version.document["components"])

    def get_steps(self, version: TemplateVersion) -> list[str]:
        user, alone = self.context["user"], self.context["alone"]
        return templates.possible_steps(version, user, alone=alone)


class StepSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(
        max_length=2000, required=False, allow_blank=True, default="", help_text="For the author, on return."
    )


class TemplateVersionList(APIView):
    @extend_schema(responses=TemplateVersionSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Reviewers see all versions; others their own and what was ever published."""
        user = signed_in(request)
        versions = own_templates.list_template_versions(user)
        return Response(TemplateVersionSerializer(versions, many=True, context=context_of(user)).data)


class TemplateVersionStep(APIView):
    @extend_schema(request=StepSerializer, responses=TemplateVersionSerializer)
    def post(self, request: Request, version_id: int, step: str) -> Response:
        """submit | return | publish | retire"""
        user = signed_in(request)
        version = own_templates.get_template_version(user, version_id)
        form = StepSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = {"note": form.validated_data["note"]} if step == "return" else {}
        moved = STEPS[step](version, by=user, **said)
        return Response(TemplateVersionSerializer(moved, context=context_of(user)).data)


def context_of(user: Any) -> dict[str, Any]:
    """What the serializer needs to say which steps are open."""
    return {"user": user, "alone": not templates.has_other_reviewers(user)}
