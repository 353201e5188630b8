"""The page that holds the screens, and the address that says the process is up."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

NOT_BUILT = "The screens are not built yet. Run: make setup\n"


@require_safe
@ensure_csrf_cookie
def screens(request: HttpRequest) -> HttpResponse:
    """The same page for every address; the browser's router takes it from there."""
    page = settings.BASE_DIR / "frontend" / "dist" / "index.html"
    if not page.exists():
        return HttpResponse(NOT_BUILT, content_type="text/plain", status=503)
    return HttpResponse(page.read_bytes(), headers={"Cache-Control": "no-cache"})


@require_safe
def healthy(request: HttpRequest) -> JsonResponse:
    """200 when this process reaches its database."""
    connection.ensure_connection()
    return JsonResponse({"status": "ok"})
