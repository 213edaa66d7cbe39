"""Calendars as they are stored: the bytes of each dated thing, and of each address that is read."""

from typing import Any, Self

from django.db import models
from django.db.models import F

from bookings.models.booking import Booking, Performances
from bookings.models.residency import Periods, Residency
from venues.models.noted import Noted


class CalendarEntry(models.Model):
    """A dated thing that calendars show, and where it stands: what each change of it makes dirty.

    `facets` maps kinds of feeds to the keys of the rows in whose feeds it was when it was last looked at: one, or of
    what belongs to a residency several. `generation` grows each time that anything it shows was written.
    """

    uid = models.UUIDField(primary_key=True)
    booking_ref = models.BigIntegerField(
        db_index=True, help_text="No foreign key: a deleted visit has to be taken out of its feeds."
    )
    residency_ref = models.BigIntegerField(
        null=True,
        db_index=True,
        help_text="The same for what belongs to a residency; then there is no visit.",
    )
    facets: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    generation = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name_plural = "calendar entries"

    def __str__(self) -> str:
        return str(self.uid)


class RenderedEntries(models.QuerySet["RenderedEntry"]):
    """Named readings of rendered entries."""

    def current(self, style: str) -> Self:
        """Those that nothing has changed since: neither what they show nor how it is written."""
        return self.filter(style=style, generation=F("entry__generation"))


class RenderedEntry(models.Model):
    """The VEVENT of an entry in one version: who may read what differs, the UID does not.

    It is right as long as its generation is the entry's and its style that of the running program.
    """

    entry = models.ForeignKey(CalendarEntry, models.CASCADE, related_name="rendered")
    version = models.CharField(max_length=12)
    generation = models.PositiveBigIntegerField()
    style = models.CharField(max_length=16)
    sequence = models.PositiveIntegerField()
    last_modified = models.DateTimeField(help_text="When these bytes came to be; never goes back.")
    vevent = models.BinaryField()

    objects = RenderedEntries.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="rendered_once_a_version")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.version}"


class StoredFeed(models.Model):
    """The calendar at one address, ready to be sent.

    It is right as long as `made` is `wanted`, it was made for this day in this style, and no `CalendarMark` stands.
    The large columns are the last, the one that is asked for most before the other: SQLite reads a row from its start
    to the column that is asked for.
    """

    address = models.CharField(max_length=500, unique=True)
    kind = models.CharField(max_length=12)
    ref = models.BigIntegerField()
    wanted = models.PositiveBigIntegerField(default=1)
    made = models.PositiveBigIntegerField(default=0)
    made_for = models.DateField(null=True)
    style = models.CharField(max_length=16, blank=True)
    etag = models.CharField(max_length=32, blank=True)
    modified_s = models.BigIntegerField(default=0, help_text="Unix time of the last change of the bytes.")
    entries_count = models.PositiveIntegerField(default=0)
    read_on = models.DateField(help_text="The last day on which it was asked for and had to be made.")
    packed = models.BinaryField(default=b"")
    body = models.BinaryField(default=b"")

    class Meta:
        indexes = [
            models.Index(fields=["kind", "ref"], name="feeds_of_a_thing"),
            models.Index(fields=["made_for", "read_on"], name="feeds_of_a_day"),
        ]

    def __str__(self) -> str:
        return self.address


class DroppedShow(models.Model):
    """A show that had been published, and that its visit has no more: calendars say so until its day has passed."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="dropped_shows")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    uid = models.UUIDField(unique=True, editable=False)
    sequence = models.PositiveIntegerField()
    changed_at = models.DateTimeField(help_text="When it was dropped.")

    objects = Performances.as_manager()

    class Meta:
        ordering = ["starts_at", "uid"]
        constraints = [Noted(name="dropped_show_noted", kind="booking", ref="booking")]

    def __str__(self) -> str:
        return f"{self.booking} {self.number}"


class DroppedPeriods(Periods):
    """Named readings of dropped periods."""

    def with_ground(self) -> Self:
        """With everything that a calendar says of one."""
        found = self.select_related("residency__host", "residency__place__municipality")
        return found.prefetch_related("residency__changes")


class DroppedPeriod(models.Model):
    """A period that a stay has no more, after calendars had shown it: they say so until its days have passed."""

    residency = models.ForeignKey(Residency, models.CASCADE, related_name="dropped_periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    uid = models.UUIDField(unique=True, editable=False)
    sequence = models.PositiveIntegerField()
    changed_at = models.DateTimeField(help_text="When it was dropped.")

    objects = DroppedPeriods.as_manager()

    class Meta:
        ordering = ["starts_on", "uid"]
        constraints = [Noted(name="dropped_period_noted", kind="residency", ref="residency")]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
