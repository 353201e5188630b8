"""The doors to what-if: other books, other variants, earlier revisions, cheaper ways."""

from django.contrib.auth.models import User
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from designer.api.serializers import DesignSerializer
from designer.selectors import get_design
from designer.services.revisions import CURRENT
from designer.services.variants import create_variant
from estimator.api.comparison_serializers import (
    BooksSerializer,
    ComparedBookSerializer,
    DifferencesSerializer,
    NewVariantSerializer,
    SuggestionSerializer,
    VariantBooksSerializer,
    VariantSerializer,
)
from estimator.models import Customer
from estimator.selectors import get_customer
from estimator.services import comparing

PRICE_BOOK = OpenApiParameter(
    "price_book", str, description="Key of a price book; the design's own if absent."
)


class ComparisonView(APIView):
    @extend_schema(parameters=[BooksSerializer], responses=ComparedBookSerializer(many=True))
    def get(self, request: Request, design_id: str) -> Response:
        """The design priced with several books, in the order asked for."""
        user = signed_in(request)
        design = get_design(user, design_id)
        form = BooksSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        found = comparing.compare_books(
            design,
            said["price_books"],
            user=user,
            currency=said["currency"],
            customer=_customer(user, said["customer"]),
        )
        return Response(found.to_json())


def _customer(user: User, id_: str) -> Customer | None:
    """Raises: CustomerNotFound."""
    return get_customer(user, id_) if id_ else None


class DifferencesView(APIView):
    @extend_schema(
        parameters=[
            OpenApiParameter("from", str, required=True, description="Number of a revision, or current."),
            OpenApiParameter("to", str, description="Number of a revision; current if absent."),
            PRICE_BOOK,
        ],
        responses=DifferencesSerializer,
    )
    def get(self, request: Request, design_id: str) -> Response:
        """What leads from one revision to another, line by line."""
        query = request.query_params
        found = comparing.differences_of(
            get_design(signed_in(request), design_id),
            start=query.get("from", ""),
            end=query.get("to") or CURRENT,
            price_book=query.get("price_book", ""),
        )
        return Response(found.to_json())


class SuggestionsView(APIView):
    @extend_schema(parameters=[PRICE_BOOK], responses=SuggestionSerializer(many=True))
    def get(self, request: Request, design_id: str) -> Response:
        """What would make the design cheaper, the largest saving first."""
        user = signed_in(request)
        found = comparing.suggestions_for(
            get_design(user, design_id), user=user, price_book=request.query_params.get("price_book", "")
        )
        return Response([one.to_json() for one in found])


class VariantsView(APIView):
    @extend_schema(parameters=[VariantBooksSerializer], responses=VariantSerializer(many=True))
    def get(self, request: Request, design_id: str) -> Response:
        """The design's variants side by side, the one that the others began from first."""
        user = signed_in(request)
        design = get_design(user, design_id)
        form = VariantBooksSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        found = comparing.compare_variants(
            design, said["price_books"], user=user, customer=_customer(user, said["customer"])
        )
        return Response([one.to_json() for one in found])

    @extend_schema(request=NewVariantSerializer, responses={201: DesignSerializer})
    def post(self, request: Request, design_id: str) -> Response:
        """A copy of the design as it is now."""
        user = signed_in(request)
        design = get_design(user, design_id)
        form = NewVariantSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        variant = create_variant(design, label=form.validated_data["label"], owner=user)
        return Response(DesignSerializer(variant).data, status=status.HTTP_201_CREATED)
