"""A residency: a stay with a host in one or more periods, what is agreed about it, and its sub-events."""

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.models.no_change import NoChange
from bookings.models.no_shared_day import NoSharedDay
from tours.models import Production
from venues.models.noted import Noted

#: Letters of a description. Source: the house's choice; two pages.
ABOUT_MAX = 8000


class Residencies(models.QuerySet["Residency"]):
    """Named readings of residencies."""

    def standing(self) -> Self:
        """Those that may come about, or have."""
        return self.exclude(status=Residency.Status.CANCELLED)

    def public(self) -> Self:
        """Those that the public may know of: published, and not back to being planned.

        What was confirmed once stays public while both sides answer to a changed contract.
        """
        return self.filter(published_at__isnull=False).exclude(status=Residency.Status.PLANNED)

    def between(self, first: date, last: date) -> Self:
        """Those with a period that touches the days, both included."""
        touching = ResidencyPeriod.objects.filter(starts_on__lte=last, ends_on__gte=first)
        return self.filter(pk__in=touching.values("residency"))

    def with_ground(self) -> Self:
        """With what its pages and calendars show, in few statements."""
        found = self.select_related(
            "region", "host", "place__municipality__region", "ensemble", "artist", "production"
        )
        return found.prefetch_related("periods", "sub_events__venue__place", "allocations__venue")


class Residency(models.Model):
    """Work in a place: an artist or ensemble with a host. What it reserves are `Allocation` rows.

    The artist and the host both agree to its contract; then it is confirmed. It is public once `published_at` is set.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        OFFERED = "offered", _("contract sent")
        CONFIRMED = "confirmed", _("confirmed")
        CANCELLED = "cancelled", _("cancelled")

    class Side(models.TextChoices):
        HOST = "host", _("the host")
        ARTIST = "artist", _("the artist")
        REGION = "region", _("the region")

    region = models.ForeignKey("venues.Region", models.PROTECT, related_name="residencies")
    host = models.ForeignKey(
        "venues.Organisation", models.PROTECT, related_name="residencies", verbose_name=_("host")
    )
    place = models.ForeignKey(
        "venues.Place", models.PROTECT, related_name="residencies", verbose_name=_("place")
    )
    artist_name = models.CharField(_("artist or ensemble"), max_length=120)
    artist = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="residencies",
        help_text="Who acts for the artist; empty as long as nobody has an account.",
    )
    ensemble = models.ForeignKey(
        "tours.Ensemble", models.PROTECT, null=True, blank=True, related_name="residencies"
    )
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    about = models.TextField(_("about the work"), max_length=ABOUT_MAX, blank=True)
    about_en = models.TextField(_("about the work, in English"), max_length=ABOUT_MAX, blank=True)
    art_form = models.CharField(_("art form"), max_length=20, choices=Production.ArtForm.choices)
    people_count = models.PositiveSmallIntegerField(_("how many come"), default=1)
    access_needs = models.TextField(
        _("what they need to take part"), max_length=1000, blank=True, help_text=_("For the host alone.")
    )
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANNED)
    host_agreed_at = models.DateTimeField(null=True, blank=True)
    artist_agreed_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(
        _("answer by"),
        null=True,
        blank=True,
        help_text="By when both sides are asked to agree to the contract.",
    )
    answer_remind_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by_side = models.CharField(max_length=10, choices=Side.choices, blank=True)
    cancelled_why = models.CharField(_("why it was cancelled"), max_length=500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    production = models.ForeignKey(
        "tours.Production", models.PROTECT, null=True, blank=True, related_name="residencies"
    )
    tours: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "tours.Tour", related_name="residencies"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = Residencies.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name_plural = "residencies"
        constraints = [
            Noted(name="residency_noted", kind="residency"),
            models.CheckConstraint(
                condition=Q(status="cancelled", cancelled_at__isnull=False)
                | (~Q(status="cancelled") & Q(cancelled_at__isnull=True)),
                name="residency_cancelled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed")
                | Q(host_agreed_at__isnull=False, artist_agreed_at__isnull=False),
                name="residency_confirmed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def at(self) -> str:
        """ "Bygdescen Ripan, Östersund": the host and where; a place in which the host's name ends is told once."""
        host, place = str(self.host), str(self.place)
        return host if host.endswith(f", {place}") else f"{host}, {place}"

    @property
    def is_public(self) -> bool:
        """Whether everybody may know of it; see `Residencies.public`."""
        return self.published_at is not None and self.status != Residency.Status.PLANNED

    @property
    def last_day(self) -> date | None:
        """The last day of its last period; None while it has none."""
        return max((one.ends_on for one in self.periods.all()), default=None)


