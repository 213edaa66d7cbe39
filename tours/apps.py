"""Repertoire, wishes and tours as a Django app."""

from django.apps import AppConfig


class ToursConfig(AppConfig):
    name = "tours"
