from django.urls import path

from catalog.api import views

urlpatterns = [
    path("component-types/", views.ComponentTypeList.as_view()),
    path("templates/", views.TemplateList.as_view()),
    path("templates/<str:key>/", views.TemplateDetail.as_view()),
    path("price-books/", views.PriceBookList.as_view()),
]
