from django.urls import path

from catalog.api import views
from catalog.api.template_versions import STEPS, TemplateVersionList, TemplateVersionStep

urlpatterns = [
    path("component-types/", views.ComponentTypeList.as_view()),
    path("templates/", views.TemplateList.as_view()),
    path("templates/<str:key>/", views.TemplateDetail.as_view()),
    path("template-versions/", TemplateVersionList.as_view()),
    *(
        path(f"template-versions/<int:version_id>/{step}/", TemplateVersionStep.as_view(), {"step": step})
        for step in STEPS
    ),
    path("price-books/", views.PriceBookList.as_view()),
]
