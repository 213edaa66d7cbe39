"""The history of a tour's stage: lines that are only ever added."""

from typing import Any

from django.conf import settings
from django.db import models

from tours.models.tour import Tour


class TourChange(models.Model):
    """What became of a tour: when, by whom (nobody: the clock), from which stage to which, and why."""

    tour = models.ForeignKey(Tour, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=20)
    from_stage = models.CharField(max_length=10)
    to_stage = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    details: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"
