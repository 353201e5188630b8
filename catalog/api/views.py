"""The catalogue to read: component types and templates."""

from collections.abc import Mapping
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
from catalog.domain.templates import FORMS, PUBLISHED, Template, checked_document


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
        row = _template_rows([template], form, asked.validated_data["parameters"])[0]
        return Response(TemplateDetailSerializer(row).data)


def _template_rows(
    templates: list[Template], form: str, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Raises: TemplateParametersInvalid."""
    types = selectors.component_types()
    documents = {
        each: {
            one.key: checked_document(one, types, form=each, parameters=parameters or {})
            for one in templates
            if each in one.forms()
        }
        for each in FORMS
    }
    # A column answers by key, so that each form is asked for by itself.
    monthly = {each: _monthly(templates, documents[each]) for each in FORMS}
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
            "component_count": len(documents[form][template.key]["components"]),
            "callout_count": len(documents[form][template.key].get("callouts", ())),
            "document": documents[form][template.key],
            "monthly": monthly[form].get(template.key),
            "monthly_by_form": {each: monthly[each].get(template.key) for each in template.forms()},
        }
        for template in templates
    ]


def _monthly(templates: list[Template], documents: Mapping[str, Any]) -> dict[str, Any]:
    """What a column may price: each template that has this form, with that form's document."""
    drawn = [replace(one, document=documents[one.key]) for one in templates if one.key in documents]
    return column_values(settings.TEMPLATE_COLUMNS, drawn)["monthly"]
