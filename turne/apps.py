"""The people's door as a Django app."""

from django.apps import AppConfig


class TurneConfig(AppConfig):
    name = "turne"
