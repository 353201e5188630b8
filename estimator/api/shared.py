"""The customer's doors: no account, only a link. What leaves here is made of the customer's part alone."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from estimator.api.proposal_serializers import SHOWN_VIEWS, ChangeSerializer
from estimator.api.proposals import version_file_answer
from estimator.domain.proposals.freezing import picture_name
from estimator.models import ProposalVersion, ShareLink
from estimator.services import sharing

COOKIE = "share-key"


class CommentSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=5000)
    asks_for_change = serializers.BooleanField(default=False)
    at = serializers.DateTimeField(read_only=True)
    is_sellers = serializers.SerializerMethodField()

    def get_is_sellers(self, comment: Any) -> bool:
        return comment.by_id is not None


class NewAcceptanceSerializer(serializers.Serializer[Any]):
    """`content_hash`: of what was read, so that nothing else is accepted."""

    option = serializers.CharField(max_length=1)
    name = serializers.CharField(max_length=200)
    role = serializers.CharField(max_length=200, allow_blank=True, default="")
    content_hash = serializers.CharField(max_length=64)


class AcceptanceSerializer(serializers.Serializer[Any]):
    option = serializers.CharField(source="letter")
    name = serializers.CharField()
    role = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()
    content_hash = serializers.CharField()


class ChangesSerializer(serializers.Serializer[Any]):
    since = serializers.IntegerField()
    rows = ChangeSerializer(many=True)


class SharedSerializer(serializers.Serializer[Any]):
    """`contents` as documents print them; amounts are texts. Pictures have addresses of their own."""

    version = serializers.IntegerField()
    content_hash = serializers.CharField()
    contents = serializers.JSONField()
    changes = ChangesSerializer(allow_null=True, help_text="What is not as it was in an earlier version.")
    is_newest = serializers.BooleanField()
    comments = CommentSerializer(many=True)
    acceptance = AcceptanceSerializer(allow_null=True)


class PasswordSerializer(serializers.Serializer[Any]):
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class _CustomersView(APIView):
    """Whoever is signed in as a seller is nobody special here."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    def link(self, request: Request, token: str) -> ShareLink:
        return sharing.open_link(token, request.COOKIES.get(COOKIE, ""))

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """A link is a secret: it is not kept by caches, nor told to other sites."""
        found = super().finalize_response(request, response, *args, **kwargs)
        found["Cache-Control"] = "no-store"
        found["Referrer-Policy"] = "no-referrer"
        found["X-Robots-Tag"] = "noindex"
        return found


class SharedProposalView(_CustomersView):
    @extend_schema(auth=[], responses=SharedSerializer)
    def get(self, request: Request, token: str) -> Response:
        link = self.link(request, token)
        sharing.note_view(link, "page", request.META.get("HTTP_USER_AGENT", ""))
        return Response(_shared(link.version))


class PictureOptionsSerializer(serializers.Serializer[Any]):
    view = serializers.ChoiceField(SHOWN_VIEWS, required=False, help_text="Else the one that is printed.")
    theme = serializers.ChoiceField(["light", "dark"], default="light")


class SharedPictureView(_CustomersView):
    @extend_schema(
        auth=[],
        parameters=[PictureOptionsSerializer],
        responses={(200, "image/svg+xml"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, token: str, letter: str) -> HttpResponse:
        """An option's drawing, in one of the views that were frozen."""
        version = self.link(request, token).version
        form = PictureOptionsSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        pictures, asked = version.pictures, form.validated_data
        printed = {one["letter"]: one["picture"]["view"] for one in version.customer["options"]}
        view = "" if asked.get("view") in (None, printed.get(letter)) else asked["view"]
        light = picture_name(letter, view=view)
        if light not in pictures:
            raise Http404
        svg = pictures.get(picture_name(letter, view=view, theme=asked["theme"]), pictures[light])
        return HttpResponse(svg, content_type="image/svg+xml")


class SharedFileView(_CustomersView):
    @extend_schema(auth=[], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    def get(self, request: Request, token: str, ending: str) -> HttpResponse:
        """`proposal.pdf`, `proposal.xlsx` or `proposal.docx`."""
        link = self.link(request, token)
        sharing.note_view(link, f"proposal.{ending}", request.META.get("HTTP_USER_AGENT", ""))
        return version_file_answer(link.version, ending)


class SharedUnlockView(_CustomersView):
    @extend_schema(auth=[], request=PasswordSerializer, responses={204: None})
    def post(self, request: Request, token: str) -> Response:
        form = PasswordSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        key = sharing.unlock(token, form.validated_data["password"])
        answer = Response(status=status.HTTP_204_NO_CONTENT)
        answer.set_cookie(
            COOKIE,
            key,
            max_age=sharing.KEY_HOURS * 3600,
            path=f"/api/shared/{token}/",
            httponly=True,
            secure=request.is_secure(),
            samesite="Strict",
        )
        return answer


class SharedCommentsView(_CustomersView):
    @extend_schema(auth=[], request=CommentSerializer, responses={201: CommentSerializer})
    def post(self, request: Request, token: str) -> Response:
        link = self.link(request, token)
        form = CommentSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = sharing.comment(link.version, link=link, **form.validated_data)
        return Response(CommentSerializer(made).data, status=status.HTTP_201_CREATED)


class SharedAcceptanceView(_CustomersView):
    @extend_schema(auth=[], request=NewAcceptanceSerializer, responses={201: AcceptanceSerializer})
    def post(self, request: Request, token: str) -> Response:
        link = self.link(request, token)
        form = NewAcceptanceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        accepted = sharing.accept(
            link,
            letter=said["option"],
            name=said["name"],
            role=said["role"],
            content_hash=said["content_hash"],
        )
        return Response(AcceptanceSerializer(accepted).data, status=status.HTTP_201_CREATED)


def _shared(version: ProposalVersion) -> dict[str, Any]:
    proposal, changes = version.proposal, version.changes()
    accepted = getattr(version, "acceptance", None)
    newest = proposal.versions.order_by("-number").values_list("number", flat=True).first()
    return {
        "version": version.number,
        "content_hash": version.content_hash,
        "contents": version.customer,
        "changes": None if changes is None else ChangesSerializer(changes).data,
        "is_newest": newest == version.number,
        "comments": CommentSerializer(version.comments.all(), many=True).data,
        "acceptance": None if accepted is None else AcceptanceSerializer(accepted).data,
    }
