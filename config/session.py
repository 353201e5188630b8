"""Signing in and out, and the API token of a user."""

from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect, ensure_csrf_cookie
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.signed_in import signed_in


class WrongCredentials(ValueError):
    status, code = 400, "wrong_credentials"

    def __init__(self) -> None:
        super().__init__("This user name and password don't belong together.")


def too_many_tries(request: HttpRequest, *args: object, **kwargs: object) -> JsonResponse:
    """What axes answers with while a name is locked, whatever the view wanted to say."""
    detail = "Too many tries for this user. Wait 15 minutes, then sign in again."
    return JsonResponse({"code": "too_many_tries", "detail": detail}, status=429)


class SignInSerializer(serializers.Serializer[object]):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=1000, trim_whitespace=False)


class UserSerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    username = serializers.CharField()
    name = serializers.SerializerMethodField()

    def get_name(self, user: User) -> str:
        return user.get_full_name() or user.get_username()


class SessionSerializer(serializers.Serializer[object]):
    user = UserSerializer(allow_null=True)


class TokenSerializer(serializers.Serializer[object]):
    token = serializers.CharField()


@method_decorator(ensure_csrf_cookie, name="dispatch")
class SessionView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(responses=SessionSerializer)
    def get(self, request: Request) -> Response:
        return Response(
            {"user": UserSerializer(request.user).data if request.user.is_authenticated else None}
        )

    @extend_schema(request=SignInSerializer, responses=SessionSerializer)
    @method_decorator(csrf_protect)  # DRF leaves anonymous requests unchecked; signing in must be ours
    def post(self, request: Request) -> Response:
        form = SignInSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = authenticate(request._request, **form.validated_data)
        if user is None:
            raise WrongCredentials
        login(request._request, user)
        return Response({"user": UserSerializer(user).data})

    @extend_schema(responses={204: None})
    def delete(self, request: Request) -> Response:
        logout(request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TokenView(APIView):
    @extend_schema(responses=TokenSerializer)
    def get(self, request: Request) -> Response:
        token, _ = Token.objects.get_or_create(user=signed_in(request))
        return Response({"token": token.key})

    @extend_schema(request=None, responses=TokenSerializer)
    def post(self, request: Request) -> Response:
        """A new token; the old one stops working at once."""
        Token.objects.filter(user=signed_in(request)).delete()
        return Response({"token": Token.objects.create(user=signed_in(request)).key})
