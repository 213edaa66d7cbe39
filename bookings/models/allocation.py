"""What a visit reserves, and what a change of it reserves beside that."""

from django.db import models

from bookings.models.booking import Booking
from bookings.models.change import ChangeProposal
from bookings.models.no_overlap import NoOverlap


class Allocation(models.Model):
    """The reservation of one venue, ensemble, or shared person or vehicle for a half-open time range.

    `change`: the time is that of a change that waits, so far as the visit does not reserve it already.
    """

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="allocations")
    change = models.ForeignKey(
        ChangeProposal, models.CASCADE, null=True, blank=True, related_name="allocations"
    )
    venue = models.ForeignKey(
        "venues.Venue", models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    ensemble = models.ForeignKey(
        "tours.Ensemble", models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    shared = models.ForeignKey(
        "tours.Shared", models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    occupied_from = models.DateTimeField()
    occupied_to = models.DateTimeField()
    is_blocking = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(venue__isnull=False, ensemble__isnull=True, shared__isnull=True)
                | models.Q(venue__isnull=True, ensemble__isnull=False, shared__isnull=True)
                | models.Q(venue__isnull=True, ensemble__isnull=True, shared__isnull=False),
                name="allocation_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(occupied_to__gt=models.F("occupied_from")),
                name="allocation_ends_after_start",
            ),
            NoOverlap(
                name="venue_taken_once",
                resource="venue",
                start="occupied_from",
                end="occupied_to",
                blocks="is_blocking",
            ),
            NoOverlap(
                name="ensemble_taken_once",
                resource="ensemble",
                start="occupied_from",
                end="occupied_to",
                blocks="is_blocking",
            ),
            NoOverlap(
                name="shared_taken_once",
                resource="shared",
                start="occupied_from",
                end="occupied_to",
                blocks="is_blocking",
            ),
        ]
        indexes = [
            models.Index(fields=["venue", "occupied_from"], name="allocation_of_venue"),
            models.Index(fields=["ensemble", "occupied_from"], name="allocation_of_ensemble"),
        ]

    def __str__(self) -> str:
        return f"{self.venue or self.ensemble or self.shared} {self.occupied_from}"
