"""One visit: its agreement, its performances, what it reserves, and everything that happened to it."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.no_overlap import NoOverlap
from bookings.models.production import NOT_NEGATIVE
from venues.models import HOSTS, Membership, User


class Status(models.TextChoices):
    """States of an agreement; `bookings.states.ACTIONS` says who may move it where."""

    HELD = "held", _("held")
    OFFERED = "offered", _("offered")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RELEASED = "released", _("released")
    EXPIRED = "expired", _("expired")
    CANCELLED = "cancelled", _("cancelled")


LIVE = (Status.HELD, Status.OFFERED, Status.CONFIRMED)


class Bookings(models.QuerySet["Booking"]):
    """Named readings of bookings."""

    def live(self) -> Self:
        """Those that may still be played."""
        return self.filter(status__in=LIVE)

    def reserving(self) -> Self:
        """Those that have their slot: first options, offers of them, and what is confirmed."""
        return self.live().filter(hold_rank=1)

    def waiting(self) -> Self:
        """Further options, whose slot another has."""
        return self.filter(status__in=[Status.HELD, Status.OFFERED], hold_rank__gt=1)

    def to_answer(self) -> Self:
        """Those that wait for the presenter."""
        return self.filter(status=Status.OFFERED)

    def between(self, start: datetime, end: datetime) -> Self:
        """Those whose occupation touches the half-open range."""
        return self.filter(occupied_from__lt=end, occupied_to__gt=start)

    def hosted_by(self, user: User) -> Self:
        """Those of organisations for which the user is presenter or school contact."""
        mine = user.memberships.filter(role__in=HOSTS)
        return self.filter(presenter__memberships__in=mine).distinct()

    def plannable_by(self, user: User) -> Self:
        """Those on tours that the user may plan."""
        mine = user.memberships.filter(role=Membership.Role.PRODUCER)
        return self.filter(tour__production__ensemble__producer__memberships__in=mine).distinct()

    def with_ground(self) -> Self:
        """With everything that a page or a calendar shows, read in few queries."""
        return self.select_related(
            "tour__production__ensemble__producer",
            "tour__season__region",
            "presenter",
            "venue__place__municipality__region",
            "wish",
        ).prefetch_related("performances")


class Booking(models.Model):
    """One visit of a tour to one presenter in one venue, from get-in to get-out."""

    Status = Status

    class Outcome(models.TextChoices):
        UNKNOWN = "", _("not reported")
        HELD = "held", _("was played")
        NOT_HELD = "not_held", _("was not played")

    tour = models.ForeignKey("bookings.Tour", models.PROTECT, related_name="bookings")
    wish = models.ForeignKey("bookings.Wish", models.PROTECT, null=True, blank=True, related_name="bookings")
    presenter = models.ForeignKey("venues.Organisation", models.PROTECT, related_name="bookings")
    venue = models.ForeignKey("venues.Venue", models.PROTECT, related_name="bookings")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.HELD)
    hold_rank = models.PositiveSmallIntegerField(
        _("option"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Only the first option reserves the slot."),
    )
    hold_expires_at = models.DateTimeField(_("held until"), null=True, blank=True)
    hold_remind_at = models.DateTimeField(
        null=True, blank=True, help_text="When the producer is reminded; empty once that is done."
    )
    challenger = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="challenged",
        help_text="The further option that asks this hold to be confirmed or released.",
    )
    challenge_answer_by = models.DateTimeField(null=True, blank=True)
    occupied_from = models.DateTimeField(_("get-in starts"))
    occupied_to = models.DateTimeField(_("get-out ends"))
    audience = models.CharField(max_length=10, default="public")
    audience_expected = models.PositiveSmallIntegerField(null=True, blank=True)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, validators=NOT_NEGATIVE)
    currency = models.CharField(max_length=3)
    is_all_in = models.BooleanField(default=True)
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()

    objects = Bookings.as_manager()

    class Meta:
        ordering = ["occupied_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(occupied_to__gt=models.F("occupied_from")), name="booking_ends_after_start"
            ),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="booking_price_not_negative"),
            models.CheckConstraint(
                condition=~models.Q(status="held") | models.Q(hold_expires_at__isnull=False),
                name="held_until_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(challenger__isnull=True, challenge_answer_by__isnull=True)
                | models.Q(challenger__isnull=False, challenge_answer_by__isnull=False),
                name="challenged_until_a_moment",
            ),
            models.UniqueConstraint(
                fields=["wish"],
                condition=models.Q(status__in=[str(s) for s in LIVE]),
                name="wish_booked_once",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "answer_by"], name="booking_to_expire"),
            models.Index(fields=["status", "hold_expires_at"], name="hold_to_expire"),
            models.Index(fields=["venue", "occupied_from"], name="booking_in_line"),
        ]

    def __str__(self) -> str:
        return f"{self.tour.production} – {self.presenter}"

    @property
    def starts_at(self) -> datetime:
        """When the first performance starts; the performances are read along."""
        return self.performances.all()[0].starts_at


class Performances(models.QuerySet["Performance"]):
    """Named readings of performances."""

    def public(self) -> Self:
        """Those that the public may know of: published, and confirmed or cancelled after that."""
        return self.filter(
            booking__published_at__isnull=False, booking__status__in=[Status.CONFIRMED, Status.CANCELLED]
        )

    def between(self, start: datetime, end: datetime) -> Self:
        """Those that start in the half-open range."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def in_municipality(self, slug: str) -> Self:
        """Those that are played there, whoever is presenter."""
        return self.filter(booking__venue__place__municipality__slug=slug)

    def of_art_form(self, art_form: str) -> Self:
        """Those of one art form."""
        return self.filter(booking__tour__production__art_form=art_form)

    def for_audience(self, audience: str) -> Self:
        """Those for the public, for families or for schools."""
        return self.filter(booking__audience=audience)

    def for_age(self, age: int) -> Self:
        """Those that suit somebody of that age."""
        no_end = models.Q(booking__tour__production__age_max__isnull=True)
        return self.filter(
            no_end | models.Q(booking__tour__production__age_max__gte=age),
            booking__tour__production__age_min__lte=age,
        )

    def standing(self) -> Self:
        """Those that have not been cancelled."""
        return self.filter(booking__status=Status.CONFIRMED)

    def counted(self) -> Self:
        """Those that a report counts: confirmed, and not reported as not played."""
        return self.standing().exclude(booking__outcome=Booking.Outcome.NOT_HELD)

    def with_ground(self) -> Self:
        """With everything that a calendar shows, read in one query."""
        return self.select_related(
            "booking__tour__production__ensemble__producer",
            "booking__presenter",
            "booking__venue__place__municipality__region",
        )


