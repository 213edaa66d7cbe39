"""One visit: its agreement, and its performances."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tours.models.production import NOT_NEGATIVE, for_ages, services_of
from venues.models import HOSTS, Membership, User
from venues.models.noted import Noted

if TYPE_CHECKING:
    from bookings.models.change import ChangeProposal
    from bookings.models.counter import CounterOffer


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
    POSTPONED = "postponed", _("postponed")


LIVE = (Status.HELD, Status.OFFERED, Status.CONFIRMED)
#: Once agreed, and not played on that day: calendars show them as cancelled until it is over.
CALLED_OFF = (Status.CANCELLED, Status.POSTPONED)
#: Agreed, or agreed once: all that the public may know of.
AGREED = (Status.CONFIRMED, *CALLED_OFF)


def folders(now: datetime) -> dict[str, models.Q]:
    """The readings of a presenter's inbox: `answer`, `coming`, `report`, `earlier`. Each visit is in exactly one."""
    over = models.Q(occupied_to__lte=now)
    report = models.Q(status=Status.CONFIRMED, outcome="") & over
    answer = models.Q(status=Status.OFFERED) | models.Q(waiting_change__side="producer")
    ahead = models.Q(status__in=[Status.HELD, Status.CONFIRMED, Status.CANCELLED]) & ~over
    coming = (ahead | models.Q(status=Status.POSTPONED)) & ~answer
    return {"answer": answer, "coming": coming, "report": report, "earlier": ~(answer | coming | report)}


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

    def change_waits_for(self, side: str) -> Self:
        """Those with a change that waits for that side ("producer", "presenter"), the first deadline first."""
        asked_by = {"producer": "presenter", "presenter": "producer"}[side]
        return self.filter(waiting_change__side=asked_by).order_by("waiting_change__answer_by", "pk")

    def waiting_for_presenter(self) -> Self:
        """Offers, and changes that the producer asks for; `due_at`: by when, the first deadline first."""
        found = self.filter(
            models.Q(status=Status.OFFERED) | models.Q(waiting_change__side="producer")
        ).annotate(due_at=Coalesce("waiting_change__answer_by", "answer_by"))
        return found.order_by("due_at", "occupied_from", "pk")

    def waiting_for_producer(self) -> Self:
        """Those with a change that the presenter asks for, or with another date that nobody has answered."""
        proposed = models.Q(status=Status.DECLINED, counter_offer__outcome="")
        return self.filter(models.Q(waiting_change__side="presenter") | proposed)

    def to_settle(self) -> Self:
        """Those that are reported and not settled."""
        return self.filter(status=Status.CONFIRMED, settled_at=None).exclude(outcome="")

    def to_report(self, now: datetime) -> Self:
        """Those that are over, and of which nobody has told how they went."""
        return self.filter(folders(now)["report"])

    def with_date_proposed(self) -> Self:
        """Those whose presenter has proposed another date that waits for an answer, and that are not booked anew."""
        booked = self.model.objects.live().exclude(wish=None)
        proposed = self.filter(status=Status.DECLINED, counter_offer__outcome="")
        return proposed.exclude(wish__in=booked.values("wish"))

    def between(self, start: datetime, end: datetime) -> Self:
        """Those whose occupation touches the half-open range."""
        return self.filter(occupied_from__lt=end, occupied_to__gt=start)

    def hosted_by(self, user: User) -> Self:
        """Those of organisations for which the user is presenter or school contact."""
        mine = user.memberships.filter(role__in=HOSTS)
        return self.filter(presenter__in=mine.values("organisation"))

    def plannable_by(self, user: User) -> Self:
        """Those on tours that the user may plan."""
        mine = user.memberships.filter(role=Membership.Role.PRODUCER)
        return self.filter(tour__production__ensemble__producer__in=mine.values("organisation"))

    def with_ground(self) -> Self:
        """With everything that a page or a calendar shows, read in few queries.

        Never of `distinct()` rows: PostgreSQL 15 takes 0.3 s to plan DISTINCT over so many columns.
        """
        return self.select_related(
            "tour__production__ensemble__producer",
            "tour__production__rider",
            "tour__season__region",
            "presenter__school",
            "venue__place__municipality__region",
            "wish",
            "checklist",
            "waiting_change__venue__place",
            "cancellation",
        ).prefetch_related("performances", "checklist__items")


