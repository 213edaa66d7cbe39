"""Whose calendar comes in for an ensemble."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnsembleCalendar(models.Model):
    """The calendar of somebody in an ensemble. Who it is, is said by the part that they have, never by their name."""

    ensemble = models.ForeignKey("tours.Ensemble", models.CASCADE, related_name="calendars")
    calendar = models.OneToOneField(
        "venues.IncomingCalendar", models.CASCADE, related_name="of_ensemble", verbose_name=_("calendar")
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.ensemble}: {self.calendar}"