class Performance(models.Model):
    """A dated performance inside a booking; `number` 1 is the first of the visit."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="performances")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(6)])
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(
        default=0, help_text="RFC 5545 SEQUENCE: raised on move and cancel."
    )
    changed_at = models.DateTimeField()
    attendance = models.PositiveSmallIntegerField(_("audience"), null=True, blank=True)
    attendance_young = models.PositiveSmallIntegerField(
        _("of which children and young people"), null=True, blank=True
    )

    objects = Performances.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="performance_ends_after_start"
            ),
            models.UniqueConstraint(fields=["booking", "number"], name="performance_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(attendance_young__isnull=True)
                | models.Q(attendance__isnull=False, attendance_young__lte=models.F("attendance")),
                name="performance_young_within_audience",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} {self.number}"


class Allocation(models.Model):
    """The reservation of one venue or one ensemble for a half-open time range."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="allocations")
    venue = models.ForeignKey(
        "venues.Venue", models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    ensemble = models.ForeignKey(
        "bookings.Ensemble", models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    occupied_from = models.DateTimeField()
    occupied_to = models.DateTimeField()
    is_blocking = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(venue__isnull=True) ^ models.Q(ensemble__isnull=True),
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
        ]
        indexes = [
            models.Index(fields=["venue", "occupied_from"], name="allocation_of_venue"),
            models.Index(fields=["ensemble", "occupied_from"], name="allocation_of_ensemble"),
        ]

    def __str__(self) -> str:
        return f"{self.venue or self.ensemble} {self.occupied_from}"


class BookingChange(models.Model):
    """A line of a booking's history. Lines are only ever added."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=20)
    from_status = models.CharField(max_length=10, blank=True)
    to_status = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    details: "models.JSONField[Any, Any]" = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"


class CounterOffer(models.Model):
    """Another date that the presenter proposed instead of the offered one."""

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="counter_offer")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    earliest = models.TimeField(_("earliest start"))
    latest = models.TimeField(_("latest start"))
    message = models.TextField(_("message"), blank=True, max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on"), latest__gte=models.F("earliest")),
                name="counter_offer_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.starts_on}"


class AnswerLink(models.Model):
    """A mailed link that lets its bearer answer one offer. Only the token's digest is stored."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="answer_links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.booking} ({self.expires_at:%Y-%m-%d})"
