from django.apps import AppConfig


class DeployerConfig(AppConfig):
    name = "deployer"
    default_auto_field = "django.db.models.BigAutoField"
