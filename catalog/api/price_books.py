"""The doors to price books: what is offered, row by row; versions, imports and the steps to retired."""

import json
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog import selectors
from catalog.api.price_book_serializers import (
    ImportReportSerializer,
    ImportSettingsSerializer,
    PriceBookSerializer,
    PriceBookVersionSerializer,
    PriceRowSerializer,
    report_rows,
)
from catalog.domain.price_imports.conversion import ImportSettings
from catalog.domain.price_imports.tables import MAX_FILE_BYTES
from catalog.domain.price_imports.uploads import guess_kind
from catalog.errors import PriceBookRefused, PriceListTooLarge
from catalog.own_price_books import get_price_book_version, list_price_book_versions
from catalog.services import price_books
from catalog.signed_in import signed_in

FORM_BYTES = 2**20  # what the other fields of a form may take


class PriceBookList(APIView):
    @extend_schema(responses=PriceBookSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Of each price book the version that is offered now."""
        books = sorted(selectors.price_books().values(), key=lambda book: (book.provider, book.title))
        context = {"shipped": selectors.shipped_price_books()}
        return Response(PriceBookSerializer(books, many=True, context=context).data)


class PriceRowList(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("service", str, description="Only prices of this service."),
            OpenApiParameter("version", int, description="Of this version; the newest if absent."),
        ],
        responses=PriceRowSerializer(many=True),
    )
    def get(self, request: Request, key: str) -> Response:
        """The rows of a book, each with its source and the place in it."""
        version = request.query_params.get("version", "")
        book = selectors.get_price_book(f"{key}@{version}" if version else key)
        service = request.query_params.get("service")
        rows = [price for price in book.prices if not service or price.service == service]
        return Response(PriceRowSerializer(rows, many=True).data)


class PriceBookVersionList(APIView):
    @extend_schema(responses=PriceBookVersionSerializer(many=True))
    def get(self, request: Request, key: str) -> Response:
        """The versions that were brought in, the newest first. Drafts are for staff members."""
        user = signed_in(request)
        found = list_price_book_versions(user, key)
        if not found:
            selectors.get_price_book(key)  # a shipped book has no versions here; another key is unknown
        return Response(PriceBookVersionSerializer(found, many=True, context={"user": user}).data)


class PriceBookImport(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        request={"multipart/form-data": ImportSettingsSerializer},
        responses={200: ImportReportSerializer, 201: ImportReportSerializer},
    )
    def post(self, request: Request) -> Response:
        """What a price list would change, or, with dry_run false, a draft for each of its books."""
        user = signed_in(request)
        price_books.require_reviewer(user)
        if _announced_bytes(request) > MAX_FILE_BYTES + FORM_BYTES:  # before any of it is read
            raise PriceListTooLarge(MAX_FILE_BYTES)
        form = ImportSettingsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = dict(form.validated_data)
        upload, dry_run = said.pop("file"), said.pop("dry_run")
        if upload.size > MAX_FILE_BYTES:
            raise PriceListTooLarge(MAX_FILE_BYTES)
        kind = said.pop("kind", "") or guess_kind(upload.name)
        if since := said.pop("valid_from", None):
            said["valid_from"] = since.isoformat()
        report = price_books.import_prices(
            upload.read(),
            file=upload.name,
            kind=kind,
            by=user,
            dry_run=dry_run,
            settings=ImportSettings(**said),
        )
        if report.errors and not dry_run:
            raise PriceBookRefused(
                upload.name, [{"at": one.at, "detail": one.reason} for one in report.errors]
            )
        code = status.HTTP_200_OK if dry_run else status.HTTP_201_CREATED
        return Response(ImportReportSerializer(report_rows(report)).data, status=code)


class PriceBookVersionDetail(APIView):
    @extend_schema(responses=PriceBookVersionSerializer)
    def get(self, request: Request, version_id: int) -> Response:
        user = signed_in(request)
        version = get_price_book_version(user, version_id)
        return Response(PriceBookVersionSerializer(version, context={"user": user}).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, version_id: int) -> Response:
        """Drafts only."""
        user = signed_in(request)
        price_books.require_reviewer(user)
        price_books.drop_draft(get_price_book_version(user, version_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class PriceBookVersionFile(APIView):
    @extend_schema(responses={(200, "application/json"): dict[str, Any]})
    def get(self, request: Request, version_id: int) -> Response:
        """The book's file, as docs/prices.md describes it."""
        return Response(json.loads(get_price_book_version(signed_in(request), version_id).text))


class PriceBookVersionStep(APIView):
    @extend_schema(request=None, responses=PriceBookVersionSerializer)
    def post(self, request: Request, version_id: int, step: str) -> Response:
        """publish | retire"""
        user = signed_in(request)
        price_books.require_reviewer(user)
        moved = STEPS[step](get_price_book_version(user, version_id), by=user)
        return Response(PriceBookVersionSerializer(moved, context={"user": user}).data)


STEPS = {"publish": price_books.publish_price_book, "retire": price_books.retire_price_book}


def _announced_bytes(request: Request) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdecimal() else 0
