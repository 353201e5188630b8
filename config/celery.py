"""The Celery application. Tasks are doors: they take ids and call one service."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

app = Celery("stackdraft")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