class Periods(models.QuerySet["ResidencyPeriod"]):
    """Named readings of periods."""

    def public(self) -> Self:
        """Those that the public may know of: of a residency that is public."""
        return self.filter(residency__in=Residency.objects.public())

    def between(self, first: date, last: date) -> Self:
        """Those that touch the days, both included."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def with_ground(self) -> Self:
        """With everything that a calendar says of one, read in few statements."""
        found = self.select_related("residency__host", "residency__place__municipality")
        return found.prefetch_related("residency__changes", "residency__periods", "allocations__venue")


class ResidencyPeriod(models.Model):
    """Days of the stay, both included. A stay may be split over several; calendars show each as whole days."""

    residency = models.ForeignKey(Residency, models.CASCADE, related_name="periods")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545 SEQUENCE: raised on each change.")
    changed_at = models.DateTimeField()

    objects = Periods.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            Noted(name="residency_period_noted", kind="residency", ref="residency"),
            models.UniqueConstraint(fields=["residency", "starts_on"], name="residency_period_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="residency_period_ends_after_start"
            ),
            NoSharedDay(name="residency_days_once", resource="residency", start="starts_on", end="ends_on"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"


class SubEvents(models.QuerySet["SubEvent"]):
    """Named readings of sub-events."""

    def public(self) -> Self:
        """Those that the public may know of: their own choice, of a residency that is public."""
        return self.filter(is_public=True, residency__in=Residency.objects.public())

    def standing(self) -> Self:
        """Those that were not cancelled, of residencies that were not either."""
        return self.filter(cancelled_at=None, residency__in=Residency.objects.standing())

    def between(self, start: datetime, end: datetime) -> Self:
        """Those that start in the half-open range."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def with_ground(self) -> Self:
        """With everything that a calendar says of one, read in few statements."""
        found = self.select_related(
            "residency__host",
            "residency__place__municipality__region",
            "venue__place__municipality__region",
        )
        return found.prefetch_related("residency__changes", "groups__school__organisation")

    def counted(self) -> Self:
        """Those that took place, as told afterwards."""
        return self.standing().filter(outcome=SubEvent.Outcome.HELD)


class SubEvent(models.Model):
    """A dated performance of a residency's own kind, counted as itself. Its room is a venue, or told in words."""

    class Kind(models.TextChoices):
        OPEN_REHEARSAL = "open_rehearsal", _("open rehearsal")
        WORKSHOP = "workshop", _("workshop")
        SHOWING = "showing", _("public showing")
        TALK = "talk", _("artist talk")

    class Outcome(models.TextChoices):
        UNKNOWN = "", _("not reported")
        HELD = "held", _("was held")
        NOT_HELD = "not_held", _("was not held")

    residency = models.ForeignKey(Residency, models.CASCADE, related_name="sub_events")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    about = models.TextField(_("about it"), max_length=2000, blank=True)
    venue = models.ForeignKey(
        "venues.Venue",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_events",
        verbose_name=_("venue"),
    )
    room = models.CharField(_("room"), max_length=120, blank=True, help_text=_("Where it is no venue here."))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    is_public = models.BooleanField(_("open to everybody"), default=False)
    groups: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "venues.Group", related_name="sub_events", verbose_name=_("groups")
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(_("why it was cancelled"), max_length=500, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)
    attendance = models.PositiveSmallIntegerField(_("audience"), null=True, blank=True)
    attendance_young = models.PositiveSmallIntegerField(
        _("of which children and young people"), null=True, blank=True
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545 SEQUENCE: raised on each change.")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    objects = SubEvents.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            Noted(name="sub_event_noted", kind="residency", ref="residency"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="sub_event_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(attendance_young__isnull=True)
                | Q(attendance__isnull=False, attendance_young__lte=F("attendance")),
                name="sub_event_young_within_audience",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ResidencyContract(models.Model):
    """Append-only: a residency as its contract was sent; each sending is a later number, the last one counts."""

    residency = models.ForeignKey(Residency, models.PROTECT, related_name="contracts")
    number = models.PositiveSmallIntegerField()
    host = models.ForeignKey(
        "venues.Organisation",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="With whom it was made; empty: nobody knows any more.",
    )
    made_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    facts: "models.JSONField[Any, Any]" = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 over the facts.")

    class Meta:
        ordering = ["residency", "number"]
        constraints = [
            models.UniqueConstraint(fields=["residency", "number"], name="residency_contract_numbered_once"),
            NoChange(name="residency_contract_never_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.residency} ({self.number})"


class ResidencyChange(models.Model):
    """A line of a residency's history. Lines are only ever added."""

    residency = models.ForeignKey(Residency, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=20)
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    details: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [NoChange(name="residency_change_never_changes")]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"
