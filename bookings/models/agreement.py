"""What was confirmed of a visit, as it was: one row a confirmation, which nobody changes afterwards."""

from typing import Any

from django.conf import settings
from django.db import models

from bookings.models.no_change import NoChange


class Agreement(models.Model):
    """The facts of a visit on the day on which it was confirmed; a later confirmation is a later number.

    `facts` are data without contacts (`bookings.agreements` says which), `digest` is their SHA-256. Who confirmed it
    stands beside them as an account, so that no name is frozen; None: the bearer of a mailed link.
    """

    booking = models.ForeignKey("bookings.Booking", models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    facts: "models.JSONField[Any, Any]" = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["booking", "number"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "number"], name="agreement_numbered_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="agreement_numbered_from_one"),
            NoChange(name="agreement_never_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.booking} ({self.number})"
