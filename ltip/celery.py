"""The Celery application. A task carries only the number of a job's row."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ltip.settings.production")

app = Celery("ltip")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
