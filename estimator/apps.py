from django.apps import AppConfig


class EstimatorConfig(AppConfig):
    name = "estimator"
    default_auto_field = "django.db.models.BigAutoField"
