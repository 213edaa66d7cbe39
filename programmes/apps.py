"""What a region wants, as a Django app."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"
