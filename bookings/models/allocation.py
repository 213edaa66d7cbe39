"""What a visit reserves, what a change of it reserves beside that, and what a residency does."""

from functools import reduce
from operator import or_

from django.db import models

from bookings.models.booking import Booking
from bookings.models.change import ChangeProposal
from bookings.models.no_overlap import NoOverlap
from bookings.models.residency import Residency, ResidencyPeriod, SubEvent
from venues.models.noted import Noted


def _one_of(*names: str) -> models.Q:
    """Exactly one of the fields is set."""
    each = [models.Q(**{f"{other}__isnull": other != name for other in names}) for name in names]
    return reduce(or_, each)


class Allocation(models.Model):
    """The reservation of one venue, ensemble, dwelling, or shared person or vehicle for a half-open time range.

    It is a visit's or a residency's. `change`: the time is that of a change that waits, so far as the visit does not
    reserve it already. `period` or `sub_event`: what of the residency it is for.
    """

    booking = models.ForeignKey(Booking, models.CASCADE, null=True, blank=True, related_name="allocations")
    residency = models.ForeignKey(
        Residency, models.CASCADE, null=True, blank=True, related_name="allocations"
    )
    period = models.ForeignKey(
        ResidencyPeriod, models.CASCADE, null=True, blank=True, related_name="allocations"
    )
    sub_event = models.ForeignKey(SubEvent, models.CASCADE, null=True, blank=True, related_name="allocations")
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
    dwelling = models.ForeignKey(
        "venues.Dwelling", models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    occupied_from = models.DateTimeField()
    occupied_to = models.DateTimeField()
    is_blocking = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_one_of("venue", "ensemble", "shared", "dwelling"),
                name="allocation_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(occupied_to__gt=models.F("occupied_from")),
                name="allocation_ends_after_start",
            ),
            models.CheckConstraint(condition=_one_of("booking", "residency"), name="allocation_by_one"),
            # What a visit reserves is no residency's and leaves no mark.
            Noted(name="residency_allocation_noted", kind="residency", ref="residency"),
            NoOverlap(
                name="dwelling_taken_once",
                resource="dwelling",
                start="occupied_from",
                end="occupied_to",
                blocks="is_blocking",
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
        return f"{self.venue or self.ensemble or self.shared or self.dwelling} {self.occupied_from}"

    @property
    def taken_for(self) -> str:
        """The tour or the residency that has it."""
        return str(self.booking.tour if self.booking else self.residency)
