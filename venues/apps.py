"""The ground as a Django app."""

from django.apps import AppConfig
from django.urls import register_converter

from venues.addresses import Day


class VenuesConfig(AppConfig):
    name = "venues"

    def ready(self) -> None:
        """Both doors write `<day:...>` in their addresses."""
        register_converter(Day, "day")