class Booking(models.Model):
    """One visit of a tour to one presenter in one venue, from get-in to get-out."""

    Status = Status

    class Outcome(models.TextChoices):
        UNKNOWN = "", _("not reported")
        HELD = "held", _("was played")
        NOT_HELD = "not_held", _("was not played")

    tour = models.ForeignKey("tours.Tour", models.PROTECT, related_name="bookings")
    wish = models.ForeignKey("tours.Wish", models.PROTECT, null=True, blank=True, related_name="bookings")
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
    answer_remind_at = models.DateTimeField(
        null=True, blank=True, help_text="When the presenter is reminded; empty once that is done."
    )
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text="When the presenter was reminded of the offer last."
    )
    access_services: "models.JSONField[Any, Any]" = models.JSONField(
        _("access services"),
        default=list,
        blank=True,
        help_text="Values of AccessService of this visit, beside those that the production always has.",
    )
    stream_url = models.URLField(
        _("link to the stream"),
        blank=True,
        max_length=500,
        help_text="https; where it can be seen digitally.",
    )
    was_in = models.CharField(
        max_length=160, blank=True, help_text="The room's name before the last agreed change of room."
    )
    published_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=Outcome.choices)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()

    objects = Bookings.as_manager()

    class Meta:
        ordering = ["occupied_from", "id"]
        constraints = [
            Noted(name="booking_noted", kind="booking"),
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
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True)
                | models.Q(models.Q(status="confirmed"), ~models.Q(outcome="")),
                name="settled_once_reported",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "answer_by"], name="booking_to_expire"),
            models.Index(fields=["status", "answer_remind_at"], name="offer_to_remind_of"),
            models.Index(fields=["status", "hold_expires_at"], name="hold_to_expire"),
            models.Index(fields=["venue", "occupied_from"], name="booking_in_line"),
        ]

    def __str__(self) -> str:
        return f"{self.tour.production} – {self.presenter}"

    @property
    def starts_at(self) -> datetime:
        """When the first performance starts; the performances are read along."""
        return self.performances.all()[0].starts_at

    @property
    def services(self) -> tuple[str, ...]:
        """The access services of the visit: its own and its production's; read along."""
        return services_of(self.tour.production.access_services, self.access_services)

    @property
    def is_called_off(self) -> bool:
        """Whether it was agreed once and is not played on its day."""
        return self.status in CALLED_OFF

    @property
    def is_public(self) -> bool:
        """Whether the public may know of its performances; see `Performances.public`."""
        return self.published_at is not None and self.status in AGREED

    @property
    def open_counter(self) -> "CounterOffer | None":
        """What the presenter has proposed instead, as long as the producer has not answered; read along."""
        found: CounterOffer | None = getattr(self, "counter_offer", None)
        return found if found and not found.outcome else None

    @property
    def open_change(self) -> "ChangeProposal | None":
        """The change that waits for the other side's answer; read along."""
        return getattr(self, "waiting_change", None)

    @property
    def change_answer_by(self) -> datetime | None:
        """By when the change that waits is to be answered."""
        return self.open_change.answer_by if self.open_change else None

    @property
    def is_at_a_school(self) -> bool:
        """Whether the presenter is a school; read along."""
        return self.presenter_id is not None and hasattr(self.presenter, "school")

    def change_is_from(self, side: str) -> bool:
        """Whether a change waits that this side asked for."""
        return self.open_change is not None and self.open_change.side == side


class Performances(models.QuerySet["Performance"]):
    """Named readings of performances."""

    def public(self) -> Self:
        """Those that the public may know of: published, and confirmed, cancelled or postponed after that."""
        return self.filter(booking__published_at__isnull=False, booking__status__in=AGREED)

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
        return self.filter(for_ages(age, age, "booking__tour__production__"))

    def standing(self) -> Self:
        """Those that have not been cancelled."""
        return self.filter(booking__status=Status.CONFIRMED)

    def counted(self) -> Self:
        """Those that a report counts: confirmed, and not reported as not played."""
        return self.standing().exclude(booking__outcome=Booking.Outcome.NOT_HELD)

    def listed(self) -> Self:
        """With everything that a list shows, read in one query."""
        return self.select_related(
            "booking__tour__production__ensemble__producer",
            "booking__presenter",
            "booking__venue__place__municipality__region",
        )

    def with_ground(self) -> Self:
        """With everything that a calendar shows, read in few queries."""
        return (
            self.listed()
            .select_related("booking__tour__production__rider", "booking__checklist")
            .prefetch_related(
                "booking__checklist__items",
                "booking__contacts",
                "booking__groups__group__school__organisation",
                "booking__bus_orders__school__organisation",
            )
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
    was_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was to start before the last move of what had been agreed."
    )
    changed_at = models.DateTimeField()
    attendance = models.PositiveSmallIntegerField(_("audience"), null=True, blank=True)
    attendance_young = models.PositiveSmallIntegerField(
        _("of which children and young people"), null=True, blank=True
    )
    attendance_adults = models.PositiveSmallIntegerField(_("of which adults"), null=True, blank=True)
    attendance_free = models.PositiveSmallIntegerField(_("of which free of charge"), null=True, blank=True)

    objects = Performances.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            Noted(name="performance_noted", kind="booking", ref="booking"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="performance_ends_after_start"
            ),
            models.UniqueConstraint(fields=["booking", "number"], name="performance_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(attendance_young__isnull=True)
                | models.Q(attendance__isnull=False, attendance_young__lte=models.F("attendance")),
                name="performance_young_within_audience",
            ),
            models.CheckConstraint(
                condition=models.Q(attendance_adults__isnull=True)
                | models.Q(
                    attendance__isnull=False,
                    attendance__gte=models.F("attendance_adults") + models.F("attendance_young"),
                ),
                name="performance_ages_within_audience",
            ),
            models.CheckConstraint(
                condition=models.Q(attendance_free__isnull=True)
                | models.Q(attendance__isnull=False, attendance_free__lte=models.F("attendance")),
                name="performance_free_within_audience",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booking} {self.number}"
