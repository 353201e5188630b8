"""The doors to who sells, his logo, and the texts that he keeps to write proposals with."""

import base64
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in
from estimator import selectors
from estimator.api.proposal_serializers import (
    MOST_BENEFITS,
    MOST_CLAUSES,
    MOST_TEXT,
    ClauseSerializer,
    at_most,
)
from estimator.documents.logos import logo_from
from estimator.models import SellerProfile, Wording
from estimator.services import sellers

MOST_WORDINGS = 100


class SellerProfileSerializer(serializers.ModelSerializer[SellerProfile]):
    valid_days = serializers.IntegerField(min_value=1, max_value=365, required=False)
    logo = serializers.CharField(read_only=True, help_text="A PNG in base64; empty without one.")

    class Meta:
        model = SellerProfile
        fields = ["name", "contact", "address", "color", "logo", "valid_days"]


class LogoFileSerializer(serializers.Serializer[Any]):
    file = serializers.FileField()


class WordingSerializer(serializers.ModelSerializer[Wording]):
    """`is_usual`: new proposals begin with these texts."""

    summary = serializers.CharField(max_length=MOST_TEXT, allow_blank=True, required=False)
    benefits = ClauseSerializer(many=True, required=False)
    terms = ClauseSerializer(many=True, required=False)

    class Meta:
        model = Wording
        fields = ["id", "name", "is_usual", "summary", "benefits", "terms", "updated_at"]

    def validate_benefits(self, value: list[Any]) -> list[Any]:
        return at_most(MOST_BENEFITS, value, "benefits")

    def validate_terms(self, value: list[Any]) -> list[Any]:
        return at_most(MOST_CLAUSES, value, "terms")


class StarterWordingSerializer(serializers.ModelSerializer[Wording]):
    benefits = ClauseSerializer(many=True)
    terms = ClauseSerializer(many=True)

    class Meta:
        model = Wording
        fields = ["name", "summary", "benefits", "terms"]


class SellerProfileView(APIView):
    @extend_schema(responses=SellerProfileSerializer)
    def get(self, request: Request) -> Response:
        return _profile(sellers.seller_profile(signed_in(request)))

    @extend_schema(request=SellerProfileSerializer(partial=True), responses=SellerProfileSerializer)
    def patch(self, request: Request) -> Response:
        form = SellerProfileSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        return _profile(sellers.change_seller_profile(signed_in(request), **form.validated_data))


class SellerLogoView(APIView):
    parser_classes = [MultiPartParser]

    @extend_schema(request=LogoFileSerializer, responses=SellerProfileSerializer)
    def put(self, request: Request) -> Response:
        """A picture of any kind that shows something; a small PNG is made of it."""
        form = LogoFileSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        logo = base64.b64encode(logo_from(form.validated_data["file"].read())).decode()
        return _profile(sellers.change_seller_profile(signed_in(request), logo=logo))

    @extend_schema(responses=SellerProfileSerializer)
    def delete(self, request: Request) -> Response:
        return _profile(sellers.change_seller_profile(signed_in(request), logo=""))


class WordingList(APIView):
    @extend_schema(responses=WordingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The usual one first."""
        rows = Wording.objects.visible_to(signed_in(request))
        return Response(WordingSerializer(rows, many=True).data)

    @extend_schema(request=WordingSerializer, responses={201: WordingSerializer})
    def post(self, request: Request) -> Response:
        user = signed_in(request)
        form = WordingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        if Wording.objects.visible_to(user).count() >= MOST_WORDINGS:
            raise serializers.ValidationError(f"You keep {MOST_WORDINGS} texts at most. Delete one first.")
        made = sellers.create_wording(owner=user, **form.validated_data)
        return Response(WordingSerializer(made).data, status=status.HTTP_201_CREATED)


class StarterWordingView(APIView):
    @extend_schema(responses=StarterWordingSerializer)
    def get(self, request: Request) -> Response:
        """Texts of ours to begin with. Nothing uses them until somebody takes them over."""
        return Response(StarterWordingSerializer(sellers.starter_wording()).data)


class WordingDetail(APIView):
    @extend_schema(request=WordingSerializer(partial=True), responses=WordingSerializer)
    def patch(self, request: Request, wording_id: str) -> Response:
        wording = selectors.get_wording(signed_in(request), wording_id)
        form = WordingSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        return Response(WordingSerializer(sellers.change_wording(wording, **form.validated_data)).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, wording_id: str) -> Response:
        sellers.delete_wording(selectors.get_wording(signed_in(request), wording_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _profile(profile: SellerProfile) -> Response:
    return Response(SellerProfileSerializer(profile).data)
