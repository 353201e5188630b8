"""The doors to exports: which there are, a design's files to look at, and the file to take away."""

from collections.abc import Sequence

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from deployer import selectors
from deployer.exports.formats import FORMATS, ExportedFile, download_of
from deployer.services.exporting import export_document
from designer.models import Design
from designer.selectors import get_design

ABOUT_SECRETS = "Passwords and certificates are parameters of the files, never written in them."


class ExportFormatSerializer(serializers.Serializer[object]):
    key = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField()


class ExportedFileSerializer(serializers.Serializer[ExportedFile]):
    path = serializers.CharField()
    text = serializers.CharField()


class ExportOptionsSerializer(serializers.Serializer[object]):
    cloud = serializers.UUIDField(
        required=False,
        help_text="A cloud whose flavors, images, zones and networks become the defaults of the parameters.",
    )


class FormatList(APIView):
    @extend_schema(responses=ExportFormatSerializer(many=True))
    def get(self, request: Request) -> Response:
        rows = [{"key": key, "title": one.title, "about": one.about} for key, one in FORMATS.items()]
        return Response(ExportFormatSerializer(rows, many=True).data)


class ExportDownload(APIView):
    @extend_schema(
        parameters=[ExportOptionsSerializer],
        responses={
            (200, media_type): OpenApiTypes.BINARY
            for media_type in sorted({one.media_type for one in FORMATS.values()})
        },
        description=f"One file; a zip where the format has several. {ABOUT_SECRETS}",
    )
    def get(self, request: Request, design_id: str, export_format: str) -> HttpResponse:
        design = get_design(signed_in(request), design_id)
        download = download_of(export_format, design.name, _files(request, design, export_format))
        return HttpResponse(
            download.content,
            content_type=download.media_type,
            headers={"Content-Disposition": f'attachment; filename="{download.name}"'},
        )


class ExportFiles(APIView):
    @extend_schema(
        parameters=[ExportOptionsSerializer],
        responses=ExportedFileSerializer(many=True),
        description=f"The same as text, to look at. {ABOUT_SECRETS}",
    )
    def get(self, request: Request, design_id: str, export_format: str) -> Response:
        design = get_design(signed_in(request), design_id)
        files = list(_files(request, design, export_format))
        return Response(ExportedFileSerializer(files, many=True).data)  # type: ignore[arg-type]


def _files(request: Request, design: Design, export_format: str) -> Sequence[ExportedFile]:
    options = ExportOptionsSerializer(data=request.query_params)
    options.is_valid(raise_exception=True)
    said = options.validated_data.get("cloud")
    cloud = selectors.get_cloud(signed_in(request), said) if said else None
    return export_document(
        design.document, export_format, title=design.name, profile=cloud.profile if cloud else None
    )
