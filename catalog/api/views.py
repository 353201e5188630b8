"""The catalogue to read: component types, templates, price books."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog import selectors
from catalog.api.serializers import (
    ComponentTypeSerializer,
    PriceBookSerializer,
    TemplateDetailSerializer,
    TemplateSerializer,
)
from catalog.columns import column_values
from catalog.domain.templates import Template


class ComponentTypeList(APIView):
    @extend_schema(responses=ComponentTypeSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(ComponentTypeSerializer(list(selectors.component_types().values()), many=True).data)


class TemplateList(APIView):
    @extend_schema(responses=TemplateSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(
            TemplateSerializer(_with_columns(list(selectors.templates().values())), many=True).data
        )


class TemplateDetail(APIView):
    @extend_schema(responses=TemplateDetailSerializer)
    def get(self, request: Request, key: str) -> Response:
        return Response(TemplateDetailSerializer(_with_columns([selectors.get_template(key)])[0]).data)


class PriceBookList(APIView):
    @extend_schema(responses=PriceBookSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(PriceBookSerializer(list(selectors.price_books().values()), many=True).data)


def _with_columns(templates: list[Template]) -> list[dict[str, Any]]:
    columns = column_values(settings.TEMPLATE_COLUMNS, templates)
    return [
        {
            "key": template.key,
            "title": template.title,
            "summary": template.summary,
            "source": template.source,
            "component_count": len(template.document["components"]),
            "document": template.document,
            "monthly": columns["monthly"].get(template.key),
        }
        for template in templates
    ]
