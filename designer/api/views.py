"""The doors to designs: parse, ask a service or selector, answer."""

from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.template_versions import TemplateVersionSerializer, context_of
from catalog.columns import column_values
from catalog.domain.templates import PUBLISHED, checked_document
from catalog.errors import TemplateVersionInvalid
from catalog.own_templates import get_template_version
from catalog.selectors import checked_form, component_types, get_template
from catalog.signed_in import signed_in
from designer import selectors
from designer.api.parsers import MergePatchParser, PatchAsJsonParser
from designer.api.serializers import (
    DesignChangesSerializer,
    DesignRowSerializer,
    DesignSerializer,
    DiagramOptionsSerializer,
    EditSerializer,
    FindingSerializer,
    NewDesignSerializer,
    PublishSerializer,
    ResourceSerializer,
    RevertSerializer,
    TakenConflictsSerializer,
    TemplateDiagramOptionsSerializer,
    TemplateUpdateSerializer,
    UndoSerializer,
    VersionSerializer,
)
from designer.diagrams.cache import cached_diagram
from designer.diagrams.render import FileFormat
from designer.domain.document import DocumentInvalid
from designer.domain.expansion import expand
from designer.domain.resources import to_json
from designer.domain.rules import review
from designer.models import Design
from designer.services import budgets, designs, templates

MEDIA_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


