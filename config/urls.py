"""Every address: the API, its documentation, the admin, and the one page that holds the screens."""

from django.contrib import admin
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.screens import healthy, screens
from config.session import SessionView, TokenView

urlpatterns = [
    path("api/session/", SessionView.as_view()),
    path("api/token/", TokenView.as_view()),
    path("api/", include("catalog.api.urls")),
    path("api/", include("designer.api.urls")),
    path("api/", include("estimator.api.urls")),
    path("api/", include("deployer.api.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema")),
    path("admin/", admin.site.urls),
    path("healthz", healthy),
    re_path(r"^(?!api/|admin/|static/|ws/).*$", screens),
]
