"""What belongs to a residency beside its periods: costs, people to reach, its days, travel, and what became of it."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bookings.models.residency import Residency
from tours.models.production import NOT_NEGATIVE
from venues.models.noted import Noted


class ResidencyCost(models.Model):
    """A line of a residency's money, in its currency: what it is planned to cost, and what it did."""

    class Kind(models.TextChoices):
        STIPEND = "stipend", _("stipend")
        SALARY = "salary", _("salary for paid weeks")
        HOUSING = "housing", _("housing")
        ROOM = "room", _("room")
        TRAVEL = "travel", _("travel")
        PER_DIEM = "per_diem", _("per diem")
        MATERIAL = "material", _("material")
        OTHER = "other", _("other costs")

    residency = models.ForeignKey(Residency, models.CASCADE, related_name="costs")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    words = models.CharField(_("what"), max_length=160, blank=True)
    paid_by = models.CharField(_("who pays"), max_length=10, choices=Residency.Side.choices)
    planned = models.DecimalField(_("planned"), max_digits=10, decimal_places=2, validators=NOT_NEGATIVE)
    actual = models.DecimalField(
        _("became"), max_digits=10, decimal_places=2, null=True, blank=True, validators=NOT_NEGATIVE
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["residency", "number"], name="residency_cost_numbered_once"),
            models.CheckConstraint(
                condition=Q(planned__gte=0) & (Q(actual__isnull=True) | Q(actual__gte=0)),
                name="residency_cost_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.words or self.get_kind_display()


class ResidencyContact(models.Model):
    """Somebody to reach about the stay; forgotten in time, as the contacts of visits are."""

    residency = models.ForeignKey(Residency, models.CASCADE, related_name="contacts")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(_("for what"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["residency", "number"], name="residency_contact_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


class DayLines(models.QuerySet["DayLine"]):
    """Named readings of the lines of day plans."""

    def between(self, first: date, last: date) -> Self:
        """Those of the days, both included."""
        return self.filter(on__gte=first, on__lte=last)

    def with_ground(self) -> Self:
        """With everything that a calendar says of one, read in few statements."""
        found = self.select_related("residency__host", "residency__place__municipality__region")
        return found.prefetch_related("residency__changes")


class DayLine(models.Model):
    """A line of the plan of a day of the stay, for those who work there. Sub-events stand beside them.

    Its version counts the SEQUENCE of its entry in the artist's calendar too.
    """

    residency = models.ForeignKey(Residency, models.CASCADE, related_name="day_lines")
    on = models.DateField(_("day"))
    starts = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)
    words = models.CharField(_("what"), max_length=200)
    version = models.PositiveIntegerField(default=1)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    changed_at = models.DateTimeField()

    objects = DayLines.as_manager()

    class Meta:
        ordering = ["on", "starts", "pk"]
        constraints = [
            Noted(name="day_line_noted", kind="residency", ref="residency"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=False, ends__gt=F("starts")),
                name="day_line_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.words}"


class ResidencyTravel(models.Model):
    """A journey to, from or during the stay."""

    class Means(models.TextChoices):
        TRAIN = "train", _("train")
        BUS = "bus", _("bus")
        CAR = "car", _("car")
        FLIGHT = "flight", _("flight")
        OTHER = "other", _("another way")

    residency = models.ForeignKey(Residency, models.CASCADE, related_name="travel")
    on = models.DateField(_("day"))
    from_words = models.CharField(_("from"), max_length=120)
    to_words = models.CharField(_("to"), max_length=120)
    means = models.CharField(_("how"), max_length=10, choices=Means.choices)
    km = models.PositiveSmallIntegerField(_("kilometres"), null=True, blank=True)
    people_count = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1)]
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(people_count__gte=1), name="residency_travel_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.from_words} – {self.to_words}"


class ResidencyReport(models.Model):
    """The final report that stands; its earlier wordings are in the residency's history."""

    residency = models.OneToOneField(Residency, models.CASCADE, related_name="report")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    days_worked = models.PositiveSmallIntegerField(_("days worked on the place"))
    artists_count = models.PositiveSmallIntegerField(_("artists who took part"))
    local_count = models.PositiveSmallIntegerField(
        _("people of the place who took part in the work"), null=True, blank=True
    )
    words = models.TextField(_("what was done, and what came of it"), max_length=8000)
    host_words = models.TextField(_("the host's words"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.residency} ({self.at:%Y-%m-%d})"


class ResidencyFollowUp(models.Model):
    """What is asked after a stay: its final report, and a year later what became of the work.

    The row comes about when the stay is over, or has been told of before. The answer may be given once more.
    """

    residency = models.OneToOneField(Residency, models.CASCADE, related_name="follow_up")
    report_next_at = models.DateTimeField(
        null=True, blank=True, help_text="When the report is asked for next; empty when it is not."
    )
    report_asked_count = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    was_shown = models.BooleanField(_("the work has been shown"), null=True, blank=True)
    performances_count = models.PositiveSmallIntegerField(_("performances since then"), null=True, blank=True)
    words = models.TextField(_("what came of it"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["due_on"], name="residency_to_follow_up"),
            models.Index(fields=["report_next_at"], name="residency_report_to_ask"),
        ]

    def __str__(self) -> str:
        return f"{self.residency} ({self.due_on})"
