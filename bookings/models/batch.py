"""Several offers that the same people answer: one mail, one link."""

from typing import Any

from django.db import models

from bookings.models.booking import Booking


class OfferBatch(models.Model):
    """A mailed link that lets its bearer answer several offers, each on its own. Only its digest is stored."""

    bookings: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(Booking, related_name="batches")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(help_text="The last of its offers' answer dates.")

    def __str__(self) -> str:
        return f"{self.pk} ({self.expires_at:%Y-%m-%d})"
