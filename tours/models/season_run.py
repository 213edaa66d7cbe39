"""One run of the planner over several tours of a season."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class SeasonRun(models.Model):
    """Tours of one season that are planned around each other; when it is done, each has a proposal."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("planning")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    season = models.ForeignKey("tours.Season", models.CASCADE, related_name="runs")
    tours: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "tours.Tour", related_name="season_runs"
    )
    proposals: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "tours.Proposal", related_name="season_runs"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    seconds = models.PositiveSmallIntegerField(
        _("seconds"), default=30, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    apart_days = models.PositiveSmallIntegerField(
        _("days between visits to one presenter"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )
    neighbour_km = models.PositiveSmallIntegerField(
        _("neighbours live within, km"), default=25, validators=[MaxValueValidator(200)]
    )
    in_turn = models.FloatField(null=True, help_text="The sum when every tour had been planned once.")
    total = models.FloatField(null=True, help_text="The sum in the end.")
    error = models.TextField(blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-id"]

    def __str__(self) -> str:
        return f"{self.season} #{self.pk}"
