"""The road graph's edges, and travel times that a producer knows better."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.noted import Noted


class Road(models.Model):
    """A stretch of road between two places, passable both ways.

    `closed_from` and `closed_to` are month and day ("10-15"), both included, of a closure that comes every
    year and may run over New Year.
    """

    start = models.ForeignKey("venues.Place", models.CASCADE, related_name="roads_out")
    end = models.ForeignKey("venues.Place", models.CASCADE, related_name="roads_in")
    km = models.FloatField(validators=[MinValueValidator(0.1)])
    kmh = models.PositiveSmallIntegerField(
        _("typical speed"), validators=[MinValueValidator(5), MaxValueValidator(120)]
    )
    number = models.CharField(_("road"), max_length=40, blank=True)
    closed_from = models.CharField(max_length=5, blank=True)
    closed_to = models.CharField(max_length=5, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    confidence = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["start__name", "end__name"]
        constraints = [
            Noted(name="road_noted", kind="drives"),
            models.UniqueConstraint(fields=["start", "end"], name="road_once"),
            models.CheckConstraint(condition=models.Q(km__gt=0, kmh__gt=0), name="road_has_length_and_speed"),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


class TravelOverride(models.Model):
    """Minutes and km between two places as a producer has driven them; holds in both directions."""

    start = models.ForeignKey("venues.Place", models.CASCADE, related_name="+")
    end = models.ForeignKey("venues.Place", models.CASCADE, related_name="+")
    drive_min = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    km = models.FloatField(validators=[MinValueValidator(0.1), MaxValueValidator(2000)])
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["start__name", "end__name"]
        constraints = [
            Noted(name="travel_override_noted", kind="drives"),
            models.UniqueConstraint(fields=["start", "end"], name="override_once"),
            # One row serves both directions: the lower id stands first.
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="override_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}: {self.drive_min} min"
