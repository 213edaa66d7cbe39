"""The Celery application: the production runner of the functions that `manage.py work` loops over."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turne.settings")
app = Celery("turne")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
