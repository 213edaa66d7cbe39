"""Nights on which a town has no bed left."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.noted import Noted


class FullHouses(models.QuerySet["NoBeds"]):
    """Named readings of full houses."""

    def touching(self, first: date, last: date) -> Self:
        """Those with a night from the first to the last, both included."""
        return self.filter(first_night__lte=last, last_night__gte=first)

    def ahead(self, day: date) -> Self:
        """Those that are not over: the night after the day, or a later one, is among them."""
        return self.filter(last_night__gte=day)


class NoBeds(models.Model):
    """Nights on which nobody finds a bed in a place; a night is named by the day before it, both ends included."""

    place = models.ForeignKey("venues.Place", models.CASCADE, related_name="full_nights")
    first_night = models.DateField(_("first night"))
    last_night = models.DateField(_("last night"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    objects = FullHouses.as_manager()

    class Meta:
        ordering = ["first_night", "place__name", "pk"]
        verbose_name_plural = "no beds"
        constraints = [
            Noted(name="no_beds_noted", kind="drives"),
            models.CheckConstraint(
                condition=models.Q(last_night__gte=models.F("first_night")), name="no_beds_end_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.first_night} – {self.last_night}"
