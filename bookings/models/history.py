"""What happened to a visit, line by line, and the mailed link by which its presenter answers."""

from typing import Any

from django.conf import settings
from django.db import models

from venues.models.noted import Noted


class BookingChange(models.Model):
    """A line of a booking's history. Lines are only ever added."""

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=20)
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    details: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]
        constraints = [Noted(name="booking_change_noted", kind="booking", ref="booking")]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"


class AnswerLink(models.Model):
    """A mailed link that lets its bearer answer one offer. Only the token's digest is stored."""

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="answer_links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.booking} ({self.expires_at:%Y-%m-%d})"