class DesignList(APIView):
    @extend_schema(responses=DesignRowSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = list(Design.objects.visible_to(signed_in(request)).select_related("owner"))
        columns = column_values(settings.DESIGN_COLUMNS, rows)
        return Response(
            DesignRowSerializer(
                [
                    {
                        "id": design.id,
                        "name": design.name,
                        "template": design.template,
                        "template_form": design.template_form,
                        "price_book": design.price_book,
                        "variant_of": design.variant_of_id,
                        "label": design.label,
                        "version": design.version,
                        "updated_at": design.updated_at,
                        "updated_by": design.owner.get_username(),
                        "component_count": len(design.document["components"]),
                        "monthly": columns["monthly"].get(design.id),
                        "budget": columns["budget"].get(design.id),
                        "deployment": columns["deployment"].get(design.id),
                        "drift": columns["drift"].get(design.id),
                    }
                    for design in rows
                ],
                many=True,
            ).data
        )

    @extend_schema(request=NewDesignSerializer, responses={201: DesignSerializer})
    def post(self, request: Request) -> Response:
        form = NewDesignSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        design = designs.create_design(
            name=form.validated_data["name"],
            owner=signed_in(request),
            template_key=form.validated_data["template"] or None,
            form=form.validated_data["form"] or PUBLISHED,
            parameters=form.validated_data["parameters"],
            price_book=form.validated_data["price_book"] or None,
        )
        return Response(DesignSerializer(design).data, status=status.HTTP_201_CREATED)


class DesignDetail(APIView):
    @extend_schema(responses=DesignSerializer)
    def get(self, request: Request, design_id: str) -> Response:
        return Response(DesignSerializer(selectors.get_design(signed_in(request), design_id)).data)

    @extend_schema(request=DesignChangesSerializer, responses=DesignSerializer)
    def patch(self, request: Request, design_id: str) -> Response:
        design = selectors.get_design(signed_in(request), design_id)
        form = DesignChangesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        with transaction.atomic():
            designs.change_design(design, name=said.get("name"), price_book=said.get("price_book"))
            if "budget_monthly" in said:
                currency = said.get("budget_currency", "")
                budgets.set_budget(design, monthly=said["budget_monthly"], currency=currency)
        return Response(DesignSerializer(design).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, design_id: str) -> Response:
        designs.delete_design(selectors.get_design(signed_in(request), design_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class DocumentView(APIView):
    parser_classes = [MergePatchParser, PatchAsJsonParser]

    @extend_schema(
        request={"application/merge-patch+json": OpenApiTypes.OBJECT},
        responses=VersionSerializer,
        description="One edit, a JSON Merge Patch on the document. 409 with reasons when it is refused.",
    )
    def patch(self, request: Request, design_id: str) -> Response:
        design = selectors.get_design(signed_in(request), design_id)
        if not isinstance(request.data, dict):
            raise ParseError("An edit is a JSON object: a merge patch on the document.")
        edit = designs.apply_patch(design, request.data, author=signed_in(request))
        return Response({"version": edit.number})


class PublishView(APIView):
    @extend_schema(request=PublishSerializer, responses={201: TemplateVersionSerializer})
    def post(self, request: Request, design_id: str) -> Response:
        """A draft of an own template, or a newer version of the draft that is there."""
        user = signed_in(request)
        design = selectors.get_design(user, design_id)
        form = PublishSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        version = templates.publish(design, **form.validated_data, by=user)
        row = TemplateVersionSerializer(version, context=context_of(user)).data
        return Response(row, status=status.HTTP_201_CREATED)


class TemplateUpdateView(APIView):
    @extend_schema(responses=TemplateUpdateSerializer)
    def get(self, request: Request, design_id: str) -> Response:
        """What the newest version of its template would change in the design."""
        update = templates.find_update(selectors.get_design(signed_in(request), design_id))
        return Response(
            {
                "from_version": update.from_version,
                "to_version": update.to_version,
                "changes": update.merge.to_json(),
            }
        )

    @extend_schema(request=TakenConflictsSerializer, responses=VersionSerializer)
    def post(self, request: Request, design_id: str) -> Response:
        user = signed_in(request)
        design = selectors.get_design(user, design_id)
        form = TakenConflictsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        edit = templates.update_from_template(design, take=form.validated_data["take"], author=user)
        return Response({"version": edit.number})


class UndoView(APIView):
    @extend_schema(request=UndoSerializer, responses=RevertSerializer)
    def post(self, request: Request, design_id: str) -> Response:
        """Your newest edit that still stands, or the one that you name."""
        user = signed_in(request)
        design = selectors.get_design(user, design_id)
        form = UndoSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        edit = designs.undo(design, author=user, number=form.validated_data["edit"])
        return Response({"version": edit.number, "patch": edit.patch})


class RedoView(APIView):
    @extend_schema(request=None, responses=RevertSerializer)
    def post(self, request: Request, design_id: str) -> Response:
        edit = designs.redo(selectors.get_design(signed_in(request), design_id), author=signed_in(request))
        return Response({"version": edit.number, "patch": edit.patch})


class EditList(APIView):
    @extend_schema(responses=EditSerializer(many=True))
    def get(self, request: Request, design_id: str) -> Response:
        edits = (
            selectors.get_design(signed_in(request), design_id)
            .edits.select_related("author")
            .defer("former_origin")
        )
        return Response(EditSerializer(edits, many=True).data)


class ResourceList(APIView):
    @extend_schema(responses=ResourceSerializer(many=True))
    def get(self, request: Request, design_id: str) -> Response:
        design = selectors.get_design(signed_in(request), design_id)
        return Response(to_json(selectors.resource_graph(design.document)))


class FindingList(APIView):
    @extend_schema(responses=FindingSerializer(many=True))
    def get(self, request: Request, design_id: str) -> Response:
        design = selectors.get_design(signed_in(request), design_id)
        document = selectors.design_document(design.document)
        types = component_types()
        return Response([finding.to_json() for finding in review(document, expand(document, types), types)])


class DiagramView(APIView):
    @extend_schema(
        parameters=[DiagramOptionsSerializer],
        responses={(200, media_type): OpenApiTypes.BINARY for media_type in MEDIA_TYPES.values()},
    )
    def get(self, request: Request, design_id: str, file_format: str) -> HttpResponse:
        design = selectors.get_design(signed_in(request), design_id)
        options = DiagramOptionsSerializer(data=request.query_params)
        options.is_valid(raise_exception=True)
        return _picture(design.document, design.name, design.price_book, file_format, options.validated_data)


class TemplateDiagramView(APIView):
    @extend_schema(
        parameters=[TemplateDiagramOptionsSerializer],
        responses={(200, media_type): OpenApiTypes.BINARY for media_type in MEDIA_TYPES.values()},
    )
    def get(self, request: Request, key: str, file_format: str) -> HttpResponse:
        template = get_template(key)
        options = TemplateDiagramOptionsSerializer(data=request.query_params)
        options.is_valid(raise_exception=True)
        document = checked_document(
            template,
            component_types(),
            form=checked_form(template, options.validated_data.pop("form")),
            parameters=options.validated_data.pop("parameters"),
        )
        return _picture(document, template.title, template.price_book, file_format, options.validated_data)


class TemplateVersionDiagramView(APIView):
    @extend_schema(
        parameters=[DiagramOptionsSerializer],
        responses={(200, media_type): OpenApiTypes.BINARY for media_type in MEDIA_TYPES.values()},
    )
    def get(self, request: Request, version_id: int, file_format: str) -> HttpResponse:
        """What a reviewer looks at before it is published."""
        version = get_template_version(signed_in(request), version_id)
        options = DiagramOptionsSerializer(data=request.query_params)
        options.is_valid(raise_exception=True)
        try:
            return _picture(
                version.document, version.title, version.price_book, file_format, options.validated_data
            )
        except DocumentInvalid as invalid:  # it draws an own type that is gone
            raise TemplateVersionInvalid(invalid.problems) from None


def _picture(
    document: Mapping[str, Any], title: str, price_book: str, file_format: str, options: Mapping[str, Any]
) -> HttpResponse:
    if file_format not in MEDIA_TYPES:
        raise Http404
    costs = selectors.diagram_costs(document, price_book) if options["view"] == "cost" else None
    picture = cached_diagram(
        selectors.design_document(document),
        component_types(),
        content_hash=selectors.content_hash(document),
        title=title,
        file_format=cast(FileFormat, file_format),
        costs=costs,
        **options,
    )
    return HttpResponse(picture, content_type=MEDIA_TYPES[file_format])
