"""Calendars that come in, and the times in them: of what is in a calendar nothing is kept but when it is busy."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from venues.models.people import Organisation


class IncomingCalendars(models.QuerySet["IncomingCalendar"]):
    """Named readings of calendars that come in."""

    def due(self, now: datetime) -> Self:
        """Those to be read now, the longest waiting first."""
        return self.filter(next_refresh_at__lte=now).order_by("next_refresh_at", "pk")

    def being_read(self, now: datetime) -> Self:
        """Those that a worker reads just now."""
        return self.filter(reading_until__gt=now)

    def of_houses(self, houses: Iterable[Organisation]) -> Self:
        """Those of the houses and of their rooms."""
        return self.filter(Q(organisation__in=houses) | Q(venue__organisation__in=houses))

    def with_ground(self) -> Self:
        """With whose they are, and the region that each is in."""
        return self.select_related("organisation__region", "venue__place__municipality__region")


class IncomingCalendar(models.Model):
    """A calendar whose busy times count: of a house, of a room, or of somebody above (`Kind.ENSEMBLE`).

    The address is a secret, as whoever has it can read the calendar. It is empty where a file was uploaded.
    """

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("organisation")
        VENUE = "venue", _("venue")
        ENSEMBLE = "ensemble", _("ensemble")

    #: Letters in what its owner calls it. Source: the house's choice.
    LABEL_MAX = 80

    kind = models.CharField(max_length=12, choices=Kind.choices)
    organisation = models.ForeignKey(
        "venues.Organisation", models.CASCADE, null=True, blank=True, related_name="incoming_calendars"
    )
    venue = models.ForeignKey(
        "venues.Venue", models.CASCADE, null=True, blank=True, related_name="incoming_calendars"
    )
    label = models.CharField(_("name"), max_length=LABEL_MAX, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    salt = models.CharField(max_length=32, help_text="What the names of its events are hashed with.")
    created_at = models.DateTimeField(auto_now_add=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True, help_text="When its busy times were last read.")
    checked_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was last known that they still hold."
    )
    read_until = models.DateTimeField(
        null=True, blank=True, help_text="Nothing is known of what comes after."
    )
    empty_since = models.DateTimeField(
        null=True, blank=True, help_text="Since when it has come without entries, though it had some."
    )
    is_zone_assumed = models.BooleanField(default=False)
    failures = models.PositiveSmallIntegerField(
        default=0, help_text="Failed attempts since the last good one."
    )
    error = models.CharField(max_length=20, blank=True, help_text="Code of the last failure.")
    error_at = models.DateTimeField(null=True, blank=True)
    next_refresh_at = models.DateTimeField(null=True, blank=True, db_index=True)
    reading_until = models.DateTimeField(
        null=True, blank=True, db_index=True, help_text="A worker reads it, at most until then."
    )

    objects = IncomingCalendars.as_manager()

    class Meta:
        ordering = ["label", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="organisation", organisation__isnull=False, venue__isnull=True)
                | Q(kind="venue", organisation__isnull=True, venue__isnull=False)
                | Q(kind="ensemble", organisation__isnull=True, venue__isnull=True),
                name="incoming_calendar_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        """Never the address."""
        return self.label or f"{self.get_kind_display()} {self.pk}"


class BusyTimes(models.QuerySet["BusyTime"]):
    """Named readings of busy times."""

    def between(self, start: datetime, end: datetime) -> Self:
        """Those that touch the half-open range from start to end."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)


class BusyTime(models.Model):
    """A half-open time in which a calendar is busy; why, with whom and where is not kept."""

    calendar = models.ForeignKey(IncomingCalendar, models.CASCADE, related_name="busy_times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    uid_hash = models.CharField(max_length=32)

    objects = BusyTimes.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["calendar", "starts_at"], name="busy_by_calendar")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="busy_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at} – {self.ends_at}"
