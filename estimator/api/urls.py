from django.urls import path

from estimator.api import comparisons, customers, impact, views

urlpatterns = [
    path("designs/<str:design_id>/estimate/", views.EstimateView.as_view()),
    path("designs/<str:design_id>/estimate.csv", views.EstimateCsvView.as_view()),
    path("designs/<str:design_id>/estimate.xlsx", views.EstimateWorkbookView.as_view()),
    path("designs/<str:design_id>/comparison/", comparisons.ComparisonView.as_view()),
    path("designs/<str:design_id>/differences/", comparisons.DifferencesView.as_view()),
    path("designs/<str:design_id>/suggestions/", comparisons.SuggestionsView.as_view()),
    path("designs/<str:design_id>/variants/", comparisons.VariantsView.as_view()),
    path("price-book-versions/<int:version_id>/impact/", impact.ImpactView.as_view()),
    path("customers/", customers.CustomerList.as_view()),
    path("customers/<str:customer_id>/", customers.CustomerDetail.as_view()),
    path("currency-rates/", customers.CurrencyRateList.as_view()),
    path("currency-rates/<str:rate_id>/", customers.CurrencyRateDetail.as_view()),
]
