"""A workshop before or after a visit, held by a performing-arts pedagogue: an activity of its own."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.no_overlap import NoOverlap
from venues.models import User
from venues.models.noted import Noted


class Workshops(models.QuerySet["Workshop"]):
    """Named readings of workshops."""

    def standing(self) -> Self:
        """Those that are proposed or confirmed."""
        return self.exclude(status=Workshop.Status.CANCELLED)

    def held_by(self, user: User) -> Self:
        """Those of the pedagogue."""
        return self.filter(pedagogue=user)

    def between(self, start: datetime, end: datetime) -> Self:
        """Those that start in the half-open range."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def with_ground(self) -> Self:
        """With everything that a page or a calendar says of one, read in few queries."""
        return self.select_related(
            "pedagogue",
            "booking__presenter",
            "booking__venue__place__municipality__region",
            "booking__tour__production__ensemble__producer",
        ).prefetch_related("groups__school__organisation")


class Workshop(models.Model):
    """A pedagogue with some groups of a visit, before its day or after it. It is counted as itself, never as a show.

    `place` is the room in words: a classroom is in no register. `is_blocking` follows from the status: as long as it
    may come about the pedagogue has the time.
    """

    class Kind(models.TextChoices):
        BEFORE = "before", _("before the visit")
        AFTER = "after", _("after the visit")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="workshops")
    pedagogue = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="workshops", verbose_name=_("pedagogue")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("room"), max_length=120)
    groups: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "venues.Group", related_name="workshops", verbose_name=_("groups")
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    is_blocking = models.BooleanField(default=True)
    took_part = models.PositiveSmallIntegerField(
        _("pupils who took part"), null=True, blank=True, validators=[MaxValueValidator(2000)]
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545 SEQUENCE: raised on each change.")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = Workshops.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            NoOverlap(
                name="pedagogue_booked_once",
                resource="pedagogue",
                start="starts_at",
                end="ends_at",
                blocks="is_blocking",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="workshop_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(status="cancelled", is_blocking=False)
                | (~models.Q(status="cancelled") & models.Q(is_blocking=True)),
                name="workshop_blocks_unless_cancelled",
            ),
            Noted(name="workshop_noted", kind="pedagogue", ref="pedagogue"),
            Noted(name="workshop_of_visit_noted", kind="booking", ref="booking"),
        ]

    def __str__(self) -> str:
        return f"{self.booking} ({self.get_kind_display()})"
