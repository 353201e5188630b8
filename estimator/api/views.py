"""The doors to estimates: as JSON, as CSV, as a workbook."""

import re

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from designer.models import Design
from designer.selectors import get_design
from estimator.api.estimate_options import Asked, EstimateOptionsSerializer, asked_estimate
from estimator.api.serializers import EstimateSerializer
from estimator.exports.csv_file import estimate_csv
from estimator.exports.sheet import Sheet, sheet_of
from estimator.exports.workbook import estimate_workbook
from estimator.services.budgets import find_standing
from estimator.services.impact import new_prices

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class EstimateView(APIView):
    @extend_schema(parameters=[EstimateOptionsSerializer], responses=EstimateSerializer)
    def get(self, request: Request, design_id: str) -> Response:
        """With `view=customer` it has no cost, mark-up or sources, and says what is offered."""
        design, asked = _asked(request, design_id)
        if asked.for_customer:
            return Response(asked.seen.to_json())
        standing = find_standing(design, asked.estimate)
        return Response(
            {
                **asked.seen.to_json(),
                "budget": standing and standing.to_json(),
                "new_prices": new_prices(design),
            }
        )


class EstimateCsvView(APIView):
    @extend_schema(parameters=[EstimateOptionsSerializer], responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, design_id: str) -> HttpResponse:
        design, sheet = _sheet(request, design_id)
        # Spreadsheet programs read UTF-8 only where a mark says so.
        return _file(design, "csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf" + estimate_csv(sheet).encode())


class EstimateWorkbookView(APIView):
    @extend_schema(parameters=[EstimateOptionsSerializer], responses={(200, WORKBOOK): OpenApiTypes.BINARY})
    def get(self, request: Request, design_id: str) -> HttpResponse:
        """Its formulas come to the same totals."""
        design, sheet = _sheet(request, design_id)
        return _file(design, "xlsx", WORKBOOK, estimate_workbook(sheet))


def _asked(request: Request, design_id: str) -> tuple[Design, Asked]:
    user = signed_in(request)
    design = get_design(user, design_id)
    return design, asked_estimate(user, design, request.query_params)


def _sheet(request: Request, design_id: str) -> tuple[Design, Sheet]:
    design, asked = _asked(request, design_id)
    return design, sheet_of(design.name, asked.seen)


def _file(design: Design, ending: str, media_type: str, content: bytes) -> HttpResponse:
    name = re.sub(r"[^a-z0-9]+", "-", design.name.lower()).strip("-")[:60] or "design"
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}-estimate.{ending}"'
    return answer
