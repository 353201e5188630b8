from django.urls import path

from catalog.api import price_books, views
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
    path("price-books/", price_books.PriceBookList.as_view()),
    path("price-books/imports/", price_books.PriceBookImport.as_view()),
    path("price-books/<str:key>/prices/", price_books.PriceRowList.as_view()),
    path("price-books/<str:key>/versions/", price_books.PriceBookVersionList.as_view()),
    path("price-book-versions/<int:version_id>/", price_books.PriceBookVersionDetail.as_view()),
    path("price-book-versions/<int:version_id>/file/", price_books.PriceBookVersionFile.as_view()),
    *(
        path(
            f"price-book-versions/<int:version_id>/{step}/",
            price_books.PriceBookVersionStep.as_view(),
            {"step": step},
        )
        for step in price_books.STEPS
    ),
]
