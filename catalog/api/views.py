"""The catalogue to read: component types and templates."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog import selectors
from catalog.api.serializers import (
    ComponentTypeSerializer,
    TemplateDetailSerializer,
    TemplateFormSerializer,
    TemplateSerializer,
)
from catalog.columns import column_values
from catalog.domain.templates import FORMS, PUBLISHED, Template


class ComponentTypeList(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter(
                "all_versions",
                bool,
                description="Old versions and retired types too, as old designs may use them.",
            )
        ],
        responses=ComponentTypeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """Component types: of each the newest version, unless all are asked for."""
        everything = request.query_params.get("all_versions", "").lower() in ("1", "true")
        types = selectors.component_types() if everything else selectors.newest_types()
        return Response(ComponentTypeSerializer(list(types.values()), many=True).data)


class TemplateList(APIView):
    @extend_schema(responses=TemplateSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = _template_rows(list(selectors.templates().values()), PUBLISHED)
        return Response(TemplateSerializer(rows, many=True).data)


class TemplateDetail(APIView):
    @extend_schema(parameters=[TemplateFormSerializer], responses=TemplateDetailSerializer)
    def get(self, request: Request, key: str) -> Response:
        asked = TemplateFormSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        template = selectors.get_template(key)
        form = selectors.checked_form(template, asked.validated_data["form"])
        return Response(TemplateDetailSerializer(_template_rows([template], form)[0]).data)


def _template_rows(templates: list[Template], form: str) -> list[dict[str, Any]]:
    # A column answers by key, so that each form is asked for by itself.
    monthly = {
        each: column_values(settings.TEMPLATE_COLUMNS, _in_form(templates, each))["monthly"] for each in FORMS
    }
    return [
        {
            "key": template.key,
            "title": template.title,
            "summary": template.summary,
            "source": template.source,
            "price_book": template.price_book,
            "version": template.version,
            "form": form,
            "forms": template.forms(),
            "repairs": template.repairs,
            "parameters": template.schemas(form),
            "component_count": len(template.drawn(form)["components"]),
            "callout_count": len(template.drawn(form).get("callouts", ())),
            "document": template.drawn(form),
            "monthly": monthly[form].get(template.key),
            "monthly_by_form": {each: monthly[each].get(template.key) for each in template.forms()},
        }
        for template in templates
    ]


def _in_form(templates: list[Template], form: str) -> list[Template]:
    """What a column may price: each template that has this form, with that form's document."""
    return [replace(one, document=one.drawn(form)) for one in templates if form in one.forms()]
