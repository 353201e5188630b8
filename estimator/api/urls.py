from django.urls import path

from estimator.api import views

urlpatterns = [path("designs/<str:design_id>/estimate/", views.EstimateView.as_view())]
