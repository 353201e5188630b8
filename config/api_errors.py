"""The error contract on one screen: an exception becomes {"code", "detail", "reasons"?} and a status."""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

logger = logging.getLogger(__name__)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Our own errors carry `status`, `code` and maybe `reasons`; the framework's are translated here.

    Anything else is a fault of ours: None lets Django answer 500 and log the traceback.
    """
    if isinstance(getattr(error, "status", None), int) and isinstance(getattr(error, "code", None), str):
        set_rollback()
        return _answer(error.status, error.code, str(error), getattr(error, "reasons", None))  # type: ignore[attr-defined]
    if isinstance(error, OperationalError):
        logger.warning("database did not take part", exc_info=error)
        set_rollback()
        return _answer(503, "database_busy", "The database is busy. Nothing was changed; try again.")
    if isinstance(error, Http404):
        return _answer(status.HTTP_404_NOT_FOUND, "not_found", "There is nothing at this address.")
    if isinstance(error, PermissionDenied):
        return _answer(status.HTTP_403_FORBIDDEN, "not_allowed", "You may not do this.")
    if isinstance(error, exceptions.ValidationError):
        reasons = list(_reasons("", error.detail))
        return _answer(error.status_code, "invalid", _first(reasons), reasons)
    if isinstance(error, exceptions.APIException):
        set_rollback()
        code = {
            "parse_error": "not_json",
            "not_authenticated": "sign_in_needed",
            "authentication_failed": "sign_in_needed",
            "permission_denied": "not_allowed",
        }
        codes = error.get_codes()
        name = codes if isinstance(codes, str) else "invalid"
        return _answer(error.status_code, code.get(name, name), str(error.detail))
    return None


def _answer(
    http_status: int, code: str, detail: str, reasons: list[dict[str, str]] | None = None
) -> Response:
    body: dict[str, Any] = {"code": code, "detail": detail}
    if reasons:
        body["reasons"] = reasons
    return Response(body, status=http_status)


def _reasons(at: str, detail: Any) -> Any:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _reasons(f"{at}.{name}" if at else str(name), inner)
    elif isinstance(detail, list):
        for inner in detail:
            yield from _reasons(at, inner)
    else:
        yield {"at": at.removeprefix("non_field_errors"), "detail": str(detail)}


def _first(reasons: list[dict[str, str]]) -> str:
    if not reasons:
        return "The request is not valid."
    first = reasons[0]
    return f"{first['at']}: {first['detail']}" if first["at"] else first["detail"]
