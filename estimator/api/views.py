"""The door to estimates."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from designer.selectors import get_design
from estimator.api.serializers import EstimateSerializer
from estimator.selectors import document_estimate


class EstimateView(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter(
                "price_book", str, description="Key of a price book; the design's own if absent."
            )
        ],
        responses=EstimateSerializer,
    )
    def get(self, request: Request, design_id: str) -> Response:
        design = get_design(signed_in(request), design_id)
        book = request.query_params.get("price_book") or design.price_book
        return Response(document_estimate(design.document, book).to_json())
